//! The environment variables that decide about keys, as they were when a client was built.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;

use crate::{Error, Result};

pub(super) const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
pub(super) const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
pub(super) const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";
pub(super) const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
pub(super) const CONFIG_FILE: &str = "ALIBABA_CLOUD_CONFIG_FILE";
pub(super) const CLI_DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
pub(super) const INI_FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
pub(super) const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
pub(super) const OIDC_PROVIDER: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
pub(super) const OIDC_TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
pub(super) const SESSION_NAME: &str = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
pub(super) const STS_REGION: &str = "ALIBABA_CLOUD_STS_REGION";
pub(super) const VPC: &str = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
pub(super) const ECS_ROLE: &str = "ALIBABA_CLOUD_ECS_METADATA";
pub(super) const ECS_DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
pub(super) const IMDSV1_DISABLED: &str = "ALIBABA_CLOUD_IMDSV1_DISABLED";
pub(super) const URI: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

const NAMES: &[&str] = &[
    ID,
    SECRET,
    TOKEN,
    PROFILE,
    CONFIG_FILE,
    CLI_DISABLED,
    INI_FILE,
    ROLE_ARN,
    OIDC_PROVIDER,
    OIDC_TOKEN_FILE,
    SESSION_NAME,
    STS_REGION,
    VPC,
    ECS_ROLE,
    ECS_DISABLED,
    IMDSV1_DISABLED,
    URI,
    "HOME",
    "USERPROFILE",
];

/// A copy of those that are set to something.
#[derive(Clone)]
pub(super) struct Variables(BTreeMap<&'static str, OsString>);

impl Variables {
    pub(super) fn read(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = NAMES.iter().filter_map(|&name| {
            let value = lookup(name).filter(|value| !value.is_empty())?;
            Some((name, value))
        });
        Self(set.collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&OsStr> {
        self.0.get(name).map(OsString::as_os_str)
    }

    /// The value as text.
    ///
    /// # Errors
    ///
    /// When it isn't.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let text = value.to_str();
        text.map(Some).ok_or_else(|| {
            Error::credentials(format!("{name} is set to something that isn't text"))
        })
    }

    /// The same, required.
    pub(super) fn need(&self, name: &str) -> Result<&str> {
        self.text(name)?
            .ok_or_else(|| Error::credentials(format!("{name} isn't set")))
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A file in the home directory.
    pub(super) fn at_home(&self, path: &str) -> Result<PathBuf> {
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE"));
        home.map(|home| PathBuf::from(home).join(path))
            .ok_or_else(|| Error::credentials(format!("HOME isn't set, so there is no ~/{path}")))
    }
}

impl fmt::Debug for Variables {
    /// What is set, not what to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
