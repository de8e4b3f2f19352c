//! Sends a template message: `cargo run -p alibabacloud-cams --example send_template -- --help`.

use std::io::{self, Write};
use std::process::ExitCode;

use alibabacloud_cams::messages::{SendChatappMessageRequest, SendChatappMessageType};
use clap::Parser;

mod shared;

/// Sends an approved template to one person. It may be sent at any time.
///
/// The keys are read from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for
/// temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN, or else from the other sources of the default chain.
///
/// Example:
///   send_template --cust-space-id cams-7d2f --from 8613800001111 --to 8613900002222
///     --template-code 1119000001 --language en --param name=Ada --param order=17
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
    /// Template to send, by the code that the example list_templates shows
    #[arg(long, value_name = "CODE")]
    template_code: String,
    /// Language version of the template, as in en or zh_CN
    #[arg(long, value_name = "CODE")]
    language: String,
    /// Value of a variable of the template, once for each variable
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    params: Vec<(String, String)>,
    /// Channel that carries the message
    #[arg(long, value_name = "NAME", default_value = "whatsapp")]
    channel_type: String,
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
        .channel_type(arguments.channel_type)
        .r#type(SendChatappMessageType::Template)
        .cust_space_id(arguments.cust_space_id)
        .from(arguments.from)
        .to(arguments.to)
        .template_code(arguments.template_code)
        .language(arguments.language)
        .template_params(arguments.params)
        .build();

    let answer = client.send_chatapp_message(request).await?;
    // Accepted is not delivered: what becomes of the message comes to your webhook under this ID.
    writeln!(
        io::stdout(),
        "accepted: message {}, request {}",
        answer.message_id.unwrap_or_default(),
        answer.request_id.unwrap_or_default(),
    )?;
    Ok(())
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE, as in name=Ada".to_owned()),
    }
}
