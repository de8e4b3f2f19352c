//! A response can't be written out, so that it may grow.

use alibabacloud_cams::chat_groups::DeleteChatGroupResponse;

fn main() {
    let _response = DeleteChatGroupResponse {
        code: None,
        ..Default::default()
    };
}
