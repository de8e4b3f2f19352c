//! Keys, and where they come from.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::{BoxFuture, Result};

mod environment;

pub use environment::EnvironmentProvider;

/// An access key, with a security token if it is a temporary one.
///
/// Cheap to clone: clones share one copy, which is overwritten with zeros when the last of them is
/// dropped. `Debug` shows the end of the access key ID and nothing else.
#[derive(Clone)]
pub struct Credentials(Arc<Keys>);

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
        Self(Arc::new(Keys {
            id: Zeroizing::new(id),
            secret: Zeroizing::new(secret),
            token: token.map(Zeroizing::new),
        }))
    }

    /// The access key ID. It names the key and is sent in the clear.
    pub fn access_key_id(&self) -> &str {
        &self.0.id
    }

    /// The secret that requests are signed with. It is never sent.
    pub fn access_key_secret(&self) -> &str {
        &self.0.secret
    }

    /// The token that is sent along with a temporary key.
    pub fn security_token(&self) -> Option<&str> {
        self.0.token.as_deref().map(String::as_str)
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
        let hidden = self.0.id.chars().count().saturating_sub(4);
        let end: String = self.0.id.chars().skip(hidden.max(4)).collect();
        f.debug_struct("Credentials")
            .field("access_key_id", &format_args!("****{end}"))
            .field("temporary", &self.0.token.is_some())
            .finish_non_exhaustive()
    }
}

/// Where a client gets its keys from.
///
/// It is asked before every attempt, so that keys can be renewed while the client lives; whatever
/// is slow belongs into a cache of the provider's own. [`Credentials`] themselves are a provider
/// that always gives the same answer.
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
    fn name(&self) -> &str;

    /// The keys to sign the next request with.
    ///
    /// No timeout of a client or a call interrupts this: what may take for ever needs a limit of its
    /// own.
    ///
    /// # Errors
    ///
    /// Make one with [`Error::credentials`](crate::Error::credentials); say why there are no keys,
    /// without a secret in it.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials>>;
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
}
