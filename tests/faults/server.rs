//! A server that does to each call what its script says, and keeps a ledger of what it did.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use cams_tests::server::Received;
use cams_tests::signature;
use cams_tests::tls::ProtocolVersion;
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::Notify;

use crate::actions;
use crate::door::{Door, bound};
use crate::handshake::agree;
use crate::script::{Case, Delivery, Does, Gate};
use crate::stream::Stream;
use crate::truth::{Account, Met};

/// How far a request's date may be off, in seconds.
const TOLERANCE: u64 = 900;

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) state: Arc<State>,
    address: SocketAddr,
    handle: Handle,
    listening: tokio::task::AbortHandle,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    /// With which version of TLS it is spoken to, if any.
    pub(crate) tls: Option<ProtocolVersion>,
    ledger: Mutex<Ledger>,
    /// Connections that are open now.
    open: AtomicUsize,
    /// Which keys are the valid ones.
    generation: AtomicU64,
    /// How many hours its clock is ahead.
    ahead: AtomicI64,
}

#[derive(Debug, Default)]
struct Ledger {
    calls: HashMap<String, Known>,
    nonces: HashSet<String>,
    /// What no client may do.
    complaints: Vec<String>,
}

#[derive(Debug)]
struct Known {
    case: Case,
    steps: usize,
    account: Account,
    arrived: Arc<Notify>,
    midway: Arc<Notify>,
}

/// What to do with a request, and for whom.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) does: Does,
    pub(crate) id: String,
    pub(crate) large: bool,
    /// Whether its connection ends without a word of TLS, where it ends.
    pub(crate) abrupt: bool,
    pub(crate) midway: Arc<Notify>,
}

impl Server {
    /// Starts a server whose tasks run over there, apart from those of clients.
    pub(crate) fn start(handle: &Handle, tls: Option<ProtocolVersion>) -> Self {
        let state = Arc::new(State {
            tls,
            ..State::default()
        });
        let _inside = handle.enter();
        let socket = bound();
        let address = socket.local_addr().expect("an address");
        let listener = socket.listen(256).expect("a listener");
        let listening = handle.spawn(accept(listener, Arc::clone(&state), None));
        Self {
            state,
            address,
            handle: handle.clone(),
            listening: listening.abort_handle(),
        }
    }

    pub(crate) fn url(&self) -> String {
        self.state.url(self.address)
    }

    /// Opens another way in, whose first connections meet these.
    pub(crate) fn door(&self, id: String, gates: Vec<Gate>) -> Arc<Door> {
        Door::new(id, gates, &self.state, &self.handle)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Takes connections for ever.
pub(crate) async fn accept(listener: TcpListener, state: Arc<State>, door: Option<Arc<Door>>) {
    while let Ok((stream, _)) = listener.accept().await {
        state.open.fetch_add(1, Ordering::SeqCst);
        let gate = door.as_ref().and_then(|door| door.gate());
        if let (Some(gate), Some(door)) = (gate, &door) {
            state.book(&door.id, Met::Gate(gate));
        }
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            // A client that goes away is a part of many calls.
            let _ = serve(stream, &state, gate).await;
            state.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(socket: TcpStream, state: &State, gate: Option<Gate>) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let (meets, gate) = match gate {
        Some(Gate::Handshake(meets)) => (Some(meets), None),
        gate => (None, gate),
    };
    let mut stream = match state.tls {
        None => Stream::plain(socket),
        Some(version) => match agree(socket, version, meets).await? {
            Some(stream) => stream,
            None => return Ok(()),
        },
    };
    if let Some(gate) = gate {
        return actions::at_the_gate(stream, gate).await;
    }
    let mut buffer = Vec::new();
    while let Some(mut request) = head(&mut stream, &mut buffer).await? {
        let mut task = state.begin(&request);
        if task.does.needs_body() {
            body(&mut stream, &mut buffer, &mut request).await?;
            state.check(&mut task, &request);
        }
        if !actions::act(&mut stream, &task, state).await? {
            if task.abrupt {
                stream.end_silently();
            }
            break;
        }
        if task.does == (Does::AnswersEarly { reads_on: true }) {
            body(&mut stream, &mut buffer, &mut request).await?;
        }
    }
    stream.end().await
}

impl State {
    pub(crate) fn url(&self, address: SocketAddr) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{address}")
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().expect("no panic")
    }

    /// Lets a call be known before it is made: what tells that it has arrived, and that its answer
    /// is half sent.
    pub(crate) fn expect(&self, case: &Case) -> (Arc<Notify>, Arc<Notify>) {
        let known = Known {
            case: case.clone(),
            steps: 0,
            account: Account::default(),
            arrived: Arc::default(),
            midway: Arc::default(),
        };
        let both = (Arc::clone(&known.arrived), Arc::clone(&known.midway));
        let old = self.ledger().calls.insert(case.id(), known);
        assert!(old.is_none(), "{} came twice", case.id());
        both
    }

    pub(crate) fn account(&self, case: &Case) -> Account {
        self.ledger().calls[&case.id()].account.clone()
    }

    pub(crate) fn complain(&self, complaint: String) {
        self.ledger().complaints.push(complaint);
    }

    pub(crate) fn complaints(&self) -> Vec<String> {
        self.ledger().complaints.clone()
    }

    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    pub(crate) fn book(&self, id: &str, met: Met) {
        let mut ledger = self.ledger();
        let known = ledger.calls.get_mut(id).expect("a call that is known");
        known.account.met.push(met);
    }

    /// Takes a request whose body isn't read yet. What needs none of it is booked at once.
    fn begin(&self, request: &Received) -> Task {
        let mut ledger = self.ledger();
        let id = request.query().strip_prefix("Id=").unwrap_or_default();
        let known = ledger.calls.get_mut(id).expect("a call that is known");
        let usual = Does::Answers(Delivery::Whole);
        let does = known.case.steps.get(known.steps).copied().unwrap_or(usual);
        if !does.needs_body() {
            known.account.book(does);
            known.steps += 1;
            known.arrived.notify_one();
        }
        Task {
            does,
            id: id.to_owned(),
            large: known.case.large,
            // There, it is the end of the answer.
            abrupt: known.case.abrupt && does != Does::Answers(Delivery::UntilTheEnd),
            midway: Arc::clone(&known.midway),
        }
    }

    /// Looks at a whole request as the service does. One that it refuses hasn't met its step.
    fn check(&self, task: &mut Task, request: &Received) {
        match task.does {
            Does::Rotates => {
                self.generation.fetch_add(1, Ordering::SeqCst);
            }
            Does::SetsClock { hours } => self.ahead.store(hours, Ordering::SeqCst),
            _ => {}
        }
        let header = |name: &str| request.header(name).unwrap_or_default().to_owned();
        let mut ledger = self.ledger();
        let key = header("authorization");
        let key = key.split(['=', ',']).nth(1).unwrap_or_default();
        if let Err(why) = signature::check(request, key, "testsecret") {
            ledger.complaints.push(format!("{}: {why}", task.id));
        }
        if !ledger.nonces.insert(header("x-acs-signature-nonce")) {
            let complaint = format!("{}: a nonce came twice", task.id);
            ledger.complaints.push(complaint);
        }
        let date: Option<Timestamp> = header("x-acs-date").parse().ok();
        let off = date.map_or(u64::MAX, |date| {
            date.as_second().abs_diff(self.now().as_second())
        });
        let refused = if key != key_id(self.generation()) {
            Some((Met::Expired, Does::Rotates))
        } else if off > TOLERANCE {
            Some((Met::Clock, Does::SetsClock { hours: 0 }))
        } else {
            None
        };
        let known = ledger.calls.get_mut(&task.id).expect("it has begun");
        known.arrived.notify_one();
        if refused.is_none() || matches!(task.does, Does::Rotates | Does::SetsClock { .. }) {
            known.steps += 1;
        }
        match refused {
            Some((met, instead)) => {
                known.account.met.push(met);
                task.does = instead;
            }
            // Its date was right after all.
            None if matches!(task.does, Does::SetsClock { .. }) => {
                task.does = Does::Answers(Delivery::Whole);
                known.account.book(task.does);
            }
            None => known.account.book(task.does),
        }
    }

    fn now(&self) -> Timestamp {
        let seconds = self.ahead.load(Ordering::SeqCst) * 3_600;
        let here = Timestamp::try_from(SystemTime::now()).expect("a time of today");
        let there = here.as_second() + seconds;
        Timestamp::from_second(there).expect("a time of this week")
    }

    /// The time by its clock, as it stands in a header.
    pub(crate) fn date(&self) -> String {
        let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
        printer
            .timestamp_to_rfc9110_string(&self.now())
            .expect("a date")
    }
}

/// The ID of the keys of a generation.
pub(crate) fn key_id(generation: u64) -> String {
    format!("testid{generation}")
}

/// Reads as far as the end of the headers; none if the client has closed the connection.
async fn head(stream: &mut Stream, buffer: &mut Vec<u8>) -> io::Result<Option<Received>> {
    let end = loop {
        let end = buffer.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            break end;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let text = String::from_utf8_lossy(&buffer[..end]).into_owned();
    buffer.drain(..end + 4);
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    Ok(Some(Received {
        method: word(),
        target: word(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect(),
        body: Vec::new(),
    }))
}

async fn body(stream: &mut Stream, buffer: &mut Vec<u8>, request: &mut Received) -> io::Result<()> {
    let length = request.header("content-length").unwrap_or("0");
    let length: usize = length.parse().map_err(io::Error::other)?;
    while buffer.len() < length {
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    request.body = buffer.drain(..length).collect();
    Ok(())
}
