//! Keys of a RAM role, from the Security Token Service.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode, header};

use super::aside::aside;
use super::http::{Http, Question, Url, json};
use super::role::Role;
use super::wiped::Wiped;
use super::{Credentials, ProvideCredentials, files, issued};
use crate::clock::{self, Clock};
use crate::model::{Field, Record, Value};
use crate::nonce::NonceSource;
use crate::{BoxFuture, Builder, Client, Error, Operation, Result, RetryClass, Service, encode};

const VERSION: &str = "2015-04-01";
const TIMEOUT: Duration = Duration::from_secs(15);
const WHAT: &str = "AssumeRoleWithOIDC";

static STS: Service = Service::new(
    "Sts",
    VERSION,
    "sts.{region}.aliyuncs.com",
    "cn-hangzhou",
    concat!("credentials/", env!("CARGO_PKG_VERSION")),
);

/// What asking STS takes from outside.
#[derive(Clone, Debug)]
pub(super) struct Sts {
    pub(super) http: Http,
    pub(super) endpoint: Url,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) nonce: Arc<dyn NonceSource>,
}

/// Assumes a role with other keys, which sign the request as they sign any other.
#[derive(Debug)]
pub(super) struct AssumeRole {
    client: Client,
    role: Role,
}

impl AssumeRole {
    pub(super) fn new(
        sts: &Sts,
        base: impl ProvideCredentials + 'static,
        role: Role,
    ) -> Result<Self> {
        let client = Builder::new(&STS)
            .credentials(base)
            .transport(sts.http.clone())
            .endpoint(sts.endpoint.as_str())
            .allow_http(sts.endpoint.is_http())
            .clock(Arc::clone(&sts.clock))
            .nonce(Arc::clone(&sts.nonce))
            .timeout(TIMEOUT)
            .build()?;
        let role = role.named(&sts.clock);
        Ok(Self { client, role })
    }

    async fn ask(&self) -> Result<Credentials> {
        let mut call = self.client.call(Assume(String::new()));
        for (name, value) in self.role.parameters() {
            call = call.query(name, value);
        }
        if let Some(id) = &self.role.external_id {
            call = call.query("ExternalId", id);
        }
        let answer = call.await?;
        issued::issued(Assume::ACTION, &answer["Credentials"])
    }
}

impl ProvideCredentials for AssumeRole {
    fn name(&self) -> &str {
        "ram_role_arn"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}

/// The operation, whose parameters are added by name. The text is there for the trait only.
struct Assume(String);

impl Record for Assume {
    const NAME: &'static str = "AssumeRoleRequest";
    const FIELDS: &'static [Field] = &[];

    fn blank() -> Self {
        Self(String::new())
    }

    fn get(&self, _: usize) -> &dyn Value {
        &self.0
    }

    fn get_mut(&mut self, _: usize) -> &mut dyn Value {
        &mut self.0
    }
}

impl Operation for Assume {
    type Response = Wiped;
    const SERVICE: &'static Service = &STS;
    const ACTION: &'static str = "AssumeRole";
    // New keys leave those that were given out before as they are.
    const RETRY: RetryClass = RetryClass::Read;
}

/// Assumes a role with a token in a file. Such a request isn't signed: the token is the proof.
#[derive(Debug)]
pub(super) struct AssumeRoleWithOidc {
    pub(super) sts: Sts,
    pub(super) role: Role,
    pub(super) provider_arn: String,
    pub(super) token_file: PathBuf,
}

impl AssumeRoleWithOidc {
    async fn ask(&self) -> Result<Credentials> {
        // Whoever writes the file replaces the token before it ends.
        let path = self.token_file.clone();
        let token = aside(move || files::read(&path)).await?;
        let token = token.trim();
        if token.is_empty() {
            return Err(Error::credentials(format!(
                "{} is empty, where an OIDC token was expected",
                self.token_file.display()
            )));
        }
        let form = || {
            let mut form = self.role.clone().named(&self.sts.clock).parameters();
            form.extend([
                ("Action", WHAT.to_owned()),
                ("Version", VERSION.to_owned()),
                ("Format", "JSON".to_owned()),
                ("OIDCProviderArn", self.provider_arn.clone()),
                ("OIDCToken", token.to_owned()),
                ("Timestamp", clock::date(self.sts.clock.now(), 0)?),
                ("SignatureNonce", self.sts.nonce.next()?),
            ]);
            Ok(encode::query(&form))
        };
        let question = Question {
            what: WHAT,
            method: Method::POST,
            url: &self.sts.endpoint.join("/"),
            headers: &[
                (header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
                (header::ACCEPT, "application/json"),
            ],
            timeout: TIMEOUT,
            is_there: true,
        };
        let answer = self.sts.http.ask(&question, form).await?;
        if answer.status != StatusCode::OK {
            // The service's own words may quote the token: code and request ID have to do.
            let body: Wiped = serde_json::from_slice(&answer.body).unwrap_or_default();
            let text = |name: &str| body[name].as_str().filter(|text| issued::is_code(text));
            let mut why = format!("{WHAT} failed: HTTP {}", answer.status.as_u16());
            if let Some(code) = text("Code") {
                why = format!("{why}, code {code}");
            }
            if let Some(id) = text("RequestId") {
                why = format!("{why} (request {id})");
            }
            return Err(Error::credentials(why));
        }
        issued::issued(WHAT, &json(WHAT, &answer)?["Credentials"])
    }
}

impl ProvideCredentials for AssumeRoleWithOidc {
    fn name(&self) -> &str {
        "oidc_role_arn"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}
