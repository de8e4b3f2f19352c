//! What must come of a case, whatever it is: code that is Rust, or problems that have places. In
//! bounds of time and memory.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use alibabacloud_codegen::import::{Metadata, import};
use alibabacloud_codegen::{Files, Problems, Sources, bundle, generate};
use cams_tests::fixtures::again;
use cams_tests::problems::placed;
use peak_alloc::PeakAlloc;
use quote::ToTokens;
use syn::{ImplItem, Item};

use crate::cases::{Case, Way};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Far more than any case takes on a slow machine: what needs so long hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came of a case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    /// Whether it was taken, and not refused with problems.
    pub(crate) taken: bool,
    /// How long the generator took.
    pub(crate) time: Duration,
    /// How many bytes the generator held at once.
    pub(crate) peak: usize,
}

/// Runs a case; what is wrong, if anything is.
pub(crate) fn run(case: &Case) -> Result<Outcome, String> {
    // One at a time, or the memory would be that of several.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (sender, receiver) = channel();
    let case = case.clone();
    // A thread of the usual size, so that its stack doesn't hide a deep recursion.
    thread::spawn(move || {
        let judged = catch_unwind(AssertUnwindSafe(|| judge(&case)));
        // Nobody listens any more where the time was up.
        let _ = sender.send(judged);
    });
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(panic)) => {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| Some((*panic.downcast_ref::<&str>()?).to_owned()));
            Err(said.unwrap_or_else(|| "a panic without words".to_owned()))
        }
        Err(RecvTimeoutError::Timeout) => Err(format!("not done after {PATIENCE:?}")),
        Err(RecvTimeoutError::Disconnected) => Err("the thread is gone".to_owned()),
    }
}

/// What something takes.
fn measured<T>(work: impl FnOnce() -> T) -> (T, Duration, usize) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let start = Instant::now();
    let done = work();
    let time = start.elapsed();
    (done, time, MEMORY.peak_usage().saturating_sub(before))
}

fn judge(case: &Case) -> Outcome {
    let sources = &case.description;
    let (taken, time, peak) = match case.way {
        Way::Generate => {
            let (made, time, peak) = measured(|| generate(sources));
            (looked(made, sources, sound).is_some(), time, peak)
        }
        Way::Bundle => {
            let (made, time, peak) = measured(|| bundle(sources));
            let taken = looked(made, sources, |text| same(&text, sources));
            (taken.is_some(), time, peak)
        }
        Way::Import => {
            let metadata = &case.metadata;
            let (made, time, peak) = measured(|| import(sources, metadata, case.skip));
            let mut all: Sources = metadata.iter().cloned().collect();
            all.extend(sources.clone());
            let taken = looked(made, &all, |once| {
                let twice = import(&again(&once), metadata, case.skip);
                let twice = twice.unwrap_or_else(|problems| panic!("{problems}"));
                assert_eq!(once.files, twice.files, "a second import changes something");
                assert!(once.report.to_string().len() < 1 << 20);
                let read = Metadata::read(metadata, case.skip).expect("as before");
                assert!(!read.folder().contains(['/', '\\']));
            });
            (taken.is_some(), time, peak)
        }
    };
    Outcome { taken, time, peak }
}

/// Looks at what was made, or at the problems.
fn looked<T>(made: Result<T, Problems>, sources: &Sources, look: impl FnOnce(T)) -> Option<()> {
    match made {
        Ok(made) => look(made),
        Err(problems) => {
            placed(&problems, sources);
            return None;
        }
    }
    Some(())
}

/// Holds that a bundle describes the same, and is its own bundle.
fn same(text: &str, sources: &Sources) {
    let bundled = Sources::from([("openapi.json".to_owned(), text.as_bytes().to_vec())]);
    let found = bundle(&bundled).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(found, text, "the bundle of a bundle is another");
    let bodies = |sources: &Sources| -> Files {
        let files = generate(sources).unwrap_or_else(|problems| panic!("{problems}"));
        let body = |(path, text): (String, String)| {
            let (_, body) = text.split_once('\n').expect("a header");
            (path, body.to_owned())
        };
        files.into_iter().map(body).collect()
    };
    assert!(
        bodies(&bundled) == bodies(sources),
        "the bundle makes another crate"
    );
}

/// Holds that files are Rust, in which no name is given twice.
pub(crate) fn sound(files: Files) {
    assert!(files.contains_key("lib.rs"));
    let mut types = BTreeSet::new();
    let mut methods: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in files {
        let file = syn::parse_file(&text);
        let file = file.unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    once(&mut types, &item.ident, &path);
                    let mut fields = BTreeSet::new();
                    for field in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                        once(&mut fields, field, &item.ident);
                    }
                }
                Item::Enum(item) => {
                    once(&mut types, &item.ident, &path);
                    let mut variants = BTreeSet::new();
                    for variant in &item.variants {
                        once(&mut variants, &variant.ident, &item.ident);
                    }
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let owner = item.self_ty.to_token_stream().to_string();
                    let methods = methods.entry(owner.clone()).or_default();
                    for method in item.items {
                        if let ImplItem::Fn(method) = method {
                            once(methods, &method.sig.ident, &owner);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn once(names: &mut BTreeSet<String>, name: &impl ToString, within: &impl ToString) {
    let name = name.to_string();
    assert!(
        names.insert(name.clone()),
        "{name} twice in {}",
        within.to_string()
    );
}
