//! Many calls from one process, by so many callers at once, and what they cost.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::usage::{Usage, resident_kib};
use crate::{Operation, Result, by_hand, ours};

/// Calls before anything is measured: connections, and memory that is kept.
const WARM_UP: u64 = 500;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where the server is.
    #[arg(long)]
    url: String,
    #[arg(long)]
    side: Side,
    #[arg(long)]
    operation: Operation,
    #[arg(long, default_value_t = 1)]
    callers: u64,
    #[arg(long, default_value_t = 10_000)]
    calls: u64,
    /// Measure the memory after so many calls instead, without a warm-up.
    #[arg(long, value_delimiter = ',')]
    memory: Vec<u64>,
}

/// Who calls.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Side {
    Ours,
    ByHand,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let measured = runtime.block_on(measure(arguments))?;
    writeln!(io::stdout(), "{measured}")?;
    Ok(())
}

async fn measure(arguments: &Arguments) -> Result<Value> {
    let (operation, callers) = (arguments.operation, arguments.callers);
    let caller = match arguments.side {
        Side::Ours => Caller::Ours(ours::Caller::new(&arguments.url)?),
        Side::ByHand => Caller::ByHand(by_hand::Caller::new(&arguments.url)?),
    };
    if !arguments.memory.is_empty() {
        let mut made = 0;
        let mut memory = Vec::new();
        for &upto in &arguments.memory {
            caller.calls(operation, callers, upto - made).await?;
            made = upto;
            memory.push(json!({"calls": upto, "kib": resident_kib()?}));
        }
        return Ok(json!({"memory": memory}));
    }
    caller
        .calls(operation, callers, WARM_UP.max(callers))
        .await?;
    let before = Usage::now()?;
    caller.calls(operation, callers, arguments.calls).await?;
    let spent = Usage::now()?.since(&before);
    Ok(json!({
        "calls": arguments.calls,
        "wall": spent.wall,
        "user": spent.user,
        "system": spent.system,
    }))
}

#[derive(Clone)]
enum Caller {
    Ours(ours::Caller),
    ByHand(by_hand::Caller),
}

impl Caller {
    /// Makes so many calls, shared out among callers.
    async fn calls(&self, operation: Operation, callers: u64, calls: u64) -> Result<()> {
        let left = Arc::new(AtomicU64::new(calls));
        let mut tasks = Vec::new();
        for _ in 0..callers {
            let (caller, left) = (self.clone(), Arc::clone(&left));
            let take = |left: u64| left.checked_sub(1);
            tasks.push(tokio::spawn(async move {
                while left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                    .is_ok()
                {
                    match &caller {
                        Self::Ours(caller) => caller.call(operation).await?,
                        Self::ByHand(caller) => caller.call(operation).await?,
                    }
                }
                Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
            }));
        }
        for task in tasks {
            task.await??;
        }
        Ok(())
    }
}
