//! Errors that the service reports.

use std::time::Duration;

use cams_tests::failure::Failure;
use cams_tests::server::Answer;

pub(crate) fn reported() -> Vec<Failure> {
    let id = Some("90E6");
    vec![
        Failure {
            status: Some(200),
            code: Some("GroupNotExist"),
            message: Some("no such group"),
            request_id: id,
            is: &["of the service", "maybe done"],
            says: &[
                "DeleteChatGroup failed",
                "HTTP 200, code GroupNotExist: no such group (request 90E6)",
            ],
            ..Failure::new(
                "a code of its own at 200, whatever `Success` says",
                Answer::json(
                    200,
                    r#"{"Code":"GroupNotExist","Message":"no such group","RequestId":"90E6","Success":true,"Result":1}"#,
                ),
            )
        },
        Failure {
            status: Some(200),
            code: Some("4031"),
            is: &["of the service", "maybe done"],
            says: &["code 4031"],
            ..Failure::new("a number as code", Answer::json(200, r#"{"Code":4031}"#))
        },
        Failure {
            status: Some(400),
            code: Some("MissingParameter"),
            message: Some("which one?"),
            request_id: id,
            is: &["of the service"],
            says: &["HTTP 400, code MissingParameter: which one? (request 90E6)"],
            ..Failure::new(
                "400",
                Answer::json(
                    400,
                    r#"{"Code":"MissingParameter","Message":"which one?","RequestId":"90E6","HostId":"cams"}"#,
                ),
            )
        },
        Failure {
            status: Some(403),
            code: Some("NoPermission"),
            message: Some("not allowed"),
            request_id: id,
            is: &["of the service"],
            says: &["HTTP 403", "RAM policy", "cams:DeleteChatGroup"],
            ..Failure::new(
                "403 with details",
                Answer::json(
                    403,
                    r#"{"Code":"NoPermission","Message":"not allowed","RequestId":"90E6",
                        "AccessDeniedDetail":{"AuthAction":"cams:DeleteChatGroup","AuthPrincipalDisplayName":"HUSHPRINCIPAL"}}"#,
                ),
            )
        },
        Failure {
            status: Some(500),
            code: Some("InternalError"),
            message: Some("boom"),
            request_id: id,
            is: &["of the service", "maybe done"],
            says: &[
                "HTTP 500, code InternalError: boom",
                "look before you repeat it",
            ],
            ..Failure::new(
                "500",
                Answer::json(
                    500,
                    r#"{"Code":"InternalError","Message":"boom","RequestId":"90E6"}"#,
                ),
            )
        },
        Failure {
            status: Some(500),
            code: Some("OK"),
            is: &["of the service", "maybe done"],
            says: &["HTTP 500, code OK"],
            ..Failure::new(
                "a status of failure beside a code of success",
                Answer::json(500, r#"{"Code":"OK"}"#),
            )
        },
        Failure {
            status: Some(400),
            code: Some("InvalidParameter"),
            message: Some("low"),
            request_id: id,
            is: &["of the service"],
            says: &["code InvalidParameter: low (request 90E6)"],
            ..Failure::new(
                "names in lower case",
                Answer::json(
                    400,
                    r#"{"code":"InvalidParameter","message":"low","requestId":"90E6"}"#,
                ),
            )
        },
        Failure {
            status: Some(400),
            code: Some("System.LimitControl"),
            request_id: Some("from the header"),
            is: &["of the service", "throttled", "retryable"],
            says: &["call less often", "after a while"],
            ..Failure::new(
                "too many calls",
                Answer::new(
                    400,
                    &[("x-acs-request-id", "from the header")],
                    r#"{"Code":"System.LimitControl"}"#,
                ),
            )
        },
        Failure {
            status: Some(400),
            code: Some("Throttling.User"),
            message: Some("slower"),
            request_id: Some("from the body"),
            retry_after: Some(Duration::from_millis(1500)),
            is: &["of the service", "throttled", "retryable"],
            says: &["call less often", "after 1.5s"],
            ..Failure::new(
                "too many calls, with a time to wait",
                Answer::new(
                    400,
                    &[
                        ("x-acs-retry-after", "1500"),
                        ("x-acs-request-id", "from the header"),
                    ],
                    r#"{"Code":"Throttling.User","Message":"slower","RequestId":"from the body"}"#,
                ),
            )
        },
        Failure {
            status: Some(502),
            is: &["of the service", "maybe done"],
            says: &["HTTP 502", "HTML", "text/html"],
            ..Failure::new(
                "the page of a gateway",
                Answer::new(
                    502,
                    &[("content-type", "text/html; charset=utf-8")],
                    "<html>HUSHPAGE</html>",
                ),
            )
        },
        Failure {
            status: Some(500),
            request_id: id,
            is: &["of the service", "maybe done"],
            says: &["HTTP 500", "the body is empty", "90E6"],
            ..Failure::new(
                "nothing at 500",
                Answer::new(500, &[("x-acs-request-id", "90E6")], ""),
            )
        },
        Failure {
            status: Some(404),
            is: &["of the service"],
            says: &["HTTP 404", "a list where an object was expected"],
            ..Failure::new("a list at 404", Answer::json(404, r#"["HUSHITEM"]"#))
        },
        Failure {
            status: Some(400),
            is: &["of the service"],
            says: &["HTTP 400", "without an error code"],
            ..Failure::new(
                "an envelope of odd kinds",
                Answer::json(
                    400,
                    r#"{"Code":{"A":"HUSHCODE"},"Message":["HUSHMESSAGE"],"RequestId":true}"#,
                ),
            )
        },
    ]
}
