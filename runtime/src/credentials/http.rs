//! The requests that sources of keys send: to metadata services, to STS, to addresses that are
//! configured.
//!
//! They have connections of their own, since they have timeouts of their own, and since the metadata
//! service must never be asked through a proxy.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};

use super::aside::aside;
use super::patience::{Patience, Timer};
use super::wiped::Wiped;
#[cfg(feature = "blocking")]
use crate::blocking;
use crate::clock::Sleep;
use crate::endpoint::is_loopback;
use crate::transport::{
    BuiltIn, Certificate, Proxy, Request, Response, Settings, Transport, TransportError,
    TransportErrorKind,
};
use crate::{BoxFuture, Error, Result, RetryClass};

/// An answer that holds keys is small.
const MOST_BYTES: usize = 1024 * 1024;
/// Where metadata services listen, on every machine that has one.
pub(super) const METADATA_HOST: &str = "100.100.100.200";

/// Sends through a transport that was given, else through the built-in one.
#[derive(Clone, Default)]
pub(super) struct Http {
    transports: Arc<Transports>,
    pub(super) patience: Patience,
}

/// A request, but for its body.
pub(super) struct Question<'a> {
    /// Who is asked, for errors.
    pub(super) what: &'static str,
    pub(super) method: Method,
    pub(super) url: &'a Url,
    pub(super) headers: &'a [(HeaderName, &'a str)],
    /// For all attempts together.
    pub(super) timeout: Duration,
    /// Whether somebody listens there for sure, so that it may pass if nobody does.
    pub(super) is_there: bool,
}

#[derive(Default)]
struct Transports {
    given: Option<Arc<dyn Transport>>,
    way: Way,
    /// Past all proxies: to this machine, and to its metadata service.
    near: OnceLock<BuiltIn>,
    far: OnceLock<BuiltIn>,
}

/// What the built-in transport is told about its way.
#[derive(Clone, Default)]
struct Way {
    proxy: Option<Proxy>,
    root_certificates: Vec<Certificate>,
}

impl Http {
    /// The same with another transport.
    pub(super) fn through(self, transport: impl Transport + 'static) -> Self {
        Self {
            transports: Arc::new(Transports {
                given: Some(Arc::new(transport)),
                ..Transports::default()
            }),
            ..self
        }
    }

    pub(super) fn proxy(&self, proxy: Proxy) -> Self {
        self.another_way(|way| way.proxy = Some(proxy))
    }

    pub(super) fn add_root_certificate(&self, certificate: Certificate) -> Self {
        self.another_way(|way| way.root_certificates.push(certificate))
    }

    fn another_way(&self, change: impl FnOnce(&mut Way)) -> Self {
        let mut way = self.transports.way.clone();
        change(&mut way);
        Self {
            transports: Arc::new(Transports {
                given: self.transports.given.clone(),
                way,
                ..Transports::default()
            }),
            patience: self.patience.clone(),
        }
    }

    /// Sends one request; any status is an answer.
    pub(super) async fn exchange(
        &self,
        question: &Question<'_>,
        body: String,
        timeout: Duration,
    ) -> Result<Response> {
        let Question {
            what, url, headers, ..
        } = *question;
        let mut map = HeaderMap::new();
        let host = [(header::HOST, url.authority.as_str())];
        for (name, value) in host.iter().chain(headers) {
            let mut value = HeaderValue::from_str(value).map_err(|_| {
                Error::credentials(format!(
                    "{what} can't be asked: the value of the header `{name}` has a character that \
                     none may have"
                ))
            })?;
            value.set_sensitive(*name != header::HOST);
            map.insert(name, value);
        }
        let request = Request {
            method: question.method.clone(),
            url: url.text.clone(),
            headers: map,
            body: body.into(),
            timeout: Some(timeout),
            max_response_bytes: MOST_BYTES,
        };
        self.send(request)
            .await
            .map_err(|error| Error::transport(error).during(what, RetryClass::Read, &url.authority))
    }

    pub(super) async fn pick(&self, url: &str) -> Result<&dyn Transport> {
        match &self.transports.given {
            Some(given) => Ok(&**given),
            None => Ok(self.built_in(url).await?),
        }
    }

    async fn built_in(&self, url: &str) -> Result<&BuiltIn> {
        let near = host_of(url).is_some_and(|host| host == METADATA_HOST || is_loopback(&host));
        let slot = if near {
            &self.transports.near
        } else {
            &self.transports.far
        };
        if let Some(made) = slot.get() {
            return Ok(made);
        }
        // To set TLS up takes reading certificates.
        let settings = settings(near, self.transports.way.clone());
        let made = aside(move || BuiltIn::new(settings)).await?;
        Ok(slot.get_or_init(|| made))
    }

    /// Whether requests have a thread of their own: neither a blocking call nor Tokio is here.
    #[cfg(feature = "blocking")]
    pub(super) fn sends_aside(&self) -> bool {
        self.transports.given.is_none() && !blocking::is_here() && !BuiltIn::can_be_awaited()
    }

    /// A transport that something was sent through.
    pub(super) fn in_use(&self) -> Option<&dyn Transport> {
        if let Some(given) = &self.transports.given {
            return Some(&**given);
        }
        let far = self.transports.far.get();
        let built_in = far.or_else(|| self.transports.near.get())?;
        Some(built_in)
    }
}

impl Transport for Http {
    fn send(
        &self,
        request: Request,
    ) -> BoxFuture<'_, std::result::Result<Response, TransportError>> {
        Box::pin(async move {
            if let Some(given) = &self.transports.given {
                return given.send(request).await;
            }
            let built_in = self.built_in(&request.url).await.map_err(unsendable)?;
            #[cfg(feature = "blocking")]
            if self.sends_aside() {
                let built_in = built_in.clone();
                let sent = async move { Ok(built_in.send(request).await) };
                return aside(|| blocking::drive(sent)).await.map_err(unsendable)?;
            }
            built_in.send(request).await
        })
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        let given = self.transports.given.as_ref();
        if self.patience.sleep.is_none() && given.is_some_and(|given| given.timer().is_none()) {
            return None;
        }
        Some(Box::new(Timer(self.clone())))
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("given", &self.transports.given)
            .finish_non_exhaustive()
    }
}

fn unsendable(error: Error) -> TransportError {
    TransportError::new(TransportErrorKind::Unsendable).with_source(error.to_string())
}

fn settings(near: bool, way: Way) -> Settings {
    Settings {
        connect_timeout: Duration::from_secs(if near { 1 } else { 5 }),
        read_timeout: Duration::from_secs(10),
        // Where it isn't allowed, the address has been refused already.
        allow_http: true,
        proxy: if near { Some(Proxy::none()) } else { way.proxy },
        root_certificates: way.root_certificates,
        identity: None,
    }
}

/// An address that was configured. `Debug` shows no query: it may be a secret.
#[derive(Clone)]
pub(super) struct Url {
    scheme: &'static str,
    authority: String,
    text: String,
}

impl Url {
    /// Reads an address with a host; `what` names it in errors. Plain HTTP is for addresses that the
    /// vendor defines so, and for this machine.
    pub(super) fn parse(what: &str, text: &str, allow_http: bool) -> Result<Self> {
        let refused = |why: &str| Err(Error::credentials(format!("{what} can't be used: {why}")));
        let Ok(uri) = text.parse::<Uri>() else {
            return refused("it is no URL");
        };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return refused("it should begin with https:// or http:// and a host");
        };
        if authority.as_str().contains('@') {
            return refused("it has a user name or password, which have no place in it");
        }
        let scheme = match scheme {
            "https" => "https",
            "http" if allow_http || is_loopback(authority.host()) => "http",
            "http" => return refused("plain http would show keys to the network: use https"),
            _ => return refused("its scheme must be http or https"),
        };
        Ok(Self {
            scheme,
            authority: authority.as_str().to_owned(),
            text: text.to_owned(),
        })
    }

    pub(super) fn is_http(&self) -> bool {
        self.scheme == "http"
    }

    /// Scheme and host alone.
    pub(super) fn origin(&self) -> Self {
        Self {
            text: format!("{}://{}", self.scheme, self.authority),
            ..self.clone()
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// An address below this one.
    pub(super) fn join(&self, path: &str) -> Self {
        Self {
            text: format!("{}{path}", self.text.trim_end_matches('/')),
            ..self.clone()
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.authority)
    }
}

fn host_of(url: &str) -> Option<String> {
    url.parse::<Uri>().ok()?.host().map(str::to_owned)
}

/// The JSON of an answer of success. Of any other only the status is told: what stands in it may be
/// anything.
pub(super) fn json(what: &str, answer: &Response) -> Result<Wiped> {
    if answer.status != StatusCode::OK {
        return Err(Error::credentials(format!(
            "{what} answered HTTP {}",
            answer.status.as_u16()
        )));
    }
    serde_json::from_slice(&answer.body).map_err(|error| {
        // The parser's own words hold nothing of the text.
        Error::credentials(format!(
            "the answer of {what} is no JSON that can be read: {error}"
        ))
    })
}
