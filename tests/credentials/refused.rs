//! Keys that the service refuses are asked for anew, once for all who were refused.

use std::collections::VecDeque;
use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use alibabacloud_runtime::credentials::{Cached, Credentials, ProvideCredentials, Role};
use alibabacloud_runtime::model::Record;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Error, Result, RetryPolicy};
use cams_tests::act::{Act, SERVICE};
use cams_tests::client::{OK, bounded};
use cams_tests::server::{Answer, Server};
use cams_tests::signature;
use http::{HeaderMap, StatusCode};
use tokio::sync::Barrier;

use crate::home::{HUSH, Home, LATER, TestClock, issued};

/// Gives keys with these names in turn, for ever the last one; a failure where there is no name.
#[derive(Clone, Debug)]
struct Rotating {
    names: Arc<Mutex<VecDeque<Option<&'static str>>>>,
    asked: Arc<AtomicUsize>,
}

impl Rotating {
    fn new(names: impl IntoIterator<Item = Option<&'static str>>) -> Self {
        Self {
            names: Arc::new(Mutex::new(names.into_iter().collect())),
            asked: Arc::default(),
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Rotating {
    fn name(&self) -> &str {
        "rotating"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut names = self.names.lock().expect("no panic");
        let name = names.pop_front().expect("a name");
        if names.is_empty() {
            names.push_back(name);
        }
        Box::pin(async move {
            match name {
                Some(name) => Ok(Credentials::temporary(name, HUSH, "token")),
                None => Err(Error::credentials("the vault is shut")),
            }
        })
    }
}

/// Takes the keys `new` only. The first so many requests are answered together.
#[derive(Clone, Debug)]
struct Service {
    together: Arc<Barrier>,
    left: Arc<AtomicUsize>,
    code: &'static str,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn new(code: &'static str, together: usize) -> Self {
        Self {
            together: Arc::new(Barrier::new(together)),
            left: Arc::new(AtomicUsize::new(together)),
            code,
            sent: Arc::default(),
        }
    }

    /// The names of the keys that requests were signed with.
    fn sent(&self) -> Vec<String> {
        self.sent.lock().expect("no panic").clone()
    }

    fn client(&self, keys: impl ProvideCredentials + 'static) -> Client {
        let builder = Builder::new(&SERVICE)
            .credentials(keys)
            .transport(self.clone());
        builder.build().expect("a client")
    }
}

impl Transport for Service {
    fn send(
        &self,
        request: Request,
    ) -> BoxFuture<'_, std::result::Result<Response, TransportError>> {
        let id = request.headers["x-acs-accesskey-id"]
            .to_str()
            .expect("text");
        self.sent.lock().expect("no panic").push(id.to_owned());
        let takes = id == "new";
        let less = |left: usize| left.checked_sub(1);
        let first = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
            .is_ok();
        Box::pin(async move {
            if first {
                self.together.wait().await;
            }
            let refusal = format!(r#"{{"Code":"{}","Message":"HUSHwords"}}"#, self.code);
            let headers = HeaderMap::new();
            Ok(if takes {
                Response::new(StatusCode::OK, headers, OK)
            } else {
                Response::new(StatusCode::FORBIDDEN, headers, refusal)
            })
        })
    }
}

/// A call of class `send`: a refusal leaves nothing done.
async fn send(client: &Client) -> Result<()> {
    bounded(client.call(Act::<false>::blank())).await.map(drop)
}

fn cached(source: &Rotating, clock: &TestClock) -> Cached {
    Cached::with_clock(source.clone(), clock.clone())
}

const EXPIRED: &str = "InvalidSecurityToken.Expired";

#[tokio::test]
async fn a_call_that_is_refused_for_its_keys_is_repeated_with_others() {
    for code in [
        EXPIRED,
        "InvalidSecurityToken.MismatchWithAccessKey",
        "InvalidAccessKeyId.NotFound",
        "InvalidAccessKeyId.Inactive",
    ] {
        let source = Rotating::new([Some("old"), Some("new")]);
        let service = Service::new(code, 1);
        let client = service.client(cached(&source, &TestClock::default()));
        send(&client).await.expect(code);
        send(&client).await.expect(code);
        assert_eq!(service.sent(), ["old", "new", "new"], "{code}");
        assert_eq!(source.asked(), 2, "{code}");
    }
}

async fn refused_together() {
    let source = Rotating::new([Some("old"), Some("new")]);
    let service = Service::new(EXPIRED, 64);
    let client = service.client(cached(&source, &TestClock::default()));
    let calls: Vec<_> = (0..64)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { send(&client).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    assert_eq!(source.asked(), 2);
    let sent = service.sent();
    let old = sent.iter().filter(|id| *id == "old").count();
    assert_eq!((sent.len(), old), (128, 64));
}

#[tokio::test]
async fn many_who_are_refused_together_ask_once() {
    refused_together().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_are_refused_together_on_several_threads_ask_once() {
    refused_together().await;
}

#[tokio::test]
async fn the_same_keys_again_end_the_call_and_leave_the_source_in_peace() {
    let clock = TestClock::default();
    let source = Rotating::new([Some("old")]);
    let service = Service::new(EXPIRED, 1);
    let client = service.client(cached(&source, &clock));
    for _ in 0..3 {
        let error = send(&client).await.expect_err("refused");
        assert_eq!((error.code(), error.attempts()), (Some(EXPIRED), 1));
        assert!(!error.may_have_been_carried_out());
    }
    assert_eq!((service.sent().len(), source.asked()), (3, 2));
    clock.forward(1);
    send(&client).await.expect_err("refused");
    assert_eq!((service.sent().len(), source.asked()), (4, 3));
}

#[tokio::test]
async fn keys_that_are_given_are_refused_once() {
    let service = Service::new(EXPIRED, 1);
    let client = service.client(Credentials::temporary("old", HUSH, "token"));
    let error = send(&client).await.expect_err("refused");
    assert_eq!((service.sent().len(), error.attempts()), (1, 1));
}

#[tokio::test]
async fn a_call_is_repeated_once_for_its_keys() {
    let source = Rotating::new([Some("old"), Some("older"), Some("oldest"), Some("new")]);
    let service = Service::new(EXPIRED, 1);
    let client = service.client(cached(&source, &TestClock::default()));
    let error = send(&client).await.expect_err("refused");
    assert_eq!((error.code(), error.attempts()), (Some(EXPIRED), 2));
    // The next call doesn't begin with what has been refused.
    send(&client).await.expect("an answer");
    assert_eq!(service.sent(), ["old", "older", "oldest", "new"]);
}

#[tokio::test]
async fn without_repetitions_the_next_call_has_other_keys() {
    let source = Rotating::new([Some("old"), Some("new")]);
    let service = Service::new(EXPIRED, 1);
    let client = service.client(cached(&source, &TestClock::default()));
    let call = client.call(Act::<false>::blank()).retry(RetryPolicy::off());
    bounded(call).await.expect_err("refused");
    assert_eq!(source.asked(), 1);
    send(&client).await.expect("an answer");
    assert_eq!(service.sent(), ["old", "new"]);
}

#[tokio::test]
async fn a_source_that_fails_then_leaves_the_refusal_with_its_reason() {
    let source = Rotating::new([Some("old"), None]);
    let service = Service::new(EXPIRED, 1);
    let client = service.client(cached(&source, &TestClock::default()));
    let error = send(&client).await.expect_err("refused");
    assert_eq!((error.code(), error.attempts()), (Some(EXPIRED), 1));
    let cause = error.source().expect("a cause").to_string();
    assert_eq!(cause, "the vault is shut");
}

#[tokio::test]
async fn a_role_is_assumed_anew() {
    let token = |id: &str| {
        let keys = issued(id, LATER);
        Answer::json(
            200,
            format!(r#"{{"RequestId": "r", "Credentials": {keys}}}"#),
        )
    };
    let sts = Server::start([token("a"), token("b")]);
    let refusal = Answer::json(403, format!(r#"{{"Code": "{EXPIRED}"}}"#));
    let server = Server::start([refusal, Answer::json(200, OK)]);
    let home = Home::new();
    let role = Role::new("acs:ram::1:role/sender");
    let role = home
        .providers()
        .sts_endpoint(sts.url())
        .assume_role(Credentials::new("base", "s"), role);
    let builder = Builder::<Client>::new(&SERVICE).credentials(role.expect("a role"));
    let builder = builder.endpoint(server.url()).allow_http(true);
    send(&builder.build().expect("a client"))
        .await
        .expect("an answer");
    let [first, second] = &server.requests()[..] else {
        panic!("two requests");
    };
    signature::check(first, "a", HUSH).expect("signed with the first keys");
    signature::check(second, "b", HUSH).expect("signed with the second keys");
    let nonce = "x-acs-signature-nonce";
    assert_ne!(first.header(nonce), second.header(nonce));
    assert_eq!(sts.requests().len(), 2);
}

#[tokio::test]
async fn an_instance_is_asked_for_its_keys_anew() {
    let given = |id: &str| {
        let text = |text: &str| Answer::new(200, &[], text);
        [
            text("t"),
            text("role"),
            Answer::json(200, issued(id, LATER)),
        ]
    };
    let metadata = Server::start(given("a").into_iter().chain(given("b")));
    let refusal = Answer::json(404, r#"{"Code": "InvalidAccessKeyId.NotFound"}"#);
    let server = Server::start([refusal, Answer::json(200, OK)]);
    let home = Home::new().without("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    let chain = home
        .providers()
        .metadata_endpoint(metadata.url())
        .default_chain();
    let builder = Builder::<Client>::new(&SERVICE).credentials(chain);
    let builder = builder.endpoint(server.url()).allow_http(true);
    send(&builder.build().expect("a client"))
        .await
        .expect("an answer");
    let requests = server.requests();
    let ids: Vec<_> = requests
        .iter()
        .map(|one| one.header("x-acs-accesskey-id"))
        .collect();
    assert_eq!(ids, [Some("a"), Some("b")]);
    assert_eq!(metadata.requests().len(), 6);
}
