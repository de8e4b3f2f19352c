//! All that is required is given: compiles. Each line of a setter is left out in turn by the test.

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;

fn main() {
    let _request = DeleteChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .group_id("E39901")
        .build();
}
