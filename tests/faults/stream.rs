//! A connection on the server's side, with TLS or without, and what a server may do to it.

use std::io::{self, Read, Write};

use cams_tests::tls::{ProtocolVersion, records};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::ServerConnection;
use tokio_rustls::server::TlsStream;

/// The most that is put into TLS at once.
const PART: usize = 16 * 1024;

/// A record that no key of the session has made.
const FORGED: [u8; 37] = {
    let mut record = [0; 37];
    // Of data, of any version in use, and 32 bytes long.
    record[0] = 23;
    (record[1], record[2]) = (3, 3);
    record[4] = 32;
    record
};

#[derive(Debug)]
enum Inner {
    Plain(TcpStream),
    Secured(Box<TlsStream<TcpStream>>),
}

#[derive(Debug)]
pub(crate) struct Stream {
    inner: Inner,
    /// Whether TLS is ended before the connection is.
    in_words: bool,
}

impl Stream {
    pub(crate) fn plain(socket: TcpStream) -> Self {
        Self {
            inner: Inner::Plain(socket),
            in_words: false,
        }
    }

    pub(crate) fn secured(stream: TlsStream<TcpStream>) -> Self {
        Self {
            inner: Inner::Secured(Box::new(stream)),
            in_words: true,
        }
    }

    fn socket(&mut self) -> &mut TcpStream {
        match &mut self.inner {
            Inner::Plain(socket) => socket,
            Inner::Secured(stream) => stream.get_mut().0,
        }
    }

    /// What only TLS can do happens only with TLS.
    fn session(&mut self) -> &mut ServerConnection {
        match &mut self.inner {
            Inner::Plain(_) => panic!("there is no TLS here"),
            Inner::Secured(stream) => stream.get_mut().1,
        }
    }

    pub(crate) async fn read_buf(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        match &mut self.inner {
            Inner::Plain(socket) => socket.read_buf(buffer).await,
            Inner::Secured(stream) => stream.read_buf(buffer).await,
        }
    }

    pub(crate) async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        for part in bytes.chunks(PART) {
            let part = self.sealed(part);
            self.pass(&part).await?;
        }
        Ok(())
    }

    /// What goes over the wire for these bytes: themselves, or records, after those that TLS has to
    /// send anyway.
    pub(crate) fn sealed(&mut self, bytes: &[u8]) -> Vec<u8> {
        if matches!(self.inner, Inner::Plain(_)) {
            return bytes.to_vec();
        }
        let session = self.session();
        session.writer().write_all(bytes).expect("room");
        records(session)
    }

    /// The record by which TLS says that no more will come.
    pub(crate) fn close_notify(&mut self) -> Vec<u8> {
        self.in_words = false;
        self.session().send_close_notify();
        self.sealed(&[])
    }

    /// The record by which TLS says that something is wrong. It ends the session.
    pub(crate) fn alert(&mut self) -> Vec<u8> {
        self.in_words = false;
        let session = self.session();
        // The first ones may become the rest of a record that has come in part.
        while session.process_new_packets().is_ok() {
            // There is no room for more records while there are many that nobody has read.
            while let Ok(1..) = session.reader().read(&mut [0; 1024]) {}
            session.read_tls(&mut &FORGED[..]).expect("room");
        }
        self.sealed(&[])
    }

    /// Sends with other keys from here on, and asks the client to do so as well. The older version
    /// can't.
    pub(crate) fn replace_keys(&mut self) -> io::Result<()> {
        let session = self.session();
        if session.protocol_version() == Some(ProtocolVersion::TLSv1_3) {
            session.refresh_traffic_keys().map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// Sends these as they are.
    pub(crate) async fn pass(&mut self, wire: &[u8]) -> io::Result<()> {
        self.socket().write_all(wire).await
    }

    /// Waits until the client has gone.
    pub(crate) async fn gone(&mut self) -> io::Result<()> {
        let mut rest = Vec::with_capacity(4096);
        while self.read_buf(&mut rest).await? > 0 {
            rest.clear();
        }
        Ok(())
    }

    /// Makes its end one without a word of TLS.
    pub(crate) fn end_silently(&mut self) {
        self.in_words = false;
    }

    /// Makes its end a reset.
    pub(crate) fn set_zero_linger(&mut self) -> io::Result<()> {
        self.end_silently();
        self.socket().set_zero_linger()
    }

    /// Ends it as it was said, or as is proper.
    pub(crate) async fn end(mut self) -> io::Result<()> {
        if self.in_words {
            let last = self.close_notify();
            self.pass(&last).await?;
        }
        Ok(())
    }
}
