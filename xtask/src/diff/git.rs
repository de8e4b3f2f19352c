//! Descriptions in the past, by the `git` program.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use alibabacloud_codegen::Sources;

use crate::{Failure, description};

/// The description in a revision, and what goes before the paths of its files. The folder is the one
/// that is named, from the root of the repository, or the one that `spec` is today.
pub(super) fn read(
    revision: &str,
    folder: Option<&str>,
    spec: &Path,
) -> Result<(Sources, String), Failure> {
    // The folder itself may be gone by now.
    let here = spec.ancestors().find(|folder| folder.is_dir());
    let here = here.unwrap_or(Path::new("."));
    let git = Git { here };
    git.known(revision)?;
    let below = spec.strip_prefix(here).unwrap_or(Path::new(""));
    let prefix = git.text(&["rev-parse", "--show-prefix"])?;
    let own = format!("{}{}", prefix.trim_end_matches('\n'), below.display());
    let product = spec.file_name().unwrap_or_default().to_string_lossy();
    let folders = match folder {
        // The folder of all products is taken for the one that is meant.
        Some(folder) => {
            let folder = folder.trim_matches('/');
            vec![folder.to_owned(), format!("{folder}/{product}")]
        }
        None => vec![own.trim_matches('/').to_owned()],
    };
    for folder in &folders {
        let blobs = git.blobs(revision, folder)?;
        if blobs.iter().any(|blob| blob.path == "openapi.yaml")
            || folders.len() == 1 && !blobs.is_empty()
        {
            let sources = git.texts(&blobs)?;
            return Ok((sources, format!("{revision}:{folder}/")));
        }
    }
    Err(Failure::environment(format!(
        "error: {revision} has no description in `{}`\n  help: name its folder, as in `{revision}:specs/cams`",
        folders[0]
    )))
}

/// The text of a file in a revision; none where either isn't there.
pub(super) fn file(revision: &str, path: &Path) -> Option<String> {
    let git = Git {
        here: path.parent()?,
    };
    let name = path.file_name()?.to_str()?;
    let said = git.output(&["show", "--end-of-options", &format!("{revision}:./{name}")]);
    let said = said.ok().filter(|said| said.status.success())?;
    String::from_utf8(said.stdout).ok()
}

/// A repository.
struct Git<'a> {
    here: &'a Path,
}

/// A file of a revision.
struct Blob {
    id: String,
    path: String,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.here).args(arguments);
        command
    }

    fn output(&self, arguments: &[&str]) -> Result<Output, Failure> {
        self.command(arguments)
            .output()
            .map_err(|error| missing(&error))
    }

    /// What a command prints.
    fn text(&self, arguments: &[&str]) -> Result<String, Failure> {
        let output = self.output(arguments)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::environment(format!(
                "error: git says: {}\n  help: run the command in a clone of the repository, or name folders",
                said.trim()
            )));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Makes sure that a revision is there.
    fn known(&self, revision: &str) -> Result<(), Failure> {
        self.text(&["rev-parse", "--git-dir"])?;
        let commit = format!("{revision}^{{commit}}");
        let found = self.output(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ])?;
        if found.status.success() {
            return Ok(());
        }
        let shallow = self.text(&["rev-parse", "--is-shallow-repository"])?;
        let help = if shallow.trim() == "true" {
            "this clone is shallow: `git fetch --unshallow` brings the rest (in CI: fetch-depth 0)"
        } else {
            "name a git revision, a folder or an api-docs.json; `git log --oneline` lists revisions"
        };
        Err(Failure::environment(format!(
            "error: `{revision}` is neither a file, a folder nor a revision here\n  help: {help}"
        )))
    }

    /// The files of a description in a folder of a revision.
    fn blobs(&self, revision: &str, folder: &str) -> Result<Vec<Blob>, Failure> {
        let tree = format!("{revision}:{folder}");
        let listed = self.output(&["ls-tree", "-r", "-z", "--full-tree", &tree])?;
        if !listed.status.success() {
            return Ok(Vec::new());
        }
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let mut blobs = Vec::new();
        for entry in listed.split('\0') {
            let Some((about, path)) = entry.split_once('\t') else {
                continue;
            };
            let (mode, id) = (about.split(' ').next(), about.split(' ').next_back());
            if !description::is_part(path) {
                continue;
            }
            if mode == Some("120000") {
                return Err(Failure::environment(format!(
                    "error: {tree}/{path} is a link, which isn't followed in the past\n  help: name a folder instead, as `git worktree add` makes one"
                )));
            }
            let id = id.unwrap_or_default().to_owned();
            let path = path.to_owned();
            blobs.push(Blob { id, path });
        }
        Ok(blobs)
    }

    /// The texts of files, by one process.
    fn texts(&self, blobs: &[Blob]) -> Result<Sources, Failure> {
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| missing(&error))?;
        let asked: String = blobs.iter().map(|blob| format!("{}\n", blob.id)).collect();
        let stdin = child.stdin.take();
        // On a thread of its own: git answers while it is asked, and either would wait for the other.
        let writer = std::thread::spawn(move || {
            stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes()))
        });
        let output = child.wait_with_output().map_err(|error| missing(&error))?;
        let written = writer.join().is_ok_and(|written| written.is_ok());
        let mut rest = output.stdout.as_slice();
        let mut sources = Sources::new();
        for blob in blobs {
            let Some((text, after)) = split(rest).filter(|_| written) else {
                return Err(Failure::environment(format!(
                    "error: git has no text of {}",
                    blob.path
                )));
            };
            sources.insert(blob.path.clone(), text.to_vec());
            rest = after;
        }
        Ok(sources)
    }
}

/// The first text of what `git cat-file --batch` prints, and what follows it.
fn split(printed: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = printed.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&printed[..end]).ok()?;
    let length: usize = header.rsplit(' ').next()?.parse().ok()?;
    let rest = printed.get(end + 1..)?;
    Some((rest.get(..length)?, rest.get(length + 1..)?))
}

fn missing(error: &std::io::Error) -> Failure {
    Failure::environment(format!(
        "error: can't run git: {error}\n  help: install it, or name folders instead of revisions"
    ))
}
