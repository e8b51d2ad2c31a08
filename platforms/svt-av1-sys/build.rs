//! Finds the library and makes bindings from its header.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rustc-check-cfg=cfg(three)");
    let library = pkg_config::Config::new().atleast_version("1.4").probe("SvtAv1Enc").map_err(|why| {
        format!(
            "the SVT-AV1 encoder was not found: install libsvtav1enc-dev, or build without recordings ({why})"
        )
    })?;
    let major = library.version.split('.').next().and_then(|major| major.parse::<u32>().ok()).unwrap_or(1);
    if major >= 3 {
        println!("cargo::rustc-cfg=three");
    }
    let folders = library.include_paths.iter().map(|folder| format!("-I{}", folder.display()));
    let bindings = bindgen::Builder::default()
        .header_contents("wanted.h", "#include <EbSvtAv1Enc.h>")
        .clang_args(folders)
        // Debian puts the headers into a folder that its pkg-config file does not always name.
        .clang_arg("-I/usr/include/svt-av1")
        .allowlist_function("svt_av1_.*")
        .allowlist_type("Eb.*|Svt.*")
        .allowlist_var("EB_.*")
        .default_enum_style(bindgen::EnumVariation::Consts)
        .prepend_enum_name(false)
        .layout_tests(false)
        .generate()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    bindings.write_to_file(out.join("bindings.rs"))?;
    Ok(())
}
