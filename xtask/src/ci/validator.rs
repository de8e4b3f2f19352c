//! Whether a validator of other people takes the bundle: openapi-spec-validator, from PyPI, in a
//! virtual environment below the target folder.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::in_ci;
use crate::{Failure, bundle, say, workspace};

/// The validator and all that it needs, pinned.
const REQUIREMENTS: &str = ".ci/requirements.txt";

/// Says which versions an environment has, once it is complete.
const INSTALLED: &str = "installed.txt";

/// Runs the validator. Without Python or PyPI that is left to CI.
pub(super) fn run() -> Result<(), Failure> {
    let text = bundle::bundle(&workspace().join("specs/cams"))?;
    let environment = target().join("openapi-spec-validator");
    let python = match prepare(&environment) {
        Ok(python) => python,
        Err(why) if in_ci() => {
            return Err(Failure::environment(format!(
                "{why}\n  help: CI needs Python 3.10 or newer with `venv`, and PyPI or a mirror of it"
            )));
        }
        Err(why) => {
            say(&format_args!("{why}\n  skipped here; CI does it"));
            return Ok(());
        }
    };
    let document = environment.join("openapi.json");
    fs::write(&document, text).map_err(|error| Failure::io("write", &document, &error))?;
    let validate = [
        OsStr::new("-m"),
        OsStr::new("openapi_spec_validator"),
        OsStr::new("--validation-errors=all"),
        document.as_os_str(),
    ];
    done(&python, &validate, Stdio::inherit())
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// Makes the environment, unless it is there. Gives its Python.
fn prepare(environment: &Path) -> Result<PathBuf, Failure> {
    let requirements = workspace().join(REQUIREMENTS);
    let wanted = fs::read(&requirements);
    let wanted = wanted.map_err(|error| Failure::io("read", &requirements, &error))?;
    let installed = environment.join(INSTALLED);
    let python = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let complete = fs::read(&installed).is_ok_and(|installed| installed == wanted);
    if complete && python.exists() {
        return Ok(python);
    }
    let make = ["-m", "venv", "--clear"].map(OsStr::new);
    let make = [&make[..], &[environment.as_os_str()]].concat();
    done(Path::new("python3"), &make, Stdio::null())?;
    let install = ["-m", "pip", "install", "--quiet", "--no-deps"].map(OsStr::new);
    let from = [OsStr::new("--requirement"), requirements.as_os_str()];
    done(&python, &[&install[..], &from].concat(), Stdio::null())?;
    fs::write(&installed, wanted).map_err(|error| Failure::io("write", &installed, &error))?;
    Ok(python)
}

fn done(program: &Path, arguments: &[&OsStr], out: Stdio) -> Result<(), Failure> {
    let shown = arguments.join(OsStr::new(" "));
    let command = format!("{} {}", program.display(), shown.display());
    let status = Command::new(program).args(arguments).stdout(out).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::found(format!(
            "error: `{command}` failed: {status}"
        ))),
        Err(error) => Err(Failure::environment(format!(
            "error: can't start `{command}`: {error}"
        ))),
    }
}
