//! The browser, where there is one.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use tempfile::NamedTempFile;

/// Opens the page; failing that is no harm, as its address is printed. What the browser is given is
/// a file that leads there and that only this user can read: other users see command lines, and the
/// address holds the token. The file is deleted when it is dropped.
pub fn open(url: &str) -> Option<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("mizan-").suffix(".html").tempfile().ok()?;
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; \
         url={url}\"><title>mizan label</title>"
    );
    file.write_all(page.as_bytes()).and_then(|()| file.flush()).ok()?;
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some());
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else if has_screen {
        Command::new("xdg-open")
    } else {
        return None;
    };
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.arg(file.path()).spawn().ok()?;
    Some(file)
}
