//! Sources on the network ask again what may pass, a few times and not for long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use alibabacloud_runtime::clock::{Clock, Sleep};
use alibabacloud_runtime::credentials::{Cached, Credentials, Providers, Role};
use alibabacloud_runtime::transport::{
    Request, Response, Transport, TransportError, TransportErrorKind,
};
use alibabacloud_runtime::{BoxFuture, Builder, Client, RetryPolicy};
use cams_tests::act::SERVICE;
use cams_tests::server::{Answer, Server};

use crate::home::{HUSH, Home, LATER, given, issued, keys, refusal};

const ARN: &str = "acs:ram::1234567890123456:role/sender";

/// A home in which all sources have what they need.
fn home() -> Home {
    let home = Home::new().without("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    home.write("token", HUSH);
    home
}

type Make = fn(&Home, Providers, &Server) -> Cached;
type Row = (&'static str, Make, usize, fn(&str) -> String);

/// Each source on the network, what it is asked before it is asked for keys, and what holds them.
fn sources() -> [Row; 4] {
    let plain = |keys: &str| keys.to_owned();
    let nested = |keys: &str| format!(r#"{{"RequestId": "r", "Credentials": {keys}}}"#);
    [
        (
            "a role",
            |_, providers, server| {
                let base = Credentials::new("base", HUSH);
                let providers = providers.sts_endpoint(server.url());
                providers.assume_role(base, Role::new(ARN)).expect("a role")
            },
            0,
            nested,
        ),
        (
            "a role by token",
            |home, providers, server| {
                let providers = providers.sts_endpoint(server.url());
                let role = providers.assume_role_with_oidc(Role::new(ARN), "p", home.path("token"));
                role.expect("a role")
            },
            0,
            nested,
        ),
        (
            "an address",
            |_, providers, server| providers.uri(&server.url()).expect("an address"),
            0,
            plain,
        ),
        (
            "an instance",
            |_, providers, server| {
                let providers = providers.metadata_endpoint(server.url());
                providers.ecs_role(Some("r")).expect("a role")
            },
            1,
            plain,
        ),
    ]
}

fn down() -> Answer {
    Answer::new(503, &[("retry-after", "1")], HUSH)
}

fn throttled() -> Answer {
    Answer::json(400, r#"{"Code": "Throttling.User"}"#)
}

#[tokio::test]
async fn what_passes_costs_nothing_but_time() {
    for (name, make, before, holds) in sources() {
        for failure in [down(), throttled(), Answer::new(502, &[], "<html>")] {
            let token = (0..before).map(|_| Answer::new(200, &[], "tok"));
            let answer = Answer::json(200, holds(&issued("a", LATER)));
            let server = Server::start(token.chain([failure, answer]));
            let home = home();
            let source = make(&home, home.providers(), &server);
            assert_eq!(keys(&source).await, given("a"), "{name}");
            assert_eq!(server.requests().len(), before + 2, "{name}");
        }
    }
}

#[tokio::test]
async fn what_doesn_t_pass_ends_after_three_attempts() {
    for (name, make, before, _) in sources() {
        if before > 0 {
            // The metadata service falls back to its older protocol, and has two seconds.
            continue;
        }
        let server = Server::start([down(), down(), down(), down()]);
        let home = home();
        let start = home.clock.now();
        let why = refusal(&make(&home, home.providers(), &server)).await;
        assert!(why.contains("HTTP 503"), "{name}: {why}");
        assert_eq!(server.requests().len(), 3, "{name}");
        // A second for each of two waits, since the service asks for it, and chance on top.
        let waited = home.clock.now().duration_since(start).expect("forward");
        let most = Duration::from_millis(2000 + 500 + 1000);
        assert!(
            (Duration::from_secs(2)..=most).contains(&waited),
            "{name}: {waited:?}"
        );
    }
}

#[tokio::test]
async fn a_wait_that_is_longer_than_there_is_time_ends_it() {
    for (name, make, before, _) in sources() {
        let token = (0..before).map(|_| Answer::new(200, &[], "tok"));
        let asks = Answer::new(503, &[("retry-after", "16")], HUSH);
        let server = Server::start(token.chain([asks.clone(), asks]));
        let home = home().set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
        let why = refusal(&make(&home, home.providers(), &server)).await;
        assert!(why.contains("HTTP 503"), "{name}: {why}");
        assert_eq!(server.requests().len(), before + 1, "{name}");
    }
}

#[tokio::test]
async fn each_attempt_has_its_own_nonce() {
    let answer = format!(r#"{{"Credentials": {}}}"#, issued("a", LATER));
    for source in [0, 1] {
        let server = Server::start([down(), Answer::json(200, answer.clone())]);
        let home = home();
        let source = sources()[source].1(&home, home.providers(), &server);
        assert_eq!(keys(&source).await, given("a"));
        let nonces: Vec<_> = server
            .requests()
            .iter()
            .map(|request| {
                let form = request.form_pairs();
                let of_form = form.into_iter().find(|(name, _)| name == "SignatureNonce");
                let of_header = request.header("x-acs-signature-nonce").map(str::to_owned);
                of_form
                    .map(|(_, nonce)| nonce)
                    .or(of_header)
                    .expect("a nonce")
            })
            .collect();
        assert_ne!(nonces[0], nonces[1]);
    }
}

/// Fails, and counts how often.
#[derive(Clone, Debug)]
struct Fails(TransportErrorKind, Arc<AtomicUsize>);

impl Transport for Fails {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Err(TransportError::new(self.0)) })
    }
}

#[tokio::test]
async fn nobody_is_waited_for_where_most_machines_have_nobody() {
    for (kind, expected) in [
        (TransportErrorKind::Connect, [3, 3, 3, 1]),
        (TransportErrorKind::Timeout, [3, 3, 3, 3]),
        (TransportErrorKind::Unsendable, [1, 1, 1, 1]),
    ] {
        let server = Server::start([]);
        for ((name, make, ..), expected) in sources().into_iter().zip(expected) {
            let home = home().set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
            let fails = Fails(kind, Arc::default());
            let providers = home.providers().transport(fails.clone());
            refusal(&make(&home, providers, &server)).await;
            let sent = fails.1.load(Ordering::SeqCst);
            assert_eq!(sent, expected, "{name}: {kind:?}");
        }
    }
}

#[tokio::test]
async fn without_anything_to_wait_with_there_is_one_attempt() {
    let fails = Fails(TransportErrorKind::Connect, Arc::default());
    let providers = Providers::from_variables(|_| None).transport(fails.clone());
    let uri = providers.uri("http://127.0.0.1:1/").expect("an address");
    refusal(&uri).await;
    let role = providers.assume_role(Credentials::new("base", "s"), Role::new(ARN));
    refusal(&role.expect("a role")).await;
    assert_eq!(fails.1.load(Ordering::SeqCst), 2);
}

/// A transport with a timer.
#[derive(Debug)]
struct Timed;

impl Transport for Timed {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        unreachable!("nothing is sent")
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        Some(Box::new(Home::new().clock))
    }
}

#[test]
fn a_transport_that_is_shared_keeps_its_timer() {
    let builder = Builder::<Client>::new(&SERVICE)
        .credentials(Credentials::new("id", "secret"))
        .transport(Arc::new(Timed))
        .retry(RetryPolicy::default());
    builder.build().expect("something to wait with");
}
