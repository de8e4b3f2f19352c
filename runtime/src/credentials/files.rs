//! Reading the files that keys stand in.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::{Error, Result};

/// No file of this kind is larger.
const MOST_BYTES: u64 = 1024 * 1024;

/// The text of a file. It waits for the disk: call it [aside](super::aside).
///
/// # Errors
///
/// With the path and what is wrong with it, never with what stands in it.
pub(super) fn read(path: &Path) -> Result<Zeroizing<String>> {
    read_if_there(path)?
        .ok_or_else(|| Error::credentials(format!("there is no file {}", path.display())))
}

/// The same, and nothing where there is no file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Zeroizing<String>>> {
    let wrong = |what: &str| Error::credentials(format!("{} {what}", path.display()));
    let mut bytes = Zeroizing::new(Vec::new());
    let outcome = File::open(path).and_then(|file| {
        // As much as there is, so that it doesn't grow: what it left behind would stay as it is.
        let length = file.metadata()?.len().min(MOST_BYTES);
        bytes.reserve(usize::try_from(length).unwrap_or_default() + 1);
        // One byte more tells a file that is too large.
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes)
    });
    match outcome {
        Ok(_) if bytes.len() as u64 > MOST_BYTES => return Err(wrong("is larger than 1 MiB")),
        Ok(_) => {}
        Err(error) => {
            return match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => Ok(None),
                ErrorKind::PermissionDenied => Err(wrong("may not be read by this user")),
                ErrorKind::IsADirectory => Err(wrong("is a directory")),
                _ => Err(wrong("can't be read").with_source(error)),
            };
        }
    }
    let text = str::from_utf8(&bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        wrong(&format!("isn't UTF-8 text: see line {line}"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(Some(Zeroizing::new(text.to_owned())))
}
