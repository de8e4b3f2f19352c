//! Several sources of keys, asked in turn.

use std::sync::OnceLock;

use super::{Credentials, ProvideCredentials};
use crate::{BoxFuture, Error, Result};

/// A source and its name within the chain, or why it doesn't apply.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) name: &'static str,
    pub(super) source: std::result::Result<Box<dyn ProvideCredentials>, String>,
}

/// Keeps to the first source that has keys. That none had isn't kept.
#[derive(Debug)]
pub(super) struct Chain {
    links: Vec<Link>,
    chosen: OnceLock<(usize, String)>,
}

impl Chain {
    pub(super) fn new(links: Vec<Link>) -> Self {
        Self {
            links,
            chosen: OnceLock::new(),
        }
    }

    async fn ask(&self) -> Result<Credentials> {
        if let Some((index, name)) = self.chosen.get()
            && let Link {
                source: Ok(source), ..
            } = &self.links[*index]
        {
            return source
                .provide()
                .await
                .map_err(|error| error.without_keys(name));
        }
        let mut reasons = Vec::new();
        for (index, Link { name, source }) in self.links.iter().enumerate() {
            let outcome = match source {
                Ok(source) => source.provide().await.map_err(|error| error.to_string()),
                Err(reason) => Err(reason.clone()),
            };
            match outcome.and_then(|keys| keys.check().map(|()| keys)) {
                Ok(keys) => {
                    self.chosen
                        .get_or_init(|| (index, format!("default/{name}")));
                    return Ok(keys);
                }
                Err(reason) => reasons.push(format!("{name}: {reason}")),
            }
        }
        Err(Error::credentials(format!(
            "no keys: set the environment variables ALIBABA_CLOUD_ACCESS_KEY_ID and \
             ALIBABA_CLOUD_ACCESS_KEY_SECRET, or another source of the default chain, or give the \
             client keys when it is built. What was tried: {}",
            reasons.join("; ")
        )))
    }
}

impl ProvideCredentials for Chain {
    fn name(&self) -> &str {
        self.chosen.get().map_or("default", |(_, name)| name)
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}
