//! Makes what a run begins with, out of what is in the repository: for each target a corpus of the
//! tests' fixtures, and the dictionary `words.dict` of the words that the generator knows.

use std::collections::BTreeSet;
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use alibabacloud_codegen_fuzz::joined;
use alibabacloud_codegen_fuzz::words::{FORM, words};

/// Where the keys of the metadata are.
const METADATA: &[&str] = &[
    "src/import/metadata.rs",
    "src/import/metadata/operation.rs",
    "src/import/metadata/schema.rs",
    "src/import/metadata/shared.rs",
];

fn main() -> Result<()> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = fuzz.join("../tests/fixtures");
    let mut descriptions = Vec::new();
    for folder in ["valid", "bundled", "lints", "problems"] {
        descriptions.extend(texts(&fixtures.join(folder))?);
    }
    write(fuzz, "description", &descriptions)?;
    write(fuzz, "import", &texts(&fixtures.join("import"))?)?;
    // Each beside the next, which has most of the plain entry in common, and beside itself.
    let mut sides = texts(&fixtures.join("diff"))?;
    sides.extend(texts(&fixtures.join("valid"))?);
    let next = sides.iter().skip(1).chain(&sides);
    let pairs = sides.iter().zip(next);
    let differing =
        pairs.map(|((name, old), (other, new))| (format!("{name}-{other}"), joined(old, new)));
    let same = sides
        .iter()
        .map(|(name, text)| (name.clone(), joined(text, text)));
    write(fuzz, "diff", &differing.chain(same).collect::<Vec<_>>())?;
    fs::write(
        fuzz.join("words.dict"),
        dictionary(&fuzz.join("../codegen")),
    )
}

/// The files of a folder, by name.
fn texts(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = entries.collect::<Result<_>>()?;
    paths.sort();
    let text = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok((name.into_owned(), fs::read(&path)?))
    };
    paths.into_iter().map(text).collect()
}

/// Adds to the corpus of a target.
fn write(fuzz: &Path, target: &str, seeds: &[(String, Vec<u8>)]) -> Result<()> {
    let corpus = fuzz.join("corpus").join(target);
    fs::create_dir_all(&corpus)?;
    for (name, text) in seeds {
        fs::write(corpus.join(name), text)?;
    }
    Ok(())
}

/// libFuzzer's format: a word in quotes on each line.
fn dictionary(generator: &Path) -> String {
    let mut all: BTreeSet<_> = words(generator, FORM).into_iter().collect();
    all.extend(words(generator, METADATA));
    // A dictionary knows neither other characters nor the empty word.
    let plain = |word: &String| {
        !word.is_empty()
            && word
                .chars()
                .all(|letter| letter.is_ascii_graphic() && letter != '\\')
    };
    let lines = all.iter().filter(|word| plain(word));
    lines.map(|word| format!("\"{word}\"\n")).collect()
}
