//! The words that the generator knows, out of its own tables.

use std::fs;
use std::path::Path;

/// Where the keys and values of OpenAPI and of our extensions are.
pub const FORM: &[&str] = &["src/spec/openapi.rs", "src/spec/extensions.rs"];

/// Every word in quotes in these files of the generator, in order; a key of several objects comes
/// several times.
pub fn words(generator: &Path, files: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for file in files {
        let table = fs::read_to_string(generator.join(file)).expect("the table is there");
        let words = table.split('"').skip(1).step_by(2);
        all.extend(words.filter(|word| !word.contains(' ')).map(str::to_owned));
    }
    all
}
