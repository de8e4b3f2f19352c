//! Sends a template to many: `cargo run -p alibabacloud-cams --example bulk_send -- --help`.

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use alibabacloud_cams::messages::{SendChatappMessageRequest, SendChatappMessageType};
use alibabacloud_cams::{Error, RetryPolicy};
use clap::{Parser, value_parser};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

mod shared;

/// Sends an approved template to many people, each with values of their own, and tells for each
/// what became of it.
///
/// Standard input has a line for each recipient: the number, then the template's variables, with
/// commas between them, as in 8613900002222,name=Ada,order=17. Standard output tells by the number
/// of that line what became of it:
///
///   accepted  by the service; the message's ID follows
///   later     nothing was sent, and another try may help
///   unknown   it may have been sent: look it up (ListChatappMessage) before you send it again
///   refused   it wasn't sent, and another try is no use
///
/// SendChatappMassMessage takes up to a thousand recipients in one call, each with values of their
/// own, as far as they fit into its URL (65,534 bytes); but all of them share one ID and one answer.
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
    /// Template to send, by its code
    #[arg(long, value_name = "CODE")]
    template_code: String,
    /// Language version of the template, as in en or zh_CN
    #[arg(long, value_name = "CODE")]
    language: String,
    /// ID of your own for this job, which the receipts repeat
    #[arg(long, value_name = "ID")]
    task_id: Option<String>,
    /// Calls begun within a second, 200 at most, which is what an account may make
    #[arg(long, value_name = "NUMBER", default_value = "100", value_parser = value_parser!(u32).range(1..=200))]
    rate: u32,
    /// Calls under way at the same time
    #[arg(long, value_name = "NUMBER", default_value = "32")]
    concurrency: NonZeroUsize,
    /// How often a message is tried in all, as long as it surely wasn't sent
    #[arg(long, value_name = "NUMBER", default_value = "3", value_parser = value_parser!(u32).range(1..))]
    tries: u32,
    #[command(flatten)]
    connection: shared::Connection,
}

/// A message to send, and the line of the input that it comes from.
struct Job {
    line: usize,
    request: SendChatappMessageRequest,
    tries: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    shared::end(send(Arguments::parse()).await)
}

async fn send(arguments: Arguments) -> shared::Done {
    // Everything is read before anything is sent, so that a slip in the last line sends nothing.
    let mut waiting = jobs(&arguments)?;
    let all = waiting.len();
    let client = arguments.connection.client().await?;
    let mut pace = interval(Duration::from_secs(1) / arguments.rate);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut under_way = JoinSet::new();
    let mut accepted = 0;
    let mut out = io::stdout();

    loop {
        if under_way.len() < arguments.concurrency.get()
            && let Some(mut job) = waiting.pop_front()
        {
            pace.tick().await;
            let client = client.clone();
            job.tries += 1;
            under_way.spawn(async move {
                let call = client.send_chatapp_message(job.request.clone());
                // Repeated below: at the pace of all, and with a pause for all.
                let result = call.retry(RetryPolicy::off()).await;
                (job, result)
            });
            continue;
        }
        let Some(ended) = under_way.join_next().await else {
            break;
        };
        let (job, result) = ended?;
        match result {
            Ok(answer) => {
                accepted += 1;
                let id = answer.message_id.unwrap_or_default();
                writeln!(out, "{}\taccepted\t{id}", job.line)?;
            }
            // Nothing more is begun until the service wants to be called again.
            Err(error) if error.is_retryable() && job.tries < arguments.tries => {
                let wait = error.retry_after().unwrap_or(Duration::from_secs(1));
                waiting.push_back(job);
                sleep(wait.min(Duration::from_secs(60))).await;
            }
            Err(error) => writeln!(out, "{}\t{}\t{error}", job.line, fate(&error))?,
        }
    }
    match all - accepted {
        0 => Ok(()),
        missing => Err(format!("{missing} of {all} message(s) were not accepted").into()),
    }
}

/// What to do about a message that wasn't accepted.
fn fate(error: &Error) -> &'static str {
    if error.is_retryable() {
        "later"
    } else if error.may_have_been_carried_out() {
        "unknown"
    } else {
        "refused"
    }
}

/// A message for each line of standard input.
fn jobs(arguments: &Arguments) -> Result<VecDeque<Job>, Box<dyn std::error::Error>> {
    let mut jobs = VecDeque::new();
    for (line, text) in (1..).zip(io::stdin().lock().lines()) {
        let text = text?;
        let mut parts = text.trim().split(',');
        let to = parts.next().unwrap_or_default();
        if to.is_empty() || !to.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("line {line} must begin with a number, digits only").into());
        }
        let params = parts.map(|part| part.split_once('='));
        let Some(params) = params.collect::<Option<Vec<_>>>() else {
            return Err(format!("line {line} must go on with NAME=VALUE after each comma").into());
        };
        let mut request = SendChatappMessageRequest::builder()
            .channel_type("whatsapp")
            .r#type(SendChatappMessageType::Template)
            .cust_space_id(&arguments.cust_space_id)
            .from(&arguments.from)
            .to(to)
            .template_code(&arguments.template_code)
            .language(&arguments.language)
            .template_params(params)
            .build();
        request.task_id = arguments.task_id.clone();
        jobs.push_back(Job { line, request, tries: 0 });
    }
    Ok(jobs)
}
