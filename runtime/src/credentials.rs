//! Keys, and where they come from.
//!
//! A client without keys of its own uses the [default chain](Providers::default_chain), which is the
//! vendor's. It asks these in turn, and keeps to the first that has keys:
//!
//! | source | when it is asked |
//! |---|---|
//! | `environment` | `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET` are set; with `ALIBABA_CLOUD_SECURITY_TOKEN`, for temporary keys |
//! | `oidc_role_arn` | `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and `ALIBABA_CLOUD_OIDC_TOKEN_FILE` are set, as in pods with a RAM role (RRSA); `ALIBABA_CLOUD_ROLE_SESSION_NAME` names the session |
//! | `cli_profile` | always, unless `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`: `~/.aliyun/config.json`, or the file in `ALIBABA_CLOUD_CONFIG_FILE`; the profile `ALIBABA_CLOUD_PROFILE`, or the file's current one |
//! | `profile` | always: the INI file in `ALIBABA_CLOUD_CREDENTIALS_FILE`, else `~/.alibabacloud/credentials.ini`, else `~/.alibabacloud/credentials`; the section `ALIBABA_CLOUD_PROFILE`, or `default` |
//! | `ecs_ram_role` | always, unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`: the metadata service of an ECS instance; the role `ALIBABA_CLOUD_ECS_METADATA`, or the instance's own; without the older protocol if `ALIBABA_CLOUD_IMDSV1_DISABLED` is `true` |
//! | `credentials_uri` | `ALIBABA_CLOUD_CREDENTIALS_URI` is set |
//!
//! Roles are asked for at `sts.aliyuncs.com`, or in the region `ALIBABA_CLOUD_STS_REGION`, there
//! inside of a VPC if `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` is `true`. A variable that is set to
//! nothing counts as unset. Variables are read when a client is built, files whenever keys are
//! renewed.
//!
//! Services that are down, throttle or can't be reached are asked up to three times within 15 seconds
//! (the metadata service: within two, and only if there is one), before that counts as a failure.
//!
//! What fails in any way is passed over, as the vendor's libraries do it; if nothing has keys, the
//! error tells of each source why. Such a failure isn't remembered: the next call asks all of them
//! again.
//!
//! [`Providers`] has each of these sources alone, and some more. All keys with an end are renewed
//! before it: see [`Cached`].

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::{BoxFuture, Result};

mod aside;
mod cached;
mod chain;
mod ecs;
mod environment;
mod files;
mod http;
mod ini;
mod issued;
mod origin;
mod patience;
mod process;
mod profile;
mod providers;
mod role;
mod sso;
mod sts;
mod uri;
mod variables;
mod wiped;

pub use cached::Cached;
pub use environment::EnvironmentProvider;
pub(crate) use origin::origin;
pub use providers::Providers;
pub use role::Role;

/// An access key, with a security token if it is a temporary one.
///
/// Cheap to clone: clones share one copy, which is overwritten with zeros when the last of them is
/// dropped. So is what this crate makes of files, answers and outputs on the way to keys, and the keyed
/// state of a signature. The rest isn't: environment variables, texts that an application keeps, headers
/// on their way (which hold ID and token, never the secret), and the buffers of the JSON parser, of HTTP
/// and of TLS. `Debug` shows the end of the access key ID and nothing else.
#[derive(Clone)]
pub struct Credentials {
    keys: Arc<Keys>,
    lifetime: Lifetime,
}

/// How long keys may be used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lifetime {
    /// No end is known.
    Open,
    /// Until this time.
    Until(SystemTime),
    /// For one call: whoever gave them wants to be asked each time.
    Once,
}

struct Keys {
    id: Zeroizing<String>,
    secret: Zeroizing<String>,
    token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// A lasting access key.
    ///
    /// Prefer keys that expire, of a role with no more rights than it needs.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        Self::from_parts(access_key_id.into(), access_key_secret.into(), None)
    }

    /// A temporary access key, as the Security Token Service gives it out.
    pub fn temporary(
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<String>,
        security_token: impl Into<String>,
    ) -> Self {
        Self::from_parts(
            access_key_id.into(),
            access_key_secret.into(),
            Some(security_token.into()),
        )
    }

    fn from_parts(id: String, secret: String, token: Option<String>) -> Self {
        Self {
            keys: Arc::new(Keys {
                id: Zeroizing::new(id),
                secret: Zeroizing::new(secret),
                token: token.map(Zeroizing::new),
            }),
            lifetime: Lifetime::Open,
        }
    }

    /// The same keys, which end at this time. [`Cached`] renews them before.
    #[must_use]
    pub fn with_expiry(mut self, at: SystemTime) -> Self {
        self.lifetime = Lifetime::Until(at);
        self
    }

    /// When these keys end, where that is known.
    pub fn expires_at(&self) -> Option<SystemTime> {
        match self.lifetime {
            Lifetime::Until(at) => Some(at),
            Lifetime::Open | Lifetime::Once => None,
        }
    }

    pub(crate) fn have_ended(&self, now: SystemTime) -> bool {
        self.expires_at().is_some_and(|end| end <= now)
    }

    /// The access key ID. It names the key and is sent in the clear.
    pub fn access_key_id(&self) -> &str {
        &self.keys.id
    }

    /// The secret that requests are signed with. It is never sent.
    pub fn access_key_secret(&self) -> &str {
        &self.keys.secret
    }

    /// The token that is sent along with a temporary key.
    pub fn security_token(&self) -> Option<&str> {
        self.keys.token.as_deref().map(String::as_str)
    }

    /// Whether these are the same keys, however long they may be used.
    pub(crate) fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.keys, &other.keys)
            || self.access_key_id() == other.access_key_id()
                && self.access_key_secret() == other.access_key_secret()
                && self.security_token() == other.security_token()
    }

    /// Refuses keys that can't be right.
    ///
    /// A line break at the end, as files and secret stores add it, would otherwise show up as a
    /// signature that doesn't match, which is hard to trace back to its cause.
    pub(crate) fn check(&self) -> std::result::Result<(), String> {
        let parts = [
            ("access key ID", Some(self.access_key_id())),
            ("access key secret", Some(self.access_key_secret())),
            ("security token", self.security_token()),
        ];
        for (name, value) in parts {
            let Some(value) = value else { continue };
            if value.is_empty() {
                return Err(format!("the {name} is empty"));
            }
            if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(format!(
                    "the {name} holds a character that no key has, such as a blank or a line break \
                     at its end"
                ));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of a short one, four characters would be too much of the whole.
        let hidden = self.keys.id.chars().count().saturating_sub(4);
        let end: String = self.keys.id.chars().skip(hidden.max(4)).collect();
        f.debug_struct("Credentials")
            .field("access_key_id", &format_args!("****{end}"))
            .field("temporary", &self.keys.token.is_some())
            .finish_non_exhaustive()
    }
}

/// Where a client gets its keys from.
///
/// It is asked before every attempt, so that keys can be renewed while the client lives; what is
/// slow belongs into a [`Cached`]. [`Credentials`] themselves are a provider that always gives the
/// same answer.
///
/// ```
/// use alibabacloud_runtime::credentials::{Credentials, ProvideCredentials};
/// use alibabacloud_runtime::{BoxFuture, Result};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn name(&self) -> &str {
///         "vault"
///     }
///
///     fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
///         Box::pin(async { Ok(Credentials::new("id", "secret")) })
///     }
/// }
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// A short name for messages and logs, such as `environment`.
    ///
    /// Those of this crate's sources, and only those, are sent with each request, in
    /// `x-acs-credentials-provider`, as the vendor's libraries send theirs.
    fn name(&self) -> &str;

    /// The keys to sign the next request with.
    ///
    /// When the [time for a call](crate::Call::timeout) is over, the future is dropped; where a client
    /// has [nothing to wait with](crate::Builder::sleep), nothing interrupts it. What may take for ever
    /// needs a limit of its own.
    ///
    /// # Errors
    ///
    /// Make one with [`Error::credentials`](crate::Error::credentials); say why there are no keys,
    /// without a secret in it.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials>>;

    /// The service has refused these keys: they are unknown, switched off or at their end, whatever
    /// was known about it. The next call of [`provide`](Self::provide) should ask for others.
    ///
    /// Any number of calls may have been refused with the same keys, and some may say so when there
    /// are others already. Default: nothing happens. Whoever keeps keys drops them if they are these;
    /// whoever passes on the keys of another provider tells that one.
    fn refused(&self, keys: &Credentials) {
        let _ = keys;
    }
}

impl ProvideCredentials for Credentials {
    fn name(&self) -> &str {
        "static"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        let keys = self.clone();
        Box::pin(async { Ok(keys) })
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        (**self).provide()
    }

    fn refused(&self, keys: &Credentials) {
        (**self).refused(keys);
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Box<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        (**self).provide()
    }

    fn refused(&self, keys: &Credentials) {
        (**self).refused(keys);
    }
}
