//! A request as far as all its attempts have it in common.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use crate::client::Inner;
use crate::limit::Queue;
use crate::model::{Fields, Parameter, Parameters, parameters};
use crate::sign::{SHA256_OF_NOTHING, sha256};
use crate::{Error, RateLimit, Result, encode};

/// What there is to know of an operation.
pub(crate) struct Operation {
    pub(crate) action: &'static str,
    pub(crate) version: &'static str,
    /// As it is documented.
    pub(crate) rate_limit: Option<RateLimit>,
}

/// Everything but keys, date, nonce and signature.
pub(crate) struct Outgoing {
    pub(super) action: &'static str,
    pub(super) version: &'static str,
    pub(super) url: String,
    /// Where in the URL the query begins.
    query: usize,
    pub(super) body: Bytes,
    pub(super) body_sha256: Cow<'static, str>,
    /// Where its attempts wait for their turn, if there is a limit.
    pub(super) queue: Option<Arc<Queue>>,
}

impl Outgoing {
    /// Writes a request, with parameters that it lacks or that are to be others.
    ///
    /// # Errors
    ///
    /// When it can't be written, or not sent since it is too long.
    pub(crate) fn new(
        client: &Inner,
        operation: Operation,
        request: &dyn Fields,
        extra: Vec<(String, String)>,
    ) -> Result<Self> {
        let Parameters {
            mut query,
            mut form,
            // The cause isn't kept: it may quote the value.
        } = parameters(request)
            .map_err(|_| Error::configuration("a parameter can't be written as JSON"))?;
        for (name, value) in extra {
            let value = Cow::Owned(value);
            match query
                .iter_mut()
                .chain(&mut form)
                .find(|(known, _)| *known == name)
            {
                Some((_, old)) => *old = value,
                None => query.push((Cow::Owned(name), value)),
            }
        }
        let mut url = client.endpoint.url();
        if !query.is_empty() {
            url.push('?');
        }
        let start = url.len();
        encode::write_query(&query, &mut url);
        if url.len() > client.max_url_bytes {
            return Err(too_long(url.len(), client.max_url_bytes, &query));
        }
        let body = Bytes::from(encode::query(&form));
        let body_sha256 = if body.is_empty() {
            Cow::Borrowed(SHA256_OF_NOTHING)
        } else {
            Cow::Owned(sha256(&body))
        };
        let limiter = client.limiter.as_ref();
        Ok(Self {
            action: operation.action,
            version: operation.version,
            url,
            query: start,
            body_sha256,
            body,
            queue: limiter
                .and_then(|limiter| limiter.queue(operation.action, operation.rate_limit)),
        })
    }

    /// What is signed of the URL.
    pub(super) fn query(&self) -> &str {
        &self.url[self.query..]
    }
}

/// Says which parameter makes the URL so long, and what can be done.
fn too_long(length: usize, bound: usize, query: &[Parameter<'_>]) -> Error {
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
