//! The page that stands in when the real one cannot: no scripts, no fonts, nothing that could fail in its turn.

use std::path::Path;

use tauri::http::{Response, header};

use crate::watchdog::Trouble;

/// The scheme that the page is served under.
pub(crate) const SCHEME: &str = "trouble";

/// What the page says, and where its "Try again" leads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) trouble: Trouble,
    pub(crate) library: &'a Path,
    pub(crate) logs: &'a Path,
    pub(crate) home: &'a str,
}

impl Page<'_> {
    /// Makes the answer of the scheme's handler.
    pub(crate) fn response(self) -> Response<Vec<u8>> {
        let mut response = Response::new(self.html().into_bytes());
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            header::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'"),
        );
        response
    }

    fn html(self) -> String {
        format!(
            r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Forkbeard: the window could not be drawn</title>
<style>
  :root {{ color-scheme: light dark; }}
  body {{ margin: 0; background: light-dark(#f6f1e7, #1d1a17); color: light-dark(#2a231c, #e9e1d3);
         font: 17px/1.5 Georgia, "Times New Roman", serif; }}
  main {{ max-width: 38rem; margin: 16vh auto 0; padding: 0 2rem; }}
  h1 {{ font-size: 1.6rem; font-weight: 600; line-height: 1.2; }}
  dt {{ font-size: .85rem; opacity: .75; }}
  dd {{ margin: 0 0 .8rem; font-family: monospace; font-size: .9rem; overflow-wrap: anywhere; }}
  a {{ display: inline-block; margin-top: .6rem; padding: .45rem 1.1rem; border: 1px solid currentColor;
      color: light-dark(#9b2d20, #e88f7f); text-decoration: none; }}
</style>
<main role="alert">
  <h1>Forkbeard could not draw its window</h1>
  <p>{trouble}</p>
  <p>Your library is untouched: every change that was shown as saved is on the disk. Try again; if this page comes
     back, close the window and start Forkbeard once more, and keep the log for whoever helps you.</p>
  <dl>
    <dt>Library</dt><dd>{library}</dd>
    <dt>Log</dt><dd>{logs}</dd>
  </dl>
  <a href="{home}">Try again</a>
</main>
</html>
"#,
            trouble = escaped(&self.trouble.to_string()),
            library = escaped(&self.library.display().to_string()),
            logs = escaped(&self.logs.display().to_string()),
            home = escaped(self.home),
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_happened_and_where_to_look_whatever_the_folders_are_called() {
        let html = Page {
            trouble: Trouble::Ended,
            library: Path::new("/home/<b>&co/library"),
            logs: Path::new("/home/mira/logs"),
            home: "tauri://localhost/",
        }
        .html();
        for words in [
            "The process that draws the page ended unexpectedly.",
            "/home/&lt;b&gt;&amp;co/library",
            "/home/mira/logs",
            r#"<a href="tauri://localhost/">"#,
        ] {
            assert!(html.contains(words), "missing: {words}");
        }
        assert!(!html.contains("<script"));
    }
}
