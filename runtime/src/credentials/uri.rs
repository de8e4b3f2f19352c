//! Keys from an address that hands them out.

use std::time::Duration;

use http::Method;

use super::http::{Http, Question, Url, json};
use super::{Credentials, ProvideCredentials, issued};
use crate::{BoxFuture, Result};

const WHAT: &str = "the credentials URI";
const TIMEOUT: Duration = Duration::from_secs(15);

#[derive(Debug)]
pub(super) struct CredentialsUri {
    pub(super) http: Http,
    pub(super) url: Url,
}

impl CredentialsUri {
    async fn ask(&self) -> Result<Credentials> {
        let question = Question {
            what: WHAT,
            method: Method::GET,
            url: &self.url,
            headers: &[],
            timeout: TIMEOUT,
            is_there: true,
        };
        let answer = self.http.ask(&question, || Ok(String::new())).await?;
        let object = json(WHAT, &answer)?;
        issued::successful(WHAT, &object)
    }
}

impl ProvideCredentials for CredentialsUri {
    fn name(&self) -> &str {
        "credentials_uri"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}
