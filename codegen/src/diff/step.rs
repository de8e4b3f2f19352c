//! Version steps, by Cargo's rules.

use std::fmt;
use std::str::FromStr;

/// What a version has to say of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Nothing that a build or a call could notice.
    Patch,
    /// Something new, or something that behaves differently; what compiles goes on compiling.
    Minor,
    /// Somebody's code doesn't compile any more.
    Major,
}

impl Step {
    /// All of them, the weightiest first.
    pub const ALL: [Self; 3] = [Self::Major, Self::Minor, Self::Patch];

    /// The step in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The version after `version`; none where that isn't `x.y.z`. Before 1.0 the second number
    /// stands for the first and the third for the second, as Cargo takes them.
    pub fn next(self, version: &str) -> Option<String> {
        let release = version.split(['-', '+']).next().unwrap_or(version);
        let numbers: Vec<u64> = release
            .split('.')
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        let &[major, minor, patch] = numbers.as_slice() else {
            return None;
        };
        Some(match (self, major, minor) {
            // Of 0.0.z, every version breaks with the one before.
            (_, 0, 0) => format!("0.0.{}", patch.checked_add(1)?),
            (Self::Major, 0, _) => format!("0.{}.0", minor.checked_add(1)?),
            (Self::Minor | Self::Patch, 0, _) => format!("0.{minor}.{}", patch.checked_add(1)?),
            (Self::Major, ..) => format!("{}.0.0", major.checked_add(1)?),
            (Self::Minor, ..) => format!("{major}.{}.0", minor.checked_add(1)?),
            (Self::Patch, ..) => format!("{major}.{minor}.{}", patch.checked_add(1)?),
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let step = Self::ALL.into_iter().find(|step| step.name() == text);
        step.ok_or_else(|| "it may be `major`, `minor` or `patch`".to_owned())
    }
}
