//! What a script keeps of the requests that it has seen.

use alibabacloud_cams::chat_groups::{DeleteChatGroupRequest, ListChatGroupRequest};
use alibabacloud_cams::messages::SendChatappMessageRequest;
use alibabacloud_cams::phone_numbers::GetPreValidatePhoneIdRequest;
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::types::Page;
use alibabacloud_cams::{Client, Credentials};
use cams_tests::client::request;
use cams_tests::description::Description;
use cams_tests::operations::operations;
use cams_tests::sample::{Kind, object};
use serde_json::{Value as Json, json};

use crate::client;

#[tokio::test]
async fn every_operation_is_read_back_as_it_was_sent() {
    let tables = Description::read().operations();
    let all = operations();
    assert!(all.len() > 150);
    for listed in [true, false] {
        for operation in &all {
            let action = operation.action();
            let table = tables.iter().find(|table| table.operation == action);
            let table = table.expect("it is described");
            let given = object(
                &table.request,
                Kind {
                    listed,
                    required: false,
                },
            );
            let script = Script::new();
            script.expect(Expected::action(action));
            let client = client(&script);
            operation
                .call(&client, given.clone())
                .await
                .unwrap_or_else(|error| panic!("{action}: {error}"));
            let sent = operation.request(&given.to_string()).expect("a request");
            let back = operation.received(&script.requests()[0]);
            let back = back.unwrap_or_else(|error| panic!("{action}: {error}"));
            let json = |text: String| serde_json::from_str::<Json>(&text).expect("JSON");
            assert_eq!(json(back.written()), json(sent.written()), "{action}");
            script.finish().expect("all went by the script");
        }
    }
}

#[tokio::test]
async fn a_request_shows_its_parts() {
    let script = Script::new();
    script.otherwise(Answer::ok());
    let client = client(&script);
    let message = SendChatappMessageRequest::builder()
        .channel_type("whatsapp")
        .r#type("template")
        .from("8613800001111")
        .to("8613900002222")
        .template_params([("name", "Ä+ &=%"), ("order", "17")])
        .build();
    let call = client.send_chatapp_message(message.clone());
    call.query("Extra", "ä").await.expect("an answer");

    let requests = script.requests();
    let [received] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(received.action(), "SendChatappMessage");
    assert_eq!(received.version(), "2020-06-06");
    assert_eq!(received.parameter("Extra"), Some("ä"));
    assert_eq!(received.parameter("Nothing"), None);
    assert_eq!(received.header("accept"), Some("application/json"));
    assert!(
        received
            .url()
            .starts_with("https://cams.ap-southeast-1.aliyuncs.com/?")
    );
    let names: Vec<&str> = received
        .query()
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    assert_eq!(
        received.parameters().count(),
        received.query().len() + received.form().len()
    );
    assert_eq!(
        received.parse::<SendChatappMessageRequest>(),
        Ok(message.clone())
    );
    let other = received.parse::<DeleteChatGroupRequest>();
    assert_eq!(
        other.expect_err("another operation").to_string(),
        "this is a request of SendChatappMessage, not of DeleteChatGroup"
    );

    // What is expected may name JSON, or the whole request.
    let order = Script::new();
    order.expect(Expected::any().json("TemplateParams", json!({"order": "17", "name": "Ä+ &=%"})));
    order.expect(Expected::request(&message));
    let client = crate::client(&order);
    for _ in 0..2 {
        let call = client.send_chatapp_message(message.clone());
        call.await.expect("an answer");
    }
    order.finish().expect("all went by the script");
}

#[tokio::test]
async fn a_form_is_decoded_too() {
    let script = Script::new();
    script.expect(
        Expected::of::<GetPreValidatePhoneIdRequest>().matching("in a form", |request| {
            request.form().iter().any(|(_, value)| value == "a b+c")
        }),
    );
    let client = client(&script);
    let operation = operations()
        .into_iter()
        .find(|operation| operation.action() == "GetPreValidatePhoneId")
        .expect("it is there");
    let table = Description::read().operations();
    let table = table
        .iter()
        .find(|table| table.operation == operation.action());
    let mut given = object(
        &table.expect("it is described").request,
        Kind {
            listed: true,
            required: true,
        },
    );
    let field = table
        .expect("it is described")
        .request
        .iter()
        .find(|field| {
            field.place.as_deref() != Some("query")
                && given.get(&field.name).is_some_and(Json::is_string)
        });
    let field = field.expect("a text in the form");
    given[&field.name] = json!("a b+c");
    operation.call(&client, given).await.expect("an answer");
    let received = &script.requests()[0];
    assert!(!received.body().is_empty());
    assert_eq!(received.parameter(&field.name), Some("a b+c"));
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn a_request_that_does_not_fit_is_told_without_its_values() {
    let script = Script::new();
    script.otherwise(Answer::ok());
    let client = client(&script);
    let listing = ListChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .page(Page::builder().index(1).size(10).build())
        .build();
    let call = client.list_chat_group(listing).query("Page", "HUSH");
    call.await.expect("an answer");
    let error = script.requests()[0].parse::<ListChatGroupRequest>();
    let told = error.expect_err("no page").to_string();
    assert!(told.starts_with("the ") && !told.contains("HUSH"), "{told}");
}

#[tokio::test]
async fn signatures_can_be_checked() {
    let lasting = Credentials::new("id", "secret");
    let temporary = Credentials::temporary("id", "secret", "token");
    for keys in [&lasting, &temporary] {
        let script = Script::new();
        let client: Client = script
            .prepare(Client::builder())
            .credentials(keys.clone())
            .build()
            .expect("a client");
        script.otherwise(Answer::ok());
        let form = operations()
            .into_iter()
            .find(|operation| operation.action() == "GetPreValidatePhoneId")
            .expect("it is there");
        let tables = Description::read().operations();
        let table = tables.iter().find(|table| table.operation == form.action());
        let given = object(
            &table.expect("it is described").request,
            Kind {
                listed: true,
                required: false,
            },
        );
        client
            .delete_chat_group(request())
            .await
            .expect("an answer");
        form.call(&client, given).await.expect("an answer");
        for received in script.requests() {
            assert_eq!(received.verify_signature(keys), Ok(()));
            for others in [
                Credentials::new("other", "secret"),
                Credentials::new("id", "other"),
                Credentials::temporary("id", "secret", "other"),
            ] {
                let error = received.verify_signature(&others).expect_err("other keys");
                assert!(!error.to_string().contains("secret"), "{error}");
            }
        }
    }
}
