//! Where a one-time code comes from: never only the command line, where others could read it.

use std::fs;
use std::io;
use std::path::PathBuf;

/// Options of commands that log in.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct CodeOptions {
    /// Read the code from this file
    #[arg(long, value_name = "FILE")]
    pub code_file: Option<PathBuf>,
}

/// Environment variable that may hold the code.
pub const CODE_VARIABLE: &str = "DESKWIRE_CODE";

impl CodeOptions {
    /// The code from the file, else from `DESKWIRE_CODE`, else asked for on the terminal.
    pub fn read(&self) -> io::Result<String> {
        let text = if let Some(path) = &self.code_file {
            fs::read_to_string(path).map_err(|e| {
                io::Error::new(e.kind(), format!("cannot read the code from {}: {e}", path.display()))
            })?
        } else if let Ok(code) = std::env::var(CODE_VARIABLE) {
            code
        } else {
            rpassword::prompt_password("One-time code: ").map_err(|e| {
                io::Error::new(
                    e.kind(),
                    format!(
                        "there is no terminal to ask for the code ({e}); use {CODE_VARIABLE} or --code-file"
                    ),
                )
            })?
        };
        let code: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if code.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the code is empty; the host shows it"));
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_from_a_file_without_decoration() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("code");
        fs::write(&path, "123 456\n").unwrap();
        let options = CodeOptions { code_file: Some(path.clone()) };
        assert_eq!(options.read().unwrap(), "123456");
        fs::write(&path, " \n").unwrap();
        assert!(options.read().is_err());
        let missing = CodeOptions { code_file: Some(folder.path().join("none")) };
        assert!(missing.read().unwrap_err().to_string().contains("none"));
    }
}
