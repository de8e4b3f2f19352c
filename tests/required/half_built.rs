//! A builder can't be sent in the place of a request.

use alibabacloud_cams::Client;
use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;

fn main() {
    let client: Option<Client> = None;
    if let Some(client) = client {
        let _call = client.delete_chat_group(DeleteChatGroupRequest::builder());
    }
}
