//! An open enum can't be matched without a last arm, so that it may grow.

use alibabacloud_cams::chat_groups::DeleteChatGroupChannelType;

fn main() {
    match DeleteChatGroupChannelType::from("WHATSAPP") {
        DeleteChatGroupChannelType::Whatsapp => {}
        DeleteChatGroupChannelType::Unlisted(_) => {}
    }
}
