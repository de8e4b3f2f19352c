//! What is told of renewals of keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use alibabacloud_cams::runtime::clock::Clock;
use alibabacloud_cams::runtime::credentials::{Cached, ProvideCredentials, Providers};
use alibabacloud_cams::runtime::testing::{Answer, Script, ScriptTime};
use alibabacloud_cams::runtime::{BoxFuture, Result};
use alibabacloud_cams::{Client, Credentials, Error};
use cams_tests::client::request;

use crate::SECOND;
use crate::notes::Notes;

/// Keys for an hour, or a reason.
#[derive(Clone, Debug)]
struct Vault {
    time: ScriptTime,
    closed: Arc<AtomicBool>,
}

impl ProvideCredentials for Vault {
    fn name(&self) -> &str {
        "vault"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async {
            self.time.pass(SECOND);
            if self.closed.load(Ordering::Relaxed) {
                return Err(Error::credentials("it is closed"));
            }
            let end = self.time.now() + 3600 * SECOND;
            Ok(Credentials::new("id", "secret").with_expiry(end))
        })
    }
}

#[tokio::test]
async fn renewals_are_told_with_what_came_of_them() {
    let (script, notes) = (Script::new(), Notes::default());
    script.otherwise(Answer::ok());
    let vault = Vault {
        time: script.time(),
        closed: Arc::default(),
    };
    let keys = Cached::with_clock(vault.clone(), script.time()).observe(notes.clone());
    let client = script.prepare(Client::builder()).credentials(keys);
    let client = client.build().expect("a client");
    let call = || async { client.delete_chat_group(request()).await.map(drop) };

    call().await.expect("an answer");
    call().await.expect("an answer");
    assert_eq!(notes.take(), ["vault: new keys in 1s"]);

    // The old ones serve, but someone should know.
    script.time().pass(3000 * SECOND);
    vault.closed.store(true, Ordering::Relaxed);
    call().await.expect("an answer");
    assert_eq!(notes.take(), ["vault: it is closed in 1s"]);
    script.time().pass(600 * SECOND);
    let error = call().await.expect_err("no keys");
    assert!(error.to_string().contains("it is closed"), "{error}");
    assert_eq!(notes.take(), ["vault: it is closed in 1s"]);
}

#[tokio::test]
async fn sources_that_are_made_together_are_observed_together() {
    let notes = Notes::default();
    let providers = Providers::from_variables(|name| match name {
        "ALIBABA_CLOUD_ACCESS_KEY_ID" => Some("id".into()),
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET" => Some("secret".into()),
        _ => None,
    });
    let script = Script::new();
    let providers = providers.clock(script.time()).observe(notes.clone());
    let chain = providers.default_chain();
    for _ in 0..2 {
        chain.provide().await.expect("keys");
    }
    assert_eq!(notes.take(), [format!("{}: new keys in 0ns", chain.name())]);

    let nowhere = Providers::from_variables(|_| None).observe(notes.clone());
    let profile = nowhere.cli_profile(None);
    let error = profile.provide().await.expect_err("no home");
    let told = notes.take();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(&error.to_string()), "{told:?}");
}
