//! TLS for ureq, with the trust that reqwest has: the system's, and certificates besides.
//!
//! ureq's own takes either the one or the other, and panics where a client certificate has another's
//! key.

use std::fmt;
use std::io::{Read, Write};
use std::sync::{Arc, OnceLock};

use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use rustls_platform_verifier::Verifier;
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};

use crate::endpoint::without_brackets;

/// Whom a client trusts, and who it says it is.
#[derive(Default)]
pub(super) struct Trust {
    /// Besides those of the system.
    pub(super) roots: Vec<CertificateDer<'static>>,
    pub(super) identity: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
}

impl Trust {
    fn config(&self) -> Result<ClientConfig, rustls::Error> {
        // What the program has chosen for all of its TLS goes first.
        let provider = match CryptoProvider::get_default() {
            Some(chosen) => Arc::clone(chosen),
            None => Arc::new(aws_lc_rs::default_provider()),
        };
        let verifier = Verifier::new_with_extra_roots(self.roots.clone(), Arc::clone(&provider))?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        match &self.identity {
            Some((chain, key)) => builder.with_client_auth_cert(chain.clone(), key.clone_key()),
            None => Ok(builder.with_no_client_auth()),
        }
    }
}

/// Puts TLS around sockets.
pub(super) struct Tls {
    trust: Trust,
    /// Made for the first connection: the certificates of the system have to be read.
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(super) fn new(trust: Trust) -> Self {
        Self {
            trust,
            config: OnceLock::new(),
        }
    }

    pub(super) fn wrap(
        &self,
        socket: Box<dyn Transport>,
        details: &ConnectionDetails<'_>,
        timeout: NextTimeout,
    ) -> Result<Box<dyn Transport>, Error> {
        let host = without_brackets(details.uri.host().unwrap_or_default());
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| Error::Tls("the host can't be the name of a server"))?;
        let mut session = ClientConnection::new(self.config()?, name).map_err(told)?;
        let mut socket = TransportAdapter::new(socket, details.current_time.clone());
        socket.set_timeout(timeout);
        // To its end: what fails later may fail after the request.
        session.complete_io(&mut socket)?;
        let config = details.config;
        Ok(Box::new(Encrypted {
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
            stream: StreamOwned::new(session, socket),
        }))
    }

    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(made) = self.config.get() {
            return Ok(Arc::clone(made));
        }
        let made = Arc::new(self.trust.config().map_err(told)?);
        Ok(Arc::clone(self.config.get_or_init(|| made)))
    }
}

impl fmt::Debug for Tls {
    /// Not what it trusts or is, which may be a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

fn told(error: rustls::Error) -> Error {
    Error::Other(Box::new(error))
}

/// A connection whose two ends have agreed on keys.
struct Encrypted {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl Transport for Encrypted {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        self.stream.write_all(&self.buffers.output()[..amount])?;
        Ok(self.stream.flush()?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let read = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    /// Whether the next request may be sent on it: only if the server hasn't said that it ends, which
    /// may have come along with the last answer while the socket stays open, and nothing is left unread
    /// that would be taken for the next answer.
    fn is_open(&mut self) -> bool {
        let goes_on = match self.stream.conn.process_new_packets() {
            Ok(state) => !state.peer_has_closed() && state.plaintext_bytes_to_read() == 0,
            Err(_) => false,
        };
        goes_on && self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Encrypted")
            .field(self.stream.sock.inner())
            .finish()
    }
}
