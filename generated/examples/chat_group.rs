//! The life of a WhatsApp group: `cargo run -p alibabacloud-cams --example chat_group -- --help`.

use std::error::Error;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use alibabacloud_cams::chat_groups::{
    AddChatGroupInviteLinkRequest, AddChatGroupRequest, DeleteChatGroupRequest,
    ListChatGroupParticipantsRequest, ListChatGroupRequest,
};
use alibabacloud_cams::types::Page;
use clap::{Parser, Subcommand};

mod shared;

/// Opens a WhatsApp group, invites to it, lists its members, deletes it.
///
/// Nobody is added to a group: people join by the link that `invite` makes. Groups are in beta, and
/// Meta must have put the account on its allowlist.
///
/// The keys are read from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for
/// temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN, or else from the other sources of the default chain.
#[derive(Parser)]
#[command(verbatim_doc_comment)]
struct Arguments {
    /// Phone number of the business that owns the group: country code and number, digits only
    #[arg(long, value_name = "DIGITS")]
    business_number: String,
    /// Space that the number is bound to, as in cams-7d2f
    #[arg(long, value_name = "ID")]
    cust_space_id: String,
    #[command(flatten)]
    connection: shared::Connection,
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// Opens a group. The answer has no group ID: `list` shows it once the group is there
    Open {
        /// Name of the group, which its members see
        #[arg(long, value_name = "TEXT")]
        subject: String,
    },
    /// Lists the groups of the business number, with their IDs and states
    List,
    /// Makes a link that people join a group by
    Invite {
        /// Group, by the ID that `list` shows
        #[arg(long, value_name = "ID")]
        group_id: String,
    },
    /// Lists the phone numbers in a group
    Members {
        /// Group, by the ID that `list` shows
        #[arg(long, value_name = "ID")]
        group_id: String,
    },
    /// Deletes a group for good
    Delete {
        /// Group, by the ID that `list` shows
        #[arg(long, value_name = "ID")]
        group_id: String,
        /// Delete without asking
        #[arg(long)]
        yes: bool,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    shared::end(step(Arguments::parse()).await)
}

async fn step(arguments: Arguments) -> shared::Done {
    let client = arguments.connection.client().await?;
    let (number, space) = (arguments.business_number, arguments.cust_space_id);
    let mut out = io::stdout();
    match arguments.step {
        Step::Open { subject } => {
            let request = AddChatGroupRequest::builder()
                .business_number(number)
                .cust_space_id(space)
                .subject(subject)
                .build();
            let answer = client.add_chat_group(request).await?;
            // The group is made in the background, and this code is not its ID.
            let code = answer.unique_code.unwrap_or_default();
            writeln!(out, "asked for, under the code {code}: see `list` for the group's ID")?;
        }
        Step::List => {
            let request = ListChatGroupRequest::builder()
                .business_number(number)
                .cust_space_id(space)
                .page(Page::builder().index(1).size(10).build())
                .build();
            let mut groups = client.list_chat_group(request).items();
            while let Some(group) = groups.next().await {
                let group = group?;
                writeln!(
                    out,
                    "{}\t{}\t{}",
                    group.group_id.unwrap_or_default(),
                    group.group_status.unwrap_or_default(),
                    group.subject.unwrap_or_default(),
                )?;
            }
        }
        Step::Invite { group_id } => {
            let request = AddChatGroupInviteLinkRequest::builder()
                .business_number(number)
                .cust_space_id(space)
                .group_id(group_id)
                .build();
            let answer = client.add_chat_group_invite_link(request).await?;
            writeln!(out, "{}", answer.invite_link.unwrap_or_default())?;
        }
        Step::Members { group_id } => {
            let request = ListChatGroupParticipantsRequest::builder()
                .business_number(number)
                .cust_space_id(space)
                .group_id(group_id)
                .build();
            let mut members = client.list_chat_group_participants(request).items();
            while let Some(member) = members.next().await {
                writeln!(out, "{}", member?.participant_number.unwrap_or_default())?;
            }
        }
        Step::Delete { group_id, yes } => {
            if !yes && !confirmed(&group_id)? {
                return Err("nothing was deleted".into());
            }
            let request = DeleteChatGroupRequest::builder()
                .business_number(number)
                .cust_space_id(space)
                .group_id(group_id)
                .build();
            let answer = client.delete_chat_group(request).await?;
            let request = answer.request_id.unwrap_or_default();
            writeln!(out, "deleted: {} row(s), request {request}", answer.result.unwrap_or(0))?;
        }
    }
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
