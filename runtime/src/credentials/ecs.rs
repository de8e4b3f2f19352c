//! Keys of the RAM role of an ECS instance, from its metadata service.

use std::time::Duration;

use http::header::HeaderName;
use http::{Method, StatusCode};

use super::http::{Http, Question, Url, json};
use super::{Credentials, ProvideCredentials, issued};
use crate::transport::Response;
use crate::{BoxFuture, Error, Result};

const WHAT: &str = "the ECS metadata service";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
const TIMEOUT: Duration = Duration::from_secs(2);
const TTL: HeaderName = HeaderName::from_static("x-aliyun-ecs-metadata-token-ttl-seconds");
const TOKEN: HeaderName = HeaderName::from_static("x-aliyun-ecs-metadata-token");

#[derive(Debug)]
pub(super) struct EcsRole {
    pub(super) http: Http,
    pub(super) base: Url,
    /// The instance's own, if none.
    pub(super) role: Option<String>,
    /// Whether the older protocol, without a token, may be used.
    pub(super) without_token: bool,
}

impl EcsRole {
    async fn ask(&self) -> Result<Credentials> {
        let token = match self.token().await {
            Ok(token) => Some(token),
            // Where there is no connection, the older protocol has none either.
            Err(error) if error.is_connect() || !self.without_token => return Err(error),
            Err(_) => None,
        };
        match self.keys(token.as_deref()).await {
            Err(_) if token.is_some() && self.without_token => self.keys(None).await,
            outcome => outcome,
        }
    }

    async fn token(&self) -> Result<String> {
        let headers = [(TTL, "21600")];
        let sent = self.send(Method::PUT, "/latest/api/token", &headers);
        let answer = ok(sent.await?, "a token")?;
        text(&answer)
            .filter(|token| !token.is_empty())
            .ok_or_else(|| Error::credentials(format!("{WHAT} gave a token that isn't one")))
    }

    async fn keys(&self, token: Option<&str>) -> Result<Credentials> {
        let role = match &self.role {
            Some(role) => role.clone(),
            None => self.own_role(token).await?,
        };
        if !is_role(&role) {
            return Err(Error::credentials(
                "the name of the ECS instance's role has a character that no role's name has",
            ));
        }
        let answer = self.get(&format!("{ROLES}{role}"), token).await?;
        let answer = ok(answer, &format!("the keys of the role `{role}`"))?;
        let object = json(WHAT, &answer)?;
        issued::successful(WHAT, &object)
    }

    async fn own_role(&self, token: Option<&str>) -> Result<String> {
        let answer = self.get(ROLES, token).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Err(Error::credentials("the ECS instance has no RAM role"));
        }
        let names = text(&ok(answer, "the name of the instance's role")?);
        let name = names.as_deref().and_then(|names| names.lines().next());
        name.map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .ok_or_else(|| Error::credentials("the ECS instance has no RAM role"))
    }

    async fn get(&self, path: &str, token: Option<&str>) -> Result<Response> {
        let headers: Vec<_> = token.map(|token| (TOKEN, token)).into_iter().collect();
        self.send(Method::GET, path, &headers).await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
    ) -> Result<Response> {
        let question = Question {
            what: WHAT,
            method,
            url: &self.base.join(path),
            headers,
            timeout: TIMEOUT,
            // Most machines are no instances.
            is_there: false,
        };
        self.http.ask(&question, || Ok(String::new())).await
    }
}

impl ProvideCredentials for EcsRole {
    fn name(&self) -> &str {
        "ecs_ram_role"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}

fn ok(answer: Response, asked: &str) -> Result<Response> {
    if answer.status == StatusCode::OK {
        return Ok(answer);
    }
    Err(Error::credentials(format!(
        "{WHAT}, asked for {asked}, answered HTTP {}",
        answer.status.as_u16()
    )))
}

fn text(answer: &Response) -> Option<String> {
    let text = str::from_utf8(&answer.body).ok()?;
    Some(text.trim().to_owned())
}

/// It becomes a part of a path.
fn is_role(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    name.len() <= 128 && !name.starts_with('.') && name.bytes().all(plain)
}
