//! Whom a client trusts, and how it shows who it is.

use alibabacloud_cams::{Builder, Client, Error};
use alibabacloud_runtime::transport::{Certificate, Identity};
use cams_tests::failure::traits;
use cams_tests::hush::{SUCCESS, assert_hushed, builder, call, shown};
use cams_tests::server::{Answer, Server};
use cams_tests::tls::{Authority, ProtocolVersion, TlsAcceptor, VERSIONS, acceptor, front};

/// Calls a server with TLS, and says what comes of it and how many requests reached the server.
async fn try_call(
    acceptor: TlsAcceptor,
    setup: impl FnOnce(Builder<Client>) -> Builder<Client>,
) -> (Result<(), Error>, usize) {
    let server = Server::start([Answer::json(200, SUCCESS)]);
    let address = front(acceptor, server.address()).await;
    let url = format!("https://localhost:{}", address.port());
    let client = setup(builder(&url)).build().expect("a client");
    let outcome = call(&client).await.map(drop);
    (outcome, server.requests().len())
}

/// A certificate that is refused before anything is sent, and won't be better the next time.
#[track_caller]
fn assert_refused(name: &str, (outcome, requests): (Result<(), Error>, usize)) {
    let error = outcome.expect_err(name);
    assert_eq!(requests, 0, "{name}: {error}");
    assert_eq!(traits(&error), ["connect"], "{name}: {error}");
    let text = error.to_string();
    for says in ["certificate", "add_root_certificate", "localhost"] {
        assert!(text.contains(says), "{name}: no `{says}` in: {text}");
    }
    assert_hushed(name, &shown(&error));
}

#[tokio::test]
async fn an_authority_that_is_added_is_trusted() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let both = other.pem() + "\n" + &ours.pem();
    for (name, certificates) in [
        ("PEM", vec![Certificate::from_pem(ours.pem())]),
        ("DER", vec![Certificate::from_der(ours.der())]),
        ("two in one PEM", vec![Certificate::from_pem(both)]),
        (
            "two",
            vec![
                Certificate::from_pem(ours.pem()),
                Certificate::from_der(other.der()),
            ],
        ),
    ] {
        let acceptor = acceptor(&ours.issue(&["localhost"]), None, &VERSIONS);
        let (outcome, requests) = try_call(acceptor, |builder| {
            certificates
                .into_iter()
                .fold(builder, Builder::add_root_certificate)
        })
        .await;
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn certificates_that_do_not_hold_are_refused() {
    let ours = Authority::new("ours");
    let trust =
        |builder: Builder<Client>| builder.add_root_certificate(Certificate::from_pem(ours.pem()));
    let with = |leaf| acceptor(&leaf, None, &VERSIONS);
    let unknown = try_call(with(ours.issue(&["localhost"])), |builder| builder).await;
    assert_refused("an unknown authority", unknown);
    let stranger = Authority::new("stranger").issue(&["localhost"]);
    assert_refused("another authority", try_call(with(stranger), trust).await);
    let other_host = ours.issue(&["other.example"]);
    assert_refused("another host", try_call(with(other_host), trust).await);
    let expired = ours.issue_until(&["localhost"], 2020);
    assert_refused("an expired one", try_call(with(expired), trust).await);
}

#[tokio::test]
async fn a_client_shows_its_certificate_where_it_is_asked() {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    let mine = theirs.issue(&["me"]);
    let in_one = mine.pem.clone() + &mine.key_pem();
    for identity in [
        Identity::from_pem(mine.pem.clone(), mine.key_pem()),
        Identity::from_pem(in_one.clone(), in_one),
    ] {
        for version in VERSIONS {
            let leaf = ours.issue(&["localhost"]);
            let asks = acceptor(&leaf, Some(&theirs), &[version]);
            let (outcome, requests) = try_call(asks, |builder| {
                builder
                    .add_root_certificate(Certificate::from_pem(ours.pem()))
                    .identity(identity.clone())
            })
            .await;
            outcome.unwrap_or_else(|error| panic!("{version:?}: {error}"));
            assert_eq!(requests, 1);
        }
    }
}

#[tokio::test]
async fn without_a_certificate_that_is_known_a_client_is_refused() {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    let stranger = Authority::new("strangers").issue(&["me"]);
    for version in VERSIONS {
        for identity in [
            None,
            Some(Identity::from_pem(stranger.pem.clone(), stranger.key_pem())),
        ] {
            let leaf = ours.issue(&["localhost"]);
            let asks = acceptor(&leaf, Some(&theirs), &[version]);
            let (outcome, requests) = try_call(asks, |builder| {
                let builder = builder.add_root_certificate(Certificate::from_pem(ours.pem()));
                match identity {
                    Some(identity) => builder.identity(identity),
                    None => builder,
                }
            })
            .await;
            let error = outcome.expect_err("refused");
            assert_eq!(requests, 0, "{error}");
            assert_hushed("no client certificate", &shown(&error));
            let text = error.to_string();
            if traits(&error) == ["connect"] {
                assert!(
                    text.contains("alert") && text.contains("`identity`"),
                    "{text}"
                );
            } else {
                // The client may have begun to send, and the connection end before it hears why.
                assert_eq!(version.version, ProtocolVersion::TLSv1_3, "{text}");
                assert_eq!(traits(&error), ["maybe done"], "{text}");
            }
        }
    }
}

#[tokio::test]
async fn a_redirect_to_plain_http_is_not_followed() {
    let ours = Authority::new("ours");
    let target = Server::start([Answer::json(200, SUCCESS)]);
    let moved = Answer::new(301, &[("location", &target.url())], "");
    let server = Server::start([moved]);
    let leaf = ours.issue(&["localhost"]);
    let address = front(acceptor(&leaf, None, &VERSIONS), server.address()).await;
    let client = builder(&format!("https://localhost:{}", address.port()))
        .add_root_certificate(Certificate::from_pem(ours.pem()))
        .build()
        .expect("a client");
    let error = call(&client).await.expect_err("a redirect");
    assert!(error.to_string().contains("not followed"), "{error}");
    assert_eq!((server.requests().len(), target.connections()), (1, 0));
}
