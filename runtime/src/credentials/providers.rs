//! Making sources of keys.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::cached::Cached;
use super::chain::{Chain, Link};
use super::ecs::EcsRole;
use super::http::{Http, METADATA_HOST, Url};
use super::ini::Ini;
use super::process::Process;
use super::profile::CliProfile;
use super::role::Role;
use super::sts::{AssumeRole, AssumeRoleWithOidc, Sts};
use super::uri::CredentialsUri;
use super::variables::{self, Variables};
use super::{EnvironmentProvider, ProvideCredentials};
use crate::clock::{Clock, Sleep, SystemClock};
use crate::nonce::{NonceSource, RandomNonce};
use crate::observe::{Observe, Observers};
use crate::transport::{Certificate, Proxy, Transport};
use crate::{Error, Result};

/// Makes sources of keys: the default chain, and each of its links alone.
///
/// It holds what they have in common, above all a copy of the [environment variables](super) that
/// decide about keys, as they are when this is made. A source itself does nothing before it is asked
/// for keys.
///
/// What goes over the network (STS, the metadata service, addresses) has connections of its own,
/// with the features `reqwest` or `blocking`, or through a [transport](Self::transport) that is given
/// here; a client's transport isn't used. Without any, those sources say so when they are asked. Proxies
/// are used as they are for calls, but never to this machine and its metadata service, not even the
/// [one](Self::proxy) that is set here.
///
/// ```no_run
/// use alibabacloud_runtime::credentials::Providers;
///
/// let keys = Providers::from_env().cli_profile(Some("production"));
/// // Client::builder().credentials(keys)
/// # drop(keys);
/// ```
#[derive(Clone)]
pub struct Providers {
    pub(super) variables: Variables,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) http: Http,
    nonce: Arc<dyn NonceSource>,
    observers: Observers,
    metadata: Option<String>,
    sts: Option<String>,
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
            http: Http::default(),
            nonce: Arc::new(RandomNonce),
            observers: Observers::default(),
            metadata: None,
            sts: None,
        }
    }

    /// Takes the time from elsewhere, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self.http.patience.clock = Arc::clone(&self.clock);
        self
    }

    /// Waits in another way before something is asked once more. Default: that of the transport.
    #[must_use]
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.http.patience.sleep = Some(Arc::new(sleep));
        self
    }

    /// Takes nonces from elsewhere, for tests.
    #[must_use]
    pub fn nonce(mut self, nonce: impl NonceSource + 'static) -> Self {
        self.nonce = Arc::new(nonce);
        self
    }

    /// Sends through a transport of your own. It must not go through a proxy to 100.100.100.200,
    /// the metadata service, where the instance's keys are given to whoever asks.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.http = self.http.through(transport);
        self
    }

    /// The proxy to go through, instead of those of the environment. The
    /// [default chain](Self::default_chain) of a client takes that of the client's builder.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.http = self.http.proxy(proxy);
        self
    }

    /// Trusts a certificate authority besides those of the system. The
    /// [default chain](Self::default_chain) of a client takes those of the client's builder.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    #[must_use]
    pub fn add_root_certificate(mut self, certificate: Certificate) -> Self {
        self.http = self.http.add_root_certificate(certificate);
        self
    }

    /// Asks another metadata service, as in `http://127.0.0.1:8080`, for tests.
    #[must_use]
    pub fn metadata_endpoint(mut self, url: impl Into<String>) -> Self {
        self.metadata = Some(url.into());
        self
    }

    /// Asks another Security Token Service, as in `https://sts.example.com`. Plain HTTP is for
    /// servers on this machine.
    #[must_use]
    pub fn sts_endpoint(mut self, url: impl Into<String>) -> Self {
        self.sts = Some(url.into());
        self
    }

    /// Tells this of every renewal of keys, as [`Cached::observe`] does.
    #[must_use]
    pub fn observe(mut self, observer: impl Observe + 'static) -> Self {
        self.observers.add(observer);
        self
    }

    /// The same with a client's observers.
    pub(crate) fn observed(mut self, observers: &Observers) -> Self {
        self.observers = observers.clone();
        self
    }

    /// The [default chain](super): the first source that has keys.
    pub fn default_chain(&self) -> Cached {
        self.cached(Chain::new(vec![
            self.environment_link(),
            link("oidc_role_arn", self.oidc_of_environment()),
            self.cli_profile_link(),
            link("profile", Ok(Ini::new(self.clone(), None))),
            link("ecs_ram_role", self.ecs(None)),
            link("credentials_uri", self.uri_of_environment()),
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

    /// The RAM role of the ECS instance that this runs on. Default: the role
    /// `ALIBABA_CLOUD_ECS_METADATA`, else the instance's own.
    ///
    /// # Errors
    ///
    /// When `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`.
    pub fn ecs_role(&self, role: Option<&str>) -> Result<Cached> {
        Ok(self.cached(self.ecs(role)?))
    }

    /// An address that answers a GET with `Code` (`Success`), `AccessKeyId`, `AccessKeySecret`,
    /// `SecurityToken` and `Expiration`. Plain HTTP is allowed, as such addresses are mostly local:
    /// to anywhere else it shows the keys to the network.
    ///
    /// # Errors
    ///
    /// When it is no address over HTTP.
    pub fn uri(&self, uri: &str) -> Result<Cached> {
        Ok(self.cached(self.uri_source("the credentials URI", uri)?))
    }

    /// A RAM role, assumed with the keys of `base`.
    ///
    /// ```
    /// use alibabacloud_runtime::credentials::{Credentials, Providers, Role};
    ///
    /// # fn main() -> alibabacloud_runtime::Result<()> {
    /// let role = Role::new("acs:ram::1234567890123456:role/sender").session_name("billing");
    /// let keys = Providers::from_env().assume_role(Credentials::new("id", "secret"), role)?;
    /// # drop(keys);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the region of STS can't be one.
    pub fn assume_role(
        &self,
        base: impl ProvideCredentials + 'static,
        role: Role,
    ) -> Result<Cached> {
        Ok(self.cached(self.role(base, role)?))
    }

    /// A RAM role, assumed with the OIDC token in a file, which is read at each renewal.
    ///
    /// # Errors
    ///
    /// When the region of STS can't be one.
    pub fn assume_role_with_oidc(
        &self,
        role: Role,
        provider_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Result<Cached> {
        Ok(self.cached(self.oidc(role, provider_arn.into(), token_file.into())?))
    }

    /// A program that prints keys as JSON: `mode` (`AK` or `StsToken`), `access_key_id`,
    /// `access_key_secret`, `sts_token` and `expiration`.
    ///
    /// The command is split into words as a shell does it, but no shell runs it. The program has 60
    /// seconds and no input; what it writes to its standard error is thrown away. If it names no
    /// expiration, it is run for every call.
    pub fn process(&self, command: impl Into<String>) -> Cached {
        self.cached(Process::new(command, Arc::clone(&self.clock)))
    }

    fn cached(&self, source: impl ProvideCredentials + 'static) -> Cached {
        Cached::observed(source, Arc::clone(&self.clock), self.observers.clone())
    }

    fn environment_link(&self) -> Link {
        let names = [variables::ID, variables::SECRET, variables::TOKEN];
        let set = names.iter().any(|name| self.variables.get(name).is_some());
        let source = if set {
            self.environment()
        } else {
            Err(Error::credentials(format!(
                "{} and {} aren't set",
                variables::ID,
                variables::SECRET
            )))
        };
        link("environment", source)
    }

    fn cli_profile_link(&self) -> Link {
        let source = if self.variables.is_on(variables::CLI_DISABLED) {
            Err(Error::credentials(format!(
                "{} is true",
                variables::CLI_DISABLED
            )))
        } else {
            Ok(CliProfile::new(self.clone(), None))
        };
        link("cli_profile", source)
    }

    pub(super) fn ecs(&self, role: Option<&str>) -> Result<EcsRole> {
        if self.variables.is_on(variables::ECS_DISABLED) {
            return Err(Error::credentials(format!(
                "{} is true",
                variables::ECS_DISABLED
            )));
        }
        let role = match role {
            Some(role) => Some(role),
            None => self.variables.text(variables::ECS_ROLE)?,
        };
        let what = "the endpoint of the ECS metadata service";
        Ok(EcsRole {
            http: self.http.clone(),
            base: match &self.metadata {
                Some(url) => Url::parse(what, url, true)?,
                None => Url::parse(what, &format!("http://{METADATA_HOST}"), true)?,
            },
            role: role.map(str::to_owned),
            without_token: !self.variables.is_on(variables::IMDSV1_DISABLED),
        })
    }

    fn uri_of_environment(&self) -> Result<CredentialsUri> {
        self.uri_source(variables::URI, self.variables.need(variables::URI)?)
    }

    fn uri_source(&self, what: &str, uri: &str) -> Result<CredentialsUri> {
        Ok(CredentialsUri {
            http: self.http.clone(),
            url: Url::parse(what, uri, true)?,
        })
    }

    pub(super) fn role(
        &self,
        base: impl ProvideCredentials + 'static,
        role: Role,
    ) -> Result<AssumeRole> {
        AssumeRole::new(&self.sts(&role)?, base, role)
    }

    fn oidc_of_environment(&self) -> Result<AssumeRoleWithOidc> {
        let role = Role::new(self.variables.need(variables::ROLE_ARN)?);
        let role = Role {
            session_name: self
                .variables
                .text(variables::SESSION_NAME)?
                .map(str::to_owned),
            ..role
        };
        let provider = self.variables.need(variables::OIDC_PROVIDER)?;
        let file = self.variables.get(variables::OIDC_TOKEN_FILE);
        let file = file.ok_or_else(|| {
            Error::credentials(format!("{} isn't set", variables::OIDC_TOKEN_FILE))
        })?;
        self.oidc(role, provider.to_owned(), PathBuf::from(file))
    }

    pub(super) fn oidc(
        &self,
        role: Role,
        provider_arn: String,
        token_file: PathBuf,
    ) -> Result<AssumeRoleWithOidc> {
        Ok(AssumeRoleWithOidc {
            sts: self.sts(&role)?,
            role: role.named(&self.clock),
            provider_arn,
            token_file,
        })
    }

    fn sts(&self, role: &Role) -> Result<Sts> {
        let region = self.variables.text(variables::STS_REGION)?;
        let url = match &self.sts {
            Some(url) => url.clone(),
            None => {
                let host = role.host(region, self.variables.is_on(variables::VPC))?;
                format!("https://{host}")
            }
        };
        Ok(Sts {
            http: self.http.clone(),
            endpoint: Url::parse("the endpoint of STS", &url, false)?,
            clock: Arc::clone(&self.clock),
            nonce: Arc::clone(&self.nonce),
        })
    }

    /// The file that a variable names, else one in the home directory.
    pub(super) fn file(&self, variable: &str, at_home: &str) -> Result<PathBuf> {
        match self.variables.get(variable) {
            Some(path) => Ok(PathBuf::from(path)),
            None => self.variables.at_home(at_home),
        }
    }
}

impl fmt::Debug for Providers {
    /// Which variables are set. Endpoints that haven't been checked may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Providers")
            .field("variables", &self.variables)
            .finish_non_exhaustive()
    }
}

fn link(name: &'static str, source: Result<impl ProvideCredentials + 'static>) -> Link {
    Link {
        name,
        source: match source {
            Ok(source) => Ok(Box::new(source)),
            Err(error) => Err(error.to_string()),
        },
    }
}
