//! Answers that never come, or not whole, or point elsewhere.

use std::time::Duration;

use cams_tests::failure::Failure;
use cams_tests::hush::SUCCESS;
use cams_tests::server::Answer;

/// Far more than a test waits.
const SILENCE: Duration = Duration::from_secs(20);

pub(crate) fn broken_off() -> Vec<Failure> {
    let identified = |body: &str| {
        let headers = [
            ("content-type", "application/json"),
            ("x-acs-request-id", "90E6"),
        ];
        Answer::new(200, &headers, body)
    };
    vec![
        Failure {
            status: Some(200),
            request_id: Some("90E6"),
            is: &["maybe done"],
            says: &[
                "the answer broke off, after HTTP 200",
                "(request 90E6)",
                "look before you repeat it",
            ],
            ..Failure::new("a body cut short", identified(SUCCESS).truncate(10))
        },
        Failure {
            status: Some(200),
            request_id: Some("90E6"),
            is: &["maybe done"],
            says: &[
                "larger than allowed",
                "more than 100 bytes",
                "max_response_bytes",
            ],
            setup: |builder| builder.max_response_bytes(100),
            ..Failure::new("a body that is too large", identified(SUCCESS))
        },
        Failure {
            status: Some(200),
            is: &["maybe done"],
            says: &[
                "larger than allowed",
                "more than 100 bytes",
                "max_response_bytes",
            ],
            setup: |builder| builder.max_response_bytes(100),
            ..Failure::new(
                "a body of undeclared length that is too large",
                Answer::raw(format!(
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
                    format!("40\r\n{}\r\n", " ".repeat(64)).repeat(2)
                )),
            )
        },
        Failure {
            is: &["timeout", "maybe done"],
            says: &["no whole answer in time", "look before you repeat it"],
            setup: |builder| builder.read_timeout(Duration::from_millis(500)),
            ..Failure::new("silence", Answer::json(200, SUCCESS).delay(SILENCE))
        },
        Failure {
            status: Some(200),
            request_id: Some("90E6"),
            is: &["timeout", "maybe done"],
            says: &["no whole answer in time, after HTTP 200"],
            setup: |builder| builder.read_timeout(Duration::from_millis(500)),
            ..Failure::new(
                "silence within the body",
                identified(SUCCESS).pause(10, SILENCE),
            )
        },
        Failure {
            is: &["timeout", "maybe done"],
            says: &["no whole answer in time"],
            setup: |builder| builder.timeout(Duration::from_secs(1)),
            ..Failure::new(
                "too long a wait for the call as a whole",
                Answer::json(200, SUCCESS).delay(SILENCE),
            )
        },
        Failure {
            is: &["maybe done"],
            says: &["the connection ended before an answer began"],
            ..Failure::new("a connection that is closed", Answer::hang_up())
        },
        Failure {
            is: &["maybe done"],
            says: &["before an answer began", "HTTP"],
            ..Failure::new(
                "another protocol",
                Answer::raw("SSH-2.0-HUSHVERSION\r\n\r\n").close(),
            )
        },
        Failure {
            status: Some(302),
            request_id: Some("90E6"),
            is: &["maybe done"],
            says: &[
                "HTTP 302",
                "a redirect to elsewhere.example",
                "(request 90E6)",
            ],
            ..Failure::new(
                "a redirect",
                Answer::new(
                    302,
                    &[
                        ("location", "https://elsewhere.example/?token=HUSHTOKEN"),
                        ("x-acs-request-id", "90E6"),
                    ],
                    "",
                ),
            )
        },
        Failure {
            status: Some(307),
            says: &["HTTP 307: a redirect, which is not followed"],
            ..Failure::new(
                "a redirect to the same server",
                Answer::new(307, &[("location", "/HUSHPATH")], ""),
            )
        },
    ]
}
