//! A way in for one call alone, so that it is known whose connection comes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::net::TcpSocket;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::script::Gate;
use crate::server::{State, accept};
use crate::truth::Met;

/// A socket that nobody listens on yet: connecting to it is refused.
pub(crate) fn bound() -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("a socket");
    // Little room, so that a large request isn't taken off the client at once.
    socket
        .set_recv_buffer_size(16 * 1024)
        .expect("a small buffer");
    socket
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a free port");
    socket
}

/// A door. It listens from the attempt on whose connection isn't refused.
#[derive(Debug)]
pub(crate) struct Door {
    address: SocketAddr,
    gates: Vec<Gate>,
    pub(crate) id: String,
    attempt: AtomicUsize,
    closed: Mutex<Option<TcpSocket>>,
    listening: Mutex<Option<AbortHandle>>,
    state: Arc<State>,
    handle: Handle,
}

impl Door {
    pub(crate) fn new(
        id: String,
        gates: Vec<Gate>,
        state: &Arc<State>,
        handle: &Handle,
    ) -> Arc<Self> {
        let _inside = handle.enter();
        let socket = bound();
        let door = Arc::new(Self {
            address: socket.local_addr().expect("an address"),
            gates,
            id,
            attempt: AtomicUsize::new(0),
            closed: Mutex::new(Some(socket)),
            listening: Mutex::new(None),
            state: Arc::clone(state),
            handle: handle.clone(),
        });
        door.open_in_time();
        door
    }

    pub(crate) fn url(&self) -> String {
        self.state.url(self.address)
    }

    /// The next attempt is about to begin.
    pub(crate) fn next_attempt(self: &Arc<Self>) {
        self.refused();
        self.attempt.fetch_add(1, Ordering::SeqCst);
        self.open_in_time();
    }

    /// Books the attempt under way, if nobody listened.
    pub(crate) fn refused(&self) {
        if self.gate() == Some(Gate::Refuses) {
            self.state.book(&self.id, Met::Gate(Gate::Refuses));
        }
    }

    /// What a connection meets now.
    pub(crate) fn gate(&self) -> Option<Gate> {
        let attempt = self.attempt.load(Ordering::SeqCst);
        self.gates.get(attempt).copied()
    }

    fn open_in_time(self: &Arc<Self>) {
        if self.gate() == Some(Gate::Refuses) {
            return;
        }
        let Some(socket) = self.closed.lock().expect("no panic").take() else {
            return;
        };
        let _inside = self.handle.enter();
        let listener = socket.listen(16).expect("a listener");
        let task = accept(listener, Arc::clone(&self.state), Some(Arc::clone(self)));
        let listening = self.handle.spawn(task).abort_handle();
        *self.listening.lock().expect("no panic") = Some(listening);
    }

    /// Ends it.
    pub(crate) fn shut(&self) {
        if let Some(listening) = self.listening.lock().expect("no panic").take() {
            listening.abort();
        }
    }
}
