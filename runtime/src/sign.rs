//! The signature ACS3-HMAC-SHA256, as a pure function.
//!
//! No clock, no randomness, no HTTP types: date and nonce are headers like any other. What is given
//! is what is signed, so a request of anyone's making can be checked with it.

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::Credentials;
use crate::encode::hex;

/// The algorithm's name, as it begins the `authorization` header.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What a signature is made from.
#[derive(Clone, Copy)]
pub struct SigningRequest<'a> {
    /// The HTTP method, in capitals.
    pub method: &'a str,
    /// The path, encoded; `/` for every RPC operation.
    pub path: &'a str,
    /// The canonical query, as [`encode::query`](crate::encode::query) writes it.
    pub query: &'a str,
    /// All headers to sign. Names may be in any case and order. A name that comes more than once is
    /// signed once, with its values sorted and joined by commas.
    pub headers: &'a [(&'a str, &'a str)],
    /// The hash of the body, as [`sha256`] writes it and `x-acs-content-sha256` carries it.
    pub payload_sha256: &'a str,
}

/// A signature, and the texts on the way to it for when two sides disagree.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signature {
    /// The value of the `authorization` header.
    pub authorization: String,
    /// The signature alone: 64 hexadecimal digits.
    pub signature: String,
    /// The names of the signed headers, joined by semicolons.
    pub signed_headers: String,
    /// What the service has to build from the request too. It holds the whole query and, with
    /// temporary keys, the security token: not for a log.
    pub canonical_request: String,
    /// The algorithm and the hash of the canonical request.
    pub string_to_sign: String,
}

/// Signs `request` with the secret of `credentials`.
///
/// A security token is not added here: it is a header, `x-acs-security-token`, and signed as such.
pub fn sign(request: &SigningRequest<'_>, credentials: &Credentials) -> Signature {
    let (canonical_headers, signed_headers) = canonical_headers(request.headers);
    // The block of headers ends with a line break of its own, hence the empty line after it.
    let canonical_request = [
        request.method,
        request.path,
        request.query,
        &canonical_headers,
        &signed_headers,
        request.payload_sha256,
    ]
    .join("\n");
    let string_to_sign = [ALGORITHM, "\n", &sha256(canonical_request.as_bytes())].concat();
    let signature = hmac_sha256(credentials.access_key_secret(), &string_to_sign);
    let authorization = [
        ALGORITHM,
        " Credential=",
        credentials.access_key_id(),
        ",SignedHeaders=",
        &signed_headers,
        ",Signature=",
        &signature,
    ]
    .concat();
    Signature {
        authorization,
        signature,
        signed_headers,
        canonical_request,
        string_to_sign,
    }
}

/// The SHA-256 of `bytes` in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The [`sha256`] of an empty body, which most requests have.
pub(crate) const SHA256_OF_NOTHING: &str =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The headers as lines of `name:value`, and their names.
fn canonical_headers(headers: &[(&str, &str)]) -> (String, String) {
    let mut sorted: Vec<(Cow<'_, str>, &str)> = headers
        .iter()
        .map(|(name, value)| (lower_case(name), value.trim()))
        .collect();
    // By names, and values of the same name among themselves.
    sorted.sort_unstable();
    let length = |part: fn(&(Cow<'_, str>, &str)) -> usize| sorted.iter().map(part).sum();
    let mut names = String::with_capacity(length(|(name, _)| name.len() + 1));
    let mut lines = String::with_capacity(length(|(name, value)| name.len() + value.len() + 2));
    for same in sorted.chunk_by(|one, next| one.0 == next.0) {
        for (index, (name, value)) in same.iter().enumerate() {
            if index == 0 {
                if !names.is_empty() {
                    names.push(';');
                }
                names.push_str(name);
                lines.push_str(name);
                lines.push(':');
            } else {
                lines.push(',');
            }
            lines.push_str(value);
        }
        lines.push('\n');
    }
    (lines, names)
}

/// Without a copy where it is in lower case already, as are those of a client.
fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The key is the secret as it is: no prefix, no suffix, no derived keys.
fn hmac_sha256(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("HMAC is defined for keys of any length");
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

impl fmt::Debug for SigningRequest<'_> {
    /// Header names only: values and the query may be anyone's secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("SigningRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &names)
            .field("payload_sha256", &self.payload_sha256)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature")
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}
