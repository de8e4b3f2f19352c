//! A request can't be written out, so that it may grow.

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;

fn main() {
    let _request = DeleteChatGroupRequest {
        business_number: String::new(),
        channel_type: None,
        cust_space_id: String::new(),
        group_id: String::new(),
    };
}
