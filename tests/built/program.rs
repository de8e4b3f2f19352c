//! Makes every call of a test, one after another, against the server at the address in `argv`.
//!
//! A call writes a line: what its builder shows of itself, and what came back.

#![allow(deprecated, reason = "deprecated fields still travel")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use alibabacloud_cams::runtime::model::Json;
use alibabacloud_cams::runtime::transport::http::{HeaderMap, StatusCode};
use alibabacloud_cams::runtime::transport::{
    Request, Response, Transport, TransportError, TransportErrorKind,
};
use alibabacloud_cams::runtime::{BoxFuture, Call, Operation};
use alibabacloud_cams::{Client, Credentials};
use serde::Serialize;

/// HTTP in its simplest form, a connection a call: no library to compile, and none in between.
#[derive(Debug)]
struct Plain(String);

impl Plain {
    fn exchange(&self, request: &Request) -> std::io::Result<(u16, Vec<u8>)> {
        let target = request.url.splitn(4, '/').nth(3).unwrap_or_default();
        let mut head = format!("{} /{target} HTTP/1.1\r\nconnection: close\r\n", request.method);
        for (name, value) in &request.headers {
            head += &format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
        }
        head += &format!("content-length: {}\r\n\r\n", request.body.len());
        let mut stream = TcpStream::connect(&self.0)?;
        stream.write_all(&[head.as_bytes(), &request.body].concat())?;
        stream.shutdown(std::net::Shutdown::Write)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
        let status = String::from_utf8_lossy(&answer[9..12]).parse().expect("a status");
        Ok((status, answer[end + 4..].to_vec()))
    }
}

impl Transport for Plain {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let answer = self.exchange(&request);
        Box::pin(async move {
            let (status, body) = answer.map_err(|error| {
                TransportError::new(TransportErrorKind::Other).with_source(error)
            })?;
            let status = StatusCode::from_u16(status).expect("a status");
            Ok(Response::new(status, HeaderMap::new(), body))
        })
    }
}

fn made<O: Operation<Response: Serialize>>(shown: String, call: Call<'_, O>) {
    let mut call = pin!(call.into_future());
    // The transport has its answer at once, so nothing is ever waited for.
    let Poll::Ready(answer) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("{} isn't ready", O::ACTION);
    };
    let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", O::ACTION));
    let line = serde_json::to_string(&(O::ACTION, shown, answer)).expect("it can be written");
    println!("{line}");
}

fn main() {
    let address = std::env::args().nth(1).expect("an address");
    let client = Client::builder()
        .credentials(Credentials::new("testid", "testsecret"))
        .endpoint(format!("http://{address}"))
        .allow_http(true)
        .transport(Plain(address))
        .build()
        .expect("a client");
    for call in CALLS {
        call(&client);
    }
}
