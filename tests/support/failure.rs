//! Calls that fail, and the errors that they have to end in.

use std::fmt;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use alibabacloud_cams::{Builder, Client, Error};

use crate::hush::{SUCCESS, assert_hushed, builder, call, call_blocking, shown};
use crate::server::{Answer, Server};

/// An answer, and the error that it has to become.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What the case is called.
    pub name: &'static str,
    /// What the server answers.
    pub answer: Answer,
    /// What the client is told beyond the usual.
    pub setup: fn(Builder<Client>) -> Builder<Client>,
    /// The status that the error has.
    pub status: Option<u16>,
    /// Its code.
    pub code: Option<&'static str>,
    /// Its message.
    pub message: Option<&'static str>,
    /// Its request ID.
    pub request_id: Option<&'static str>,
    /// The time to wait that it names.
    pub retry_after: Option<Duration>,
    /// All that is true of it, of what [`traits`] asks.
    pub is: &'static [&'static str],
    /// What the text for people says.
    pub says: &'static [&'static str],
}

impl Failure {
    /// A failure of which nothing more is expected.
    pub fn new(name: &'static str, answer: Answer) -> Self {
        Self {
            name,
            answer,
            setup: |builder| builder,
            status: None,
            code: None,
            message: None,
            request_id: None,
            retry_after: None,
            is: &[],
            says: &[],
        }
    }
}

/// What is true of an error.
pub fn traits(error: &Error) -> Vec<&'static str> {
    [
        ("of the service", error.is_service()),
        ("throttled", error.is_throttled()),
        ("connect", error.is_connect()),
        ("timeout", error.is_timeout()),
        ("decode", error.is_decode()),
        ("configuration", error.is_configuration()),
        ("retryable", error.is_retryable()),
        ("maybe done", error.may_have_been_carried_out()),
    ]
    .into_iter()
    .filter_map(|(name, holds)| holds.then_some(name))
    .collect()
}

/// Makes a call that fails, in both ways, and holds the errors against what is expected. The one given
/// back is that of the awaited call.
pub async fn fail(failure: Failure) -> Error {
    let (client, server) = scene(&failure);
    hold(&failure, &server, call_blocking(&client));
    let (client, server) = scene(&failure);
    hold(&failure, &server, call(&client).await)
}

fn scene(failure: &Failure) -> (Client, Server) {
    // Whatever comes after the one request would be answered, and counted.
    let server = Server::start([failure.answer.clone(), Answer::json(200, SUCCESS)]);
    let client = (failure.setup)(builder(&server.url()));
    (client.build().expect("a client"), server)
}

fn hold<T: fmt::Debug>(failure: &Failure, server: &Server, outcome: Result<T, Error>) -> Error {
    let name = failure.name;
    let error = match outcome {
        Ok(answer) => panic!("{name}: {answer:?}"),
        Err(error) => error,
    };
    assert_eq!(server.requests().len(), 1, "{name}: requests");
    assert_hushed(name, &shown(&error));

    let text = error.to_string();
    assert_eq!(error.status(), failure.status, "{name}: {text}");
    assert_eq!(error.code(), failure.code, "{name}: {text}");
    assert_eq!(error.message(), failure.message, "{name}: {text}");
    assert_eq!(error.request_id(), failure.request_id, "{name}: {text}");
    assert_eq!(error.retry_after(), failure.retry_after, "{name}: {text}");
    assert_eq!(error.operation(), Some("DeleteChatGroup"), "{name}: {text}");
    assert_eq!(traits(&error), failure.is, "{name}: {text}");
    for says in failure.says {
        assert!(text.contains(says), "{name}: no `{says}` in: {text}");
    }
    assert!(!text.contains('\n'), "{name}: {text}");
    error
}

/// An address on this machine that nothing listens at and nothing else can take: that of the
/// calling end of a connection, which holds for as long as both ends are kept.
pub fn deaf() -> (String, [TcpStream; 2]) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let near = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
    let (far, address) = listener.accept().expect("accepted");
    (format!("http://{address}"), [near, far])
}

/// The error of a call to an address that nothing listens at, after both ways had the same.
pub async fn refused() -> Error {
    let (url, _kept) = deaf();
    let client = builder(&url).build().expect("a client");
    let error = call(&client).await.expect_err("no connection");
    let host = url.trim_start_matches("http://");
    assert!(error.to_string().contains(host), "{error}");
    let other = call_blocking(&client).expect_err("no connection");
    assert_eq!(
        (error.to_string(), traits(&error)),
        (other.to_string(), traits(&other))
    );
    error
}
