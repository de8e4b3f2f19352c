//! What an import tells the person who ran it.

use std::fmt;

use indexmap::IndexSet;

/// What a line of the report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Section {
    /// An operation that is new, and waits for what a person decides.
    New,
    /// A new parameter or field, which has no description yet.
    Undescribed,
    /// Gone, with all that was written about it.
    Removed,
    /// A fact that the vendor tells otherwise than the description did.
    Changed,
    /// An example that is another by now; apart, since there are many and they matter least.
    Example,
    /// A fact that two files tell differently.
    Contradiction,
    /// An override that kept a fact of ours.
    Kept,
    /// An override of what the vendor says by now too.
    Superfluous,
    /// What the metadata says and the description can't.
    LeftOut,
    /// Anything else worth a look.
    Note,
}

impl Section {
    fn title(self) -> &'static str {
        match self {
            Self::New => {
                "New operations: give each its tag, summary, description and `x-acs-retry`"
            }
            Self::Undescribed => "New, and without a description",
            Self::Removed => "Removed",
            Self::Changed => "Changed by the vendor",
            Self::Example => "Other examples",
            Self::Contradiction => {
                "Told differently by two files; the later one, or the looser, was taken"
            }
            Self::Kept => "Kept by `x-acs-override`",
            Self::Superfluous => "Overrides that are superfluous: the vendor says the same by now",
            Self::LeftOut => "Left out",
            Self::Note => "Notes",
        }
    }
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    /// What it is about.
    pub section: Section,
    /// The operation, or `components` for shared schemas; empty for the product as a whole.
    pub operation: String,
    /// The path of the element within the operation, such as `response Data.List[].Id`; may be
    /// empty.
    pub path: String,
    /// What there is to say, may be empty.
    pub text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.operation, &self.path, &self.text];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        f.write_str(&parts.join(": "))
    }
}

/// All that an import has to tell, in the order in which it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The same about the same place is said once.
    lines: IndexSet<Line>,
}

impl Report {
    /// The lines of a section.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(move |line| line.section == section)
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    pub(crate) fn add(
        &mut self,
        section: Section,
        operation: &str,
        path: &str,
        text: impl Into<String>,
    ) {
        self.push(Line {
            section,
            operation: operation.to_owned(),
            path: path.to_owned(),
            text: text.into(),
        });
    }

    pub(crate) fn push(&mut self, line: Line) {
        self.lines.insert(line);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sections = [
            Section::New,
            Section::Undescribed,
            Section::Removed,
            Section::Changed,
            Section::Contradiction,
            Section::Kept,
            Section::Superfluous,
            Section::LeftOut,
            Section::Note,
            Section::Example,
        ];
        let mut first = true;
        for section in sections {
            let lines: Vec<_> = self.section(section).collect();
            if lines.is_empty() {
                continue;
            }
            if !first {
                writeln!(f)?;
            }
            first = false;
            writeln!(f, "{} ({}):", section.title(), lines.len())?;
            for line in lines {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}
