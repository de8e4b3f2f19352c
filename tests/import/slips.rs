//! Metadata and descriptions with random slips: what isn't refused comes out so that the next import
//! reads it, and changes nothing.

use alibabacloud_codegen::Sources;
use alibabacloud_codegen::import::import;
use cams_tests::problems::placed;
use cams_tests::slips::{Dice, mutate};

use crate::{Case, again, cases};

/// Whether it was taken; all else is checked.
fn settled(description: &Sources, case: &Case, metadata: &[(String, Vec<u8>)]) -> bool {
    let once = match import(description, metadata, case.skip) {
        Ok(once) => once,
        Err(problems) => {
            let all = description.clone().into_iter();
            let all: Sources = all.chain(metadata.iter().cloned()).collect();
            placed(&problems, &all);
            return false;
        }
    };
    match import(&again(&once), metadata, case.skip) {
        Ok(twice) => assert_eq!(once.files, twice.files),
        Err(problems) => panic!("{problems}"),
    }
    true
}

fn shown(files: &Sources) -> String {
    let files = files.iter();
    files
        .map(|(path, text)| format!("#: {path}\n{}\n", String::from_utf8_lossy(text)))
        .collect()
}

#[test]
fn a_thousand_slips_in_metadata() {
    let mut dice = Dice::new(0x5EED_0001);
    let cases: Vec<_> = cases()
        .into_iter()
        .filter(|case| case.import().is_ok())
        .collect();
    let (mut passed, mut refused) = (0, 0);
    for round in 0..1_000 {
        let case = &cases[round % cases.len()];
        let metadata: Vec<_> = case
            .metadata
            .iter()
            .map(|(name, bytes)| {
                let json: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
                let text = serde_json::to_string_pretty(&json).expect("JSON");
                (name.clone(), mutate(&text, &mut dice).into_bytes())
            })
            .collect();
        let done = std::panic::catch_unwind(|| settled(&case.description, case, &metadata));
        match done {
            Ok(true) => passed += 1,
            Ok(false) => refused += 1,
            Err(_) => panic!("round {round}:\n{}", shown(&metadata.into_iter().collect())),
        }
    }
    assert!(passed > 50 && refused > 100, "{passed}, {refused}");
}

#[test]
fn a_thousand_slips_in_descriptions() {
    let mut dice = Dice::new(0x5EED_0002);
    let cases: Vec<_> = cases()
        .into_iter()
        .filter(|case| !case.description.is_empty() && case.import().is_ok())
        .collect();
    let (mut passed, mut refused) = (0, 0);
    for round in 0..1_000 {
        let case = &cases[round % cases.len()];
        let mut description = case.description.clone();
        let at = dice.below(description.len());
        if let Some(text) = description.values_mut().nth(at) {
            *text = mutate(&String::from_utf8_lossy(text), &mut dice).into_bytes();
        }
        let done = std::panic::catch_unwind(|| settled(&description, case, &case.metadata));
        match done {
            Ok(true) => passed += 1,
            Ok(false) => refused += 1,
            Err(_) => panic!("round {round}:\n{}", shown(&description)),
        }
    }
    assert!(passed > 50 && refused > 100, "{passed}, {refused}");
}
