//! The file `_headers` that the build writes: the headers that the page's host must send. Hosts such as Netlify read
//! it, and so does this one.

use axum::http::{HeaderName, HeaderValue};

/// The headers of every rule for `path`. A rule is a path, perhaps with a `*` at its end, and below it indented headers.
#[must_use]
pub fn headers_for(file: &str, path: &str) -> Vec<(HeaderName, HeaderValue)> {
    let mut covered = false;
    let mut headers = Vec::new();
    for line in file.lines() {
        match line.strip_prefix("  ") {
            Some(header) if covered => headers.extend(parse(header)),
            Some(_) => {}
            None => covered = covers(line, path),
        }
    }
    headers
}

fn covers(rule: &str, path: &str) -> bool {
    rule.strip_suffix('*').map_or(rule == path, |start| path.starts_with(start))
}

fn parse(header: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = header.split_once(": ")?;
    Some((name.parse().ok()?, value.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_add_up() {
        let file = "/*\n  A: 1\n  B: x: y\n\n/page*\n  C: 2\n\n/a.js\n  D: 3\n";
        let names = |path| -> Vec<String> {
            headers_for(file, path).iter().map(|(name, value)| format!("{name} {value:?}")).collect()
        };
        assert_eq!(names("/a.js"), [r#"a "1""#, r#"b "x: y""#, r#"d "3""#]);
        assert_eq!(names("/page/x"), [r#"a "1""#, r#"b "x: y""#, r#"c "2""#]);
        assert_eq!(names("/a.js.map"), [r#"a "1""#, r#"b "x: y""#]);
    }
}
