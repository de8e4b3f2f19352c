//! The proxy between a client and its service.

use std::fmt;
use std::net::IpAddr;

use http::Uri;
use http::uri::Authority;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// What a proxy does instead of connecting, in words.
pub(super) const WANTS_A_USER: &str =
    "the proxy wants a user name and a password, or others than it was given (HTTP 407)";
pub(super) const REFUSES: &str = "the proxy refuses to connect to it";
pub(super) const CLOSED: &str = "the proxy closed the connection";

/// A proxy that a client goes through, or the decision to go through none.
///
/// Whatever is set here wins over the environment. The address may have a user name and a password in
/// it, percent-encoded; they, or those of [`basic_auth`](Self::basic_auth), are told to the proxy and to
/// nobody else, and are never shown.
///
/// | address | what the proxy sees |
/// |---|---|
/// | `http://proxy:3128`, `proxy:3128` | the host that is called; what is sent over HTTPS stays between client and service |
/// | `https://proxy:3129` | the same, itself over TLS |
/// | `socks5://proxy:1080` | the IP address that is called, looked up here |
/// | `socks5h://proxy:1080` | the host that is called, which the proxy looks up |
///
/// Without a port it is 80, 443 and 1080. What is sent over plain HTTP, an HTTP proxy forwards itself;
/// only calls that block ask it for a tunnel there, too.
///
/// ```
/// use alibabacloud_runtime::transport::Proxy;
///
/// let proxy = Proxy::new("http://proxy.corp.example:3128")
///     .basic_auth("me", "password")
///     .no_proxy(["corp.example", "10.0.0.0/8"]);
/// # drop(proxy);
/// ```
#[derive(Clone)]
pub struct Proxy(Option<Given>);

/// What was said of a proxy, not looked at yet.
#[derive(Clone)]
struct Given {
    url: Zeroizing<String>,
    user: Option<(String, Zeroizing<String>)>,
    no_proxy: Vec<String>,
}

/// A proxy that can be one.
pub(crate) struct Server {
    /// `http`, `https`, `socks5` or `socks5h`.
    pub(crate) scheme: &'static str,
    /// Host and port.
    pub(crate) authority: String,
    /// User name and password, as they are.
    pub(crate) user: Option<(String, Zeroizing<String>)>,
    /// What is called past the proxy: domains with all below them, addresses, networks.
    pub(crate) no_proxy: Vec<String>,
}

impl Proxy {
    /// The proxy at this address. Whether it can be one is told when the client is built.
    pub fn new(url: impl Into<String>) -> Self {
        Self(Some(Given {
            url: Zeroizing::new(url.into()),
            user: None,
            no_proxy: Vec::new(),
        }))
    }

    /// No proxy, whatever the environment says.
    pub fn none() -> Self {
        Self(None)
    }

    /// The user name and the password for the proxy. They win over those in its address.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        if let Some(given) = &mut self.0 {
            given.user = Some((user.into(), Zeroizing::new(password.into())));
        }
        self
    }

    /// What is called directly: domains with all below them, IP addresses, networks as in
    /// `10.0.0.0/8`, or `*` for everything. `NO_PROXY` of the environment doesn't count for a proxy
    /// that is set here.
    #[must_use]
    pub fn no_proxy(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        if let Some(given) = &mut self.0 {
            given.no_proxy.extend(hosts.into_iter().map(Into::into));
        }
        self
    }

    /// The proxy, if it isn't to be none.
    pub(crate) fn server(&self) -> Result<Option<Server>> {
        let Some(given) = &self.0 else {
            return Ok(None);
        };
        let (scheme, default, rest) = split_scheme(&given.url)?;
        // Told by its form alone: an address may hold a password.
        let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if !matches!(tail, "" | "/") {
            return Err(refused("something stands after its host and port"));
        }
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let port = place
            .parse::<Authority>()
            .ok()
            .filter(|place| !place.host().is_empty())
            .map(|place| (place.port_u16(), place.as_str().ends_with(':')));
        let authority = match port {
            Some((Some(port), _)) if port > 0 => place.to_owned(),
            Some((None, false)) if !has_port(place) => format!("{place}:{default}"),
            _ => {
                return Err(refused(
                    "it should be a host and a port, as in `http://proxy.example:3128`",
                ));
            }
        };
        if format!("http://{authority}").parse::<Uri>().is_err() {
            return Err(refused("its host can't be one"));
        }
        let user = match (&given.user, user) {
            (Some(user), _) => Some(user.clone()),
            (None, Some(user)) => Some(decode_user(user)?),
            (None, None) => None,
        };
        if let Some((name, password)) = &user {
            check_user(scheme, name, password)?;
        }
        let direct: Vec<&str> = given
            .no_proxy
            .iter()
            .flat_map(|hosts| hosts.split(','))
            .map(str::trim)
            .collect();
        for host in &direct {
            check_network(host)?;
        }
        // For HTTP libraries this is every name, but no address.
        if direct.contains(&"*") {
            return Ok(None);
        }
        Ok(Some(Server {
            scheme,
            authority,
            user,
            no_proxy: direct.into_iter().map(str::to_owned).collect(),
        }))
    }
}

impl fmt::Debug for Proxy {
    /// Whether there is one. Where it is may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Proxy::none()"),
            Some(given) => f
                .debug_struct("Proxy")
                .field("no_proxy", &given.no_proxy)
                .finish_non_exhaustive(),
        }
    }
}

/// The scheme, the port that it implies, and what follows.
fn split_scheme(url: &str) -> Result<(&'static str, u16, &str)> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    for (known, port) in [
        ("http", 80),
        ("https", 443),
        ("socks5", 1080),
        ("socks5h", 1080),
    ] {
        if scheme.eq_ignore_ascii_case(known) {
            return Ok((known, port, rest));
        }
    }
    Err(refused("its scheme must be http, https, socks5 or socks5h"))
}

/// Whether a port is meant to stand there, be it one or not.
fn has_port(place: &str) -> bool {
    let after = place.rsplit_once(']').map_or(place, |(_, after)| after);
    after.contains(':')
}

fn decode_user(text: &str) -> Result<(String, Zeroizing<String>)> {
    let decode = |text| match percent_decode_str(text).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(refused("its user name or password isn't UTF-8")),
    };
    let (name, password) = text.split_once(':').unwrap_or((text, ""));
    Ok((decode(name)?, Zeroizing::new(decode(password)?)))
}

fn check_user(scheme: &str, name: &str, password: &str) -> Result<()> {
    if scheme.starts_with("socks") {
        // Each has a byte for its length.
        let fits = |text: &str| (1..=255).contains(&text.len());
        if !fits(name) || !fits(password) {
            return Err(refused(
                "the user name and the password of a SOCKS proxy have 1 to 255 bytes each",
            ));
        }
    } else if name.contains(':') {
        return Err(refused(
            "the user name of an HTTP proxy can't hold a colon, which ends it",
        ));
    }
    Ok(())
}

/// A network that is none would be taken as a name that never comes.
fn check_network(host: &str) -> Result<()> {
    let Some((address, bits)) = host.split_once('/') else {
        return Ok(());
    };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => Some(32),
        Ok(IpAddr::V6(_)) => Some(128),
        Err(_) => None,
    };
    match (most, bits.parse::<u8>()) {
        (Some(most), Ok(bits)) if bits <= most => Ok(()),
        _ => Err(refused(
            "an entry of its `no_proxy` has a slash, but is no network such as `10.0.0.0/8`",
        )),
    }
}

fn refused(why: &str) -> Error {
    Error::configuration(format!("the proxy can't be used: {why}"))
}
