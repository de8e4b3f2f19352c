//! Where requests go: a host by region, or one that is given.

use std::fmt;
use std::net::Ipv6Addr;

use http::HeaderValue;

use crate::{Error, Result, Service};

mod loopback;

pub(crate) use self::loopback::is_loopback;
#[cfg(feature = "blocking")]
pub(crate) use self::loopback::without_brackets;

/// A scheme and a host, with a port where it isn't the scheme's own.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    scheme: &'static str,
    /// `host` or `host:port`: the same text in the URL and in the signed `host` header.
    authority: String,
    /// The same as a header's value.
    host: HeaderValue,
}

impl Endpoint {
    /// The service's own endpoint in `region`.
    pub(crate) fn of(service: &Service, region: &str) -> Result<Self> {
        check_region(region)?;
        Self::new("https", service.host.replace("{region}", region))
    }

    fn new(scheme: &'static str, authority: String) -> Result<Self> {
        let host = HeaderValue::from_str(&authority)
            .map_err(|_| refused("its host has a character that none may have"))?;
        Ok(Self {
            scheme,
            authority,
            host,
        })
    }

    /// Reads `text`, which may be a host, a host and port, or an URL of nothing more than these.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self> {
        let (scheme, rest) = match text.split_once("://") {
            None => ("https", text),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => ("https", rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => ("http", rest),
            Some(_) => {
                return Err(refused(
                    "its scheme must be https, or http if that is allowed",
                ));
            }
        };
        let (authority, tail) = match rest.find(['/', '?', '#', '\\']) {
            None => (rest, ""),
            Some(end) => rest.split_at(end),
        };
        // What is refused isn't shown: it may well be a password.
        if authority.contains('@') {
            return Err(refused(
                "it has a user name or password, which have no place in it",
            ));
        }
        if tail.contains('?') {
            return Err(refused("it has a query, which has no place in it"));
        }
        if tail.contains('#') {
            return Err(refused("it has a fragment, which has no place in it"));
        }
        if !matches!(tail, "" | "/") {
            return Err(refused(
                "it has a path: the services of this kind answer at / only",
            ));
        }
        if scheme == "http" && !allow_http {
            return Err(refused(
                "plain http would show everything but the secret key to the network: use https, or \
                 allow it with `allow_http(true)` for a server of your own",
            ));
        }

        let (host, port) = split_port(authority)?;
        let host = host.to_ascii_lowercase();
        let default = if scheme == "https" { 443 } else { 80 };
        let authority = match port {
            Some(port) if port != default => format!("{host}:{port}"),
            _ => host,
        };
        Self::new(scheme, authority)
    }

    /// What the `host` header says.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// The value of the `host` header.
    pub(crate) fn host(&self) -> &HeaderValue {
        &self.host
    }

    /// Whether the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        split_port(&self.authority).is_ok_and(|(host, _)| is_loopback(host))
    }

    /// The URL of the service's one path.
    pub(crate) fn url(&self) -> String {
        [self.scheme, "://", &self.authority, "/"].concat()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// A region becomes a part of the host name, so nothing but a plain label may get in.
pub(crate) fn check_region(region: &str) -> Result<()> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() || region.len() > 63 || !region.bytes().all(plain) {
        return Err(Error::configuration(
            "the region must be made of lower-case letters, digits and hyphens, as in \
             `ap-southeast-1`",
        ));
    }
    Ok(())
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>)> {
    let (host, port) = if authority.starts_with('[') {
        let Some(end) = authority.find(']') else {
            return Err(refused("its IPv6 address lacks the closing bracket"));
        };
        let (host, port) = authority.split_at(end + 1);
        if host[1..end].parse::<Ipv6Addr>().is_err() {
            return Err(refused("what stands in its brackets is no IPv6 address"));
        }
        match port.strip_prefix(':') {
            None if port.is_empty() => (host, None),
            None => {
                return Err(refused(
                    "something stands between its IPv6 address and its port",
                ));
            }
            Some(port) => (host, Some(port)),
        }
    } else {
        let (host, port) = match authority.split_once(':') {
            None => (authority, None),
            Some((host, port)) => (host, Some(port)),
        };
        if port.is_some_and(|port| port.contains(':')) {
            return Err(refused(
                "an IPv6 address must stand in brackets, as in `https://[::1]:8443`",
            ));
        }
        check_name(host)?;
        (host, port)
    };
    let port = match port {
        None => None,
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => match port.parse() {
            Ok(port) if port > 0 => Some(port),
            _ => return Err(refused("its port must be a number from 1 to 65535")),
        },
        Some(_) => return Err(refused("its port must be a number from 1 to 65535")),
    };
    Ok((host, port))
}

fn check_name(host: &str) -> Result<()> {
    if host.is_empty() {
        return Err(refused("it has no host"));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let label = |label: &str| !label.is_empty() && label.len() <= 63 && label.bytes().all(plain);
    if host.len() > 253 || !host.split('.').all(label) {
        return Err(refused(
            "its host must be made of letters, digits, hyphens and dots; write an international \
             name in its `xn--` form",
        ));
    }
    Ok(())
}

fn refused(why: &str) -> Error {
    Error::configuration(format!("the endpoint can't be used: {why}"))
}
