//! Any text as the vendor's metadata, and as a description that it is woven into: a second import leaves
//! it alone, and what comes out generates or says what is missing.

#![no_main]

use alibabacloud_codegen::import::import;
use alibabacloud_codegen::{Sources, generate};
use alibabacloud_codegen_fuzz::outcome::{looked, settled, sound};
use alibabacloud_codegen_fuzz::parts::{Parts, again};
use alibabacloud_codegen_fuzz::shown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let mut parts = Parts::of(text);
    if !text.starts_with(b"#: ") {
        parts = Parts {
            metadata: vec![("api-docs.json".to_owned(), text.to_vec())],
            ..Parts::default()
        };
    }
    let Parts {
        metadata,
        description,
        skip,
    } = parts;
    // The command wants a file at least.
    if metadata.is_empty() {
        return;
    }
    let made = import(&description, &metadata, skip);
    let mut all: Sources = metadata.iter().cloned().collect();
    all.extend(description);
    if let Err(problems) = &made {
        shown(problems, &all);
    }
    looked(made, &all, |once| {
        settled(&once, &metadata, skip);
        let sources = again(&once);
        looked(generate(&sources), &sources, sound);
    });
});
