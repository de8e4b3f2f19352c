//! Lists templates: `cargo run -p alibabacloud-cams --example list_templates -- --help`.

use std::io::{self, Write};
use std::process::ExitCode;

use alibabacloud_cams::templates::ListChatappTemplateRequest;
use clap::Parser;

mod shared;

/// Lists the templates of a space, one line each: code, language, state of the review, name.
///
/// The keys are read from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for
/// temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN, or else from the other sources of the default chain.
#[derive(Parser)]
#[command(verbatim_doc_comment)]
struct Arguments {
    /// Space whose templates are listed, as in cams-7d2f
    #[arg(long, value_name = "ID")]
    cust_space_id: String,
    /// Only those in this state: pass, fail, auditing or unaudit
    #[arg(long, value_name = "STATE")]
    audit_status: Option<String>,
    /// Only those in this language, as in en or zh_CN
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    #[command(flatten)]
    connection: shared::Connection,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    shared::end(list(Arguments::parse()).await)
}

async fn list(arguments: Arguments) -> shared::Done {
    let client = arguments.connection.client().await?;
    let mut request = ListChatappTemplateRequest::builder()
        .cust_space_id(arguments.cust_space_id)
        .build();
    // Optional ones that may be absent are set as fields.
    request.audit_status = arguments.audit_status.map(Into::into);
    request.language = arguments.language;

    let mut templates = client.list_chatapp_template(request).items();
    while let Some(template) = templates.next().await {
        let template = template?;
        writeln!(
            io::stdout(),
            "{}\t{}\t{}\t{}",
            template.template_code.unwrap_or_default(),
            template.language.unwrap_or_default(),
            template.audit_status.as_ref().map_or("", |status| status.as_str()),
            template.template_name.unwrap_or_default(),
        )?;
    }
    Ok(())
}
