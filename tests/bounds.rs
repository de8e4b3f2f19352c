//! What may cross threads, said by the compiler.

use alibabacloud_cams::chat_groups::{
    DeleteChatGroupChannelType, DeleteChatGroupRequest, DeleteChatGroupResponse,
};
use alibabacloud_cams::{Builder, Call, Client, Credentials, Error};

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone>() {}
fn sent<T: Send>(_: T) {}

#[test]
fn clients_calls_and_what_they_carry_cross_threads() {
    shared::<Client>();
    shared::<Builder<Client>>();
    shared::<Credentials>();
    shared::<DeleteChatGroupRequest>();
    shared::<DeleteChatGroupResponse>();
    shared::<DeleteChatGroupChannelType>();
    shared::<Error>();
    shared::<Call<'static, DeleteChatGroupRequest>>();
    cloned::<Client>();
    cloned::<DeleteChatGroupRequest>();
    cloned::<DeleteChatGroupResponse>();
}

#[test]
fn a_call_can_be_awaited_on_another_thread() {
    let client = Client::builder()
        .credentials(Credentials::new("id", "secret"))
        .build()
        .expect("a client");
    let request = DeleteChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .group_id("E39901")
        .build();
    sent(client.delete_chat_group(request.clone()));
    sent(client.delete_chat_group(request.clone()).into_future());
    // As in a task that owns its client.
    sent(async move { client.delete_chat_group(request).await });
}
