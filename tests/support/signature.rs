//! The signature of a request, worked out once more from what arrived.
//!
//! This is written from the service's documentation and shares no line with the runtime: a mistake
//! made there isn't made here as well.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::server::Received;

const SCHEME: &str = "ACS3-HMAC-SHA256";

/// Checks a request's signature, as the service does, and gives the names of the signed headers.
///
/// # Errors
///
/// When the signature doesn't hold, or leaves something out that has to be signed.
pub fn check(request: &Received, key_id: &str, secret: &str) -> Result<Vec<String>, String> {
    let header = |name: &str| {
        request
            .header(name)
            .ok_or_else(|| format!("there is no header {name}"))
    };

    let authorization = header("authorization")?;
    let (names, signature) = authorization
        .strip_prefix(&format!("{SCHEME} Credential={key_id},SignedHeaders="))
        .and_then(|rest| rest.split_once(",Signature="))
        .ok_or_else(|| format!("{authorization} isn't how a signature is written"))?;

    let signed: Vec<String> = names.split(';').map(str::to_owned).collect();
    if !signed.is_sorted_by(|one, next| one < next) {
        return Err(format!("{names} isn't sorted, or names a header twice"));
    }
    for (name, _) in &request.headers {
        let name = name.to_ascii_lowercase();
        let needed = name.starts_with("x-acs-") || name == "host" || name == "content-type";
        if needed && !signed.contains(&name) {
            return Err(format!("the header {name} isn't signed"));
        }
    }

    let body = hash(&request.body);
    if header("x-acs-content-sha256")? != body {
        return Err("x-acs-content-sha256 isn't the hash of the body".to_owned());
    }
    let mut pairs: Vec<(String, String)> = request
        .query_pairs()
        .iter()
        .map(|(name, value)| (escape(name), escape(value)))
        .collect();
    pairs.sort();
    let query: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let mut lines = String::new();
    for name in &signed {
        lines.push_str(&format!("{name}:{}\n", header(name)?.trim()));
    }
    let canonical = [
        request.method.as_str(),
        request.path(),
        &query.join("&"),
        &lines,
        names,
        &body,
    ]
    .join("\n");

    let to_sign = format!("{SCHEME}\n{}", hash(canonical.as_bytes()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key will do");
    mac.update(to_sign.as_bytes());
    let expected = hex(&mac.finalize().into_bytes());
    if signature == expected {
        Ok(signed)
    } else {
        Err(format!(
            "signed {signature}, expected {expected} for\n{canonical}"
        ))
    }
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Text as it stands in a query, by RFC 3986.
pub fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
