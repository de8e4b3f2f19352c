//! The way of what asks for keys, which has connections of its own.

use std::ffi::OsString;

use alibabacloud_runtime::Result;
use alibabacloud_runtime::credentials::{ProvideCredentials, Providers};
use alibabacloud_runtime::transport::{Certificate, Proxy};
use cams_tests::client::bounded;
use cams_tests::proxy::{self, Manner};
use cams_tests::server::{Answer, Server};
use cams_tests::tls::{Authority, VERSIONS, acceptor, front};

const KEYS: &str = r#"{"Code": "Success", "AccessKeyId": "STS.id", "AccessKeySecret": "s",
    "SecurityToken": "t", "Expiration": "2999-01-01T00:00:00Z"}"#;

async fn keys(providers: &Providers, uri: &str) -> Result<()> {
    let source = providers.uri(uri)?;
    bounded(source.provide()).await.map(drop)
}

#[tokio::test]
async fn keys_come_through_the_proxy_and_from_the_authority_that_are_set() {
    let ours = Authority::new("ours");
    let plain = Server::start([Answer::json(200, KEYS), Answer::json(200, KEYS)]);
    let leaf = ours.issue(&["keys.test", "localhost"]);
    let tls = front(acceptor(&leaf, None, &VERSIONS), plain.address()).await;
    let proxy = proxy::Proxy::start(Manner::Http(tls), None).await;

    let nothing = Providers::from_variables(|_| -> Option<OsString> { None });
    let through = nothing
        .clone()
        .proxy(Proxy::new(format!("http://{}", proxy.address)));
    let error = keys(&through, "https://keys.test/").await;
    let error = error.expect_err("an unknown authority").to_string();
    assert!(error.contains("certificate"), "{error}");
    assert_eq!((proxy.asked().len(), plain.requests().len()), (1, 0));

    let trusting = through.add_root_certificate(Certificate::from_pem(ours.pem()));
    let asked = keys(&trusting, "https://keys.test/").await;
    asked.expect("keys");
    assert_eq!((proxy.asked().len(), plain.requests().len()), (2, 1));

    // Never to this machine, however it is spelt.
    let here = format!("https://localhost:{}/", tls.port());
    keys(&trusting, &here).await.expect("keys");
    for spelt in [
        "127.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
    ] {
        let server = Server::start([Answer::json(200, KEYS)]);
        let uri = format!("http://{spelt}:{}/", server.address().port());
        keys(&trusting, &uri).await.expect("keys");
    }
    assert_eq!(proxy.asked().len(), 2);
}
