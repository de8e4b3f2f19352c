//! Keys from environment variables.

use std::env;
use std::ffi::OsString;

use super::variables::{ID, SECRET, TOKEN};
use super::{Credentials, ProvideCredentials};
use crate::{BoxFuture, Error, Result};

/// Keys from `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary
/// ones, `ALIBABA_CLOUD_SECURITY_TOKEN`.
///
/// The variables are read once, when this is made; a variable that is set to nothing counts as
/// unset.
#[derive(Clone, Debug)]
pub struct EnvironmentProvider {
    keys: Credentials,
}

impl EnvironmentProvider {
    /// Reads the environment of this process.
    ///
    /// # Errors
    ///
    /// When a variable is missing or can't be a key. The message names the variable, never its
    /// value.
    pub fn new() -> Result<Self> {
        Self::from_variables(|name| env::var_os(name))
    }

    /// Reads variables from elsewhere, such as a map in a test.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn from_variables(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self> {
        let read = |name: &str| match lookup(name).filter(|value| !value.is_empty()) {
            None => Ok(None),
            Some(value) => value.into_string().map(Some).map_err(|_| {
                Error::configuration(format!("{name} is set to something that isn't text"))
            }),
        };
        // Half a pair is told apart from none at all: it is a slip, not a choice.
        let missing = |what: &str, present: &str| {
            Error::configuration(format!(
                "{present} is set without {what}, which is unset or empty"
            ))
        };
        let keys = match (read(ID)?, read(SECRET)?, read(TOKEN)?) {
            (Some(id), Some(secret), None) => Credentials::new(id, secret),
            (Some(id), Some(secret), Some(token)) => Credentials::temporary(id, secret, token),
            (Some(_), None, _) => return Err(missing(SECRET, ID)),
            (None, Some(_), _) => return Err(missing(ID, SECRET)),
            (None, None, Some(_)) => {
                return Err(missing(ID, TOKEN));
            }
            (None, None, None) => {
                return Err(Error::configuration(format!(
                    "no keys: set the environment variables {ID} and {SECRET}, or give the client \
                     keys when it is built"
                )));
            }
        };
        keys.check().map_err(|problem| {
            Error::configuration(format!("{problem} (read from {ID} and its siblings)"))
        })?;
        Ok(Self { keys })
    }
}

impl ProvideCredentials for EnvironmentProvider {
    fn name(&self) -> &str {
        "environment"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        self.keys.provide()
    }
}
