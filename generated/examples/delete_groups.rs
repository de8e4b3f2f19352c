//! Lists and deletes groups without an async runtime:
//! `cargo run -p alibabacloud-cams --features blocking --example delete_groups -- --help`.

use std::io::{self, Write};
use std::process::ExitCode;

use alibabacloud_cams::chat_groups::{DeleteChatGroupRequest, ListChatGroupRequest};
use alibabacloud_cams::types::Page;
use clap::Parser;

mod shared;

/// Lists the groups of a business number, one line each: ID, state, subject. With IDs, deletes these
/// groups instead.
///
/// The keys are read from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for
/// temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN, or else from the other sources of the default chain.
#[derive(Parser)]
#[command(verbatim_doc_comment)]
struct Arguments {
    /// Groups to delete, as in E39901
    #[arg(value_name = "GROUP")]
    groups: Vec<String>,
    /// Phone number of the business that owns the groups: country code and number, digits only
    #[arg(long, value_name = "DIGITS")]
    business_number: String,
    /// Space that the number is bound to, as in cams-7d2f
    #[arg(long, value_name = "ID")]
    cust_space_id: String,
    #[command(flatten)]
    connection: shared::Connection,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    shared::end(if arguments.groups.is_empty() {
        list(arguments)
    } else {
        delete(arguments)
    })
}

fn list(arguments: Arguments) -> shared::Done {
    let client = arguments.connection.builder().build()?;
    let request = ListChatGroupRequest::builder()
        .business_number(arguments.business_number)
        .cust_space_id(arguments.cust_space_id)
        .page(Page::builder().index(1).size(50).build())
        .build();
    for group in client.list_chat_group(request).items_blocking() {
        let group = group?;
        writeln!(
            io::stdout(),
            "{}\t{}\t{}",
            group.group_id.unwrap_or_default(),
            group.group_status.unwrap_or_default(),
            group.subject.unwrap_or_default(),
        )?;
    }
    Ok(())
}

fn delete(arguments: Arguments) -> shared::Done {
    let client = arguments.connection.builder().build()?;
    for group in arguments.groups {
        let request = DeleteChatGroupRequest::builder()
            .business_number(&arguments.business_number)
            .cust_space_id(&arguments.cust_space_id)
            .group_id(&group)
            .build();
        let answer = client.delete_chat_group(request).send_blocking()?;
        writeln!(
            io::stdout(),
            "deleted: {group}, request {}",
            answer.request_id.unwrap_or_default(),
        )?;
    }
    Ok(())
}
