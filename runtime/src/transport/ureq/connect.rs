//! Making connections for ureq: names are looked up when there is something to connect, and what
//! fails until then is marked as such.
//!
//! By itself, ureq looks a name up before each request, on a thread of its own where there is a
//! timeout, even with a connection at hand. And its errors don't tell whether a connection ended
//! before the request or within it, which decides about repeating it.

use std::{fmt, io};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, SocksConnector,
    TcpConnector, Transport,
};

use super::tls::Tls;

/// There was no connection, so not one byte of the request has left.
#[derive(Debug)]
pub(super) struct Unconnected(pub(super) Error);

impl fmt::Display for Unconnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Unconnected {}

/// Looks nothing up: [`Connect`] does, if it comes to that.
#[derive(Debug)]
pub(super) struct Later;

impl Resolver for Later {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.empty())
    }
}

/// Name, proxy, TCP and TLS, all within the timeout for connecting.
#[derive(Debug)]
pub(super) struct Connect {
    resolver: DefaultResolver,
    socket: Box<dyn Connector<(), Out = Box<dyn Transport>>>,
    tls: Tls,
}

impl Connect {
    pub(super) fn new(tls: Tls) -> Self {
        let socket =
            ().chain(SocksConnector::default())
                .chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default());
        Self {
            resolver: DefaultResolver::default(),
            socket: Box::new(socket.chain(Boxed)),
            tls,
        }
    }

    fn within(&self, details: &ConnectionDetails<'_>) -> Result<Box<dyn Transport>, Error> {
        let mut addrs = details.addrs.clone();
        // Most proxies look the name up themselves.
        let proxy = details.config.proxy();
        if addrs.is_empty() && proxy.is_none_or(|proxy| proxy.resolve_target()) {
            let resolved = self
                .resolver
                .resolve(details.uri, details.config, details.timeout);
            addrs = resolved?;
        }
        let now = (details.current_time)();
        let rest = ConnectionDetails {
            uri: details.uri,
            addrs,
            config: details.config,
            request_level: details.request_level,
            resolver: &self.resolver,
            now,
            timeout: left(details, now)?,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let socket = self.socket.connect(&rest, None)?;
        let socket = socket.ok_or(Error::ConnectionFailed)?;
        let connection = if details.needs_tls() {
            let timeout = left(details, (details.current_time)())?;
            self.tls.wrap(socket, details, timeout)?
        } else {
            socket
        };
        Ok(Box::new(Candid(connection)))
    }
}

impl Connector for Connect {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        match self.within(details) {
            Ok(connected) => Ok(Some(connected)),
            // A connection to a proxy is made by way of this function, within itself.
            Err(Error::Other(inner)) if inner.is::<Unconnected>() => Err(Error::Other(inner)),
            Err(error) => Err(Error::Other(Box::new(Unconnected(error)))),
        }
    }
}

/// The end of a chain.
#[derive(Debug)]
struct Boxed;

impl<In: Transport> Connector<In> for Boxed {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|transport| Box::new(transport) as _))
    }
}

/// A connection that says when it breaks off.
///
/// A body without a length goes on to the end of its connection, and ureq takes a reset for such an
/// end, as well as one without a word of TLS. Then what broke off would pass for a whole answer, or for
/// one that can't be read, which isn't asked for again.
#[derive(Debug)]
struct Candid(Box<dyn Transport>);

impl Transport for Candid {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            // Of a kind that isn't taken so.
            Error::Io(error) => Error::Io(io::Error::other(error)),
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// What is left of the time for connecting.
fn left(details: &ConnectionDetails<'_>, now: Instant) -> Result<NextTimeout, Error> {
    let mut timeout = details.timeout;
    if let (Instant::Exact(begin), Instant::Exact(now), Duration::Exact(after)) =
        (details.now, now, timeout.after)
    {
        let left = after.saturating_sub(now.saturating_duration_since(begin));
        if left.is_zero() {
            return Err(Error::Timeout(timeout.reason));
        }
        timeout.after = Duration::Exact(left);
    }
    Ok(timeout)
}
