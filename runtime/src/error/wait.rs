//! How long an answer's headers ask to wait.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;

pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let asked = text("x-acs-retry-after")
        .and_then(positive)
        .map(Duration::from_millis);
    let limits = || {
        ["x-ratelimit-user-api", "x-ratelimit-user"]
            .into_iter()
            .filter_map(|name| time_left(text(name)?))
            .max()
            .map(Duration::from_millis)
    };
    // `Retry-After` may also be a date. That would need two clocks to agree, and no service of this
    // kind is known to send one.
    let standard = || {
        text(RETRY_AFTER.as_str())
            .and_then(positive)
            .map(Duration::from_secs)
    };
    asked.or_else(limits).or_else(standard)
}

/// Reads `TimeLeft`, in milliseconds, of a limit written as
/// `Limit:1,Remain:0,TimeLeft:2000,Reset:1234`. One that isn't used up asks for no wait.
fn time_left(limit: &str) -> Option<u64> {
    let field = |wanted: &str| {
        limit.split(',').find_map(|part| {
            let (name, value) = part.split_once(':')?;
            let found = name.trim().eq_ignore_ascii_case(wanted);
            found.then(|| positive(value))?
        })
    };
    field("TimeLeft").filter(|_| field("Remain").is_none())
}

fn positive(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|&number| number > 0)
}
