//! Every code with its explanation, a file for each subject.
//!
//! A test holds that the wrong example has the problem, and that nothing is said of the right one.

mod extensions;
mod files;
mod form;
mod lints;
mod metadata;
mod names;
mod operations;
mod references;
mod text;
mod unsupported;

use super::code::Code;

/// Declares codes of a kind: name, title, why it is a problem and what to do, examples.
macro_rules! codes {
    ($($kind:ident $constant:ident = $name:literal, $title:literal, $why:literal, $wrong:expr, $right:expr;)*) => {
        impl Code {
            $(
                #[doc = concat!("`", $name, "`: ", $title)]
                pub const $constant: Self = Self(&Explanation {
                    name: $name,
                    kind: Kind::$kind,
                    title: $title,
                    why: $why,
                    wrong: $wrong,
                    right: $right,
                });
            )*
        }

        pub(super) const ALL: &[Code] = &[$(Code::$constant),*];
    };
}
use codes;

/// In the order in which a description is read.
pub(super) const ALL: &[&[Code]] = &[
    text::ALL,
    form::ALL,
    files::ALL,
    references::ALL,
    unsupported::ALL,
    operations::ALL,
    names::ALL,
    extensions::ALL,
    metadata::ALL,
    lints::ALL,
];
