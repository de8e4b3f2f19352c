//! Proxies of every kind, and what they get to see.

use alibabacloud_cams::{Client, Error};
use alibabacloud_runtime::transport::{Certificate, Proxy};
use cams_tests::failure::{deaf, traits};
use cams_tests::hush::{PHONE, SUCCESS, TOKEN, assert_hushed, builder, call, shown};
use cams_tests::proxy::{self, Manner};
use cams_tests::server::{Answer, Server};
use cams_tests::tls::{Authority, VERSIONS, acceptor, front};

/// `me` and `p:w/@%`, as a header and as a part of an address.
const USER: &str = "Basic bWU6cDp3L0Al";
const USER_IN_ADDRESS: &str = "me:p%3Aw%2F%40%25";

/// A service that only a proxy finds.
struct Service {
    authority: Authority,
    plain: Server,
    tls: std::net::SocketAddr,
}

impl Service {
    async fn start() -> Self {
        let authority = Authority::new("ours");
        let plain = Server::start([Answer::json(200, SUCCESS)]);
        let leaf = authority.issue(&["service.test", "192.0.2.1"]);
        let tls = front(acceptor(&leaf, None, &VERSIONS), plain.address()).await;
        Self {
            authority,
            plain,
            tls,
        }
    }

    async fn call(&self, endpoint: &str, proxy: Proxy) -> Result<(), Error> {
        let client = builder(endpoint)
            .add_root_certificate(Certificate::from_pem(self.authority.pem()))
            .proxy(proxy)
            .build()
            .expect("a client");
        call(&client).await.map(drop)
    }

    /// Holds that the service got its request, and nothing that is for the proxy.
    #[track_caller]
    fn assert_reached(&self, host: &str) {
        let request = self.plain.request();
        assert_eq!(request.header("host"), Some(host));
        assert!(request.query().contains(PHONE));
    }
}

/// Holds that nothing was sent, and that nothing shows the password.
#[track_caller]
fn assert_unsent(error: &Error, says: &str) {
    assert_eq!(traits(error), ["connect", "retryable"], "{error}");
    assert!(error.to_string().contains(says), "no `{says}` in: {error}");
    assert_hushed(says, &shown(error));
}

#[tokio::test]
async fn an_http_proxy_sees_the_host_of_an_https_endpoint_and_nothing_more() {
    let service = Service::start().await;
    let proxy = proxy::Proxy::start(Manner::Http(service.tls), None).await;
    let through = Proxy::new(format!("http://{}", proxy.address));
    service
        .call("https://service.test", through)
        .await
        .expect("an answer");
    service.assert_reached("service.test");
    let asked = proxy.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with("CONNECT service.test:443 HTTP/1.1\r\n"));
    assert!(!asked[0].contains(TOKEN) && !asked[0].contains("acs"));
}

#[tokio::test]
async fn an_http_proxy_forwards_what_is_sent_in_the_clear() {
    let service = Service::start().await;
    let proxy = proxy::Proxy::start(Manner::Http(service.plain.address()), None).await;
    // Without a scheme it is HTTP. An endpoint on this machine takes a proxy that is set.
    for endpoint in ["http://service.test", "http://127.0.0.1:1"] {
        let through = Proxy::new(proxy.address.to_string());
        service.call(endpoint, through).await.unwrap_or_default();
        let asked = proxy.asked().pop().expect("a request");
        assert!(asked.starts_with(&format!("POST {endpoint}/?")), "{asked}");
    }
}

#[tokio::test]
async fn an_https_proxy_is_told_everything_over_tls() {
    let service = Service::start().await;
    let leaf = service.authority.issue(&["localhost"]);
    for (endpoint, to, first) in [
        (
            "https://service.test",
            service.tls,
            "CONNECT service.test:443 ",
        ),
        (
            "http://service.test",
            service.plain.address(),
            "POST http://service.test/?",
        ),
    ] {
        let tls = acceptor(&leaf, None, &VERSIONS);
        let proxy = proxy::Proxy::start(Manner::HttpFor(to, USER), Some(tls)).await;
        let address = format!(
            "https://{USER_IN_ADDRESS}@localhost:{}",
            proxy.address.port()
        );
        let _ = service.call(endpoint, Proxy::new(address)).await;
        let asked = proxy.asked();
        assert!(asked[0].starts_with(first), "{asked:?}");
    }
    assert_eq!(service.plain.requests().len(), 2);

    let stranger = Authority::new("stranger").issue(&["localhost"]);
    let tls = acceptor(&stranger, None, &VERSIONS);
    let proxy = proxy::Proxy::start(Manner::Http(service.tls), Some(tls)).await;
    let through = Proxy::new(format!("https://localhost:{}", proxy.address.port()));
    let error = service.call("https://service.test", through).await;
    let error = error.expect_err("an unknown authority");
    assert_eq!(traits(&error), ["connect"], "{error}");
    assert_eq!(proxy.asked().len(), 0);
}

#[tokio::test]
async fn a_socks_proxy_looks_hosts_up_where_it_is_told_to() {
    for (scheme, endpoint, asked) in [
        ("socks5h", "https://service.test", "service.test:443"),
        ("socks5h", "https://192.0.2.1", "192.0.2.1:443"),
        ("socks5", "https://192.0.2.1", "192.0.2.1:443"),
    ] {
        let service = Service::start().await;
        let host = endpoint.trim_start_matches("https://");
        let open = proxy::Proxy::start(Manner::Socks(service.tls), None).await;
        let through = Proxy::new(format!("{scheme}://{}", open.address));
        service.call(endpoint, through).await.expect("an answer");
        assert_eq!(open.asked(), [asked]);
        service.assert_reached(host);
    }
    let service = Service::start().await;
    let proxy = proxy::Proxy::start(Manner::Socks(service.plain.address()), None).await;
    let through = Proxy::new(format!("socks5h://{}", proxy.address));
    let sent = service.call("http://service.test:8080", through).await;
    sent.expect("an answer");
    assert_eq!(proxy.asked(), ["service.test:8080"]);
}

#[tokio::test]
async fn a_proxy_is_told_who_asks_and_nobody_else_is() {
    let by_call = |address: String| Proxy::new(address).basic_auth("me", "p:w/@%");
    for (socks, in_address) in [(false, false), (false, true), (true, false), (true, true)] {
        let service = Service::start().await;
        let manner = if socks {
            Manner::SocksFor(service.tls, "me", "p:w/@%")
        } else {
            Manner::HttpFor(service.tls, USER)
        };
        let proxy = proxy::Proxy::start(manner, None).await;
        let scheme = if socks { "socks5h" } else { "http" };
        let through = if in_address {
            Proxy::new(format!("{scheme}://{USER_IN_ADDRESS}@{}", proxy.address))
        } else {
            by_call(format!("{scheme}://other:one@{}", proxy.address))
        };
        let sent = service.call("https://service.test", through).await;
        sent.unwrap_or_else(|error| panic!("{scheme}, {in_address}: {error}"));
        service.assert_reached("service.test");
        let request = service.plain.request();
        assert_eq!(request.header("proxy-authorization"), None);
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_leaves_nothing_done() {
    let service = Service::start().await;
    let wrong = |scheme: &str, proxy: &proxy::Proxy| {
        Proxy::new(format!("{scheme}://{}", proxy.address)).basic_auth("HUSHME", "HUSH")
    };
    for (manner, scheme, says) in [
        (Manner::HttpFor(service.tls, USER), "http", "407"),
        (
            Manner::HttpAnswers("HTTP/1.1 502 HUSH\r\ncontent-length: 4\r\n\r\nHUSH"),
            "http",
            "the proxy refuses to connect",
        ),
        (
            Manner::HttpAnswers("HTTP/1.1 403 HUSH\r\n\r\n"),
            "http",
            "the proxy refuses to connect",
        ),
        (Manner::HttpAnswers("HUSH"), "http", "the proxy"),
        (Manner::HttpAnswers(""), "http", "the proxy closed"),
        (
            Manner::SocksFor(service.tls, "me", "p"),
            "socks5h",
            "credentials",
        ),
    ] {
        let proxy = proxy::Proxy::start(manner, None).await;
        let sent = service.call("https://service.test", wrong(scheme, &proxy));
        assert_unsent(&sent.await.expect_err(says), says);
    }
    let proxy = proxy::Proxy::start(Manner::SocksRefuses, None).await;
    let through = Proxy::new(format!("socks5h://{}", proxy.address));
    let sent = service.call("https://service.test", through).await;
    assert_unsent(&sent.expect_err("refused"), "not allowed");
    let (url, _kept) = deaf();
    let sent = service.call("https://service.test", Proxy::new(url)).await;
    assert_unsent(&sent.expect_err("nobody there"), "refused");
    assert_eq!(service.plain.connections(), 0);
}

/// What is sent in the clear is a proxy's to answer.
#[tokio::test]
async fn an_answer_of_a_proxy_that_forwards_is_judged_like_any_other() {
    let service = Service::start().await;
    for (answer, is) in [
        (
            "HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n",
            &["of the service"][..],
        ),
        (
            "HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n",
            &["of the service", "maybe done"],
        ),
    ] {
        let proxy = proxy::Proxy::start(Manner::HttpAnswers(answer), None).await;
        let through = Proxy::new(format!("http://{}", proxy.address));
        let error = service.call("http://service.test", through).await;
        assert_eq!(traits(&error.expect_err("refused")), is);
    }
}

#[tokio::test]
async fn what_is_excepted_goes_past_the_proxy() {
    for (no_proxy, direct) in [
        ("*", true),
        ("127.0.0.1", true),
        ("127.0.0.0/8", true),
        ("corp.example, 127.0.0.1", true),
        ("128.0.0.0/8", false),
        ("corp.example", false),
    ] {
        let server = Server::start([Answer::json(200, SUCCESS)]);
        let proxy = proxy::Proxy::start(Manner::Http(server.address()), None).await;
        let through = Proxy::new(format!("http://{}", proxy.address)).no_proxy([no_proxy]);
        let client: Client = builder(&server.url())
            .proxy(through)
            .build()
            .expect("a client");
        call(&client).await.expect("an answer");
        assert_eq!(proxy.asked().is_empty(), direct, "{no_proxy}");
    }
}
