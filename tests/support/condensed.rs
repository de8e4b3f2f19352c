//! Values as `{:#?}` prints them, short enough to be read.

/// How long a line may become that was several.
const WIDTH: usize = 100;

/// What `{:#?}` prints, on fewer lines: whatever fits on one stands there, what holds one thing
/// opens and closes with it, and what is at rest isn't shown.
pub fn condensed(printed: &str, at_rest: &[&str]) -> String {
    // The lines of what is open, from the outermost inwards.
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    for line in printed.lines() {
        let part = line.trim_start();
        let opens = part.ends_with(['{', '[', '(']);
        if opens {
            open.push(Vec::new());
        }
        let Some(lines) = open.last_mut() else {
            continue;
        };
        if opens || !at_rest.contains(&part) {
            lines.push(line.to_owned());
        }
        if part.starts_with(['}', ']', ')'])
            && let Some(closed) = open.pop()
        {
            let one = joined(&closed);
            let within = open.last_mut().expect("a block stands in another");
            if at_rest.contains(&one.trim()) {
                continue;
            }
            if one.chars().count() <= WIDTH {
                within.push(one);
            } else {
                within.extend(hugged(&closed).unwrap_or(closed));
            }
        }
    }
    open.concat().join("\n")
}

/// The lines of a block on one.
fn joined(block: &[String]) -> String {
    let one = block.iter().skip(1).fold(block[0].clone(), |one, part| {
        let blank = if one.ends_with(['[', '(']) || part.trim().starts_with([']', ')']) {
            ""
        } else {
            " "
        };
        format!("{one}{blank}{}", part.trim_start())
    });
    one.replace(",]", "]")
        .replace(",)", ")")
        .replace(", }", " }")
}

/// A block with what holds it, where that holds nothing else: `Some(Pagination {`.
fn hugged(block: &[String]) -> Option<Vec<String>> {
    let [outer, first, middle @ .., last, end] = block else {
        return None;
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let opens = outer.ends_with(['(', '[']) && first.ends_with(['{', '[', '(']);
    let alone = middle.iter().all(|line| indent(line) > indent(first));
    (opens && alone).then(|| {
        let mut lines = vec![format!("{outer}{}", first.trim_start())];
        let shift = indent(first) - indent(outer);
        lines.extend(middle.iter().map(|line| line[shift..].to_owned()));
        let last = last[shift..].trim_end_matches(',');
        lines.push(format!("{last}{}", end.trim_start()));
        lines
    })
}
