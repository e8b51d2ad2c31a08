//! `cargo xtask book`: the book of the protocol as web pages.

use crate::{run, setup};

/// Builds it beside everything else that is built. A page that is named and not there is an error.
pub(crate) fn build() -> Result<(), String> {
    setup::run(setup::Need::Book)?;
    let pages = run::target_dir()?.join("book");
    let (source, shown) = (run::root().join("spec"), pages.display().to_string());
    run::tool("mdbook", &["build", &source.display().to_string(), "--dest-dir", &shown])?;
    eprintln!("book: open {shown}/index.html");
    Ok(())
}
