//! Answers of success that can't be read.

use cams_tests::failure::Failure;
use cams_tests::server::Answer;

pub(crate) fn unreadable() -> Vec<Failure> {
    let bodies = [
        ("nothing at 200", "", "the body is empty"),
        ("blanks", " \r\n", "the body is empty"),
        (
            "JSON that ends in the middle",
            r#"{"Code":"OK","Message":"HUSHMES"#,
            "ends in the middle of its JSON, after 31 bytes",
        ),
        (
            "no JSON",
            r#"{"Code":"OK", HUSHWORD}"#,
            "no JSON that can be read: key must be a string at line 1, column 15",
        ),
        (
            "JSON and more",
            r#"{"Code":"OK"} HUSHREST"#,
            "no JSON that can be read: trailing characters at line 1, column 15",
        ),
        ("null", "null", "the body is null where an object"),
        ("a list", r#"["HUSHITEM"]"#, "the body is a list where"),
        ("a text", r#""HUSHTEXT""#, "the body is a string where"),
        ("a number", "8613800001111", "the body is a number where"),
        ("a page", "<!doctype html>HUSHPAGE", "HTML or XML"),
    ];
    let mut failures: Vec<Failure> = bodies
        .into_iter()
        .map(|(name, body, says)| {
            let headers = [
                ("content-type", "application/json"),
                ("x-acs-request-id", "90E6"),
            ];
            let says: &[&str] = vec![
                "HTTP 200, but the answer can't be read",
                says,
                "(request 90E6)",
                "look before you repeat it",
            ]
            .leak();
            Failure {
                status: Some(200),
                request_id: Some("90E6"),
                is: &["decode", "maybe done"],
                says,
                ..Failure::new(name, Answer::new(200, &headers, body))
            }
        })
        .collect();
    let kinds = [
        (
            "an object where a number belongs",
            r#"{"Code":"OK","RequestId":"90E6","Result":{"A":"HUSHVALUE"}}"#,
            "at `Result`: expected an integer, found an object",
        ),
        (
            "a list where a number belongs",
            r#"{"Code":"OK","RequestId":"90E6","Result":["HUSHVALUE"]}"#,
            "at `Result`: expected an integer, found a list",
        ),
        (
            "words where a number belongs",
            r#"{"Code":"OK","RequestId":"90E6","Result":"HUSHVALUE"}"#,
            "at `Result`: expected an integer, found a string",
        ),
        (
            "a fraction where a whole number belongs",
            r#"{"Code":"OK","RequestId":"90E6","Result":8613800001111.5}"#,
            "at `Result`: expected an integer, found a number with a fraction",
        ),
        (
            "a number beyond 64 bits",
            r#"{"Code":"OK","RequestId":"90E6","Result":18446744073709551615}"#,
            "at `Result`: expected an integer, found one that is out of range",
        ),
        (
            "words where a truth value belongs",
            r#"{"Code":"OK","RequestId":"90E6","Success":"HUSHVALUE"}"#,
            "at `Success`: expected true or false, found a string that is neither",
        ),
        (
            "a list where a text belongs",
            r#"{"Code":"OK","RequestId":"90E6","Message":["HUSHVALUE"]}"#,
            "at `Message`: expected a string, found a list",
        ),
    ];
    failures.extend(kinds.into_iter().map(|(name, body, says)| Failure {
        status: Some(200),
        code: Some("OK"),
        request_id: Some("90E6"),
        is: &["decode", "maybe done"],
        says: vec![says, "(request 90E6)"].leak(),
        ..Failure::new(name, Answer::json(200, body))
    }));
    failures
}
