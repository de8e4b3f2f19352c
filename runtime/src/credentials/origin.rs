//! What the service is told about where keys come from.

/// The names of sources here, and as the vendor's libraries send them; no others are sent.
const KNOWN: &[(&str, &str)] = &[
    ("environment", "env"),
    ("default/environment", "default/env"),
    ("oidc_role_arn", "oidc_role_arn"),
    ("default/oidc_role_arn", "default/oidc_role_arn"),
    ("cli_profile", "cli_profile"),
    ("default/cli_profile", "default/cli_profile"),
    ("profile", "profile"),
    ("default/profile", "default/profile"),
    ("ecs_ram_role", "ecs_ram_role"),
    ("default/ecs_ram_role", "default/ecs_ram_role"),
    ("credentials_uri", "credentials_uri"),
    ("default/credentials_uri", "default/credentials_uri"),
    ("ram_role_arn", "ram_role_arn"),
    ("external", "external"),
    ("cloud_sso", "cloud_sso"),
];

/// The value of `x-acs-credentials-provider` for a source of this name. What an application calls a
/// source of its own is its own affair.
pub(crate) fn origin(name: &str, temporary: bool) -> Option<&'static str> {
    match (name, temporary) {
        ("static", false) => Some("static_ak"),
        ("static", true) => Some("static_sts"),
        _ => {
            let known = KNOWN.iter().find(|(own, _)| *own == name);
            known.map(|(_, sent)| *sent)
        }
    }
}
