//! The way to the service: TLS and proxies, which the other transport's tests have in full.

use std::net::SocketAddr;

use alibabacloud_cams::{Builder, Client, Error};
use alibabacloud_runtime::transport::{Certificate, Identity, Proxy};
use cams_tests::failure::traits;
use cams_tests::hush::{SUCCESS, assert_hushed, builder, call_blocking, shown};
use cams_tests::proxy::{self, Manner};
use cams_tests::server::{Answer, Server};
use cams_tests::tls::{Authority, VERSIONS, acceptor, front};

/// Servers run in the test's runtime, whose thread must not be held up.
async fn aside(client: Client) -> Result<(), Error> {
    let calling = tokio::task::spawn_blocking(move || call_blocking(&client).map(drop));
    calling.await.expect("no panic")
}

/// A service with TLS, and those who vouch for it.
struct Service {
    authority: Authority,
    plain: Server,
    tls: SocketAddr,
}

impl Service {
    async fn start(names: &[&str], clients: Option<&Authority>) -> Self {
        let authority = Authority::new("ours");
        let plain = Server::start(vec![Answer::json(200, SUCCESS); 3]);
        let leaf = authority.issue(names);
        let tls = front(acceptor(&leaf, clients, &VERSIONS), plain.address()).await;
        Self {
            authority,
            plain,
            tls,
        }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.tls.port())
    }

    fn trusting(&self, endpoint: &str) -> Builder<Client> {
        builder(endpoint).add_root_certificate(Certificate::from_pem(self.authority.pem()))
    }
}

#[tokio::test]
async fn an_authority_that_is_added_is_trusted_and_the_connection_kept() {
    let service = Service::start(&["localhost"], None).await;
    let client = service.trusting(&service.url()).build().expect("a client");
    for _ in 0..3 {
        aside(client.clone()).await.expect("an answer");
    }
    assert_eq!(service.plain.requests().len(), 3);
    assert_eq!(service.plain.connections(), 1);
}

#[tokio::test]
async fn certificates_that_do_not_hold_are_refused() {
    let service = Service::start(&["other.example"], None).await;
    let unknown = builder(&service.url());
    let other_host = service.trusting(&service.url());
    for (name, builder) in [("authority", unknown), ("host", other_host)] {
        let error = aside(builder.build().expect("a client")).await;
        let error = error.expect_err(name);
        assert_eq!(traits(&error), ["connect"], "{name}: {error}");
        assert!(error.to_string().contains("certificate"), "{name}: {error}");
        assert_hushed(name, &shown(&error));
    }
    assert_eq!(service.plain.requests().len(), 0);
}

#[tokio::test]
async fn a_client_shows_its_certificate() {
    let theirs = Authority::new("theirs");
    let service = Service::start(&["localhost"], Some(&theirs)).await;
    let mine = theirs.issue(&["me"]);
    let identity = Identity::from_pem(mine.pem.clone(), mine.key_pem());
    let client = service.trusting(&service.url()).identity(identity);
    aside(client.build().expect("a client"))
        .await
        .expect("an answer");
    let error = aside(service.trusting(&service.url()).build().expect("a client")).await;
    let error = error.expect_err("no certificate");
    assert_eq!(service.plain.requests().len(), 1, "{error}");
}

#[tokio::test]
async fn a_proxy_makes_a_tunnel() {
    let service = Service::start(&["service.test"], None).await;
    let socks = proxy::Proxy::start(Manner::SocksFor(service.tls, "me", "pass"), None).await;
    // `me:pass`
    let http = Manner::HttpFor(service.tls, "Basic bWU6cGFzcw==");
    let http = proxy::Proxy::start(http, None).await;
    for (scheme, proxy, asked) in [
        ("socks5h", &socks, "service.test:443"),
        ("http", &http, "CONNECT service.test:443 HTTP/1.1\r\n"),
    ] {
        let through = Proxy::new(format!("{scheme}://{}", proxy.address)).basic_auth("me", "pass");
        let client = service.trusting("https://service.test").proxy(through);
        let sent = aside(client.build().expect("a client")).await;
        sent.unwrap_or_else(|error| panic!("{scheme}: {error}"));
        let told = proxy.asked();
        assert!(told.len() == 1 && told[0].starts_with(asked), "{told:?}");
    }
    assert_eq!(service.plain.requests().len(), 2);
}

#[tokio::test]
async fn a_proxy_that_refuses_leaves_nothing_done() {
    let service = Service::start(&["service.test"], None).await;
    for (manner, scheme, says) in [
        (Manner::HttpFor(service.tls, "Basic eA=="), "http", "407"),
        (
            Manner::HttpAnswers("HTTP/1.1 502 HUSH\r\ncontent-length: 4\r\n\r\nHUSH"),
            "http",
            "the proxy refuses to connect",
        ),
        (Manner::HttpAnswers("HUSH"), "http", "no connection"),
        (Manner::HttpAnswers(""), "http", "the proxy closed"),
        (
            Manner::SocksFor(service.tls, "me", "p"),
            "socks5h",
            "no connection",
        ),
        (Manner::SocksRefuses, "socks5h", "no connection"),
    ] {
        let proxy = proxy::Proxy::start(manner, None).await;
        let through = Proxy::new(format!("{scheme}://{}", proxy.address));
        let through = through.basic_auth("HUSHME", "HUSH");
        let client = service.trusting("https://service.test").proxy(through);
        let error = aside(client.build().expect("a client")).await;
        let error = error.expect_err(says);
        assert_eq!(traits(&error), ["connect", "retryable"], "{error}");
        assert!(error.to_string().contains(says), "no `{says}` in: {error}");
        assert_hushed(says, &shown(&error));
    }
    assert_eq!(service.plain.connections(), 0);
}

/// Told when the client is built, not by a panic in a call.
#[test]
fn a_key_of_another_certificate_is_refused() {
    let authority = Authority::new("ours");
    let [mine, other] = [(); 2].map(|()| authority.issue(&["me"]));
    let identity = Identity::from_pem(mine.pem.clone(), other.key_pem());
    let refused = builder("https://localhost").identity(identity).build();
    let error = refused.expect_err("another's key");
    assert!(error.is_configuration(), "{error}");
}
