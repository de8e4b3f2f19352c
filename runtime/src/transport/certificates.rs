//! Whom a client trusts, and how it shows who it is.

use std::fmt;

use zeroize::Zeroizing;

#[cfg(any(feature = "_reqwest", feature = "blocking"))]
mod read;

/// A certificate authority to trust besides those of the system: one of your own, or that of a proxy
/// which opens TLS.
///
/// ```no_run
/// use alibabacloud_runtime::transport::Certificate;
///
/// # fn main() -> std::io::Result<()> {
/// let authority = Certificate::from_pem(std::fs::read("/etc/corp/ca.pem")?);
/// // Client::builder().add_root_certificate(authority)
/// # drop(authority);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Certificate(Form);

#[derive(Clone)]
enum Form {
    Pem(Vec<u8>),
    Der(Vec<u8>),
}

impl Certificate {
    /// One or more certificates in PEM: text with `-----BEGIN CERTIFICATE-----` in it. Whether they
    /// can be read is told when the client is built.
    pub fn from_pem(pem: impl Into<Vec<u8>>) -> Self {
        Self(Form::Pem(pem.into()))
    }

    /// A certificate in DER, as files that end in `.der` or `.cer` often have it. Whether it can be
    /// read is told when the client is built.
    pub fn from_der(der: impl Into<Vec<u8>>) -> Self {
        Self(Form::Der(der.into()))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").finish_non_exhaustive()
    }
}

/// A certificate with its private key, by which a client shows who it is (mutual TLS).
///
/// The key is never shown, and is wiped from memory when this is dropped.
#[derive(Clone)]
pub struct Identity {
    certificates: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl Identity {
    /// A client certificate, with those between it and its authority after it, and the key of the first,
    /// all in PEM. The key must not be encrypted. A file that holds both is given twice.
    ///
    /// Whether they can be read is told when the client is built.
    pub fn from_pem(certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        Self {
            certificates: certificates.into(),
            key: Zeroizing::new(key.into()),
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// Whether a TLS library says that a certificate was refused, on either side. They have no error in
/// common but their words.
#[cfg(any(feature = "_reqwest", feature = "blocking"))]
pub(super) fn is_refused(said: &str) -> bool {
    let said = said.to_ascii_lowercase();
    said.contains("certificate") || said.contains("unknownca") || said.contains("unknown ca")
}
