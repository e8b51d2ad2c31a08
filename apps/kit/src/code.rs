//! Where secrets for a login come from: never only the command line, where others could read them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use deskwire_core::wire::ids::Private;
use zeroize::Zeroizing;

use crate::viewer::{LoginWith, Plan};

/// Options of commands that log in. Without one of them, and without an environment variable, the code is asked for.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LoginOptions {
    /// Read the code from this file (or set DESKWIRE_CODE)
    #[arg(long, value_name = "FILE", group = "way")]
    pub code_file: Option<PathBuf>,
    /// Log in with the host's password, read from this file (or set DESKWIRE_PASSWORD)
    #[arg(long, value_name = "FILE", group = "way")]
    pub password_file: Option<PathBuf>,
    /// Log in with this device's key, which the host allows (`deskwire access allow` there)
    #[arg(long, group = "way")]
    pub use_key: bool,
    /// Ask whoever sits at the host to let this device in
    #[arg(long, group = "way")]
    pub ask: bool,
    /// Read the second factor from this file, if one is wanted (or set DESKWIRE_SECOND_FACTOR)
    #[arg(long, value_name = "FILE")]
    pub second_factor_file: Option<PathBuf>,
    /// Ask the host not to want a second factor from this device again
    #[arg(long)]
    pub trust_this_device: bool,
    /// With --use-key or --ask: go on though nothing has proven the host's key yet
    #[arg(long)]
    pub accept_unverified: bool,
}

/// Environment variable that may hold the code.
pub const CODE_VARIABLE: &str = "DESKWIRE_CODE";
/// The same for the password.
pub const PASSWORD_VARIABLE: &str = "DESKWIRE_PASSWORD";
/// The same for the second factor.
pub const SECOND_FACTOR_VARIABLE: &str = "DESKWIRE_SECOND_FACTOR";

impl LoginOptions {
    /// Puts what they say into a plan. `asks` says whether the code is asked for on the terminal if nothing is said.
    ///
    /// # Errors
    /// When a file cannot be read, or what it holds is no code.
    pub fn apply(&self, plan: &mut Plan, asks: bool) -> io::Result<()> {
        plan.login = self.read(asks)?;
        plan.accept_unverified = self.accept_unverified;
        let second = secret("the second factor", self.second_factor_file.as_deref(), SECOND_FACTOR_VARIABLE)?;
        plan.second_factor = second.map(|code| (code, self.trust_this_device));
        Ok(())
    }

    fn read(&self, asks: bool) -> io::Result<Option<LoginWith>> {
        if self.use_key {
            return Ok(Some(LoginWith::Key));
        }
        if self.ask {
            return Ok(Some(LoginWith::Approval));
        }
        let code = |text: &str| {
            LoginWith::code(text).map(Some).map_err(|why| io::Error::new(io::ErrorKind::InvalidInput, why))
        };
        // A file that was named goes before what the environment says.
        let password_variable = if self.code_file.is_none() { PASSWORD_VARIABLE } else { "" };
        if let Some(password) = secret("the password", self.password_file.as_deref(), password_variable)? {
            return Ok(Some(LoginWith::Password(password)));
        }
        if let Some(text) = secret("the code", self.code_file.as_deref(), CODE_VARIABLE)? {
            return code(&text.0);
        }
        if !asks {
            return Ok(None);
        }
        let text = rpassword::prompt_password("One-time code: ").map(Zeroizing::new).map_err(|e| {
            io::Error::new(
                e.kind(),
                format!(
                    "there is no terminal to ask for the code ({e}); use {CODE_VARIABLE}, --code-file, \
                     --password-file, --use-key or --ask"
                ),
            )
        })?;
        code(&text)
    }
}

/// A secret from a file, else from the environment; without the end of its line.
fn secret(what: &str, file: Option<&Path>, variable: &str) -> io::Result<Option<Private<String>>> {
    let text = if let Some(path) = file {
        let text = fs::read_to_string(path).map_err(|e| {
            io::Error::new(e.kind(), format!("cannot read {what} from {}: {e}", path.display()))
        })?;
        Some(Zeroizing::new(text))
    } else {
        std::env::var(variable).ok().map(Zeroizing::new)
    };
    match text.map(|text| Private(text.trim_end_matches(['\n', '\r']).to_owned())) {
        Some(text) if text.0.trim().is_empty() => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{what} is empty; the host shows or knows it"),
        )),
        other => Ok(other),
    }
}

/// Asks twice for a new password on the terminal, or reads it from a file.
///
/// # Errors
/// When there is neither, or the two differ.
pub fn new_password(file: Option<&Path>) -> io::Result<Private<String>> {
    if let Some(password) = secret("the password", file, "")? {
        return Ok(password);
    }
    let ask = |prompt| {
        rpassword::prompt_password(prompt).map(Private).map_err(|e| {
            io::Error::new(
                e.kind(),
                format!("there is no terminal to ask for the password ({e}); use --file"),
            )
        })
    };
    let first = ask("New password: ")?;
    if first != ask("The same again: ")? {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the two differ; nothing was changed"));
    }
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_read_from_files_without_decoration() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("code");
        fs::write(&path, "123 456\n").unwrap();
        let options = LoginOptions { code_file: Some(path.clone()), ..LoginOptions::default() };
        assert_eq!(options.read(false).unwrap(), Some(LoginWith::code("123456").unwrap()));
        fs::write(&path, " \n").unwrap();
        assert!(options.read(false).is_err());
        let missing = LoginOptions { code_file: Some(folder.path().join("none")), ..LoginOptions::default() };
        assert!(missing.read(false).unwrap_err().to_string().contains("none"));
        fs::write(&path, " correct horse \r\n").unwrap();
        let options = LoginOptions { password_file: Some(path), ..LoginOptions::default() };
        assert_eq!(options.read(false).unwrap(), Some(LoginWith::password(" correct horse ")));
    }
}
