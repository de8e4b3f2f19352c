//! What is told of calls to whoever looks: hooks, and spans of `tracing`.

#[path = "observed/hooks.rs"]
mod hooks;
#[path = "observed/keys.rs"]
mod keys;
#[path = "observed/leaks.rs"]
mod leaks;
#[path = "observed/notes.rs"]
mod notes;
#[path = "observed/recorder.rs"]
mod recorder;
#[path = "observed/spans.rs"]
mod spans;

use std::time::Duration;

use alibabacloud_cams::chat_groups::ListChatGroupRequest;
use alibabacloud_cams::types::Page;

const SECOND: Duration = Duration::from_secs(1);

/// A request that only reads.
fn listing() -> ListChatGroupRequest {
    ListChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .page(Page::builder().index(1).size(10).build())
        .build()
}
