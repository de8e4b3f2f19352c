//! Deletes a WhatsApp group: `cargo run -p alibabacloud-cams --example delete_chat_group -- --help`.

use std::error::Error;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use alibabacloud_cams::Client;
use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use clap::Parser;

/// Deletes a WhatsApp group for good.
///
/// The keys are read from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for
/// temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN.
#[derive(Parser)]
struct Arguments {
    /// Phone number of the business that owns the group, digits only with the country code
    #[arg(long, value_name = "DIGITS")]
    business_number: String,
    /// Space that the number is bound to, as in cams-7d2f
    #[arg(long, value_name = "ID")]
    cust_space_id: String,
    /// Group to delete
    #[arg(long, value_name = "ID")]
    group_id: String,
    /// Channel of the group, as in WHATSAPP [default: the service's own choice]
    #[arg(long, value_name = "NAME")]
    channel_type: Option<String>,
    /// Region whose endpoint is called [default: ap-southeast-1]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Server to call instead, as in http://127.0.0.1:8080; plain http is allowed here
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Delete without asking
    #[arg(long)]
    yes: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match delete(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                let _ = writeln!(io::stderr(), "  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn delete(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder();
    if let Some(region) = arguments.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = arguments.endpoint {
        builder = builder.endpoint(endpoint).allow_http(true);
    }
    let client = builder.build()?;

    if !arguments.yes && !confirmed(&arguments.group_id)? {
        return Err("nothing was deleted".into());
    }
    let mut request = DeleteChatGroupRequest::builder()
        .business_number(arguments.business_number)
        .cust_space_id(arguments.cust_space_id)
        .group_id(arguments.group_id)
        .build();
    request.channel_type = arguments.channel_type.map(Into::into);

    let answer = client.delete_chat_group(request).await?;
    writeln!(
        io::stdout(),
        "deleted: {} row(s), request {}",
        answer.result.unwrap_or(0),
        answer.request_id.unwrap_or_default(),
    )?;
    Ok(())
}

/// Asks the person at the terminal. Where there is none, nobody can have said yes.
fn confirmed(group: &str) -> Result<bool, Box<dyn Error>> {
    if !io::stdin().is_terminal() {
        return Err("nobody is there to ask: pass --yes to delete without asking".into());
    }
    write!(io::stderr(), "Delete the group {group} for good? [y/N] ")?;
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
