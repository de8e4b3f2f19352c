//! Setting a client up: what is taken, what is refused, and that a refusal shows no secret.

use std::ffi::OsString;
use std::time::Duration;

use alibabacloud_runtime::credentials::{EnvironmentProvider, ProvideCredentials};
use alibabacloud_runtime::transport::{
    Certificate, Identity, Proxy, Request, Response, Transport, TransportError,
};
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
    for (name, set) in [
        ("read_timeout", builder().read_timeout(second)),
        ("connect_timeout", builder().connect_timeout(second)),
        ("proxy", builder().proxy(Proxy::none())),
        (
            "add_root_certificate",
            builder().add_root_certificate(Certificate::from_pem("")),
        ),
        ("identity", builder().identity(Identity::from_pem("", ""))),
    ] {
        let error = set.transport(Nowhere).build().expect_err(name);
        assert!(error.is_configuration());
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
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

#[test]
fn a_proxy_that_can_be_none_is_refused_with_the_reason() {
    let build = |proxy: Proxy| builder().proxy(proxy).build();
    for good in [
        "http://proxy.example:3128",
        "HTTPS://proxy.example/",
        "proxy.example",
        "proxy.example:3128",
        "socks5://10.0.0.1",
        "socks5h://me:secret@[::1]:1080",
        "http://me%40corp:p%3Aw@proxy.example",
    ] {
        let proxy = Proxy::new(good).no_proxy(["corp.example", "10.0.0.0/8", "::/0", "*"]);
        build(proxy).unwrap_or_else(|error| panic!("{good}: {error}"));
    }
    assert!(build(Proxy::none().basic_auth("me", "secret").no_proxy(["x"])).is_ok());

    for (given, reason) in [
        ("", "host"),
        ("http://", "host"),
        ("ftp://proxy.example", "scheme"),
        ("socks4://proxy.example", "scheme"),
        ("http://me:HUSH@proxy.example:", "port"),
        ("http://me:HUSH@proxy.example:0", "port"),
        ("http://me:HUSH@proxy.example:65536", "port"),
        ("http://me:HUSH@:3128", "host"),
        ("http://me:HUSH@proxy example", "host"),
        ("http://me:HUSH@[::1", "host"),
        ("http://me:HUSH@::1", "host"),
        ("http://me:HUSH@proxy.example/path", "after"),
        ("http://me:HU/SH@proxy.example", "after"),
        ("http://me:HUSH@proxy.example?query", "after"),
        ("http://me:HUSH%ff@proxy.example", "UTF-8"),
        ("socks5://me@proxy.example", "SOCKS"),
    ] {
        let error = build(Proxy::new(given)).expect_err(given);
        assert!(error.to_string().contains(reason), "{given}: {error}");
        assert!(!format!("{error:?}").contains("HU"), "{error:?}");
        assert!(error.is_configuration());
    }
    let long = "x".repeat(256);
    for proxy in [
        Proxy::new("socks5://proxy.example").basic_auth("me", long),
        Proxy::new("http://proxy.example").basic_auth("me:you", "HUSH"),
        Proxy::new("http://proxy.example").no_proxy(["10.0.0.0/33"]),
        Proxy::new("http://proxy.example").no_proxy(["corp.example/8"]),
    ] {
        assert!(build(proxy.clone()).is_err(), "{proxy:?}");
    }
}

#[test]
fn certificates_that_cannot_be_read_are_refused_with_the_reason() {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----\n";
    let root = |certificate| builder().add_root_certificate(certificate).build();
    for (pem, reason) in [
        (String::new(), "there is none"),
        ("HUSH".to_owned(), "there is none"),
        (format!("{BEGIN}HUSH"), "damaged"),
        (
            format!("{BEGIN}HU!SH\n-----END CERTIFICATE-----"),
            "damaged",
        ),
        (
            format!("{BEGIN}SFVTSA==\n-----END CERTIFICATE-----"),
            "certificates that were given",
        ),
    ] {
        let error = root(Certificate::from_pem(pem.clone())).expect_err(&pem);
        assert!(error.to_string().contains(reason), "{pem}: {error}");
        assert!(error.is_configuration());
    }
    let error = root(Certificate::from_der(BEGIN)).expect_err("PEM");
    assert!(error.to_string().contains("is it PEM?"), "{error}");
    let error = root(Certificate::from_der([0x30, 0])).expect_err("nothing");
    assert!(error.is_configuration());

    let key = "-----BEGIN PRIVATE KEY-----\nHUSH\n-----END HUSH-----";
    let certificate = format!("{BEGIN}SFVTSA==\n-----END CERTIFICATE-----");
    for (certificate, key, reason) in [
        ("", key, "there is none"),
        (&*certificate, "", "key"),
        (&certificate, key, "key"),
        (
            &certificate,
            &key.replace("PRIV", "ENCRYPTED PRIV"),
            "encrypted",
        ),
    ] {
        let identity = Identity::from_pem(certificate, key);
        assert!(!format!("{identity:?}").contains("HUSH"));
        let error = builder().identity(identity).build().expect_err(reason);
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!format!("{error:?}").contains("HUSH"), "{error:?}");
    }
}

#[test]
fn the_way_to_a_service_shows_no_secrets() {
    let proxy = Proxy::new("http://me:HUSH@proxy.example:3128").basic_auth("me", "HUSH");
    assert!(!format!("{proxy:?}").contains("HUSH"));
    let client = builder().proxy(proxy).build().expect("a client");
    assert!(!format!("{client:?}").contains("HUSH"), "{client:?}");
}
