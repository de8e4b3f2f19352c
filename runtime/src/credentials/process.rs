//! Keys that a program prints.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::aside::aside;
use super::issued;
use super::wiped::Wiped;
use super::{Credentials, Lifetime, ProvideCredentials};
use crate::clock::Clock;
use crate::{BoxFuture, Error, Result};

const LIMIT: Duration = Duration::from_secs(60);
/// How often to look whether the program has ended.
const LOOK: Duration = Duration::from_millis(20);
const MOST_BYTES: u64 = 1024 * 1024;
/// What is printed fits into this, so that no copies are left behind as it grows.
const USUAL_BYTES: usize = 64 * 1024;

/// Runs a program. Its command isn't shown: it may hold a secret.
pub(super) struct Process {
    command: String,
    clock: Arc<dyn Clock>,
}

impl Process {
    pub(super) fn new(command: impl Into<String>, clock: Arc<dyn Clock>) -> Self {
        Self {
            command: command.into(),
            clock,
        }
    }

    async fn ask(&self) -> Result<Credentials> {
        let words = split(&self.command)?;
        let clock = Arc::clone(&self.clock);
        aside(move || read(&run(&words, &clock)?)).await
    }
}

impl std::fmt::Debug for Process {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Process").finish_non_exhaustive()
    }
}

impl ProvideCredentials for Process {
    fn name(&self) -> &str {
        "external"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}

/// Runs it to its end and gives what it printed. Its standard error isn't read: it may say anything.
fn run(words: &[String], clock: &dyn Clock) -> Result<Zeroizing<Vec<u8>>> {
    let [program, arguments @ ..] = words else {
        return Err(Error::credentials("`process_command` is empty"));
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| {
            Error::credentials(format!(
                "the program of `process_command` can't be started: {}",
                error.kind()
            ))
        })?;
    let outcome = wait(&mut child, clock);
    if outcome.is_err() {
        // It may have ended by itself. Either way, nothing of it is left behind.
        drop(child.kill());
        drop(child.wait());
    }
    outcome
}

fn wait(child: &mut Child, clock: &dyn Clock) -> Result<Zeroizing<Vec<u8>>> {
    let failed =
        |what: &str| Error::credentials(format!("the program of `process_command` {what}"));
    let mut out = child
        .stdout
        .take()
        .ok_or_else(|| failed("has no output"))?
        .take(MOST_BYTES + 1);
    let (sender, receiver) = mpsc::channel();
    // It reads while the program runs, which would wait with a full pipe; and not on this thread,
    // since what the program has started may keep the pipe open.
    thread::Builder::new()
        .name("credentials".to_owned())
        .spawn(move || {
            let mut printed = Zeroizing::new(Vec::with_capacity(USUAL_BYTES));
            let outcome = out.read_to_end(&mut printed).map(|_| printed);
            // Nobody listens any more after the limit.
            sender.send(outcome).unwrap_or_default();
        })
        .map_err(|error| failed("can't be listened to").with_source(error))?;
    let end = clock.instant().checked_add(LIMIT);
    let mut printed = None;
    loop {
        if printed.is_none() {
            printed = receiver.recv_timeout(LOOK).ok();
        } else {
            thread::sleep(LOOK);
        }
        if let Some(Ok(bytes)) = &printed
            && bytes.len() as u64 > MOST_BYTES
        {
            return Err(failed("printed more than 1 MiB"));
        }
        let status = child
            .try_wait()
            .map_err(|error| failed("can't be waited for").with_source(error))?;
        match (status, printed.take()) {
            (Some(status), _) if !status.success() => {
                return Err(failed(&match status.code() {
                    Some(code) => format!("ended with the code {code}"),
                    None => "was ended by a signal".to_owned(),
                }));
            }
            (Some(_), Some(outcome)) => {
                return outcome
                    .map_err(|error| failed("has output that can't be read").with_source(error));
            }
            (_, outcome) => printed = outcome,
        }
        if end.is_some_and(|end| clock.instant() >= end) {
            return Err(failed("took longer than 60 seconds"));
        }
    }
}

/// Reads what was printed.
fn read(printed: &[u8]) -> Result<Credentials> {
    let wrong = |what: &str| {
        Error::credentials(format!(
            "the output of the program of `process_command` {what}"
        ))
    };
    let object: Wiped = serde_json::from_slice(printed)
        .map_err(|error| wrong(&format!("is no JSON that can be read: {error}")))?;
    let text = |name: &str| object[name].as_str().filter(|text| !text.is_empty());
    let need = |name: &str| text(name).ok_or_else(|| wrong(&format!("lacks the text `{name}`")));
    let mut keys = match need("mode")? {
        "AK" => Credentials::new(need("access_key_id")?, need("access_key_secret")?),
        "StsToken" => Credentials::temporary(
            need("access_key_id")?,
            need("access_key_secret")?,
            need("sts_token")?,
        ),
        _ => return Err(wrong("has a `mode` other than `AK` and `StsToken`")),
    };
    keys.lifetime = match text("expiration") {
        Some(end) => Lifetime::Until(
            issued::time(end)
                .ok_or_else(|| wrong("has an `expiration` that is no time of ISO 8601"))?,
        ),
        // Without an end, the program is asked before every call.
        None => Lifetime::Once,
    };
    Ok(keys)
}

/// Splits a command into words as a shell does, without its other powers: blanks part words, quotes
/// and backslashes keep them.
fn split(command: &str) -> Result<Vec<String>> {
    let open = || Error::credentials("`process_command` has a quote or backslash without an end");
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = command.chars();
    while let Some(character) = rest.next() {
        match character {
            blank if blank.is_ascii_whitespace() => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next().ok_or_else(open)? {
                        '\'' => break,
                        other => word.push(other),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next().ok_or_else(open)? {
                        '"' => break,
                        '\\' => match rest.next().ok_or_else(open)? {
                            kept @ ('"' | '\\' | '$' | '`') => word.push(kept),
                            other => word.extend(['\\', other]),
                        },
                        other => word.push(other),
                    }
                }
            }
            '\\' => word
                .get_or_insert_default()
                .push(rest.next().ok_or_else(open)?),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}
