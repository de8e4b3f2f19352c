//! How client and server agree on TLS, and what keeps them from it.

use std::io;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use cams_tests::tls::{Authority, ProtocolVersion, TlsAcceptor, VERSIONS, acceptor, records};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::{ServerConfig, ServerConnection};

use crate::stream::Stream;

/// What keeps them from it. But for the last, nothing of a request has left by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handshake {
    BreaksOff {
        at: Stage,
        how: How,
    },
    /// Something that isn't TLS speaks.
    Speaks,
    /// The server won't, and says so in an alert.
    Refuses,
    /// A byte of the server's part is another.
    Garbled {
        first: bool,
    },
    /// The server's part comes so slowly that it never ends.
    Drips,
    /// The certificate comes from an authority that nobody knows.
    Stranger,
    /// The certificate is another host's.
    OtherHost,
    /// A certificate of the client's is asked for, which has none. With the newer version, it has begun
    /// to send when it is told that this won't do.
    Asks,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Connected,
    Greeted,
    /// So much of the server's part was sent, and never all of it.
    Within(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Closes,
    Resets,
    IsSilent,
}

impl Handshake {
    /// Whether only a timeout gets a client further.
    pub(crate) fn never_ends(self) -> bool {
        let silent = matches!(
            self,
            Self::BreaksOff {
                how: How::IsSilent,
                ..
            }
        );
        silent || self == Self::Drips
    }
}

/// All that servers of one version do TLS with.
struct Party {
    usual: TlsAcceptor,
    stranger: TlsAcceptor,
    other_host: TlsAcceptor,
    asks: TlsAcceptor,
}

struct Parties {
    authority: String,
    /// In the order of versions.
    each: Vec<Party>,
}

static PARTIES: LazyLock<Parties> = LazyLock::new(|| {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let leaf = ours.issue(&["127.0.0.1"]);
    let party = |version| Party {
        usual: acceptor(&leaf, None, &[version]),
        stranger: acceptor(&other.issue(&["127.0.0.1"]), None, &[version]),
        other_host: acceptor(&ours.issue(&["other.example"]), None, &[version]),
        asks: acceptor(&leaf, Some(&other), &[version]),
    };
    Parties {
        authority: ours.pem(),
        each: VERSIONS.into_iter().map(party).collect(),
    }
});

/// The authority that clients have to trust.
pub(crate) fn authority() -> &'static str {
    &PARTIES.authority
}

fn party(version: ProtocolVersion) -> &'static Party {
    let index = VERSIONS.iter().position(|one| one.version == version);
    &PARTIES.each[index.expect("a version in use")]
}

/// Comes to terms with a client, unless something else is to happen. None if it did.
pub(crate) async fn agree(
    socket: TcpStream,
    version: ProtocolVersion,
    meets: Option<Handshake>,
) -> io::Result<Option<Stream>> {
    let party = party(version);
    let acceptor = match meets {
        None => &party.usual,
        Some(Handshake::Stranger) => &party.stranger,
        Some(Handshake::OtherHost) => &party.other_host,
        Some(Handshake::Asks) => &party.asks,
        Some(other) => {
            fail(socket, other, party.usual.config()).await?;
            return Ok(None);
        }
    };
    // A client that takes what it must not take is served, and then found out.
    let stream = acceptor.accept(socket).await?;
    Ok(Some(Stream::secured(stream)))
}

async fn fail(
    mut socket: TcpStream,
    meets: Handshake,
    config: &Arc<ServerConfig>,
) -> io::Result<()> {
    match meets {
        Handshake::BreaksOff { at, how } => {
            if at != Stage::Connected {
                let flight = answer(&mut socket, config).await?;
                if let Stage::Within(sent) = at {
                    let sent = 1 + sent % (flight.len() - 1);
                    socket.write_all(&flight[..sent]).await?;
                }
            }
            match how {
                How::Closes => {}
                How::Resets => socket.set_zero_linger()?,
                How::IsSilent => Stream::plain(socket).gone().await?,
            }
        }
        Handshake::Speaks => {
            hello(&mut socket).await?;
            socket.write_all(b"220 mail.example ESMTP\r\n").await?;
            Stream::plain(socket).gone().await?;
        }
        Handshake::Refuses => {
            hello(&mut socket).await?;
            // An alert, of any version: fatal, the handshake failed.
            socket.write_all(&[21, 3, 3, 0, 2, 2, 40]).await?;
        }
        Handshake::Garbled { first } => {
            let mut flight = answer(&mut socket, config).await?;
            let at = if first { 0 } else { flight.len() - 1 };
            flight[at] ^= 1;
            socket.write_all(&flight).await?;
        }
        Handshake::Drips => {
            hello(&mut socket).await?;
            // One record, as long as a record can be.
            socket.write_all(&[22, 3, 3, 0x40, 0]).await?;
            loop {
                socket.write_all(&[2]).await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Handshake::Stranger | Handshake::OtherHost | Handshake::Asks => {
            unreachable!("a matter of certificates")
        }
    }
    Ok(())
}

/// Reads what a client begins with, to its last byte: what is left unread makes an end a reset.
async fn hello(socket: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut record = vec![0; 5];
    socket.read_exact(&mut record).await?;
    let length = usize::from(u16::from_be_bytes([record[3], record[4]]));
    record.resize(5 + length, 0);
    socket.read_exact(&mut record[5..]).await?;
    Ok(record)
}

/// The server's part, up to where it is the client's turn again.
async fn answer(socket: &mut TcpStream, config: &Arc<ServerConfig>) -> io::Result<Vec<u8>> {
    let hello = hello(socket).await?;
    let mut session = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
    session.read_tls(&mut &hello[..])?;
    session.process_new_packets().map_err(io::Error::other)?;
    Ok(records(&mut session))
}
