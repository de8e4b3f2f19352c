//! Generated types through their public faces: JSON in and out, absence, leniency, redaction.

use alibabacloud_cams::chat_groups::{
    DeleteChatGroupChannelType, DeleteChatGroupRequest, DeleteChatGroupResponse,
};
use cams_tests::client::request;
use cams_tests::json::{read, unread, written};
use serde_json::{Value as Json, json};

// Requests.

#[test]
fn a_request_is_written_under_wire_names() {
    assert_eq!(
        written(request()),
        json!({"BusinessNumber": "8613800001111", "CustSpaceId": "cams-7d2f", "GroupId": "E39901"})
    );
    let mut request = request();
    request.channel_type = Some("WHATSAPP".into());
    assert_eq!(
        serde_json::to_string(&request).expect("it can be written"),
        r#"{"BusinessNumber":"8613800001111","ChannelType":"WHATSAPP","CustSpaceId":"cams-7d2f","GroupId":"E39901"}"#
    );
}

#[test]
fn a_request_comes_back_as_it_went() {
    let mut with = request();
    with.channel_type = Some(DeleteChatGroupChannelType::Whatsapp);
    for request in [request(), with] {
        assert_eq!(read::<DeleteChatGroupRequest>(written(&request)), request);
    }
}

#[test]
fn setters_may_be_called_in_any_order_and_twice() {
    let other = DeleteChatGroupRequest::builder()
        .group_id(String::from("another"))
        .group_id("E39901")
        .channel_type("VIBER")
        .cust_space_id("cams-7d2f")
        .channel_type(DeleteChatGroupChannelType::Whatsapp)
        .business_number("8613800001111")
        .build();
    let mut wanted = request();
    wanted.channel_type = Some(DeleteChatGroupChannelType::Whatsapp);
    assert_eq!(other, wanted);
}

#[test]
fn a_builder_may_be_kept_and_built_twice() {
    let begun = DeleteChatGroupRequest::builder()
        .business_number("1")
        .cust_space_id("2");
    let one = begun.clone().group_id("3").build();
    let other = begun.group_id("4").build();
    assert_eq!((one.group_id.as_str(), other.group_id.as_str()), ("3", "4"));
    assert_eq!(one.business_number, other.business_number);
}

#[test]
fn a_request_without_what_is_required_is_an_error() {
    for wire in ["BusinessNumber", "CustSpaceId", "GroupId"] {
        let mut json = written(request());
        let members = json.as_object_mut().expect("an object");
        members.remove(wire).expect("it is there");
        let error = unread::<DeleteChatGroupRequest>(json.clone());
        assert_eq!(error, format!("missing field `{wire}`"));
        // Nothing is no value, either.
        json[wire] = Json::Null;
        let error = unread::<DeleteChatGroupRequest>(json.clone());
        assert_eq!(error, "expected a string, found null");
        json[wire] = "".into();
        read::<DeleteChatGroupRequest>(json);
    }
    let mut json = written(request());
    json["ChannelType"] = Json::Null;
    assert_eq!(read::<DeleteChatGroupRequest>(json), request());
}

#[test]
fn rust_names_are_not_wire_names() {
    let json = json!({"business_number": "1", "cust_space_id": "2", "group_id": "3"});
    let error = unread::<DeleteChatGroupRequest>(json);
    assert!(error.starts_with("missing field `"), "{error}");
    let found: DeleteChatGroupResponse = read(json!({"code": "OK", "CODE": "OK"}));
    assert_eq!(found, DeleteChatGroupResponse::default());
}

// Responses.

fn documented() -> Json {
    json!({
        "AccessDeniedDetail": "None",
        "Message": "None",
        "RequestId": "90E63D28-E31D-1EB2-8939-A94866411B2O",
        "Code": "OK",
        "Success": true,
        "Result": 1
    })
}

#[test]
fn the_documented_response_is_read_and_comes_back() {
    let response: DeleteChatGroupResponse = read(documented());
    assert_eq!(response.access_denied_detail.as_deref(), Some("None"));
    assert_eq!(response.message.as_deref(), Some("None"));
    assert_eq!(
        response.request_id.as_deref(),
        Some("90E63D28-E31D-1EB2-8939-A94866411B2O")
    );
    assert_eq!(response.code.as_deref(), Some("OK"));
    assert_eq!(response.success, Some(true));
    assert_eq!(response.result, Some(1));
    assert_eq!(written(&response), documented());
}

#[test]
fn absence_stays_absence() {
    let nothing = DeleteChatGroupResponse::default();
    assert_eq!(read::<DeleteChatGroupResponse>(json!({})), nothing);
    assert_eq!(written(&nothing), json!({}));
    let nulls = documented();
    let nulls = nulls.as_object().expect("an object").keys();
    let nulls: Json = nulls.map(|name| (name.clone(), Json::Null)).collect();
    assert_eq!(read::<DeleteChatGroupResponse>(nulls), nothing);
    // An empty text is something.
    let empty: DeleteChatGroupResponse = read(json!({"Code": ""}));
    assert_eq!(empty.code.as_deref(), Some(""));
    assert_eq!(written(empty), json!({"Code": ""}));
}

#[test]
fn unknown_members_are_passed_over() {
    let mut json = documented();
    json["New"] = json!({"a": [1, {"b": null}], "Code": "inner"});
    json[""] = json!([]);
    assert_eq!(written(read::<DeleteChatGroupResponse>(json)), documented());
}

#[test]
fn of_two_members_the_last_holds() {
    let text = r#"{"Code": "first", "Result": 1, "Code": "OK", "Result": null}"#;
    let found: DeleteChatGroupResponse = serde_json::from_str(text).expect("it fits");
    assert_eq!(written(found), json!({"Code": "OK"}));
}

#[test]
fn what_means_the_same_is_taken() {
    for (given, taken) in [
        // Text.
        (json!({"Code": 200}), json!({"Code": "200"})),
        (json!({"Code": -1}), json!({"Code": "-1"})),
        (json!({"Code": 1.5}), json!({"Code": "1.5"})),
        (
            json!({"Code": u64::MAX}),
            json!({"Code": "18446744073709551615"}),
        ),
        (json!({"Code": true}), json!({"Code": "true"})),
        // An integer.
        (json!({"Result": "1"}), json!({"Result": 1})),
        (json!({"Result": " -7 "}), json!({"Result": -7})),
        (json!({"Result": 1.0}), json!({"Result": 1})),
        (
            json!({"Result": 9007199254740992.0}),
            json!({"Result": 9007199254740992_i64}),
        ),
        (json!({"Result": i64::MAX}), json!({"Result": i64::MAX})),
        (json!({"Result": i64::MIN}), json!({"Result": i64::MIN})),
        (
            json!({"Result": i64::MIN.to_string()}),
            json!({"Result": i64::MIN}),
        ),
        // A truth value.
        (json!({"Success": "true"}), json!({"Success": true})),
        (json!({"Success": "False"}), json!({"Success": false})),
        // Text with nothing in it, where none is declared.
        (json!({"Result": ""}), json!({})),
        (json!({"Success": " "}), json!({})),
    ] {
        let found: DeleteChatGroupResponse = read(given.clone());
        assert_eq!(written(found), taken, "{given}");
    }
}

#[test]
fn what_does_not_fit_is_an_error_without_the_value() {
    for (given, error) in [
        (json!({"Code": ["hush"]}), "expected a string, found a list"),
        (
            json!({"Result": "hush"}),
            "expected an integer, found a string",
        ),
        (
            json!({"Result": "-"}),
            "expected an integer, found a string",
        ),
        (
            json!({"Result": 73.25}),
            "expected an integer, found a number with a fraction",
        ),
        (
            json!({"Result": u64::MAX}),
            "expected an integer, found one that is out of range",
        ),
        (
            json!({"Result": 1e300}),
            "expected an integer, found a number with a fraction",
        ),
        (
            json!({"Result": true}),
            "expected an integer, found true or false",
        ),
        (
            json!({"Result": ["hush"]}),
            "expected an integer, found a list",
        ),
        (
            json!({"Success": "hush"}),
            "expected true or false, found a string that is neither",
        ),
        (
            json!({"Success": 73}),
            "expected true or false, found a number",
        ),
        (
            json!({"Success": {}}),
            "expected true or false, found an object",
        ),
        (json!("hush"), "expected an object, found a string"),
        (json!(["hush"]), "expected an object, found a list"),
        (json!(73), "expected an object, found a number"),
        (json!(null), "expected an object, found null"),
    ] {
        let found = unread::<DeleteChatGroupResponse>(given.clone());
        assert!(!found.contains("hush") && !found.contains("73"), "{found}");
        assert_eq!(found, error, "{given}");
    }
}

#[test]
fn numbers_beyond_64_bits_are_errors_without_the_value() {
    let text = r#"{"Result": 123456789012345678901234567890}"#;
    let error = serde_json::from_str::<DeleteChatGroupResponse>(text).expect_err("too large");
    assert!(!error.to_string().contains("123456"), "{error}");
}

#[test]
fn a_reader_of_bytes_and_another_format_do_as_well() {
    let text = documented().to_string();
    let found: DeleteChatGroupResponse = serde_json::from_reader(text.as_bytes()).expect("it fits");
    assert_eq!(written(&found), documented());
    let yaml = serde_yaml::to_string(&found).expect("it can be written");
    let back: DeleteChatGroupResponse = serde_yaml::from_str(&yaml).expect("it fits");
    assert_eq!(back, found);
}

// Debug.

#[test]
fn debug_hides_what_says_something_about_a_person() {
    for shown in [
        format!("{:?}", request()),
        format!("{:#?}", request()),
        format!(
            "{:?}",
            DeleteChatGroupRequest::builder().business_number("8613800001111")
        ),
        format!("{:?}", Some(vec![request()])),
    ] {
        assert!(!shown.contains("86138"), "{shown}");
        assert!(shown.contains("business_number: [personal]"), "{shown}");
    }
}

#[test]
fn debug_of_a_response_shows_what_is_there() {
    let shown = format!(
        "{:?}",
        read::<DeleteChatGroupResponse>(json!({"Code": "OK", "Result": 1}))
    );
    assert_eq!(
        shown,
        "DeleteChatGroupResponse { access_denied_detail: None, code: Some(\"OK\"), message: None, \
         request_id: None, result: Some(1), success: None }"
    );
}

// Open enums.

#[test]
fn a_listed_value_is_its_variant() {
    let known = DeleteChatGroupChannelType::Whatsapp;
    assert_eq!(DeleteChatGroupChannelType::from("WHATSAPP"), known);
    assert_eq!(
        DeleteChatGroupChannelType::from("WHATSAPP".to_owned()),
        known
    );
    assert_eq!(read::<DeleteChatGroupChannelType>(json!("WHATSAPP")), known);
    assert_eq!(
        (known.as_str(), known.to_string().as_str()),
        ("WHATSAPP", "WHATSAPP")
    );
    assert_eq!(written(known), json!("WHATSAPP"));
}

#[test]
fn an_unlisted_value_comes_back_as_it_went() {
    for text in [
        "whatsapp",
        "VIBER",
        "",
        " WHATSAPP",
        "Unlisted",
        "漢字 \"\\\u{0}",
    ] {
        let unlisted = DeleteChatGroupChannelType::Unlisted(text.to_owned());
        assert_eq!(DeleteChatGroupChannelType::from(text), unlisted);
        assert_eq!(unlisted.as_str(), text);
        assert_eq!(unlisted.to_string(), text);
        assert_eq!(
            read::<DeleteChatGroupChannelType>(written(&unlisted)),
            unlisted
        );
        let mut request = request();
        request.channel_type = Some(unlisted);
        assert_eq!(written(&request)["ChannelType"], text);
        assert_eq!(read::<DeleteChatGroupRequest>(written(&request)), request);
    }
}

#[test]
fn an_open_enum_takes_what_text_takes() {
    assert_eq!(read::<DeleteChatGroupChannelType>(json!(7)).as_str(), "7");
    let error = unread::<DeleteChatGroupChannelType>(json!(["hush"]));
    assert_eq!(error, "expected a string, found a list");
    let error = unread::<DeleteChatGroupChannelType>(json!(null));
    assert_eq!(error, "expected a string, found null");
}
