//! What must come of a case, whatever it is: code that is Rust, or problems that have places. In
//! bounds of time and memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use alibabacloud_codegen::import::import;
use alibabacloud_codegen::{Sources, bundle, diff, generate, model};
use cams_tests::outcome::{looked, same, settled, sound};
use peak_alloc::PeakAlloc;

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
    let case = case.clone();
    within_bounds(move || judge(&case))
}

/// Compares two sound descriptions, which must differ.
pub(crate) fn compare(sides: [Sources; 2]) -> Result<Outcome, String> {
    within_bounds(move || {
        let read = |sources: &Sources| model(sources).unwrap_or_else(|found| panic!("{found}"));
        let [old, new] = sides.each_ref().map(read);
        let (found, time, peak) = measured(|| diff(&old, &new));
        assert!(!found.changes.is_empty());
        Outcome {
            taken: true,
            time,
            peak,
        }
    })
}

fn within_bounds(work: impl FnOnce() -> Outcome + Send + 'static) -> Result<Outcome, String> {
    // One at a time, or the memory would be that of several.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (sender, receiver) = channel();
    // A thread of the usual size, so that its stack doesn't hide a deep recursion.
    thread::spawn(move || {
        let judged = catch_unwind(AssertUnwindSafe(work));
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
            let taken = looked(made, &all, |once| settled(&once, metadata, case.skip));
            (taken.is_some(), time, peak)
        }
    };
    Outcome { taken, time, peak }
}
