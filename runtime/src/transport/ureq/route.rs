//! Which proxy a request goes through, if any: the one that was given, or those of the environment,
//! read and understood as the other built-in transport does it.

use std::net::IpAddr;
use std::sync::Arc;

use http::Uri;
use ureq::ProxyProtocol;

use super::super::proxy::{Proxy, Server};
use crate::endpoint::without_brackets;
use crate::{Error, Result};

/// The ways out, by the scheme of what is called.
#[derive(Clone, Debug, Default)]
pub(super) struct Routes {
    https: Option<Arc<Route>>,
    http: Option<Arc<Route>>,
}

#[derive(Debug)]
struct Route {
    proxy: ureq::Proxy,
    /// What is called past it.
    direct: Vec<String>,
}

impl Routes {
    pub(super) fn new(
        given: Option<&Proxy>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        let Some(given) = given else {
            return Ok(Self::of_environment(&variable));
        };
        let Some(server) = given.server()? else {
            return Ok(Self::default());
        };
        let route = Some(Arc::new(Route::new(&server)?));
        Ok(Self {
            https: route.clone(),
            http: route,
        })
    }

    fn of_environment(variable: &impl Fn(&str) -> Option<String>) -> Self {
        let either = |upper: &str| {
            let value = variable(upper).or_else(|| variable(&upper.to_ascii_lowercase()));
            value.filter(|value| !value.is_empty())
        };
        let direct = either("NO_PROXY").unwrap_or_default();
        let direct: Vec<&str> = direct.split(',').map(str::trim).collect();
        let route = |name| {
            // One that can't be used doesn't count.
            let proxy = either(name).or_else(|| either("ALL_PROXY"))?;
            let server = Proxy::new(proxy).server().ok()??;
            let mut route = Route::new(&server).ok()?;
            route
                .direct
                .extend(direct.iter().map(|&host| host.to_owned()));
            Some(Arc::new(route))
        };
        // To a CGI program, whoever sends it a request sets `HTTP_PROXY`.
        let cgi = variable("REQUEST_METHOD").is_some();
        Self {
            https: route("HTTPS_PROXY"),
            http: route(if cgi { "ALL_PROXY" } else { "HTTP_PROXY" }),
        }
    }

    /// The proxy on the way to this address.
    pub(super) fn to(&self, uri: &Uri) -> Option<&ureq::Proxy> {
        let route = match uri.scheme_str() {
            Some("https") => &self.https,
            _ => &self.http,
        };
        let route = route.as_ref()?;
        let host = without_brackets(uri.host().unwrap_or_default());
        let passes = route.direct.iter().any(|entry| covers(entry, host));
        (!passes).then_some(&route.proxy)
    }
}

impl Route {
    fn new(server: &Server) -> Result<Self> {
        let refused = || Error::configuration("the proxy can't be used: it has no host and port");
        let (protocol, here) = match server.scheme {
            "https" => (ProxyProtocol::Https, false),
            "socks5" => (ProxyProtocol::Socks5, true),
            "socks5h" => (ProxyProtocol::Socks5h, false),
            _ => (ProxyProtocol::Http, false),
        };
        let (host, port) = server.authority.rsplit_once(':').ok_or_else(refused)?;
        let port = port.parse().map_err(|_| refused())?;
        let mut builder = ureq::Proxy::builder(protocol)
            .host(host)
            .port(port)
            .resolve_target(here);
        if let Some((name, password)) = &server.user {
            builder = builder.username(name).password(password);
        }
        Ok(Self {
            proxy: builder.build().map_err(|_| refused())?,
            direct: server.no_proxy.clone(),
        })
    }
}

/// Whether an entry of a list of what is called directly means this host: a domain with all below
/// it, an address, a network, or everything.
fn covers(entry: &str, host: &str) -> bool {
    let entry = entry.trim();
    if entry == "*" {
        return true;
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        return match entry.split_once('/') {
            Some((network, bits)) => match (network.parse(), bits.parse()) {
                (Ok(network), Ok(bits)) => contains(network, bits, address),
                _ => false,
            },
            None => entry.parse() == Ok(address),
        };
    }
    let (domain, host) = (entry.trim_start_matches('.'), host.as_bytes());
    let Some(before) = host.len().checked_sub(domain.len()) else {
        return false;
    };
    !domain.is_empty()
        && host[before..].eq_ignore_ascii_case(domain.as_bytes())
        && (before == 0 || host[before - 1] == b'.')
}

fn contains(network: IpAddr, bits: u32, address: IpAddr) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let differ = network.to_bits() ^ address.to_bits();
            bits <= 32 && differ.leading_zeros() >= bits
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let differ = network.to_bits() ^ address.to_bits();
            bits <= 128 && differ.leading_zeros() >= bits
        }
        _ => false,
    }
}
