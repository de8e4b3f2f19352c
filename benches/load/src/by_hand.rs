//! The same calls as one would write them for these three operations alone: reqwest, a signature,
//! derived types. No retries, no checks of what is sent, no errors that explain themselves.

use std::fmt::Write;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ours::check;
use crate::{Operation, Result};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[derive(Clone)]
pub(crate) struct Caller {
    client: reqwest::Client,
    url: String,
    host: String,
}

#[derive(Serialize)]
struct Parameters<'a> {
    name: &'a str,
    order: &'a str,
    day: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    index: i32,
    size: i32,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Deleted {
    access_denied_detail: Option<String>,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    result: Option<i64>,
    success: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Sent {
    access_denied_detail: Option<String>,
    code: Option<String>,
    message: Option<String>,
    message_id: Option<String>,
    request_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Listed {
    access_denied_detail: Option<String>,
    code: Option<String>,
    list_template: Vec<Template>,
    message: Option<String>,
    request_id: Option<String>,
    success: Option<bool>,
    total: Option<i32>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[allow(dead_code, reason = "read as an application would, and not looked at")]
struct Template {
    audit_status: Option<String>,
    category: Option<String>,
    language: Option<String>,
    last_update_time: Option<i64>,
    reason: Option<String>,
    template_code: Option<String>,
    template_name: Option<String>,
    template_type: Option<String>,
}

impl Caller {
    /// With the settings that the runtime gives its own.
    pub(crate) fn new(url: &str) -> Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .read_timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            url: url.to_owned(),
            host: url.trim_start_matches("http://").to_owned(),
        })
    }

    pub(crate) async fn call(&self, operation: Operation) -> Result<()> {
        match operation {
            Operation::DeleteChatGroup => {
                let query = [
                    ("BusinessNumber", "8613800001111"),
                    ("CustSpaceId", "cams-7d2f"),
                    ("GroupId", "E39901"),
                ];
                let body = self.send("DeleteChatGroup", &query).await?;
                let answer: Deleted = serde_json::from_slice(body.as_ref())?;
                check(answer.code.as_deref() == Some("OK") && answer.result == Some(1))?;
                drop((answer.access_denied_detail, answer.message));
                drop((answer.request_id, answer.success));
            }
            Operation::SendChatappMessage => {
                let parameters = serde_json::to_string(&Parameters {
                    name: "Ana",
                    order: "A-1024",
                    day: "Tuesday, 3pm",
                })?;
                let query = [
                    ("ChannelType", "whatsapp"),
                    ("CustSpaceId", "cams-7d2f"),
                    ("From", "8613800001111"),
                    ("Language", "en"),
                    ("TaskId", "10000****"),
                    ("TemplateCode", "744c4b5c79c9432497a075bdfca3****"),
                    ("TemplateParams", &parameters),
                    ("To", "8613900002222"),
                    ("TrackingData", "campaign=autumn&step=2"),
                    ("Type", "template"),
                ];
                let body = self.send("SendChatappMessage", &query).await?;
                let answer: Sent = serde_json::from_slice(body.as_ref())?;
                check(answer.code.as_deref() == Some("OK") && answer.message_id.is_some())?;
                drop((answer.access_denied_detail, answer.message));
                drop(answer.request_id);
            }
            Operation::ListChatappTemplate => {
                let page = serde_json::to_string(&Page { index: 1, size: 50 })?;
                let query = [
                    ("CustSpaceId", "cams-7d2f"),
                    ("Language", "en"),
                    ("Page", &page),
                ];
                let body = self.send("ListChatappTemplate", &query).await?;
                let answer: Listed = serde_json::from_slice(body.as_ref())?;
                check(answer.code.as_deref() == Some("OK") && answer.list_template.len() == 50)?;
                drop((answer.access_denied_detail, answer.message));
                drop((answer.request_id, answer.success, answer.total));
            }
        }
        Ok(())
    }

    /// Signs and sends. The parameters come sorted.
    async fn send(&self, action: &str, parameters: &[(&str, &str)]) -> Result<impl AsRef<[u8]>> {
        let mut query = String::with_capacity(512);
        for (name, value) in parameters {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(name);
            query.push('=');
            query.extend(utf8_percent_encode(value, RESERVED));
        }
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let nonce = hex(&random);
        let date = jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string();
        let host = &self.host;
        let names =
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
        let canonical = format!(
            "POST\n/\n{query}\nhost:{host}\nx-acs-action:{action}\nx-acs-content-sha256:{EMPTY}\n\
             x-acs-date:{date}\nx-acs-signature-nonce:{nonce}\nx-acs-version:2020-06-06\n\n{names}\n{EMPTY}"
        );
        let hashed = hex(&Sha256::digest(canonical.as_bytes()));
        let mut mac = Hmac::<Sha256>::new_from_slice(b"testsecret")?;
        mac.update(format!("ACS3-HMAC-SHA256\n{hashed}").as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        let authorization = format!(
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={names},Signature={signature}"
        );
        let answer = self
            .client
            .post(format!("{}/?{query}", self.url))
            .header("x-acs-action", action)
            .header("x-acs-version", "2020-06-06")
            .header("x-acs-date", date)
            .header("x-acs-signature-nonce", nonce)
            .header("x-acs-content-sha256", EMPTY)
            .header("authorization", authorization)
            .header("accept", "application/json")
            .header("user-agent", "by-hand/1")
            .header("content-length", "0")
            .send()
            .await?
            .error_for_status()?;
        Ok(answer.bytes().await?)
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // A text takes everything.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
