//! Descriptions broken anywhere: cut short, and thousands of random slips. Each ends in problems with
//! places, or in files that parse; none in a panic.

use alibabacloud_codegen::{Files, Problems, Sources, generate};
use cams_tests::fixtures::{ENTRY, OPERATION, small};
use cams_tests::problems::placed;
use cams_tests::slips::{Dice, mutate};

/// Either files that are Rust, or problems that have places.
fn settled(sources: &Sources) -> Result<Files, Problems> {
    let settled = generate(sources);
    match &settled {
        Err(problems) => placed(problems, sources),
        Ok(files) => {
            assert!(files.contains_key("lib.rs"));
            for (path, text) in files {
                let parsed = syn::parse_file(text);
                assert!(parsed.is_ok(), "{path} isn't Rust:\n{text}");
            }
        }
    }
    settled
}

#[test]
fn truncated_anywhere() {
    for file in [ENTRY, OPERATION] {
        let whole = small()[file].clone();
        for length in (0..whole.len()).step_by(97) {
            let mut sources = small();
            sources.insert(file.to_owned(), whole[..length].to_vec());
            let _ = settled(&sources);
        }
    }
}

#[test]
fn two_thousand_slips_of_the_hand() {
    let mut dice = Dice::new(0x5EED_CA35_2020_0606);
    let (mut passed, mut refused) = (0, 0);
    let whole = small();
    for round in 0..2_000 {
        // The operation is larger, and most of what can be wrong is wrong there.
        let file = if round % 4 == 0 { ENTRY } else { OPERATION };
        let text = String::from_utf8(whole[file].clone()).expect("it is UTF-8");
        let mut sources = whole.clone();
        let mutated = mutate(&text, &mut dice);
        sources.insert(file.to_owned(), mutated.clone().into_bytes());
        let settled = std::panic::catch_unwind(|| settled(&sources));
        match settled {
            Ok(Ok(_)) => passed += 1,
            Ok(Err(_)) => refused += 1,
            Err(_) => panic!("round {round} panics; {file} is:\n{mutated}"),
        }
    }
    // Otherwise the mutations say little.
    assert!(
        passed > 100 && refused > 1_000,
        "{passed} pass, {refused} don't"
    );
}
