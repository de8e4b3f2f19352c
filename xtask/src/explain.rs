//! `cargo xtask explain [CODE]`: what a code means, with a wrong and a right example.

use std::fmt::Write;

use alibabacloud_codegen::Code;

use crate::{Failure, print};

/// Explain the code of a problem, or list all codes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The code, as it stands in brackets: `duplicate-key` [default: the list of all]
    code: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// A code that there isn't.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = match &arguments.code {
        Some(name) => explained(name)?,
        None => listed(),
    };
    print(&text);
    Ok(())
}

/// The explanation of a code.
///
/// # Errors
///
/// A code that there isn't, with the one that was probably meant.
pub fn explained(name: &str) -> Result<String, Failure> {
    let Some(code) = Code::find(name) else {
        let help = match Code::closest(name) {
            Some(code) => format!("did you mean `{code}`?"),
            None => "`cargo xtask explain` lists them all".to_owned(),
        };
        let message = format!(
            "error: there is no code `{}`\n  help: {help}",
            name.escape_debug()
        );
        return Err(Failure::usage(message));
    };
    let explanation = code.explanation();
    let mut text = format!("{}[{code}]: {}\n\n", code.level(), explanation.title);
    text.push_str(&wrapped(explanation.why));
    for (title, example) in [("Wrong", &explanation.wrong), ("Right", &explanation.right)] {
        if let Some(example) = example {
            let _ = write!(text, "\n{title}:\n\n{example}");
        }
    }
    Ok(text)
}

/// All codes, by their kinds.
pub fn listed() -> String {
    let mut text = String::new();
    let mut kind = None;
    for code in Code::all() {
        if kind != Some(code.kind()) {
            let _ = write!(text, "\n{}:\n", code.kind().name());
            kind = Some(code.kind());
        }
        let _ = writeln!(text, "  {:26} {}", code.name(), code.explanation().title);
    }
    text.trim_start().to_owned()
}

/// A paragraph in lines that a terminal has room for.
fn wrapped(paragraph: &str) -> String {
    const WIDTH: usize = 90;
    let mut text = String::new();
    let mut length = 0;
    for word in paragraph.split_whitespace() {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > WIDTH {
            text.push('\n');
            length = 0;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += word_length;
    }
    text + "\n"
}
