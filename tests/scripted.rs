//! The transport that plays a script: what it lets through, what it answers, and what it reports.

#[path = "scripted/answers.rs"]
mod answers;
#[path = "scripted/example.rs"]
mod example;
#[path = "scripted/order.rs"]
mod order;
#[path = "scripted/reports.rs"]
mod reports;
#[path = "scripted/requests.rs"]
mod requests;

use alibabacloud_cams::Client;
use alibabacloud_cams::runtime::testing::{Mismatch, Script};

/// A client that plays this script.
fn client(script: &Script) -> Client {
    script.prepare(Client::builder()).build().expect("a client")
}

/// What a script has to report.
fn report(script: Script) -> String {
    let verdict: Result<(), Mismatch> = script.finish();
    verdict.expect_err("something to report").to_string()
}
