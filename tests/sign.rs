//! The signature, on published vectors, on vectors made with an official SDK, and on what that SDK
//! sent.
//!
//! The data holds inputs and expected results only. Each vector signs exactly the headers that it
//! lists, which is more than our own requests sign.

use alibabacloud_runtime::Credentials;
use alibabacloud_runtime::encode;
use alibabacloud_runtime::sign::{Signature, SigningRequest, sha256, sign};
use serde_json::Value;

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("data/sign-vectors.json")).expect("the vectors are JSON")
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} is missing in {}", vector["name"]))
}

fn pairs<'a>(vector: &'a Value, field: &str) -> Vec<(&'a str, &'a str)> {
    let pairs = vector[field].as_array().expect("pairs are a list");
    let text = |value: &'a Value| value.as_str().expect("names and values are strings");
    pairs
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .collect()
}

fn signed(vector: &Value, query: &[(&str, &str)], headers: &[(&str, &str)]) -> Signature {
    let request = SigningRequest {
        method: text(vector, "method"),
        path: "/",
        query: &encode::query(query),
        headers,
        payload_sha256: text(vector, "payload_sha256"),
    };
    sign(
        &request,
        &Credentials::new(text(vector, "id"), text(vector, "secret")),
    )
}

#[track_caller]
fn assert_signed(vector: &Value, signature: &Signature) {
    let name = text(vector, "name");
    assert_eq!(signature.signature, text(vector, "signature"), "{name}");
}

#[test]
fn every_vector_gives_its_signature() {
    for vector in vectors() {
        let name = text(&vector, "name");
        let signature = signed(
            &vector,
            &pairs(&vector, "query"),
            &pairs(&vector, "headers"),
        );
        if let Some(hash) = vector["canonical_request_sha256"].as_str() {
            assert_eq!(
                sha256(signature.canonical_request.as_bytes()),
                hash,
                "{name}"
            );
            assert_eq!(
                signature.string_to_sign,
                format!("ACS3-HMAC-SHA256\n{hash}"),
                "{name}"
            );
        }
        assert_eq!(signature.signature, text(&vector, "signature"), "{name}");
        assert_eq!(
            signature.authorization,
            format!(
                "ACS3-HMAC-SHA256 Credential={},SignedHeaders={},Signature={}",
                text(&vector, "id"),
                signature.signed_headers,
                signature.signature,
            ),
            "{name}"
        );
    }
}

#[test]
fn the_order_in_which_things_are_given_changes_nothing() {
    for vector in vectors() {
        let (mut query, mut headers) = (pairs(&vector, "query"), pairs(&vector, "headers"));
        query.reverse();
        headers.reverse();
        let signature = signed(&vector, &query, &headers);
        assert_signed(&vector, &signature);
    }
}

#[test]
fn white_space_around_header_values_and_the_case_of_names_change_nothing() {
    for vector in vectors() {
        let spaced: Vec<(String, String)> = pairs(&vector, "headers")
            .iter()
            .map(|(name, value)| (name.to_ascii_uppercase(), format!("  {value}\t")))
            .collect();
        let headers: Vec<(&str, &str)> = spaced
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let signature = signed(&vector, &pairs(&vector, "query"), &headers);
        assert_signed(&vector, &signature);
    }
}

#[test]
fn everything_that_is_signed_counts() {
    let vector = &vectors()[0];
    let (query, headers) = (pairs(vector, "query"), pairs(vector, "headers"));
    let expected = text(vector, "signature");

    for index in 0..query.len() {
        let mut changed = query.clone();
        changed[index].1 = "another";
        assert_ne!(
            signed(vector, &changed, &headers).signature,
            expected,
            "{:?}",
            query[index]
        );
    }
    for index in 0..headers.len() {
        let mut changed = headers.clone();
        changed[index].1 = "another";
        assert_ne!(
            signed(vector, &query, &changed).signature,
            expected,
            "{:?}",
            headers[index]
        );
    }
}

#[test]
fn the_query_keeps_unreserved_characters_and_no_others() {
    let kept = "ABCXYZabcxyz0189-_.~";
    assert_eq!(encode::query(&[("K", kept)]), format!("K={kept}"));
    assert_eq!(
        encode::query(&[("K", " +*%&=/\n\"é😀")]),
        "K=%20%2B%2A%25%26%3D%2F%0A%22%C3%A9%F0%9F%98%80"
    );
    assert_eq!(
        encode::query(&[("b", ""), ("a", "1"), ("B", "2"), ("a ", "3")]),
        "B=2&a=1&a%20=3&b="
    );
    assert_eq!(encode::query(&[] as &[(&str, &str)]), "");
}

#[test]
fn secrets_are_not_printed() {
    let keys = Credentials::temporary("LTAI5tSomethingLong", "very-secret", "a-token");
    let shown = format!("{keys:?}");
    assert!(shown.contains("****Long"), "{shown}");
    for hidden in ["LTAI5t", "very-secret", "a-token"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    assert!(!format!("{:?}", Credentials::new("short", "x")).contains("hort"));

    let request = SigningRequest {
        method: "POST",
        path: "/",
        query: "Phone=8613800001111",
        headers: &[("x-acs-security-token", "a-token")],
        payload_sha256: "",
    };
    let shown = format!("{request:?} {:?}", sign(&request, &keys));
    assert!(
        !shown.contains("86138") && !shown.contains("a-token"),
        "{shown}"
    );
}
