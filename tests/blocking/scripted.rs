//! Code that makes calls which block is tested with a script too: no socket, no runtime, no waiting.

use std::time::Duration;

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::{Client, Error};
use cams_tests::client::request;

fn call(script: &Script) -> Result<(), Error> {
    let client = script.prepare(Client::builder()).build().expect("a client");
    let call = client.delete_chat_group(request());
    call.timeout(Duration::from_secs(60))
        .send_blocking()
        .map(drop)
}

#[test]
fn a_script_is_played_to_calls_that_block_on_its_own_time() {
    let script = Script::new();
    let deletion = Expected::of::<DeleteChatGroupRequest>();
    let slowed = Answer::throttled().retry_after(Duration::from_secs(2));
    let late = Answer::ok().after(Duration::from_secs(3));
    script.expect(deletion).answer(slowed).answer(late);
    call(&script).expect("an answer");
    // What was asked for, and chance on top.
    assert_eq!(script.waits(), [Duration::from_millis(2500)]);
    script.finish().expect("all went by the script");
}

#[test]
fn an_answer_that_never_comes_ends_with_the_time_for_the_call() {
    let script = Script::new();
    let deletion = Expected::of::<DeleteChatGroupRequest>();
    script.expect(deletion).answer(Answer::never());
    let error = call(&script).expect_err("nothing comes");
    assert!(
        error.is_timeout() && error.may_have_been_carried_out(),
        "{error}"
    );
    script.finish().expect("all went by the script");
}
