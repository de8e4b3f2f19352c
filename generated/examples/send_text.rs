//! Sends a plain text: `cargo run -p alibabacloud-cams --example send_text -- --help`.

use std::io::{self, Write};
use std::process::ExitCode;

use alibabacloud_cams::messages::{
    SendChatappMessageMessageType, SendChatappMessageRequest, SendChatappMessageType,
};
use clap::Parser;
use serde_json::json;

mod shared;

/// Answers a person who wrote to you on WhatsApp within the last 24 hours.
///
/// Outside of that window WhatsApp delivers no free text: send a template instead (the example
/// send_template), and go on with text once the person answers. Whether such a call is refused or
/// the message fails later isn't documented, so handle both: the error here, and the ChatAppStatus
/// receipt that comes to your webhook.
///
/// The keys are read from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for
/// temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN, or else from the other sources of the default chain.
#[derive(Parser)]
#[command(verbatim_doc_comment)]
struct Arguments {
    /// Space that the sender is bound to, as in cams-7d2f
    #[arg(long, value_name = "ID")]
    cust_space_id: String,
    /// Business number that sends: country code and number, digits only
    #[arg(long, value_name = "DIGITS")]
    from: String,
    /// Who receives: country code and number, digits only
    #[arg(long, value_name = "DIGITS")]
    to: String,
    /// What to say
    #[arg(long)]
    text: String,
    #[command(flatten)]
    connection: shared::Connection,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    shared::end(send(Arguments::parse()).await)
}

async fn send(arguments: Arguments) -> shared::Done {
    let client = arguments.connection.client().await?;
    let request = SendChatappMessageRequest::builder()
        .channel_type("whatsapp")
        .r#type(SendChatappMessageType::Message)
        .message_type(SendChatappMessageMessageType::Text)
        // What it holds depends on the message type: the method's page lists it.
        .content(json!({ "text": arguments.text }).to_string())
        .cust_space_id(arguments.cust_space_id)
        .from(arguments.from)
        .to(arguments.to)
        .build();

    let answer = client.send_chatapp_message(request).await?;
    writeln!(
        io::stdout(),
        "accepted: message {}, request {}",
        answer.message_id.unwrap_or_default(),
        answer.request_id.unwrap_or_default(),
    )?;
    Ok(())
}
