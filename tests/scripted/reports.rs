//! What a script tells when not all went by it, and what it never shows.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use cams_tests::client::request;
use cams_tests::hush;
use serde_json::json;

use crate::{client, report};

#[tokio::test]
async fn a_report_says_what_was_expected_and_what_came() {
    let script = Script::new();
    script
        .expect(
            Expected::action("DeleteChatGroup")
                .parameter("GroupId", "E39901")
                .absent("ChannelType"),
        )
        .times(2);
    script.expect(Expected::any().matching("a fine day", |_| true));
    client(&script)
        .delete_chat_group(request())
        .await
        .expect("an answer");
    client(&script)
        .delete_chat_group(request())
        .query("ChannelType", "WHATSAPP")
        .query("GroupId", "E1")
        .await
        .expect_err("another group");
    let told = report(script);
    assert_eq!(
        told,
        "not all went by the script:\n\
         - request 2, DeleteChatGroup, isn't expected; for DeleteChatGroup with \
         GroupId=\"E39901\", no ChannelType: GroupId: expected \"E39901\", came \"E1\"; \
         ChannelType: expected nothing, came \"WHATSAPP\"\n\
         - DeleteChatGroup with GroupId=\"E39901\", no ChannelType: expected 2 times, came once\n\
         - any request with a fine day: expected once, never came\n\
         In all, there came: DeleteChatGroup, DeleteChatGroup."
    );

    let script = Script::new();
    script.expect(Expected::any());
    assert!(report(script).ends_with("\nNothing was sent."));
}

#[test]
fn a_script_that_is_forgotten_panics_with_its_report() {
    let forget = catch_unwind(|| {
        let script = Script::new();
        script.expect(Expected::action("DeleteChatGroup"));
    });
    let panic = forget.expect_err("a panic");
    let told = panic.downcast_ref::<String>().expect("a text");
    assert!(
        told.contains("DeleteChatGroup: expected once, never came"),
        "{told}"
    );

    // There is no second panic within one, which would end the process.
    let script = AssertUnwindSafe(Script::new());
    let first = catch_unwind(move || {
        script.expect(Expected::any());
        let _kept = script;
        panic_any("first");
    });
    assert_eq!(first.expect_err("a panic").downcast_ref(), Some(&"first"));

    // A script that was played isn't missed, finished or not.
    drop(Script::new());
}

#[tokio::test]
async fn a_mismatch_is_read_as_it_is_shown() {
    let script = Script::new();
    script.expect(Expected::any());
    let mismatch = script.finish().expect_err("nothing came");
    assert_eq!(format!("{mismatch:?}"), mismatch.to_string());
}

/// Names of parameters are shown, hence this isn't the check for errors of calls.
#[track_caller]
fn hushed(shown: &str) {
    for hidden in ["HUSH", hush::PHONE, "8613800009999"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[tokio::test]
async fn values_that_are_marked_stay_hidden() {
    // Everything in this request is hushed; the operation's type knows that of the phone number.
    let other = DeleteChatGroupRequest::builder()
        .business_number("8613800009999")
        .cust_space_id("cams-7d2f")
        .group_id("E39901")
        .build();
    let script = Script::new();
    script.expect(Expected::request(&other));
    script
        .expect(
            Expected::of::<DeleteChatGroupRequest>().parameter("BusinessNumber", "8613800009999"),
        )
        .answer(Answer::success(json!({"Message": "HUSHANSWER"})));
    let shown = format!(
        "{:?} {:?}",
        Expected::request(&other),
        Answer::raw(200, "HUSHBODY")
    );
    hushed(&shown);

    let secret = script
        .prepare(alibabacloud_cams::Client::builder())
        .credentials(alibabacloud_cams::Credentials::temporary(
            hush::KEY_ID,
            hush::SECRET,
            hush::TOKEN,
        ))
        .build()
        .expect("a client");
    let mut mine = other.clone();
    mine.business_number = hush::PHONE.to_owned();
    let call = secret.delete_chat_group(mine).query("Extra", "HUSHEXTRA");
    let error = call.await.expect_err("another number");
    let debug = format!(
        "{script:?} {:?} {:?}",
        script.requests(),
        script.transport()
    );
    let report = report(script);
    for shown in [hush::shown(&error), debug, report.clone()] {
        hushed(&shown);
    }
    assert!(
        report.contains("BusinessNumber: expected [personal], came [personal]"),
        "{report}"
    );
    assert!(
        report.contains("Extra: not expected, but it came"),
        "{report}"
    );
}
