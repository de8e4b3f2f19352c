//! How problems and failures are told: to people, to programs, to a pull request.

mod github;
mod human;
mod json;

use std::fmt;
use std::path::{Path, PathBuf};

use alibabacloud_codegen::problem::{Excerpt, excerpt, render};
use alibabacloud_codegen::{Level, Problem, Sources};

use crate::{Failure, print, say};

/// For whom messages are.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text with excerpts, on the standard error stream, coloured on a terminal
    #[default]
    Human,
    /// A JSON object on each line of the standard output
    Json,
    /// Annotations of a pull request, as GitHub takes them from the standard output
    Github,
}

/// How a command tells problems; part of its arguments.
#[derive(Debug, Default, Clone, Copy, clap::Args)]
pub struct Output {
    /// For whom problems and failures are told
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub message_format: Format,
    /// Show all problems, not the first 50 only; `json` and `github` always do
    #[arg(long)]
    pub all: bool,
}

impl Output {
    /// Tells what was done. The standard output is for messages where programs read them.
    pub(crate) fn report(self, text: &str) {
        match self.message_format {
            Format::Human => print(&text),
            Format::Json | Format::Github => say(&text.trim_end()),
        }
    }
}

/// Problems with the texts in which they are.
#[derive(Debug, Clone)]
pub struct Told {
    problems: Vec<Problem>,
    sources: Sources,
    folder: PathBuf,
}

impl Told {
    /// The problems of texts that stand in a folder.
    pub(crate) fn new(folder: &Path, sources: Sources, problems: Vec<Problem>) -> Self {
        Self {
            problems,
            sources,
            folder: folder.to_owned(),
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.problems.len()
    }

    /// The file of a problem, as an editor or a terminal can open it.
    fn path(&self, problem: &Problem) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        self.path_from(problem, &here)
    }

    /// The file of a problem, relative to a folder where it is below it.
    fn path_from(&self, problem: &Problem, root: &Path) -> String {
        let file = self.folder.join(&problem.location.file);
        let file = file.strip_prefix(root).unwrap_or(&file);
        file.display().to_string()
    }

    fn excerpt(&self, problem: &Problem) -> Option<Excerpt> {
        excerpt(problem, &self.sources)
    }

    fn render(&self, problem: &Problem, styled: bool) -> String {
        render(problem, &self.sources, &self.path(problem), styled)
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&human::problems(self, false, false))
    }
}

/// A failure without a place, in its parts.
struct Parts<'m> {
    /// What is shown before the message, such as a difference.
    detail: &'m str,
    message: &'m str,
    help: &'m str,
}

impl<'m> Parts<'m> {
    fn of(text: &'m str) -> Self {
        const ERROR: &str = "error: ";
        let (detail, rest) = match text.find(ERROR) {
            Some(at) => text.split_at(at),
            None => ("", text),
        };
        let rest = rest.strip_prefix(ERROR).unwrap_or(rest);
        let (message, help) = rest.split_once("\n  help: ").unwrap_or((rest, ""));
        Self {
            detail: detail.trim(),
            message,
            help,
        }
    }
}

/// Tells why a command failed.
pub fn tell(failure: &Failure, output: Output) {
    let text = text(failure, output, human::is_styled());
    match output.message_format {
        Format::Human => say(&text),
        Format::Json | Format::Github => print(&text),
    }
}

/// What is told of a failure: for people without the last line break.
pub fn text(failure: &Failure, output: Output, styled: bool) -> String {
    let (told, message) = (failure.told.as_ref(), failure.message.as_str());
    match output.message_format {
        Format::Human => {
            let told = told.map(|told| human::problems(told, output.all, styled) + "\n\n");
            told.unwrap_or_default() + message
        }
        Format::Json => told.map(json::problems).unwrap_or_default() + &json::failure(message),
        Format::Github => {
            told.map(github::problems).unwrap_or_default() + &github::failure(message)
        }
    }
}

/// Tells warnings, which keep the command from nothing.
pub(crate) fn warn(told: &Told, output: Output) {
    match output.message_format {
        Format::Human => {
            let text = human::problems(told, output.all, human::is_styled());
            say(&format_args!("{text}\n\n{}\n", counted(&told.problems)));
        }
        Format::Json => print(&json::problems(told)),
        Format::Github => print(&github::problems(told)),
    }
}

/// How many of a level there are, in words.
pub(crate) fn counted(problems: &[Problem]) -> String {
    let errors = problems
        .iter()
        .filter(|problem| problem.level() == Level::Error)
        .count();
    match (errors, problems.len() - errors) {
        (errors, 0) => format!("{errors} problem(s)"),
        (0, warnings) => format!("{warnings} warning(s)"),
        (errors, warnings) => format!("{errors} problem(s), {warnings} warning(s)"),
    }
}
