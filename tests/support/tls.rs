//! Authorities, certificates, and TLS before a server that has none.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
pub use tokio_rustls::TlsAcceptor;
pub use tokio_rustls::rustls::ProtocolVersion;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{
    RootCertStore, ServerConfig, ServerConnection, SupportedProtocolVersion, version::TLS12,
    version::TLS13,
};

/// A certificate authority that nobody trusts by themselves.
#[derive(Debug)]
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new one of this name. No two are the same.
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    /// Its own certificate.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// Its own certificate.
    pub fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// A certificate for these names or addresses.
    pub fn issue(&self, names: &[&str]) -> Leaf {
        self.issue_until(names, 4000)
    }

    /// One that ends with the beginning of this year.
    pub fn issue_until(&self, names: &[&str], year: i32) -> Leaf {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names");
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        Leaf {
            pem: certificate.pem(),
            der: certificate.der().to_vec(),
            key,
        }
    }
}

/// A certificate and its key.
#[derive(Debug)]
pub struct Leaf {
    /// The certificate.
    pub pem: String,
    der: Vec<u8>,
    key: KeyPair,
}

impl Leaf {
    /// The key, as PKCS#8.
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }
}

/// The versions of TLS that are in use.
pub const VERSIONS: [&SupportedProtocolVersion; 2] = [&TLS12, &TLS13];

/// What does TLS with this certificate. With authorities, it asks clients for a certificate of one of
/// them.
pub fn acceptor(
    leaf: &Leaf,
    clients: Option<&Authority>,
    versions: &[&'static SupportedProtocolVersion],
) -> TlsAcceptor {
    let provider = Arc::new(default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .expect("versions");
    let config = match clients {
        None => config.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der().into()).expect("an authority");
            let verifier =
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            config.with_client_cert_verifier(verifier.expect("a verifier"))
        }
    };
    let key = PrivateKeyDer::Pkcs8(leaf.key.serialize_der().into());
    let config = config.with_single_cert(vec![leaf.der.clone().into()], key);
    TlsAcceptor::from(Arc::new(config.expect("a certificate")))
}

/// All that a session has to send by now, as it goes over the wire.
pub fn records(session: &mut ServerConnection) -> Vec<u8> {
    let mut records = Vec::new();
    while session.wants_write() {
        session.write_tls(&mut records).expect("room");
    }
    records
}

/// Does TLS on an address of its own before the server at `plain`, for as long as the runtime of the
/// test lives. What doesn't get through TLS doesn't reach the server.
pub async fn front(acceptor: TlsAcceptor, plain: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut near = acceptor.accept(stream).await?;
                let mut far = TcpStream::connect(plain).await?;
                copy_bidirectional(&mut near, &mut far).await
            });
        }
    });
    address
}
