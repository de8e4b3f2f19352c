//! Setting a client up: what is taken, what is refused, and that a refusal shows no secret.

use std::ffi::OsString;
use std::time::Duration;

use alibabacloud_runtime::credentials::{EnvironmentProvider, ProvideCredentials};
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Credentials};
use cams_tests::act::SERVICE;

fn builder() -> Builder<Client> {
    Builder::new(&SERVICE).credentials(Credentials::new("id", "secret"))
}

/// The endpoint of a client, as `Debug` shows it.
fn endpoint(client: &Client) -> String {
    let shown = format!("{client:?}");
    let (_, rest) = shown.split_once("endpoint: ").expect("an endpoint");
    rest.split(',').next().unwrap_or_default().to_owned()
}

#[test]
fn endpoints_are_read_as_they_are_usually_written() {
    for (given, expected) in [
        ("demo.example.com", "https://demo.example.com"),
        ("Demo.Example.COM", "https://demo.example.com"),
        ("https://demo.example.com/", "https://demo.example.com"),
        ("HTTPS://demo.example.com", "https://demo.example.com"),
        // The `host` header leaves out the port that the scheme implies.
        ("https://demo.example.com:443", "https://demo.example.com"),
        ("demo.example.com:8443", "https://demo.example.com:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:80/", "http://127.0.0.1"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
    ] {
        let client = builder().endpoint(given).allow_http(true).build();
        let client = client.unwrap_or_else(|error| panic!("{given}: {error}"));
        assert_eq!(endpoint(&client), expected, "{given}");
    }
}

#[test]
fn other_endpoints_are_refused_with_the_reason() {
    for (given, reason) in [
        ("http://demo.example.com", "plain http"),
        ("ftp://demo.example.com", "scheme"),
        (
            "https://user:HUSH@demo.example.com",
            "user name or password",
        ),
        ("https://demo.example.com/path", "path"),
        ("https://demo.example.com\\path", "path"),
        ("https://demo.example.com?HUSH", "query"),
        ("https://demo.example.com/#fragment", "fragment"),
        ("", "no host"),
        ("https://", "no host"),
        ("demo.example.com:", "port"),
        ("demo.example.com:0", "port"),
        ("demo.example.com:65536", "port"),
        ("demo.example.com:+80", "port"),
        ("::1", "brackets"),
        ("https://[::1", "bracket"),
        ("https://[zz]", "IPv6"),
        ("https://[::1]x", "IPv6"),
        ("demo example.com", "letters"),
        ("demo.example.com\r\nx: y", "letters"),
        ("démo.example.com", "xn--"),
        ("demo..example.com", "letters"),
    ] {
        let error = builder().endpoint(given).build().expect_err(given);
        assert!(error.to_string().contains(reason), "{given}: {error}");
        assert!(!format!("{error:?}").contains("HUSH"), "{error:?}");
        assert!(error.is_configuration() && !error.may_have_been_carried_out());
    }
}

#[test]
fn the_region_gives_the_host_and_nothing_else_gets_into_it() {
    let client = builder().build().expect("a client");
    assert_eq!(endpoint(&client), "https://demo.here.example.com");
    let client = builder().region("eu-central-1").build().expect("a client");
    assert_eq!(endpoint(&client), "https://demo.eu-central-1.example.com");
    for region in ["", "EU", "a.b", "a/b", "x@evil.example", "a b", "ü"] {
        assert!(builder().region(region).build().is_err(), "{region}");
    }
}

#[test]
fn keys_come_from_the_environment_in_whole_pairs() {
    const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";
    let read = |variables: &[(&str, &str)]| {
        EnvironmentProvider::from_variables(|name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some(OsString::from(value))
        })
    };

    let provider = read(&[(ID, "id"), (SECRET, "secret"), (TOKEN, "")]).expect("keys");
    assert_eq!(provider.name(), "environment");
    assert!(format!("{provider:?}").contains("temporary: false"));
    let provider = read(&[(ID, "id"), (SECRET, "secret"), (TOKEN, "token")]).expect("keys");
    assert!(format!("{provider:?}").contains("temporary: true"));

    for (variables, named) in [
        (&[][..], &[ID, SECRET][..]),
        (&[(ID, ""), (SECRET, "")], &[ID, SECRET]),
        (&[(ID, "HUSH")], &[ID, SECRET]),
        (&[(ID, "HUSH"), (SECRET, "")], &[SECRET]),
        (&[(SECRET, "HUSH")], &[ID]),
        (&[(TOKEN, "HUSH")], &[ID, TOKEN]),
        (&[(ID, "id"), (SECRET, "HUSH\n")], &["access key secret"]),
    ] {
        let error = read(variables).expect_err("no keys");
        assert!(error.is_configuration());
        for name in named {
            assert!(error.to_string().contains(name), "{error}");
        }
        assert!(!format!("{error} {error:?}").contains("HUSH"), "{error:?}");
    }
}

#[derive(Debug)]
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        unreachable!("these clients send nothing")
    }
}

#[test]
fn settings_that_would_have_no_effect_are_refused() {
    let second = Duration::from_secs(1);
    assert!(builder().transport(Nowhere).timeout(second).build().is_ok());
    assert!(
        builder()
            .transport(Nowhere)
            .read_timeout(second)
            .build()
            .is_err()
    );
    assert!(
        builder()
            .transport(Nowhere)
            .connect_timeout(second)
            .build()
            .is_err()
    );
    assert!(builder().user_agent("shop/1.4").build().is_ok());
    assert!(builder().user_agent("shop\r\nx: y").build().is_err());
}

#[test]
fn a_client_shows_no_keys() {
    let keys = Credentials::temporary("LTAI5tHUSHHUSH1234", "HUSH", "HUSH");
    let builder = Builder::<Client>::new(&SERVICE)
        .credentials(keys)
        .endpoint("https://HUSH@x");
    assert!(!format!("{builder:?}").contains("HUSH"));
    let client = builder
        .endpoint("demo.example.com")
        .build()
        .expect("a client");
    assert!(!format!("{client:?}").contains("HUSH"));
}
