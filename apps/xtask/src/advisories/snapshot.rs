//! The snapshot of the database, and a clone of the database.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::read;

/// Where the database is kept.
pub(super) const SOURCE: &str = "https://github.com/rustsec/advisory-db";

const HEADER: &str = "\
# What RustSec has published about the packages in our lock files: the facts only, its texts are at
# https://rustsec.org/advisories/ID.html. `cargo xtask advisories` holds the lock files against it, and
# `cargo xtask advisories --update FOLDER` makes it anew from a clone of https://github.com/rustsec/advisory-db.

";

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Snapshot {
    /// The day of the database, as `2026-11-30`.
    pub(super) as_of: String,
    /// What exactly it was made from.
    pub(super) source: String,
    /// Packages that are not ours, but near.
    pub(super) neighbours: BTreeSet<String>,
    /// Packages that were looked for; those of them that `advisories` does not name had none.
    pub(super) packages: BTreeSet<String>,
    pub(super) advisories: Vec<Advisory>,
}

/// One advisory.
#[derive(Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Advisory {
    #[serde(flatten)]
    pub(super) about: About,
    pub(super) title: String,
    #[serde(flatten)]
    versions: Versions,
}

/// As it begins in the database.
#[derive(Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct About {
    pub(super) package: String,
    pub(super) id: String,
    date: String,
    /// `unmaintained`, `unsound` or `notice` where it is no vulnerability.
    #[serde(skip_serializing_if = "Option::is_none")]
    informational: Option<String>,
    /// The day it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<String>,
}

/// The versions that are good.
#[derive(Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Versions {
    patched: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unaffected: Vec<String>,
}

/// The part of a file of the database that is for programs.
#[derive(Deserialize)]
struct Front {
    advisory: About,
    versions: Versions,
}

impl Snapshot {
    /// Reads the file.
    pub(super) fn read(file: &Path) -> Result<Self, String> {
        toml::from_str(&read(file)?).map_err(|e| format!("{}: {e}", file.display()))
    }

    /// What the file is to say.
    pub(super) fn text(&self) -> Result<String, String> {
        let text = toml::to_string(self).map_err(|e| format!("cannot write the snapshot: {e}"))?;
        // A name a line: a package that comes or goes changes one line.
        let lists = |line: &str| match line.split_once(" = [\"") {
            Some((name @ ("neighbours" | "packages"), list)) => {
                format!("{name} = [\n    \"{}", list.replace("\", ", "\",\n    ").replace("\"]", "\",\n]"))
            }
            _ => line.to_owned(),
        };
        Ok(HEADER.to_owned() + &text.lines().map(|line| lists(line) + "\n").collect::<String>())
    }

    /// What a clone of the database says about packages.
    pub(super) fn of_clone(
        clone: &Path,
        packages: BTreeSet<String>,
        neighbours: BTreeSet<String>,
    ) -> Result<Self, String> {
        let head = git(clone, &["log", "-1", "--format=%cs %H"])?;
        let (as_of, commit) = head.trim().split_once(' ').ok_or("git names no commit")?;
        let mut advisories = Vec::new();
        for package in packages.union(&neighbours) {
            // Most packages have none.
            let Ok(entries) = fs::read_dir(clone.join("crates").join(package)) else { continue };
            for path in entries.flatten().map(|entry| entry.path()) {
                let is_one = |name: &str| name.starts_with("RUSTSEC-") && name.ends_with(".md");
                if path.file_name().is_some_and(|name| is_one(&name.to_string_lossy())) {
                    let parsed = Advisory::parse(&read(&path)?);
                    advisories.push(parsed.map_err(|e| format!("{}: {e}", path.display()))?);
                }
            }
        }
        if advisories.is_empty() {
            return Err(format!("{} has no advisories; is it a clone of {SOURCE}?", clone.display()));
        }
        advisories.sort();
        let source = format!("{SOURCE}, commit {commit}");
        Ok(Self { as_of: as_of.to_owned(), source, neighbours, packages, advisories })
    }

    /// How old it is.
    pub(super) fn age(&self, now: SystemTime) -> Result<Duration, String> {
        let days = days(&self.as_of).ok_or_else(|| format!("`{}` is no day", self.as_of))?;
        let made = SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400);
        Ok(now.duration_since(made).unwrap_or_default())
    }
}

impl Advisory {
    /// Reads a file of the database: TOML between fences, then a heading, then prose.
    fn parse(text: &str) -> Result<Self, String> {
        let (_, rest) = text.split_once("```toml\n").ok_or("it has no TOML")?;
        let (front, prose) = rest.split_once("\n```").ok_or("its TOML does not end")?;
        let front: Front = toml::from_str(front).map_err(|e| e.to_string())?;
        let title = prose.lines().find_map(|line| line.strip_prefix("# ")).ok_or("it has no title")?;
        Ok(Self { about: front.advisory, title: title.trim().to_owned(), versions: front.versions })
    }

    /// Writes one as the database has it.
    pub(super) fn document(&self) -> Result<String, String> {
        let toml =
            |part: Result<String, toml::ser::Error>| part.map_err(|e| format!("{}: {e}", self.about.id));
        let (about, versions) = (toml(toml::to_string(&self.about))?, toml(toml::to_string(&self.versions))?);
        let address = format!("https://rustsec.org/advisories/{}.html", self.about.id);
        Ok(format!(
            "```toml\n[advisory]\n{about}\n[versions]\n{versions}```\n\n# {}\n\nSee {address}\n",
            self.title
        ))
    }
}

/// Days from 1970 to a day like `2026-11-30`.
fn days(date: &str) -> Option<u64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March, so that a leap day is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    Some(year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

fn git(folder: &Path, args: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output();
    let output = output.map_err(|e| format!("cannot start git: {e}"))?;
    if !output.status.success() {
        return Err(format!("{} is no git repository with a commit", folder.display()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"left\"\ndate = \"2026-01-02\"\n\
        categories = [\"memory-corruption\"]\n\n[versions]\npatched = [\">= 1.2\"]\n```\n\n# It leaks\n\nText.\n";

    #[test]
    fn days_are_counted_as_calendars_do() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("2000-02-29"), Some(11_016));
        assert_eq!(days("2000-03-01"), Some(11_017));
        assert_eq!(days("2026-11-30"), Some(20_787));
        assert_eq!((days("2026-13-01"), days("yesterday"), days("2026-11")), (None, None, None));
    }

    #[test]
    fn a_snapshot_of_a_clone_has_what_it_says_of_our_packages_and_no_more() {
        let clone = tempfile::tempdir().unwrap();
        let put = |package: &str, name: &str, text: &str| {
            let folder = clone.path().join("crates").join(package);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(name), text).unwrap();
        };
        put("left", "RUSTSEC-2026-0001.md", FILE);
        put("left", "notes.txt", "not one");
        put("near", "RUSTSEC-2026-0002.md", &FILE.replace("2026-0001", "2026-0002").replace("left", "near"));
        put("far", "RUSTSEC-2026-0003.md", FILE);
        let repository = ["-c", "user.name=a", "-c", "user.email=a@b"];
        let date = "2026-01-03T00:00:00Z";
        for args in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "All", "--date", date]] {
            let mut command = Command::new("git");
            command.arg("-C").arg(clone.path()).args(repository).args(args).env("GIT_COMMITTER_DATE", date);
            assert!(command.status().unwrap().success());
        }
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let made = Snapshot::of_clone(clone.path(), set(&["left", "right"]), set(&["near"])).unwrap();
        let ids: Vec<&str> = made.advisories.iter().map(|advisory| advisory.about.id.as_str()).collect();
        assert_eq!(
            (made.as_of.as_str(), ids),
            ("2026-01-03", vec!["RUSTSEC-2026-0001", "RUSTSEC-2026-0002"])
        );
        // Written and read again, it is the same; and each advisory is one that the database could have.
        let again: Snapshot = toml::from_str(&made.text().unwrap()).unwrap();
        assert_eq!((&again.advisories, &again.packages), (&made.advisories, &made.packages));
        for advisory in &made.advisories {
            assert_eq!(Advisory::parse(&advisory.document().unwrap()).as_ref(), Ok(advisory));
        }
        // Two months are no alarm, a day more is.
        let at = |day: &str| SystemTime::UNIX_EPOCH + Duration::from_secs(days(day).unwrap() * 86_400);
        assert!(made.age(at("2026-03-04")).unwrap() <= super::super::OLD);
        assert!(made.age(at("2026-03-05")).unwrap() > super::super::OLD);
        assert_eq!(made.age(at("2026-01-01")), Ok(Duration::ZERO));
    }

    #[test]
    fn a_folder_that_is_no_clone_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Snapshot::of_clone(folder.path(), BTreeSet::new(), BTreeSet::new()).is_err());
        assert!(Advisory::parse("# Nothing").is_err());
        assert!(Advisory::parse(&FILE.replace("package", "name")).is_err());
    }
}
