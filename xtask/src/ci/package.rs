//! Whether the two crates that are published build from what would be uploaded.

use std::fs;
use std::time::SystemTime;

use super::run_cargo;
use crate::{Failure, workspace};

const COMMAND: &str = "package --package alibabacloud-runtime --package alibabacloud-cams";

/// Packs both at once, since the one depends on the other, which no registry has yet.
///
/// Cargo keeps what it unpacked of a registry by the registry's address and a package's version,
/// and the one that it makes for this stands in the target folder. There once more, an older
/// runtime of the same version would be built from instead of this one. So the folder is new.
pub(super) fn run() -> Result<(), Failure> {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    // Without a blank, since it is an argument; read from the workspace.
    let target = format!("target/package-{}", now.as_nanos());
    let packed = run_cargo(
        &format!("{COMMAND} --allow-dirty --target-dir {target}"),
        &[],
    );
    let removed = fs::remove_dir_all(workspace().join(&target));
    packed?;
    removed.map_err(|error| Failure::io("remove", target.as_ref(), &error))
}
