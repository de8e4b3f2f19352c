//! Proxies on the loopback interface, which take every host for one server.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, Error, ErrorKind, Result,
    copy_bidirectional,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A running proxy. It ends with the runtime of its test.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

/// How a proxy behaves.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Tunnels and forwards HTTP to this server.
    Http(SocketAddr),
    /// The same, for who has this in a `proxy-authorization` header.
    HttpFor(SocketAddr, &'static str),
    /// Answers every request so.
    HttpAnswers(&'static str),
    /// SOCKS 5.
    Socks(SocketAddr),
    /// SOCKS 5, for who has this name and this password.
    SocksFor(SocketAddr, &'static str, &'static str),
    /// SOCKS 5, which refuses to connect.
    SocksRefuses,
}

impl Proxy {
    /// Starts one, over TLS if it is given.
    pub async fn start(manner: Manner, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (manner, log, tls) = (manner.clone(), Arc::clone(&log), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, manner, &log).await,
                        Some(tls) => serve(tls.accept(stream).await?, manner, &log).await,
                    }
                });
            }
        });
        Self { address, asked }
    }

    /// All that it was asked for: heads of requests, or a host and a port.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock();
        asked.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(
    mut near: impl AsyncRead + AsyncWrite + Unpin,
    manner: Manner,
    log: &Mutex<Vec<String>>,
) -> Result<()> {
    let note = |text| {
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(text)
    };
    let to = match manner {
        Manner::Http(to) => return http(near, to, None, note).await,
        Manner::HttpFor(to, user) => return http(near, to, Some(user), note).await,
        Manner::HttpAnswers(answer) => {
            note(head(&mut near).await?);
            near.write_all(answer.as_bytes()).await?;
            return near.shutdown().await;
        }
        Manner::Socks(to) => {
            greet(&mut near, 0).await?;
            Some(to)
        }
        Manner::SocksFor(to, user, password) => {
            greet(&mut near, 2).await?;
            let _version = near.read_u8().await?;
            let holds = text(&mut near).await? == user;
            let holds = text(&mut near).await? == password && holds;
            near.write_all(&[1, u8::from(!holds)]).await?;
            if !holds {
                return near.shutdown().await;
            }
            Some(to)
        }
        Manner::SocksRefuses => {
            greet(&mut near, 0).await?;
            None
        }
    };
    note(socks_target(&mut near).await?);
    // Version, granted or not allowed, reserved, IPv4, address, port.
    let granted = if to.is_some() { 0 } else { 2 };
    near.write_all(&[5, granted, 0, 1, 127, 0, 0, 1, 0, 80])
        .await?;
    let Some(to) = to else {
        return near.shutdown().await;
    };
    let mut far = TcpStream::connect(to).await?;
    copy_bidirectional(&mut near, &mut far).await.map(drop)
}

async fn http(
    mut near: impl AsyncRead + AsyncWrite + Unpin,
    to: SocketAddr,
    user: Option<&str>,
    note: impl Fn(String),
) -> Result<()> {
    let head = head(&mut near).await?;
    let known = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap_or_default();
        name.eq_ignore_ascii_case("proxy-authorization") && Some(value) == user
    };
    let allowed = user.is_none() || head.lines().any(known);
    let tunnel = head.starts_with("CONNECT ");
    note(head.clone());
    if !allowed {
        let answer = "HTTP/1.1 407 Who\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n";
        near.write_all(answer.as_bytes()).await?;
        return near.shutdown().await;
    }
    let mut far = TcpStream::connect(to).await?;
    if tunnel {
        near.write_all(b"HTTP/1.1 200 Go ahead\r\n\r\n").await?;
    } else {
        far.write_all(head.as_bytes()).await?;
    }
    copy_bidirectional(&mut near, &mut far).await.map(drop)
}

/// Reads the head of a request, byte by byte: what follows isn't for the proxy.
async fn head(near: &mut (impl AsyncRead + Unpin)) -> Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(near.read_u8().await?);
    }
    String::from_utf8(head).map_err(|error| Error::new(ErrorKind::InvalidData, error))
}

/// The beginning of SOCKS 5: of the offered ways to say who one is, this one is taken.
async fn greet(near: &mut (impl AsyncRead + AsyncWrite + Unpin), way: u8) -> Result<()> {
    let _version = near.read_u8().await?;
    let offered = near.read_u8().await?;
    let mut ways = vec![0; offered.into()];
    near.read_exact(&mut ways).await?;
    let taken = if ways.contains(&way) { way } else { 0xff };
    near.write_all(&[5, taken]).await
}

/// A text after its length.
async fn text(near: &mut (impl AsyncRead + Unpin)) -> Result<String> {
    let mut text = vec![0; near.read_u8().await?.into()];
    near.read_exact(&mut text).await?;
    String::from_utf8(text).map_err(|error| Error::new(ErrorKind::InvalidData, error))
}

/// What to connect to.
async fn socks_target(near: &mut (impl AsyncRead + Unpin)) -> Result<String> {
    let mut start = [0; 4];
    near.read_exact(&mut start).await?;
    let host = match start[3] {
        1 => std::net::Ipv4Addr::from(near.read_u32().await?).to_string(),
        4 => std::net::Ipv6Addr::from(near.read_u128().await?).to_string(),
        _ => text(near).await?,
    };
    Ok(format!("{host}:{}", near.read_u16().await?))
}
