//! Reading certificates and keys, so that what is wrong with them can be said.

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

use super::{Certificate, Form, Identity};
use crate::{Error, Result};

const CLIENT: &str = "the client certificate";

/// An [`Identity`] with nothing but its certificates and its one key, both in PEM.
pub(crate) struct Parts {
    pub(crate) certificates: Zeroizing<Vec<u8>>,
    pub(crate) key: Zeroizing<Vec<u8>>,
}

impl Certificate {
    /// The certificates, in DER.
    pub(crate) fn read(&self) -> Result<Vec<CertificateDer<'static>>> {
        const WHAT: &str = "a root certificate";
        match &self.0 {
            Form::Pem(pem) => read_certificates(WHAT, pem),
            // Everything in DER that isn't a single value begins so.
            Form::Der(der) if der.first() == Some(&0x30) => Ok(vec![der.clone().into()]),
            Form::Der(_) => Err(refused(WHAT, "it is no DER; is it PEM?")),
        }
    }
}

impl Identity {
    /// The certificates and the key, each without whatever else stands in its text.
    pub(crate) fn read(&self) -> Result<Parts> {
        let certificates = sections(&self.certificates, usize::MAX, |label| {
            label == b"CERTIFICATE"
        });
        read_certificates(CLIENT, &certificates)?;
        let key = sections(&self.key, 1, |label| label.ends_with(b"PRIVATE KEY"));
        // The reader's own words may quote a line of the key.
        if PrivateKeyDer::from_pem_slice(&key).is_err() {
            return Err(unreadable_key());
        }
        Ok(Parts { certificates, key })
    }

    /// The certificates and the key, in DER.
    #[cfg(feature = "blocking")]
    pub(crate) fn read_der(
        &self,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
        let parts = self.read()?;
        let chain = read_certificates(CLIENT, &parts.certificates)?;
        let key = PrivateKeyDer::from_pem_slice(&parts.key);
        Ok((chain, key.map_err(|_| unreadable_key())?))
    }
}

fn unreadable_key() -> Error {
    refused(
        CLIENT,
        "its key can't be read: it should be PEM with `-----BEGIN PRIVATE KEY-----` in it, and not \
         encrypted",
    )
}

fn read_certificates(what: &str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let read: std::result::Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match read {
        Ok(read) if !read.is_empty() => Ok(read),
        Ok(_) => Err(refused(
            what,
            "there is none in it: it should be PEM with `-----BEGIN CERTIFICATE-----` in it",
        )),
        Err(_) => Err(refused(what, "its PEM is damaged")),
    }
}

/// The first `most` sections of a PEM text whose label is wanted.
fn sections(pem: &[u8], most: usize, wanted: impl Fn(&[u8]) -> bool) -> Zeroizing<Vec<u8>> {
    let mut taken = Zeroizing::new(Vec::with_capacity(pem.len() + 1));
    let (mut inside, mut count) = (false, 0);
    for line in pem.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        if let Some(label) = label(line, b"-----BEGIN ") {
            inside = wanted(label) && count < most;
            count += usize::from(inside);
        }
        if inside {
            taken.extend_from_slice(line);
            taken.push(b'\n');
        }
        if label(line, b"-----END ").is_some() {
            inside = false;
        }
    }
    taken
}

fn label<'a>(line: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    line.strip_prefix(start)?.strip_suffix(b"-----")
}

fn refused(what: &str, why: &str) -> Error {
    Error::configuration(format!("{what} can't be used: {why}"))
}
