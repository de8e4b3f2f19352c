//! Keys of a CloudSSO session that the command-line tool has opened.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use http::{Method, header};
use serde_json::json as object;
use zeroize::Zeroizing;

use super::http::{Http, Question, Url, json};
use super::{Credentials, ProvideCredentials, issued};
use crate::clock::Clock;
use crate::{BoxFuture, Error, Result};

const WHAT: &str = "CloudSSO";
const TIMEOUT: Duration = Duration::from_secs(15);

/// Trades an access token for keys. A new token takes a person and a browser.
pub(super) struct CloudSso {
    pub(super) http: Http,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) sign_in: Url,
    pub(super) account: String,
    pub(super) configuration: String,
    pub(super) token: Zeroizing<String>,
    /// When the token ends, in seconds since 1970.
    pub(super) end: u64,
}

impl CloudSso {
    async fn ask(&self) -> Result<Credentials> {
        let now = self.clock.now().duration_since(UNIX_EPOCH);
        if now.unwrap_or_default().as_secs() >= self.end {
            return Err(Error::credentials(
                "the session at CloudSSO has ended: sign in again with the command-line tool",
            ));
        }
        let bearer = Zeroizing::new(format!("Bearer {}", self.token.as_str()));
        let headers = [
            (header::AUTHORIZATION, bearer.as_str()),
            (header::CONTENT_TYPE, "application/json"),
            (header::ACCEPT, "application/json"),
        ];
        let body = object!({
            "AccountId": self.account,
            "AccessConfigurationId": self.configuration,
        });
        let url = self.sign_in.origin().join("/cloud-credentials");
        let question = Question {
            what: WHAT,
            method: Method::POST,
            url: &url,
            headers: &headers,
            timeout: TIMEOUT,
            is_there: true,
        };
        let answer = self.http.ask(&question, || Ok(body.to_string())).await?;
        let answer = json(WHAT, &answer)?;
        issued::issued(WHAT, &answer["CloudCredential"])
    }
}

impl std::fmt::Debug for CloudSso {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CloudSso")
            .field("sign_in", &self.sign_in)
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for CloudSso {
    fn name(&self) -> &str {
        "cloud_sso"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}
