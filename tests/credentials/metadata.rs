//! Keys from the metadata service of an instance, and from an address.

use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::credentials::{Cached, ProvideCredentials};
use alibabacloud_runtime::transport::http::{HeaderMap, StatusCode};
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use cams_tests::client::bounded;
use cams_tests::server::{Answer, Server};

use crate::home::{HUSH, Home, LATER, given, issued, keys, refusal};

const DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
const TOKEN: &str = "x-aliyun-ecs-metadata-token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

fn text(text: &str) -> Answer {
    Answer::new(200, &[], text)
}

fn ecs(home: &Home, server: &Server) -> Cached {
    let providers = home.providers().metadata_endpoint(server.url());
    providers.ecs_role(None).expect("it isn't switched off")
}

#[tokio::test]
async fn a_token_is_fetched_and_sent_with_what_follows() {
    let server = Server::start([text("tok"), text("sender\n"), text(&issued("a", LATER))]);
    let source = ecs(&Home::new().without(DISABLED), &server);
    let got = bounded(source.provide()).await.expect("keys");
    assert_eq!(got.access_key_id(), "a");
    let end = UNIX_EPOCH + Duration::from_secs(1_767_323_045 + 3600);
    assert_eq!(got.expires_at(), Some(end));
    assert!(!format!("{got:?} {source:?}").contains(HUSH));

    let [token, role, fetched] = &server.requests()[..] else {
        panic!("three requests");
    };
    assert_eq!((&*token.method, token.path()), ("PUT", "/latest/api/token"));
    assert_eq!(
        token.header("x-aliyun-ecs-metadata-token-ttl-seconds"),
        Some("21600")
    );
    assert_eq!((&*role.method, role.path()), ("GET", ROLES));
    assert_eq!(fetched.path(), format!("{ROLES}sender"));
    assert_eq!(role.header(TOKEN), Some("tok"));
    assert_eq!(fetched.header(TOKEN), Some("tok"));
}

#[tokio::test]
async fn the_role_can_be_named() {
    let server = Server::start([text("tok"), text(&issued("a", LATER))]);
    let home = Home::new().without(DISABLED);
    let home = home.set("ALIBABA_CLOUD_ECS_METADATA", "mine");
    assert_eq!(keys(&ecs(&home, &server)).await, given("a"));
    assert_eq!(server.requests()[1].path(), format!("{ROLES}mine"));
    for bad in ["a/../b", "a?b", "..", "ü"] {
        let providers = home.providers().metadata_endpoint(server.url());
        let source = providers
            .ecs_role(Some(bad))
            .expect("it isn't looked at yet");
        let why = refusal(&source).await;
        assert!(why.contains("character"), "{why}");
    }
}

#[tokio::test]
async fn profiles_and_sections_use_the_role_of_the_instance() {
    let home = Home::new().without(DISABLED);
    home.config(
        r#"{"profiles": [{"name": "default", "mode": "EcsRamRole", "ram_role_name": "cli"}]}"#,
    );
    home.write(
        ".alibabacloud/credentials",
        "[default]\ntype = ecs_ram_role\nrole_name = ini\n",
    );
    let script = || [text("tok"), text(&issued("a", LATER))];
    let server = Server::start(script().into_iter().chain(script()));
    let providers = home.providers().metadata_endpoint(server.url());
    assert_eq!(keys(&providers.cli_profile(None)).await, given("a"));
    assert_eq!(keys(&providers.ini_profile(None)).await, given("a"));
    assert_eq!(server.requests()[1].path(), format!("{ROLES}cli"));
    assert_eq!(server.requests()[3].path(), format!("{ROLES}ini"));

    let home = home.set(DISABLED, "true");
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert!(why.contains(DISABLED), "{why}");
}

#[tokio::test]
async fn without_tokens_the_older_protocol_is_used_unless_that_is_switched_off() {
    let script = || {
        [
            Answer::new(404, &[], HUSH),
            text("r"),
            text(&issued("a", LATER)),
        ]
    };
    let server = Server::start(script());
    let home = Home::new().without(DISABLED);
    assert_eq!(keys(&ecs(&home, &server)).await, given("a"));
    assert_eq!(server.requests()[2].header(TOKEN), None);

    let server = Server::start(script());
    let home = home.set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    let why = refusal(&ecs(&home, &server)).await;
    assert_eq!(
        why,
        "the ECS metadata service, asked for a token, answered HTTP 404"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_token_that_is_refused_later_is_left_out() {
    let server = Server::start([
        text("tok"),
        Answer::new(403, &[], ""),
        text("r"),
        text(&issued("a", LATER)),
    ]);
    assert_eq!(
        keys(&ecs(&Home::new().without(DISABLED), &server)).await,
        given("a")
    );
    assert_eq!(server.requests()[2].header(TOKEN), None);
}

#[tokio::test]
async fn what_the_metadata_service_fails_with_is_told() {
    for (script, part) in [
        (vec![Answer::new(404, &[], HUSH)], "has no RAM role"),
        (vec![text("")], "has no RAM role"),
        (vec![text("r"), Answer::new(501, &[], HUSH)], "HTTP 501"),
        (vec![text("r"), text(HUSH)], "no JSON"),
        (vec![text("r"), text("{}")], "no code that says success"),
        (
            vec![text("r"), text(r#"{"Code": "Failed.Soon"}"#)],
            "the code Failed.Soon",
        ),
        (
            vec![text("r"), text(&format!(r#"{{"Code": "{HUSH} {HUSH}"}}"#))],
            "no code that says success",
        ),
        (
            vec![text("r"), text(&issued("a", "soon"))],
            "no time of ISO 8601",
        ),
        (
            vec![text("r"), text(&issued("", LATER))],
            "lacks the text `AccessKeyId`",
        ),
    ] {
        let script = std::iter::once(text("tok")).chain(script);
        let server = Server::start(script);
        let home = Home::new().without(DISABLED);
        let home = home.set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
        let why = refusal(&ecs(&home, &server)).await;
        assert!(why.contains(part), "{part}: {why}");
    }
}

#[tokio::test]
async fn where_nothing_listens_the_older_protocol_is_not_tried() {
    // The calling end of a connection: nothing listens there, and nothing else can take it.
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let near = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
    let _far = listener.accept().expect("accepted");
    let host = near.local_addr().expect("an address").to_string();

    let home = Home::new().without(DISABLED);
    let providers = home.providers().metadata_endpoint(format!("http://{host}"));
    let why = refusal(&providers.ecs_role(None).expect("it is on")).await;
    let expected = format!("the ECS metadata service failed: no connection to {host}");
    assert!(why.starts_with(&expected), "{why}");
}

/// Answers as an instance's metadata service does, and keeps where it was looked for.
#[derive(Clone, Debug, Default)]
struct Instance(Arc<Mutex<Vec<String>>>);

impl Transport for Instance {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let body = match request.url.rsplit('/').next() {
            Some("token") => "tok".to_owned(),
            Some("") => "sender".to_owned(),
            _ => issued("a", LATER),
        };
        self.0.lock().expect("no panic before").push(request.url);
        Box::pin(async { Ok(Response::new(StatusCode::OK, HeaderMap::new(), body)) })
    }
}

#[tokio::test]
async fn a_transport_that_is_given_is_used() {
    let instance = Instance::default();
    let home = Home::new().without(DISABLED);
    let providers = home.providers().transport(instance.clone());
    let chain = providers.default_chain();
    assert_eq!(keys(&chain).await, given("a"));
    assert_eq!(chain.name(), "default/ecs_ram_role");
    let asked = instance.0.lock().expect("no panic before").clone();
    let base = "http://100.100.100.200/latest";
    let roles = format!("{base}/meta-data/ram/security-credentials/");
    let expected = [format!("{base}/api/token"), roles.clone(), roles + "sender"];
    assert_eq!(asked, expected);
}

#[test]
fn the_metadata_service_can_be_switched_off() {
    let error = Home::new().providers().ecs_role(None).expect_err("off");
    assert!(error.to_string().contains(DISABLED), "{error}");
}

#[tokio::test]
async fn an_address_hands_keys_out() {
    let server = Server::start([
        text(&issued("a", LATER)),
        text(&issued("b", "2026-01-02T05:04:05Z")),
        Answer::new(501, &[], HUSH),
    ]);
    let uri = format!("{}/keys?secret={HUSH}", server.url());
    let home = Home::new().set("ALIBABA_CLOUD_CREDENTIALS_URI", uri.clone());
    let chain = home.providers().default_chain();
    assert_eq!(keys(&chain).await, given("a"));
    assert_eq!(chain.name(), "default/credentials_uri");
    assert_eq!(server.request().target, format!("/keys?secret={HUSH}"));
    home.clock.forward(50);
    assert_eq!(keys(&chain).await, given("b"));
    home.clock.forward(200);
    let why = refusal(&chain).await;
    assert!(
        why.contains("the credentials URI answered HTTP 501"),
        "{why}"
    );
    let alone = home.providers().uri(&uri).expect("an address");
    refusal(&alone).await;
}

#[test]
fn what_is_no_address_is_refused_without_showing_it() {
    for (bad, part) in [
        (format!("ftp://{HUSH}"), "scheme"),
        (format!("http://user:{HUSH}@host/"), "user name or password"),
        (format!("/{HUSH}"), "begin with"),
        (format!("http://{HUSH} x"), "no URL"),
        (String::new(), "no URL"),
    ] {
        let error = Home::new().providers().uri(&bad).expect_err("no address");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(part) && !shown.contains(HUSH), "{shown}");
    }
}
