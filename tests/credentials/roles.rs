//! Roles, against a Security Token Service on this machine that checks signatures.

use alibabacloud_runtime::credentials::{Credentials, ProvideCredentials, Providers, Role};
use cams_tests::server::{Answer, Received, Server};
use cams_tests::signature;

use crate::home::{HUSH, Home, LATER, given, issued, keys, refusal};

const ARN: &str = "acs:ram::1234567890123456:role/sender";

fn assumed(id: &str, end: &str) -> Answer {
    let keys = issued(id, end);
    Answer::json(
        200,
        format!(r#"{{"RequestId": "r-1", "Credentials": {keys}}}"#),
    )
}

fn providers(home: &Home, server: &Server) -> Providers {
    home.providers().sts_endpoint(server.url())
}

/// A parameter, wherever it came.
fn parameter(request: &Received, name: &str) -> Option<String> {
    let mut pairs = request.query_pairs();
    pairs.extend(request.form_pairs());
    let found = pairs.into_iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value)
}

#[tokio::test]
async fn a_role_is_asked_for_with_a_signature_and_what_was_set() {
    let server = Server::start([assumed("a", LATER)]);
    let home = Home::new();
    let role = Role::new(ARN)
        .session_name("billing")
        .duration(std::time::Duration::from_secs(900))
        .policy(r#"{"Version": "1"}"#)
        .external_id("partner");
    let base = Credentials::temporary("base", HUSH, "base-token");
    let source = providers(&home, &server).assume_role(base, role);
    let source = source.expect("a role");
    assert_eq!(source.name(), "ram_role_arn");
    assert_eq!(keys(&source).await, given("a"));
    assert!(!format!("{source:?}").contains(HUSH));

    let request = server.request();
    signature::check(&request, "base", HUSH).expect("a signature that holds");
    assert_eq!(request.header("x-acs-action"), Some("AssumeRole"));
    assert_eq!(request.header("x-acs-version"), Some("2015-04-01"));
    assert_eq!(request.header("x-acs-date"), Some("2026-01-02T03:04:05Z"));
    assert_eq!(request.header("x-acs-security-token"), Some("base-token"));
    for (name, value) in [
        ("RoleArn", ARN),
        ("RoleSessionName", "billing"),
        ("DurationSeconds", "900"),
        ("Policy", r#"{"Version": "1"}"#),
        ("ExternalId", "partner"),
    ] {
        assert_eq!(parameter(&request, name).as_deref(), Some(value), "{name}");
    }
}

#[tokio::test]
async fn profiles_assume_roles_one_upon_the_other() {
    let server = Server::start([assumed("one", LATER), assumed("two", LATER)]);
    let home = Home::new();
    home.config(&format!(
        r#"{{"profiles": [
        {{"name": "default", "mode": "ChainableRamRoleArn", "ram_role_arn": "{ARN}-2",
          "source_profile": "first", "ram_session_name": "s"}},
        {{"name": "first", "mode": "RamRoleArn", "ram_role_arn": "{ARN}-1",
          "access_key_id": "base", "access_key_secret": "s", "expired_seconds": 1200}}]}}"#
    ));
    let source = providers(&home, &server).cli_profile(None);
    assert_eq!(keys(&source).await, given("two"));
    let [first, second] = &server.requests()[..] else {
        panic!("two requests");
    };
    signature::check(first, "base", "s").expect("signed with the profile's keys");
    signature::check(second, "one", HUSH).expect("signed with the first role's keys");
    let text = |request, name| parameter(request, name).unwrap_or_default();
    assert_eq!(text(first, "RoleArn"), format!("{ARN}-1"));
    assert_eq!(text(first, "DurationSeconds"), "1200");
    assert_eq!(
        text(first, "RoleSessionName"),
        "credentials-rust-1767323045"
    );
    assert_eq!(text(second, "RoleArn"), format!("{ARN}-2"));
    assert_eq!(text(second, "RoleSessionName"), "s");
}

#[tokio::test]
async fn profiles_in_a_circle_are_refused() {
    let profile = |name: &str, next: &str| {
        format!(
            r#"{{"name": "{name}", "mode": "ChainableRamRoleArn", "ram_role_arn": "{ARN}",
            "source_profile": "{next}"}}"#
        )
    };
    for listed in [
        profile("default", "default"),
        [
            profile("default", "b"),
            profile("b", "c"),
            profile("c", "b"),
        ]
        .join(","),
    ] {
        let home = Home::new();
        home.config(&format!(r#"{{"profiles": [{listed}]}}"#));
        let why = refusal(&home.providers().cli_profile(None)).await;
        assert!(why.contains("leads back to the profile"), "{why}");
    }
    let home = Home::new();
    home.config(&format!(
        r#"{{"profiles": [{}]}}"#,
        profile("default", "gone")
    ));
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert!(why.contains("no profile `gone`"), "{why}");
}

#[tokio::test]
async fn sections_assume_roles() {
    let server = Server::start([assumed("a", LATER)]);
    let home = Home::new();
    home.write(
        ".alibabacloud/credentials.ini",
        format!(
            "[default]\ntype = ram_role_arn\naccess_key_id = base\naccess_key_secret = s\n\
             role_arn = {ARN}\nrole_session_name = s # mine\n"
        ),
    );
    assert_eq!(
        keys(&providers(&home, &server).ini_profile(None)).await,
        given("a")
    );
    signature::check(&server.request(), "base", "s").expect("a signature that holds");
    let name = parameter(&server.request(), "RoleSessionName");
    assert_eq!(name.as_deref(), Some("s"));
}

#[tokio::test]
async fn a_refusal_of_the_service_is_told() {
    let server = Server::start([Answer::json(
        403,
        r#"{"Code": "NoPermission", "Message": "You are not authorized.", "RequestId": "r-7"}"#,
    )]);
    let base = Credentials::new("base", HUSH);
    let source = providers(&Home::new(), &server).assume_role(base, Role::new(ARN));
    let why = refusal(&source.expect("a role")).await;
    for part in ["AssumeRole failed", "HTTP 403", "NoPermission", "r-7"] {
        assert!(why.contains(part), "{part}: {why}");
    }
}

#[tokio::test]
async fn an_answer_without_keys_is_told_without_it() {
    let server = Server::start([Answer::json(
        200,
        format!(r#"{{"Credentials": {{"AccessKeyId": "{HUSH}", "AccessKeySecret": "{HUSH}"}}}}"#),
    )]);
    let base = Credentials::new("base", HUSH);
    let source = providers(&Home::new(), &server).assume_role(base, Role::new(ARN));
    let why = refusal(&source.expect("a role")).await;
    assert!(why.contains("lacks the text `SecurityToken`"), "{why}");
}

fn oidc(home: Home) -> Home {
    home.write("token", format!("{HUSH}-1\n"));
    let token = home.path("token");
    home.set("ALIBABA_CLOUD_ROLE_ARN", ARN)
        .set(
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
            "acs:ram::1:oidc-provider/ack",
        )
        .set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token)
}

#[tokio::test]
async fn a_pod_shows_its_token_unsigned_and_as_it_is_by_then() {
    let server = Server::start([assumed("a", LATER), assumed("b", "2026-01-02T05:04:05Z")]);
    let home = oidc(Home::new()).set("ALIBABA_CLOUD_ROLE_SESSION_NAME", "pod");
    let chain = providers(&home, &server).default_chain();
    assert_eq!(keys(&chain).await, given("a"));
    assert_eq!(chain.name(), "default/oidc_role_arn");
    home.write("token", "next");
    home.clock.forward(50);
    assert_eq!(keys(&chain).await, given("b"));

    let [first, second] = &server.requests()[..] else {
        panic!("two requests");
    };
    assert_eq!(first.header("authorization"), None);
    assert_eq!((&*first.method, &*first.target), ("POST", "/"));
    for (name, value) in [
        ("Action", "AssumeRoleWithOIDC"),
        ("Version", "2015-04-01"),
        ("Format", "JSON"),
        ("RoleArn", ARN),
        ("OIDCProviderArn", "acs:ram::1:oidc-provider/ack"),
        ("OIDCToken", &format!("{HUSH}-1")),
        ("RoleSessionName", "pod"),
        ("Timestamp", "2026-01-02T03:04:05Z"),
    ] {
        assert_eq!(parameter(first, name).as_deref(), Some(value), "{name}");
    }
    let nonce = |request| parameter(request, "SignatureNonce").expect("a nonce");
    assert_ne!(nonce(first), nonce(second));
    assert_eq!(parameter(second, "OIDCToken").as_deref(), Some("next"));
}

#[tokio::test]
async fn profiles_and_sections_show_tokens_too() {
    let server = Server::start([assumed("a", LATER), assumed("b", LATER)]);
    let home = Home::new();
    home.write("token", HUSH);
    let token = home.path("token").display().to_string();
    home.config(
        &serde_json::json!({"profiles": [{
            "name": "default", "mode": "OIDC", "ram_role_arn": ARN,
            "oidc_provider_arn": "p", "oidc_token_file": token, "role_session_name": "python",
        }]})
        .to_string(),
    );
    home.write(
        ".alibabacloud/credentials",
        format!(
            "[default]\ntype = oidc_role_arn\nrole_arn = {ARN}\noidc_provider_arn = p\n\
             oidc_token_file_path = {token}\nrole_session_name = ini\n"
        ),
    );
    let providers = providers(&home, &server);
    assert_eq!(keys(&providers.cli_profile(None)).await, given("a"));
    assert_eq!(keys(&providers.ini_profile(None)).await, given("b"));
    let name = |request| parameter(request, "RoleSessionName").unwrap_or_default();
    let names: Vec<_> = server.requests().iter().map(name).collect();
    assert_eq!(names, ["python", "ini"]);
}

#[tokio::test]
async fn a_refused_token_is_not_quoted() {
    let answer = format!(
        r#"{{"Code": "AuthenticationFail.OIDCToken.Invalid", "Message": "{HUSH}-1 is bad",
        "RequestId": "r-9"}}"#
    );
    let server = Server::start([Answer::json(400, answer)]);
    let home = oidc(Home::new());
    let why = refusal(&providers(&home, &server).default_chain()).await;
    assert!(
        why.contains(
            "oidc_role_arn: AssumeRoleWithOIDC failed: HTTP 400, code \
             AuthenticationFail.OIDCToken.Invalid (request r-9)"
        ),
        "{why}"
    );
    home.write("token", " \n");
    let why = refusal(&providers(&home, &server).default_chain()).await;
    assert!(why.contains("token is empty"), "{why}");
}

#[tokio::test]
async fn half_of_what_a_pod_needs_is_named() {
    let home = oidc(Home::new()).set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "");
    let why = refusal(&home.providers().default_chain()).await;
    let part = "oidc_role_arn: ALIBABA_CLOUD_OIDC_PROVIDER_ARN isn't set";
    assert!(why.contains(part), "{why}");
}

#[test]
fn the_region_of_sts_is_checked_and_plain_http_is_for_this_machine() {
    let home = Home::new().set("ALIBABA_CLOUD_STS_REGION", "evil.example/");
    let base = || Credentials::new("base", HUSH);
    let error = home.providers().assume_role(base(), Role::new(ARN));
    let error = error.expect_err("no region");
    assert!(error.to_string().contains("the region of STS"), "{error}");
    let providers = Home::new()
        .providers()
        .sts_endpoint("http://sts.example.com");
    let error = providers
        .assume_role(base(), Role::new(ARN))
        .expect_err("plain");
    assert!(error.to_string().contains("plain http"), "{error}");
}
