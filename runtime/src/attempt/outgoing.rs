//! A request as far as all its attempts have it in common.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use super::Call;
use crate::client::Inner;
use crate::limit::Queue;
use crate::model::Parameters;
use crate::sign::sha256;
use crate::{Error, Result, encode};

/// Everything but keys, date, nonce and signature.
pub(super) struct Outgoing {
    pub(super) action: &'static str,
    pub(super) version: &'static str,
    pub(super) query: String,
    pub(super) url: String,
    pub(super) body: Bytes,
    pub(super) body_sha256: String,
    /// Where its attempts wait for their turn, if there is a limit.
    pub(super) queue: Option<Arc<Queue>>,
}

impl Outgoing {
    pub(super) fn new(client: &Inner, call: Call) -> Result<Self> {
        let Parameters {
            mut query,
            mut form,
        } = call.parameters?;
        for (name, value) in call.extra {
            match query
                .iter_mut()
                .chain(&mut form)
                .find(|(known, _)| *known == name)
            {
                Some((_, old)) => *old = value,
                None => query.push((Cow::Owned(name), value)),
            }
        }
        let encoded = encode::query(&query);
        let url = client.endpoint.url(&encoded);
        if url.len() > client.max_url_bytes {
            return Err(too_long(url.len(), client.max_url_bytes, &query));
        }
        let body = Bytes::from(encode::query(&form));
        let limiter = client.limiter.as_ref();
        Ok(Self {
            action: call.action,
            version: call.version,
            query: encoded,
            url,
            body_sha256: sha256(&body),
            body,
            queue: limiter.and_then(|limiter| limiter.queue(call.action, call.rate_limit)),
        })
    }
}

/// Says which parameter makes the URL so long, and what can be done.
fn too_long(length: usize, bound: usize, query: &[(Cow<'static, str>, String)]) -> Error {
    let sizes = query.iter().map(|pair| {
        let encoded = encode::query(std::slice::from_ref(pair));
        (&pair.0, encoded.len())
    });
    let largest = match sizes.max_by_key(|(_, size)| *size) {
        Some((name, size)) => format!(
            "; the largest parameter is `{}` with {size} bytes",
            short(name)
        ),
        None => String::new(),
    };
    Error::configuration(format!(
        "the URL is {length} bytes long, and `max_url_bytes` of the client's builder allows \
         {bound}{largest}: send less in one call, raise the bound, or, where the service takes the \
         parameter in a form body, have it described there"
    ))
}

/// A name, printable and not too long: those of extra parameters may be anything.
fn short(name: &str) -> String {
    const MOST: usize = 64;
    if name.len() <= MOST && name.bytes().all(|byte| byte.is_ascii_graphic()) {
        name.to_owned()
    } else {
        let printable = name
            .chars()
            .take(MOST)
            .map(|c| if c.is_ascii_graphic() { c } else { '?' });
        printable.chain(['…']).collect()
    }
}
