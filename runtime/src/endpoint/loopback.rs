//! Whether a host is this machine.

use std::net::{IpAddr, Ipv4Addr};

/// Whether `host`, an IPv6 address with or without its brackets, is this machine, however it is
/// spelt: HTTP libraries read `127.1` and `0x7f000001` as the address that they stand for.
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    let address = without_brackets(&host);
    let address = match address.parse::<IpAddr>() {
        Ok(address) => address.to_canonical(),
        Err(_) => match shortened(address) {
            Some(address) => address.into(),
            None => return false,
        },
    };
    // To call no address in particular is to call this machine.
    address.is_loopback() || address.is_unspecified()
}

/// A host as it is looked up and certified: in URLs, IPv6 addresses have brackets.
pub(crate) fn without_brackets(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// An IPv4 address of one to four numbers, in decimal, octal or hexadecimal digits, the last of which
/// fills the rest.
fn shortened(text: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u64> = text.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 255) {
        return None;
    }
    let rest = 8 * (4 - u32::try_from(first.len()).ok()?);
    if *last >= 1 << rest {
        return None;
    }
    let head = first.iter().fold(0, |head, part| head << 8 | part);
    u32::try_from(head << rest | last).ok().map(Ipv4Addr::from)
}

fn number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some("") => return Some(0),
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    if digits.starts_with('+') {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}
