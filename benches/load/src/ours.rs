//! The calls as a user of the crate makes them.

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use alibabacloud_cams::messages::{
    SendChatappMessageChannelType, SendChatappMessageRequest, SendChatappMessageType,
};
use alibabacloud_cams::templates::{ListChatappTemplatePage, ListChatappTemplateRequest};
use alibabacloud_cams::{Client, Credentials};

use crate::{Operation, Result};

#[derive(Clone)]
pub(crate) struct Caller(Client);

impl Caller {
    pub(crate) fn new(url: &str) -> Result<Self> {
        let client = Client::builder()
            .credentials(Credentials::new("testid", "testsecret"))
            .endpoint(url)
            .allow_http(true)
            .build()?;
        Ok(Self(client))
    }

    pub(crate) async fn call(&self, operation: Operation) -> Result<()> {
        let client = &self.0;
        match operation {
            Operation::DeleteChatGroup => {
                let request = DeleteChatGroupRequest::builder()
                    .business_number("8613800001111")
                    .cust_space_id("cams-7d2f")
                    .group_id("E39901")
                    .build();
                let answer = client.delete_chat_group(request).await?;
                check(answer.result == Some(1))
            }
            Operation::SendChatappMessage => {
                let parameters = [
                    ("name", "Ana"),
                    ("order", "A-1024"),
                    ("day", "Tuesday, 3pm"),
                ];
                let parameters =
                    parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
                let request = SendChatappMessageRequest::builder()
                    .channel_type(SendChatappMessageChannelType::Whatsapp)
                    .cust_space_id("cams-7d2f")
                    .from("8613800001111")
                    .to("8613900002222")
                    .r#type(SendChatappMessageType::Template)
                    .template_code("744c4b5c79c9432497a075bdfca3****")
                    .language("en")
                    .template_params(parameters)
                    .task_id("10000****")
                    .tracking_data("campaign=autumn&step=2")
                    .build();
                let answer = client.send_chatapp_message(request).await?;
                check(answer.message_id.is_some())
            }
            Operation::ListChatappTemplate => {
                let page = ListChatappTemplatePage::builder().index(1).size(50).build();
                let request = ListChatappTemplateRequest::builder()
                    .cust_space_id("cams-7d2f")
                    .language("en")
                    .page(page)
                    .build();
                let answer = client.list_chatapp_template(request).await?;
                check(answer.list_template.len() == 50)
            }
        }
    }
}

/// Both sides look at what they got.
pub(crate) fn check(good: bool) -> Result<()> {
    if good {
        Ok(())
    } else {
        Err("not the answer that was sent".into())
    }
}
