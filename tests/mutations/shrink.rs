//! A failing case, made small: files and lines are left out as long as it fails.

use crate::cases::Case;
use crate::judge::run;
use crate::shown;

/// Each try is a run.
const MOST_TRIES: usize = 400;

/// What is left of a case, to be shown.
pub(crate) fn shrunk(mut case: Case) -> String {
    let mut tries = MOST_TRIES;
    let mut fails = |case: &Case| {
        tries = tries.saturating_sub(1);
        // What hangs would hang again.
        tries > 0 && run(case).is_err_and(|wrong| !wrong.starts_with("not done"))
    };
    for path in case.description.clone().into_keys() {
        let mut less = case.clone();
        less.description.remove(&path);
        if fails(&less) {
            case = less;
        }
    }
    let files = case.description.len() + case.metadata.len();
    for file in 0..files {
        let mut lines = case
            .clone()
            .file(file)
            .split_inclusive(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>();
        let mut piece = lines.len().div_ceil(2);
        while piece > 0 {
            let mut at = 0;
            while at < lines.len() {
                let mut fewer = lines.clone();
                fewer.drain(at..(at + piece).min(lines.len()));
                let mut less = case.clone();
                *less.file(file) = fewer.concat();
                if fails(&less) {
                    (case, lines) = (less, fewer);
                } else {
                    at += piece;
                }
            }
            piece /= 2;
        }
    }
    shown(&case)
}

impl Case {
    /// A file by its number, those of the metadata first.
    fn file(&mut self, number: usize) -> &mut Vec<u8> {
        let metadata = self.metadata.iter_mut().map(|(_, bytes)| bytes);
        let mut files = metadata.chain(self.description.values_mut());
        files.nth(number).expect("there are so many")
    }
}
