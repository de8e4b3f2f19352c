//! A scripted HTTP/1.1 server on the loopback interface, with nothing but the standard library.
//!
//! It gives the answers of its script in turn and keeps every request as it came over the wire, byte
//! by byte: an HTTP library on this side would tidy up what a test wants to see. Every wait is bounded,
//! so that a client which hangs fails its test instead of stopping it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest time to wait for a client.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    script: Vec<Answer>,
    next: AtomicUsize,
    connections: AtomicUsize,
    closed: AtomicUsize,
    ended: AtomicBool,
    received: Mutex<Vec<Received>>,
}

impl Server {
    /// Starts a server that answers with these in turn. What comes after the last is answered with a
    /// status of 599, and kept like the others.
    pub fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            script: script.into_iter().collect(),
            next: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            closed: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
            received: Mutex::new(Vec::new()),
        });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.ended.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let state = Arc::clone(&shared);
                // A client that goes away in the middle is a part of many tests.
                thread::spawn(move || {
                    serve(&state, stream).unwrap_or_default();
                    state.closed.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, state }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `127.0.0.1:port`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests so far, in the order in which they were read.
    pub fn requests(&self) -> Vec<Received> {
        self.state
            .received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The one request that came.
    pub fn request(&self) -> Received {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request expected: {requests:#?}");
        requests.remove(0)
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Waits until so many connections have ended.
    ///
    /// # Panics
    ///
    /// When that takes too long.
    pub fn was_left(&self, connections: usize) {
        let begin = Instant::now();
        while self.state.closed.load(Ordering::SeqCst) < connections {
            assert!(begin.elapsed() < PATIENCE, "connections are still open");
            thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection. If that fails, it ends with the process.
        drop(TcpStream::connect_timeout(
            &self.address,
            Duration::from_secs(1),
        ));
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method.
    pub method: String,
    /// What stands between method and version.
    pub target: String,
    /// The headers in their order, names as they were written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The target up to its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query as it came, without its question mark.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The query, decoded, in its order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        decode_pairs(self.query())
    }

    /// The body as a form, decoded, in its order.
    pub fn form_pairs(&self) -> Vec<(String, String)> {
        decode_pairs(&String::from_utf8_lossy(&self.body))
    }

    /// The value of a header that may come at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "the header {name} came twice");
        value
    }
}

/// Reads `name=value&…` as a form decoder does: `+` is a blank.
fn decode_pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(b'?'), rest.next().unwrap_or(b'?')];
                let digits = str::from_utf8(&digits).expect("digits after a percent sign");
                u8::from_str_radix(digits, 16).expect("hexadecimal digits after a percent sign")
            }
            other => other,
        });
    }
    String::from_utf8(bytes).expect("UTF-8 in a decoded text")
}

/// What a server does with one request.
#[derive(Clone, Debug)]
pub struct Answer {
    delay: Duration,
    bytes: Vec<u8>,
    pause: Option<(usize, Duration)>,
    close: bool,
}

impl Answer {
    /// An answer with this status and body, its length declared.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!(
            "HTTP/1.1 {status} Scripted\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        Self::raw([head.as_bytes(), body].concat())
    }

    /// An answer of JSON.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(
            status,
            &[("content-type", "application/json;charset=utf-8")],
            body,
        )
    }

    /// These bytes, whatever they are.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            delay: Duration::ZERO,
            bytes: bytes.into(),
            pause: None,
            close: false,
        }
    }

    /// No answer: the connection is closed once the request is read.
    pub fn hang_up() -> Self {
        Self::raw("").close()
    }

    /// The same answer, after a while.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay.min(PATIENCE);
        self
    }

    /// The same answer without its last bytes; then the connection is closed.
    pub fn truncate(mut self, missing: usize) -> Self {
        self.bytes
            .truncate(self.bytes.len().saturating_sub(missing));
        self.close()
    }

    /// The same answer, with a pause before its last bytes.
    pub fn pause(mut self, last: usize, pause: Duration) -> Self {
        self.pause = Some((self.bytes.len().saturating_sub(last), pause.min(PATIENCE)));
        self
    }

    /// The same answer; then the connection is closed.
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }
}

/// Serves one connection until either side ends it.
fn serve(state: &State, stream: TcpStream) -> std::io::Result<()> {
    state.connections.fetch_add(1, Ordering::SeqCst);
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        // Kept before it is answered, so that whoever has the answer finds it.
        state
            .received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        let next = state.next.fetch_add(1, Ordering::SeqCst);
        let answer = state
            .script
            .get(next)
            .cloned()
            .unwrap_or_else(|| Answer::new(599, &[], "script ended"));

        thread::sleep(answer.delay);
        let (pause_at, pause) = answer.pause.unwrap_or_default();
        writer.write_all(&answer.bytes[..pause_at])?;
        thread::sleep(pause);
        writer.write_all(&answer.bytes[pause_at..])?;
        if answer.close {
            writer.shutdown(std::net::Shutdown::Both)?;
            break;
        }
    }
    Ok(())
}

/// Reads a request; none if the client has closed the connection.
fn read(reader: &mut BufReader<TcpStream>) -> std::io::Result<Option<Received>> {
    let Some(start) = line(reader)? else {
        return Ok(None);
    };
    let mut words = start.split(' ').map(str::to_owned);
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut headers = Vec::new();
    while let Some(line) = line(reader)?.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut request = Received {
        method,
        target,
        headers,
        body: Vec::new(),
    };
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap_or(0));
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body)?;
    Ok(Some(request))
}

fn line(reader: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}
