//! Keys that a program prints: here a shell with a script, which any Unix has.
#![cfg(unix)]

use std::time::{Duration, Instant, SystemTime};

use alibabacloud_runtime::clock::Clock;

use crate::home::{HUSH, Home, TestClock, keys, refusal};

fn profile(command: &str) -> String {
    serde_json::json!({"profiles": [{
        "name": "default", "mode": "External", "process_command": command,
    }]})
    .to_string()
}

fn prints(home: &Home, output: &str) -> String {
    home.write("out", output);
    // In quotes, since a path may have a blank; and with an error output that must stay hidden.
    format!(
        "sh -c 'echo run >> \"$2\"; echo {HUSH} >&2; cat \"$1\"' x \"{}\" {}",
        home.path("out").display(),
        home.path("runs").display()
    )
}

fn runs(home: &Home) -> usize {
    let text = std::fs::read_to_string(home.path("runs")).expect("it ran");
    text.lines().count()
}

#[tokio::test]
async fn a_program_gives_keys_until_their_end() {
    let home = Home::new();
    let command = prints(
        &home,
        r#"{"mode": "StsToken", "access_key_id": "a", "access_key_secret": "s",
        "sts_token": "t", "expiration": "2026-01-02T04:04:05Z"}"#,
    );
    home.config(&profile(&command));
    let source = home.providers().cli_profile(None);
    assert_eq!(keys(&source).await, "a s t");
    assert_eq!(keys(&source).await, "a s t");
    assert_eq!(runs(&home), 1);
    home.clock.forward(59);
    assert_eq!(keys(&source).await, "a s t");
    assert_eq!(runs(&home), 2);
}

#[tokio::test]
async fn without_an_end_it_is_run_each_time() {
    let home = Home::new();
    let command = prints(
        &home,
        r#"{"mode": "AK", "access_key_id": "a", "access_key_secret": "s"}"#,
    );
    let source = home.providers().process(command);
    assert_eq!(keys(&source).await, "a s");
    assert_eq!(keys(&source).await, "a s");
    assert_eq!(runs(&home), 2);
}

#[tokio::test]
async fn what_goes_wrong_with_a_program_is_told_without_its_words() {
    let home = Home::new();
    for (command, part) in [
        (format!("sh -c 'echo {HUSH} >&2; exit 3'"), "the code 3"),
        ("sh -c 'kill -9 $$'".to_owned(), "a signal"),
        (format!("/nowhere/{HUSH} {HUSH}"), "can't be started"),
        (String::new(), "is empty"),
        (format!("echo '{HUSH}"), "without an end"),
        (format!("echo \"{HUSH}\\"), "without an end"),
        (format!("echo {HUSH}"), "no JSON"),
        ("echo {}".to_owned(), "lacks the text `mode`"),
        (format!("echo '{{\"mode\": \"{HUSH}\"}}'"), "other than"),
        (
            format!("echo '{{\"mode\": \"AK\", \"access_key_id\": \"{HUSH}\"}}'"),
            "lacks the text `access_key_secret`",
        ),
        ("yes".to_owned(), "more than 1 MiB"),
    ] {
        let why = refusal(&home.providers().process(command.clone())).await;
        assert!(why.contains(part), "{command}: {why}");
    }
}

/// A clock whose every look takes a minute.
#[derive(Debug, Default)]
struct Leaping(TestClock);

impl Clock for Leaping {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn instant(&self) -> Instant {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        let start = *START.get_or_init(Instant::now);
        self.0.forward(1);
        let since = self.0.now().duration_since(SystemTime::UNIX_EPOCH);
        start
            + since
                .unwrap_or_default()
                .min(Duration::from_secs(u64::from(u32::MAX)))
    }
}

#[tokio::test]
async fn a_program_that_hangs_is_ended() {
    let home = Home::new();
    let providers = home.providers().clock(Leaping::default());
    let why = refusal(&providers.process("sleep 60")).await;
    assert!(why.contains("longer than 60 seconds"), "{why}");
}
