//! Making sources of keys.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::cached::Cached;
use super::chain::{Chain, Link};
use super::ini::Ini;
use super::profile::CliProfile;
use super::variables::{self, Variables};
use super::{EnvironmentProvider, ProvideCredentials};
use crate::Result;
use crate::clock::{Clock, SystemClock};

/// Makes sources of keys: the default chain, and each of its links alone.
///
/// It holds what they have in common, above all a copy of the [environment variables](super) that
/// decide about keys, as they are when this is made. A source itself does nothing before it is asked
/// for keys.
///
/// ```no_run
/// use alibabacloud_runtime::credentials::Providers;
///
/// let keys = Providers::from_env().cli_profile(Some("production"));
/// // Client::builder().credentials(keys)
/// # drop(keys);
/// ```
#[derive(Clone, Debug)]
pub struct Providers {
    pub(super) variables: Variables,
    pub(super) clock: Arc<dyn Clock>,
}

impl Providers {
    /// Reads the environment of this process.
    pub fn from_env() -> Self {
        Self::from_variables(|name| env::var_os(name))
    }

    /// Reads variables from elsewhere, such as a map in a test. `HOME`, else `USERPROFILE`, is where
    /// files are looked for.
    pub fn from_variables(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        Self {
            variables: Variables::read(lookup),
            clock: Arc::new(SystemClock),
        }
    }

    /// Takes the time from elsewhere, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The [default chain](super): the first source that has keys.
    pub fn default_chain(&self) -> Cached {
        self.cached(Chain::new(vec![
            self.environment_link(),
            self.cli_profile_link(),
            Link {
                name: "profile",
                source: Ok(Box::new(Ini::new(self.clone(), None))),
            },
        ]))
    }

    /// The keys in the [environment variables](EnvironmentProvider).
    ///
    /// # Errors
    ///
    /// When a variable is missing or can't be a key. The message names the variable, never its
    /// value.
    pub fn environment(&self) -> Result<EnvironmentProvider> {
        EnvironmentProvider::from_variables(|name| self.variables.get(name).map(OsString::from))
    }

    /// A profile of the vendor's command-line tool, in `~/.aliyun/config.json` or the file that
    /// `ALIBABA_CLOUD_CONFIG_FILE` names. Default: the profile `ALIBABA_CLOUD_PROFILE`, else the one
    /// that the file says is the current one.
    ///
    /// The file is read whenever keys are renewed, and never written.
    pub fn cli_profile(&self, name: Option<&str>) -> Cached {
        self.cached(CliProfile::new(self.clone(), name))
    }

    /// A section of the INI file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, else of
    /// `~/.alibabacloud/credentials.ini`, else of `~/.alibabacloud/credentials`. Default: the
    /// section `ALIBABA_CLOUD_PROFILE`, else `default`.
    ///
    /// The file is read whenever keys are renewed.
    pub fn ini_profile(&self, section: Option<&str>) -> Cached {
        self.cached(Ini::new(self.clone(), section))
    }

    fn cached(&self, source: impl ProvideCredentials + 'static) -> Cached {
        Cached::with_clock(source, Arc::clone(&self.clock))
    }

    fn environment_link(&self) -> Link {
        let set = |name| self.variables.get(name).is_some();
        let source = if set(variables::ID) || set(variables::SECRET) || set(variables::TOKEN) {
            let source = self.environment().map_err(|error| error.to_string());
            source.map(|source| Box::new(source) as _)
        } else {
            Err(format!(
                "{} and {} aren't set",
                variables::ID,
                variables::SECRET
            ))
        };
        Link {
            name: "environment",
            source,
        }
    }

    fn cli_profile_link(&self) -> Link {
        let source = if self.variables.is_on(variables::CLI_DISABLED) {
            Err(format!("{} is true", variables::CLI_DISABLED))
        } else {
            Ok(Box::new(CliProfile::new(self.clone(), None)) as _)
        };
        Link {
            name: "cli_profile",
            source,
        }
    }

    /// The file that a variable names, else one in the home directory.
    pub(super) fn file(&self, variable: &str, at_home: &str) -> Result<PathBuf> {
        match self.variables.get(variable) {
            Some(path) => Ok(PathBuf::from(path)),
            None => self.variables.at_home(at_home),
        }
    }
}
