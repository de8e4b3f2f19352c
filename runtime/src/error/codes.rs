//! What is known about the platform's error codes, whichever service sends them.
//!
//! Statuses differ from product to product, so codes are looked at first.

/// Too many calls.
pub(super) fn is_throttled(code: &str) -> bool {
    code.contains("Throttling") || code == "System.LimitControl"
}

/// The request's date is too far from the service's time.
pub(super) fn is_clock(code: &str) -> bool {
    ["IllegalTimestamp", "InvalidTimeStamp"]
        .iter()
        .any(|clock| code.starts_with(clock))
}

/// The keys are unknown, switched off, at their end, or don't belong together. With others, the same
/// request may be taken.
pub(super) fn is_keys(code: &str) -> bool {
    ["InvalidAccessKeyId", "InvalidSecurityToken"]
        .iter()
        .any(|keys| code.starts_with(keys))
}

/// Trouble on the service's side that may pass.
pub(super) fn is_passing(code: &str) -> bool {
    matches!(
        code,
        "ServiceUnavailable"
            | "InternalError"
            | "SystemError"
            | "SystemBusy"
            | "RequestTimeout"
            | "Timeout"
            // The next attempt has another nonce.
            | "SignatureNonceUsed"
    )
}

/// Whether the service surely didn't do what it was asked to.
///
/// Codes that name a fault of the service say nothing about when it happened, not even at status
/// 400, and each product spells them in its own way: `SystemError`, `isp.SYSTEM_ERROR`. Other codes
/// at 4xx are refusals. At 200 the work may be half done when it goes wrong, so only codes that
/// blame the request or its sender count as refusals there.
pub(super) fn is_refusal(status: u16, code: Option<&str>) -> bool {
    let code = code.unwrap_or_default();
    let fault = [
        "timeout",
        "internal",
        "systemerror",
        "systembusy",
        "serviceunavailable",
        "processing",
        "unknown",
    ];
    let mut plain = code.to_ascii_lowercase();
    plain.retain(|character| !matches!(character, '_' | '.' | '-'));
    if fault.iter().any(|fault| plain.contains(fault)) {
        return false;
    }
    let blames_request = [
        "InvalidParameter",
        "MissingParameter",
        "Forbidden",
        "NoPermission",
        "Unauthorized",
        "Authentication.",
        "Ram.PermissionDeny",
        "Product.Unsubscript",
        "InvalidAccessKeyId",
        "InvalidSecurityToken",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "IllegalTimestamp",
        "InvalidTimeStamp",
    ];
    // A used nonce means that *a* request with it arrived before: a copy on the way, perhaps, of
    // this one.
    if code == "SignatureNonceUsed" {
        return false;
    }
    match status {
        408 | 499 => false,
        400..=499 => true,
        200..=299 => blames_request.iter().any(|prefix| code.starts_with(prefix)),
        _ => false,
    }
}

/// The code of a signature that was refused. The message beside it quotes the text that the service
/// signed, with every parameter and the security token in it.
pub(super) fn quotes_request(code: &str) -> bool {
    code.starts_with("SignatureDoesNotMatch") || code.starts_with("IncompleteSignature")
}

/// Whether the caller lacks a permission.
pub(super) fn is_denied(code: &str) -> bool {
    code == "Forbidden"
        || ["Forbidden.RAM", "NoPermission", "Ram.PermissionDeny"]
            .iter()
            .any(|c| code.starts_with(c))
}

/// What to do about a code.
pub(super) fn advice(code: &str) -> Option<&'static str> {
    let advice = [
        (
            "SignatureDoesNotMatch",
            "check that the access key secret is the one of this access key ID, and that no \
             proxy on the way changes the request",
        ),
        (
            "IncompleteSignature",
            "check that no proxy on the way drops or changes headers",
        ),
        (
            "InvalidAccessKeyId",
            "check that the access key ID is written right, enabled, and of the account meant",
        ),
        (
            "InvalidSecurityToken.Expired",
            "the temporary key has expired: get a new one",
        ),
        (
            "InvalidSecurityToken",
            "check that access key ID, secret and security token were given out together",
        ),
        (
            "IllegalTimestamp",
            "check this machine's clock: it must be right to within 15 minutes",
        ),
        (
            "InvalidTimeStamp",
            "check this machine's clock: it must be right to within 15 minutes",
        ),
        (
            "SignatureNonceUsed",
            "something between here and the service has sent the request twice",
        ),
        (
            "Product.Unsubscript",
            "activate the product for this account first",
        ),
        ("InvalidProtocol.NeedSsl", "use an https endpoint"),
        (
            "InvalidApi.NotFound",
            "check endpoint and region: this host doesn't know the operation",
        ),
        (
            "InvalidProduct.NotFound",
            "check endpoint and region: this host doesn't know the product",
        ),
        (
            "InvalidAction",
            "check endpoint and region: this host doesn't know the operation",
        ),
    ];
    advice
        .iter()
        .find(|(prefix, _)| code.starts_with(prefix))
        .map(|(_, advice)| *advice)
}
