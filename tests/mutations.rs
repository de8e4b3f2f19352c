//! Documents of any kind: real ones with changes, and random ones. Each ends in code that is Rust, or
//! in problems with places; none in a panic, and none takes long or much memory.
//!
//! The cases are the same each time. `CAMS_SEED` gives others, and `CAMS_CASES` more of them.

#[path = "mutations/cases.rs"]
mod cases;
#[path = "mutations/changes.rs"]
mod changes;
#[path = "mutations/judge.rs"]
mod judge;
#[path = "mutations/random.rs"]
mod random;
#[path = "mutations/shrink.rs"]
mod shrink;
#[path = "mutations/tree.rs"]
mod tree;
#[path = "mutations/wide.rs"]
mod wide;
#[path = "mutations/words.rs"]
mod words;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::time::Duration;
use std::{panic, thread};

use alibabacloud_codegen::Sources;
use cams_tests::fixtures::{ENTRY, OPERATION, small};
use cams_tests::setting::setting;
use cases::{Case, Cases, Way};
use judge::{Outcome, compare, run};
use shrink::shrunk;

/// More than any case may hold at once. The texts are small; what one makes of them needn't be.
const MOST_BYTES: usize = 768 << 20;

#[test]
fn truncated_anywhere() {
    for file in [ENTRY, OPERATION] {
        let whole = small()[file].clone();
        for length in (0..whole.len()).step_by(197) {
            let mut description = small();
            description.insert(file.to_owned(), whole[..length].to_vec());
            let case = Case {
                way: Way::Generate,
                description,
                metadata: Vec::new(),
                skip: false,
            };
            run(&case).unwrap_or_else(|wrong| panic!("{file} cut at {length}: {wrong}"));
        }
    }
}

#[test]
fn documents_of_any_kind_end_in_code_or_in_located_problems() {
    // What makes the documents goes as deep as they do; each is tried in a thread of the usual size.
    let roomy = thread::Builder::new().stack_size(256 << 20);
    let done = roomy.spawn(try_documents).expect("a thread").join();
    done.unwrap_or_else(|why| panic::resume_unwind(why));
}

fn try_documents() {
    let seed = setting("CAMS_SEED", 20_200_606);
    let most = setting("CAMS_CASES", 300);
    let cases = Cases::new();
    let mut figures: BTreeMap<Way, (u64, u64)> = BTreeMap::new();
    let (mut slowest, mut largest) = ((Duration::ZERO, 0), (0, 0));
    let mut failed = Vec::new();
    for number in 0..most {
        let case = cases.case(seed, number);
        let outcome = match run(&case) {
            Ok(outcome) if outcome.peak > MOST_BYTES => Err(format!("{} bytes", outcome.peak)),
            other => other,
        };
        match outcome {
            Ok(outcome) => {
                let (taken, refused) = figures.entry(case.way).or_default();
                *(if outcome.taken { taken } else { refused }) += 1;
                slowest = slowest.max((outcome.time, number));
                largest = largest.max((outcome.peak, number));
            }
            Err(wrong) => {
                failed.push(format!("case {number}: {wrong}\n{}", shrunk(case)));
                if failed.len() == 5 {
                    break;
                }
            }
        }
    }
    let mut note = format!("{most} documents, seed {seed}:");
    for (way, (taken, refused)) in &figures {
        note += &format!(" {way:?} {taken} taken, {refused} refused;");
    }
    let ((time, slow), (bytes, large)) = (slowest, largest);
    note += &format!(
        " the slowest, {slow}, took {} ms; the largest, {large}, {} MiB",
        time.as_millis(),
        bytes >> 20
    );
    writeln!(io::stdout(), "{note}").expect("a standard output");
    assert!(
        failed.is_empty(),
        "CAMS_SEED={seed}\n{}",
        failed.join("\n\n")
    );
    // Otherwise the documents say little.
    for way in [Way::Generate, Way::Bundle, Way::Import] {
        let (taken, refused) = figures.get(&way).copied().unwrap_or_default();
        assert!(
            most < 100 || taken * 20 > most / 10 && refused * 20 > most / 10,
            "{note}"
        );
    }
}

#[test]
fn wide_documents_end_too() {
    let count = setting("CAMS_WIDTH", 200);
    let count = usize::try_from(count).expect("not so many");
    for (what, case) in wide::wide(count) {
        ended(&what, run(&case));
    }
    for (what, sides) in wide::other(count) {
        ended(&format!("{count} other {what}"), compare(sides));
    }
}

#[test]
fn long_lines_end_too() {
    // What is done for each character with all the rest takes hours.
    for (what, case) in wide::long(1 << 20) {
        assert!(ended(&what, run(&case)).taken, "{what}");
    }
}

fn ended(what: &str, outcome: Result<Outcome, String>) -> Outcome {
    let outcome = outcome.unwrap_or_else(|wrong| panic!("{what}: {wrong}"));
    assert!(outcome.peak < MOST_BYTES, "{what}: {} bytes", outcome.peak);
    let (time, peak) = (outcome.time.as_millis(), outcome.peak >> 20);
    let note = format!("{what}: {} ({time} ms, {peak} MiB)", outcome.taken);
    writeln!(io::stdout(), "{note}").expect("a standard output");
    outcome
}

/// The files of a case as a fixture has them.
fn shown(case: &Case) -> String {
    let part = |(path, bytes): (&String, &Vec<u8>)| {
        format!("#: {path}\n{}\n", String::from_utf8_lossy(bytes))
    };
    let metadata: Sources = case.metadata.iter().cloned().collect();
    let parts = metadata.iter().chain(&case.description).map(part);
    let text: String = parts.collect();
    // Whatever doesn't print.
    let text: Vec<_> = text
        .lines()
        .map(|line| line.escape_debug().to_string())
        .collect();
    let skip = if case.skip { ", skip" } else { "" };
    format!("{:?}{skip}\n{}", case.way, text.join("\n"))
}
