//! The comments of a text, which the tree doesn't have.

use granit_parser::{Event, Parser};

/// A comment, without its `#`.
#[derive(Debug)]
pub(crate) struct Comment {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// All comments in the order of lines; none where there are too many of them, or where the text
/// isn't YAML.
pub(crate) fn comments(text: &str) -> Option<Vec<Comment>> {
    let options = granit_parser::options! { emit_comments: true };
    let mut comments = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        if let Event::Comment(text, _) = event {
            comments.push(Comment {
                line: span.start.line(),
                text: text.into_owned(),
            });
        }
    }
    comments.sort_by_key(|comment| comment.line);
    Some(comments)
}
