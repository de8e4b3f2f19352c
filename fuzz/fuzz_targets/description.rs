//! Any text as the files of a description: it ends in code that is Rust and in a bundle that says the
//! same, or in problems that have places and can be shown.

#![no_main]

use alibabacloud_codegen::{bundle, description, emit};
use alibabacloud_codegen_fuzz::outcome::{looked, same, sound};
use alibabacloud_codegen_fuzz::parts::sources;
use alibabacloud_codegen_fuzz::shown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let sources = sources(text);
    let made = description(&sources);
    if let Err(problems) = &made {
        shown(problems, &sources);
    }
    looked(made, &sources, |description| {
        shown(&description.warnings, &sources);
        looked(emit(&description.api), &sources, sound);
        looked(bundle(&sources), &sources, |bundle| same(&bundle, &sources))
            .expect("what generates can be bundled");
    });
});
