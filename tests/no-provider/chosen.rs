//! Calls that block take the provider that the program has installed, though they bring another.

use std::io::Read;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use alibabacloud_no_provider::SERVICE;
use alibabacloud_runtime::model::{Field, Record, Value};
use alibabacloud_runtime::{
    Builder, Client, Credentials, Operation, RetryClass, RetryPolicy, Service,
};
use rustls::crypto::{GetRandomFailed, SecureRandom, aws_lc_rs};

struct Ask(String);

impl Record for Ask {
    const NAME: &'static str = "Ask";
    const FIELDS: &'static [Field] = &[Field::query("what", "What")];

    fn blank() -> Self {
        Self(String::new())
    }

    fn get(&self, _: usize) -> &dyn Value {
        &self.0
    }

    fn get_mut(&mut self, _: usize) -> &mut dyn Value {
        &mut self.0
    }
}

impl Operation for Ask {
    type Response = String;
    const SERVICE: &'static Service = &SERVICE;
    const ACTION: &'static str = "Ask";
    const RETRY: RetryClass = RetryClass::Send;
}

/// Chance that counts how often it is asked.
#[derive(Debug)]
struct Counting(AtomicUsize);

static CHANCE: Counting = Counting(AtomicUsize::new(0));

impl SecureRandom for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), GetRandomFailed> {
        self.0.fetch_add(1, Ordering::SeqCst);
        aws_lc_rs::default_provider().secure_random.fill(buffer)
    }
}

#[test]
fn a_call_that_blocks_takes_the_provider_that_is_installed() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let endpoint = format!("https://{}", listener.local_addr().expect("an address"));
    let build = || {
        Builder::<Client>::new(&SERVICE)
            .credentials(Credentials::new("id", "secret"))
            .endpoint(&endpoint)
            .build()
    };
    // The other transport has none, and isn't given one that nobody chose.
    let error = build().expect_err("no provider");
    assert!(error.to_string().contains("install_default"), "{error}");

    let mut provider = aws_lc_rs::default_provider();
    provider.secure_random = &CHANCE;
    provider.install_default().expect("the first one");
    let client = build().expect("a client");
    // Ends each connection after the first byte of its handshake.
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut begin = [0];
            let read = socket.expect("a connection").read(&mut begin);
            read.expect("a handshake");
        }
    });
    let before = CHANCE.0.load(Ordering::SeqCst);
    let policy = RetryPolicy::off();
    let call = client.call(Ask::blank()).retry(policy);
    let error = call.send_blocking().expect_err("no handshake");
    assert!(error.is_connect(), "{error}");
    assert!(CHANCE.0.load(Ordering::SeqCst) > before);
}
