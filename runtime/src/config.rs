//! Setting a client up.

use std::env::consts::{ARCH, OS};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::clock::{Clock, Sleep, SystemClock};
use crate::credentials::{ProvideCredentials, Providers};
use crate::endpoint::{Endpoint, check_region};
use crate::limit::Limiter;
use crate::nonce::{NonceSource, RandomNonce};
use crate::observe::{Observe, Observers};
use crate::retry::{Budget, Jitter, RandomJitter, Skew};
use crate::transport::{BuiltIn, Certificate, Identity, Proxy, Settings, Transport};
use crate::{Client, Error, RateLimits, Result, RetryPolicy, Service, client};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const READ_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;
/// What the built-in transport can send at most.
pub(crate) const MAX_URL_BYTES: usize = 65_534;

/// Sets up a client of the type `C`, usually one of a generated crate.
///
/// Everything has a default: keys from the default chain, the service's own region, HTTPS. What is
/// set wrongly is reported by [`build`](Self::build).
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C> {
    service: &'static Service,
    credentials: Option<Box<dyn ProvideCredentials>>,
    region: Option<String>,
    endpoint: Option<String>,
    allow_http: bool,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    timeout: Option<Duration>,
    proxy: Option<Proxy>,
    root_certificates: Vec<Certificate>,
    identity: Option<Identity>,
    user_agent: Option<String>,
    transport: Option<Box<dyn Transport>>,
    max_response_bytes: usize,
    max_url_bytes: usize,
    clock: Box<dyn Clock>,
    nonce: Box<dyn NonceSource>,
    retry: Option<RetryPolicy>,
    rate_limit: Option<RateLimits>,
    sleep: Option<Box<dyn Sleep>>,
    jitter: Box<dyn Jitter>,
    observers: Observers,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> Builder<C> {
    /// Begins to set up a client of `service`. A generated crate calls this.
    pub fn new(service: &'static Service) -> Self {
        Self {
            service,
            credentials: None,
            region: None,
            endpoint: None,
            allow_http: false,
            connect_timeout: None,
            read_timeout: None,
            timeout: None,
            proxy: None,
            root_certificates: Vec::new(),
            identity: None,
            user_agent: None,
            transport: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            max_url_bytes: MAX_URL_BYTES,
            clock: Box::new(SystemClock),
            nonce: Box::new(RandomNonce),
            retry: None,
            rate_limit: None,
            sleep: None,
            jitter: Box::new(RandomJitter),
            observers: Observers::default(),
            client: PhantomData,
        }
    }

    /// Where keys come from: [`Credentials`](crate::Credentials), or a provider of your own.
    ///
    /// Default: the first source of the [default chain](crate::credentials) that has keys. The
    /// environment variables that decide about it are read by [`build`](Self::build), the rest when
    /// keys are needed. The chain's own requests don't go through [`transport`](Self::transport).
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Box::new(credentials));
        self
    }

    /// The region whose endpoint is called, as in `ap-southeast-1`. Default: the service's own.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The endpoint to call instead of the region's: a host, with a port if it has one, with or
    /// without `https://` before it.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Whether [`endpoint`](Self::endpoint) may begin with `http://`. Default: no.
    ///
    /// Without TLS, everything but the secret key can be read and replayed on the way. This is for
    /// servers on your own machine.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// How long connecting may take: name, TCP and TLS. Default: 5 seconds.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How long the service may be silent, before its answer and within it. Default: 10 seconds.
    ///
    /// The silence before the answer of an awaited call includes connecting. So leave this longer than
    /// [`connect_timeout`](Self::connect_timeout): the error that comes of it can't tell that there was
    /// no connection yet.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// How long a call may take as a whole, with all its attempts and the waits between them.
    /// Default: no limit beyond the other two, which count for each attempt;
    /// [`Call::timeout`](crate::Call::timeout) sets it for one call.
    ///
    /// This holds for the [source of keys](crate::credentials::ProvideCredentials) as well, but where
    /// the client has nothing to wait with (see [`retry`](Self::retry)): there, the
    /// call waits for as long as the source takes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The proxy to go through. Default: the one of the environment, in `HTTPS_PROXY` (`HTTP_PROXY` for
    /// a plain endpoint) or else `ALL_PROXY`, in upper or lower case, unless `NO_PROXY` names the
    /// endpoint or the endpoint is on this machine. [`Proxy::none`] goes through none. The
    /// [default chain](crate::credentials) takes the same way, but never to this machine.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = Some(proxy);
        self
    }

    /// Trusts a certificate authority besides those of the system, also when the
    /// [default chain](crate::credentials) asks for keys. May be called several times.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    pub fn add_root_certificate(mut self, certificate: Certificate) -> Self {
        self.root_certificates.push(certificate);
        self
    }

    /// The certificate by which the client shows who it is, where the endpoint, or a gateway before
    /// it, asks for one (mutual TLS). Default: none.
    ///
    /// This is for the built-in transport; one [of your own](Self::transport) has its own.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Whether and how calls that fail are repeated. Default: [`RetryPolicy::default`], up to 3
    /// attempts where another can't do harm; [`Call::retry`](crate::Call::retry) sets it for one
    /// call.
    ///
    /// With a [transport of your own](Self::transport) that brings no
    /// [timer](crate::transport::Transport::timer), there is nothing to wait with. Then nothing is
    /// repeated that takes a wait, unless you give a [`sleep`](Self::sleep); to set a policy that
    /// repeats is an error.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Keeps calls below the service's limits: each waits until it may begin. Default: none waits.
    ///
    /// ```
    /// use alibabacloud_runtime::{Builder, Client, RateLimits};
    ///
    /// fn limited(builder: Builder<Client>) -> Builder<Client> {
    ///     builder.rate_limit(RateLimits::documented())
    /// }
    /// ```
    ///
    /// It is an error where there is nothing to wait with, as with [`retry`](Self::retry).
    pub fn rate_limit(mut self, limits: RateLimits) -> Self {
        self.rate_limit = Some(limits);
        self
    }

    /// Names your application at the end of the `user-agent` header, as in `shop/1.4`.
    pub fn user_agent(mut self, extra: impl Into<String>) -> Self {
        self.user_agent = Some(extra.into());
        self
    }

    /// Sends through a transport of your own. Default: the one of the feature `reqwest`, and for
    /// calls that block, that of the feature `blocking`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// How many bytes of an answer's body are read before the call fails. Default: 16 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// How many bytes the URL of a call may have, its encoded query included. Default: 65,534.
    ///
    /// A longer one is refused before keys are asked for and anything is sent, with an error that
    /// names the largest parameter. Lists that travel as JSON in the query make long URLs; a form
    /// body doesn't count.
    ///
    /// The default is the most that the built-in transport can send. How much a service takes isn't
    /// documented, so a smaller default would refuse calls that may work; lower it to what your
    /// service or a proxy on the way is known to take.
    pub fn max_url_bytes(mut self, bytes: usize) -> Self {
        self.max_url_bytes = bytes;
        self
    }

    /// Takes the time from elsewhere, for tests.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Takes nonces from elsewhere, for tests. A service refuses a nonce that it has seen before.
    pub fn nonce(mut self, nonce: impl NonceSource + 'static) -> Self {
        self.nonce = Box::new(nonce);
        self
    }

    /// Waits in another way between attempts, and for a [rate limit](Self::rate_limit). Default: that of the
    /// [transport](crate::transport::Transport::timer), if it has one.
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Some(Box::new(sleep));
        self
    }

    /// Chooses the waits between attempts in another way, for tests.
    pub fn jitter(mut self, jitter: impl Jitter + 'static) -> Self {
        self.jitter = Box::new(jitter);
        self
    }

    /// Tells this of every call: see [`observe`](crate::observe). Several are told in turn.
    pub fn observe(mut self, observer: impl Observe + 'static) -> Self {
        self.observers.add(observer);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When something is set that can't work, or there is no transport: neither a feature that
    /// brings one nor one of your own. That there are no keys is the first call's error.
    pub fn build(mut self) -> Result<C> {
        let region = self.region.as_deref().unwrap_or(self.service.region);
        check_region(region)?;
        let endpoint = match &self.endpoint {
            Some(endpoint) => Endpoint::parse(endpoint, self.allow_http)?,
            None => Endpoint::of(self.service, region)?,
        };
        let user_agent = self.user_agent_header()?;
        let credentials = self.credentials.take().ok_or_else(|| self.providers());
        let transport = self.take_transport(&endpoint)?;
        let chosen: Option<Arc<dyn Sleep>> = self.sleep.map(Arc::from);
        let sleep = chosen.clone().or_else(|| transport.timer().map(Arc::from));
        if let Some(policy) = self.retry {
            policy.check(sleep.as_deref())?;
        }
        if let Some(limits) = &self.rate_limit {
            limits.check(sleep.as_deref())?;
        }
        let clock: Arc<dyn Clock> = Arc::from(self.clock);
        let credentials = credentials.unwrap_or_else(|providers| {
            let providers = providers.clock(Arc::clone(&clock));
            let mut providers = providers.observed(&self.observers);
            if let Some(sleep) = chosen {
                providers = providers.sleep(sleep);
            }
            Box::new(providers.default_chain())
        });
        Ok(C::from(Client::new(client::Inner {
            service: self.service,
            endpoint,
            credentials,
            transport,
            clock: Box::new(clock),
            nonce: self.nonce,
            sleep,
            jitter: self.jitter,
            retry: self.retry.unwrap_or_default(),
            budget: Budget::new(),
            skew: Skew::default(),
            limiter: self.rate_limit.map(Limiter::new),
            observers: self.observers,
            user_agent,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            max_url_bytes: self.max_url_bytes,
        })))
    }

    fn user_agent_header(&self) -> Result<HeaderValue> {
        let own = concat!("alibabacloud-runtime/", env!("CARGO_PKG_VERSION"));
        let mut text = format!("{} {own} ({OS}; {ARCH})", self.service.user_agent);
        if let Some(extra) = &self.user_agent {
            text.push(' ');
            text.push_str(extra);
        }
        HeaderValue::from_str(text.trim_end()).map_err(|_| {
            Error::configuration(
                "the addition to the user agent must be printable ASCII on one line",
            )
        })
    }

    /// Sources of keys that take the same way as calls.
    fn providers(&self) -> Providers {
        let providers = self
            .root_certificates
            .iter()
            .cloned()
            .fold(Providers::from_env(), Providers::add_root_certificate);
        match self.proxy.clone() {
            Some(proxy) => providers.proxy(proxy),
            None => providers,
        }
    }

    fn take_transport(&mut self, endpoint: &Endpoint) -> Result<Box<dyn Transport>> {
        let given = self.transport.take();
        if given.is_some() {
            self.refuse_ineffective()?;
        }
        match given {
            Some(transport) => Ok(transport),
            None => Ok(Box::new(BuiltIn::new(Settings {
                connect_timeout: self.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
                read_timeout: self.read_timeout.unwrap_or(READ_TIMEOUT),
                allow_http: self.allow_http,
                // What a proxy of the environment takes for its own loopback interface isn't ours.
                proxy: self
                    .proxy
                    .take()
                    .or(endpoint.is_loopback().then(Proxy::none)),
                root_certificates: std::mem::take(&mut self.root_certificates),
                identity: self.identity.take(),
            })?)),
        }
    }

    /// Better refused than ignored: whoever sets a timeout or a proxy relies on it.
    fn refuse_ineffective(&self) -> Result<()> {
        for (name, set) in [
            ("connect_timeout", self.connect_timeout.is_some()),
            ("read_timeout", self.read_timeout.is_some()),
            ("proxy", self.proxy.is_some()),
            ("add_root_certificate", !self.root_certificates.is_empty()),
            ("identity", self.identity.is_some()),
        ] {
            if set {
                return Err(Error::configuration(format!(
                    "`{name}` is for the built-in transport: set it on the transport that was given"
                )));
            }
        }
        Ok(())
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An endpoint that hasn't been checked may hold a password.
        f.debug_struct("Builder")
            .field("product", &self.service.product)
            .field("region", &self.region)
            .field(
                "credentials",
                &self.credentials.as_ref().map(|given| given.name()),
            )
            .finish_non_exhaustive()
    }
}
