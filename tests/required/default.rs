//! A request that lacks what is required can't be had.

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;

fn main() {
    let _request = DeleteChatGroupRequest::default();
}
