//! A home directory and environment variables that belong to one test.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use alibabacloud_runtime::clock::{Clock, Sleep};
use alibabacloud_runtime::credentials::{Credentials, ProvideCredentials, Providers};
use alibabacloud_runtime::{BoxFuture, Error};
use cams_tests::client::bounded;
use tempfile::TempDir;

/// What no message, and no `Debug`, may hold.
pub(crate) const HUSH: &str = "HUSHsecret";

/// A home and its variables. Nothing beyond this machine is asked.
pub(crate) struct Home {
    folder: TempDir,
    variables: BTreeMap<&'static str, OsString>,
    pub(crate) clock: TestClock,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let variables = [
            ("HOME", folder.path().into()),
            ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true".into()),
        ];
        Self {
            folder,
            variables: variables.into(),
            clock: TestClock::default(),
        }
    }

    pub(crate) fn set(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.variables.insert(name, value.into());
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    /// Writes the command-line tool's file.
    pub(crate) fn config(&self, text: &str) {
        self.write(".aliyun/config.json", text);
    }

    pub(crate) fn providers(&self) -> Providers {
        Providers::from_variables(|name| self.variables.get(name).cloned())
            .clock(self.clock.clone())
            .sleep(self.clock.clone())
    }
}

/// A clock that stands still until it is moved.
///
/// Waiting moves it, too.
#[derive(Clone, Debug)]
pub(crate) struct TestClock {
    now: Arc<Mutex<SystemTime>>,
    start: (SystemTime, Instant),
}

impl Default for TestClock {
    fn default() -> Self {
        // 2026-01-02T03:04:05Z
        let start = UNIX_EPOCH + Duration::from_secs(1_767_323_045);
        Self {
            now: Arc::new(Mutex::new(start)),
            start: (start, Instant::now()),
        }
    }
}

impl TestClock {
    pub(crate) fn forward(&self, minutes: u64) {
        *self.now.lock().expect("no panic before") += Duration::from_secs(minutes * 60);
    }

    /// A time so many minutes from now.
    pub(crate) fn after(&self, minutes: u64) -> SystemTime {
        self.now() + Duration::from_secs(minutes * 60)
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        *self.now.lock().expect("no panic before")
    }

    fn instant(&self) -> Instant {
        let passed = self.now().duration_since(self.start.0);
        self.start.1 + passed.expect("it moves forward")
    }
}

impl Sleep for TestClock {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if time > Duration::from_secs(10) {
                // The limit of something that goes on meanwhile.
                std::future::pending::<()>().await;
            }
            *self.now.lock().expect("no panic before") += time;
        })
    }
}

/// Keys as services give them out.
pub(crate) fn issued(id: &str, end: &str) -> String {
    format!(
        r#"{{"Code": "Success", "AccessKeyId": "{id}", "AccessKeySecret": "{HUSH}",
        "SecurityToken": "{HUSH}-token", "Expiration": "{end}"}}"#
    )
}

/// The same as a text.
pub(crate) fn given(id: &str) -> String {
    format!("{id} {HUSH} {HUSH}-token")
}

/// An hour after the clock's beginning.
pub(crate) const LATER: &str = "2026-01-02T04:04:05Z";

/// The keys of a source, as a text: ID, secret, token.
pub(crate) async fn keys(source: &impl ProvideCredentials) -> String {
    let keys = bounded(source.provide()).await;
    shown(&keys.unwrap_or_else(|error| panic!("{error}")))
}

pub(crate) fn shown(keys: &Credentials) -> String {
    let mut text = format!("{} {}", keys.access_key_id(), keys.access_key_secret());
    if let Some(token) = keys.security_token() {
        text = format!("{text} {token}");
    }
    text
}

/// Why a source has no keys. Neither that nor the source itself shows a secret.
pub(crate) async fn refusal(source: &impl ProvideCredentials) -> String {
    let error: Error = bounded(source.provide()).await.expect_err("no keys");
    let shown = format!("{error} {error:?} {source:?}");
    assert!(!shown.contains(HUSH), "{shown}");
    assert!(!error.may_have_been_carried_out());
    error.to_string()
}
