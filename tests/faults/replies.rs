//! Answers that aren't the one hoped for, and what a client has to make of each.
//!
//! Written from the table in the documentation of `RetryPolicy`, not from the code.

use crate::truth::Again::{No, Yes};
use crate::truth::Seen::{self, Doubt, Surely};

/// An answer. `{id}` in the body becomes the one of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: &'static str,
    pub(crate) body: &'static str,
    pub(crate) seen: Seen,
}

const JSON: &str = "content-type: application/json;charset=utf-8\r\n";
const HTML: &str = "content-type: text/html\r\n";

const fn reply(status: u16, headers: &'static str, body: &'static str, seen: Seen) -> Reply {
    Reply {
        status,
        headers,
        body,
        seen,
    }
}

/// Too many calls, under all of its names.
pub(crate) const THROTTLED: &[Reply] = &[
    reply(
        400,
        JSON,
        r#"{"Code":"Throttling","RequestId":"{id}"}"#,
        Surely(Yes),
    ),
    reply(
        400,
        "x-acs-retry-after: 250\r\n",
        r#"{"Code":"Throttling.User","RequestId":"{id}"}"#,
        Surely(Yes),
    ),
    reply(
        429,
        "retry-after: 2\r\n",
        r#"{"Code":"Throttling.Api","RequestId":"{id}"}"#,
        Surely(Yes),
    ),
    reply(
        400,
        JSON,
        r#"{"Code":"System.LimitControl","RequestId":"{id}"}"#,
        Surely(Yes),
    ),
    reply(
        400,
        "x-acs-retry-after: 900\r\nretry-after: 60\r\n",
        r#"{"Code":"System.LimitControl","RequestId":"{id}"}"#,
        Surely(Yes),
    ),
    reply(
        503,
        "x-ratelimit-user-api: Limit:1,TimeLeft:2000,Reset:1\r\n",
        r#"{"Code":"Throttling.Api","RequestId":"{id}"}"#,
        Surely(Yes),
    ),
    reply(429, HTML, "<html>slow down</html>", Surely(Yes)),
    // The most that is waited for is 20 seconds.
    reply(
        400,
        "x-acs-retry-after: 60000\r\n",
        r#"{"Code":"System.LimitControl","RequestId":"{id}"}"#,
        Surely(No),
    ),
    reply(429, "retry-after: 3600\r\n", "", Surely(No)),
];

/// The service doesn't do it.
pub(crate) const REFUSED: &[Reply] = &[
    reply(
        403,
        JSON,
        r#"{"Code":"Forbidden.RAM","RequestId":"{id}"}"#,
        Surely(No),
    ),
    reply(
        400,
        JSON,
        r#"{"Code":"InvalidParameter.Id","RequestId":"{id}"}"#,
        Surely(No),
    ),
    reply(404, HTML, "<html>nothing here</html>", Surely(No)),
    reply(
        200,
        JSON,
        r#"{"Code":"Product.Unsubscript","RequestId":"{id}"}"#,
        Surely(No),
    ),
    reply(307, "location: /elsewhere\r\n", "", Surely(No)),
];

/// Something went wrong, and nobody knows when.
pub(crate) const FAILED: &[Reply] = &[
    reply(500, HTML, "<html>oops</html>", Doubt(Yes)),
    reply(
        500,
        JSON,
        r#"{"Code":"InternalError","RequestId":"{id}"}"#,
        Doubt(Yes),
    ),
    reply(502, HTML, "<html>bad gateway</html>", Doubt(Yes)),
    reply(
        503,
        JSON,
        r#"{"Code":"ServiceUnavailable","RequestId":"{id}"}"#,
        Doubt(Yes),
    ),
    reply(504, "", "", Doubt(Yes)),
    reply(408, HTML, "<html>late</html>", Doubt(Yes)),
    reply(
        200,
        JSON,
        r#"{"Code":"SystemError","RequestId":"{id}"}"#,
        Doubt(Yes),
    ),
    reply(
        400,
        JSON,
        r#"{"Code":"SignatureNonceUsed","RequestId":"{id}"}"#,
        Doubt(Yes),
    ),
    reply(
        400,
        JSON,
        r#"{"Code":"isp.SYSTEM_ERROR","RequestId":"{id}"}"#,
        Doubt(No),
    ),
    reply(
        200,
        JSON,
        r#"{"Code":"isp.UNKNOWN_ERROR","RequestId":"{id}"}"#,
        Doubt(No),
    ),
    reply(501, HTML, "<html>what?</html>", Doubt(No)),
    reply(302, "location: /login\r\n", "", Doubt(No)),
];

/// Success that can't be read.
pub(crate) const UNREADABLE: &[Reply] = &[
    reply(200, JSON, "<html>welcome to this network</html>", Doubt(No)),
    reply(200, JSON, "", Doubt(No)),
    reply(200, JSON, r#"["{id}"]"#, Doubt(No)),
    reply(200, JSON, "\u{0}\u{1}\u{2}", Doubt(No)),
    reply(202, HTML, r#"{"Code":"OK","RequestId":"#, Doubt(No)),
];

/// What no HTTP client can read.
pub(crate) const GARBAGE: &[&str] = &[
    "SSH-2.0-OpenSSH_9.7\r\n",
    "220 mail.example ESMTP\r\n",
    "\u{0}\u{0}\u{12}\u{4}\u{0}\u{0}\u{0}",
    "HTTP/1.1 OK 200\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
];
