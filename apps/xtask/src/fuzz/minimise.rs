//! `cargo xtask fuzz --minimise`: the committed corpora anew, of all that is known, and small.
//!
//! libFuzzer merges all there is into the inputs, smallest first, that take an edge none before took. Where that is more than
//! a corpus may have, it is asked again which edges each of them takes, and those stay that bring most for their size. What
//! is there under a name of its own was found by somebody, and stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{Places, files, folders, made, program};
use crate::run;

/// Most files of a corpus, those with a name of their own apart.
const FILES: usize = 100;
/// Most bytes of them together.
const BYTES: u64 = 16 << 10;
/// What a file costs beside its bytes: a place in the repository, and time to replay it.
const A_FILE: u64 = 64;

/// An input and the edges it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Taken {
    path: PathBuf,
    size: u64,
    edges: BTreeSet<u64>,
}

pub(super) fn run(places: &Places, targets: &[String]) -> Result<(), String> {
    crate::print(&format!("{:<58}{:>5}{:>9}{:>8}{:>8}\n", "target", "files", "bytes", "edges", "of"));
    for target in targets {
        let fresh = anew(&places.found.join("fresh").join(target))?;
        merge(places, target, "-merge=1", &fresh, &folders(places, target)?)?;
        let all = taken(places, target, &fresh)?;
        let known = all.iter().flat_map(|input| &input.edges).collect::<BTreeSet<_>>().len();
        let kept = bounded(all, FILES, BYTES);
        let edges = kept.iter().flat_map(|input| &input.edges).collect::<BTreeSet<_>>().len();
        let committed = made(&places.corpus.join(target))?;
        for file in files(&committed)?.into_iter().filter(|file| is_hash(file)) {
            fs::remove_file(&file).map_err(|e| format!("cannot remove {}: {e}", file.display()))?;
        }
        for Taken { path, .. } in &kept {
            let to = committed.join(path.file_name().unwrap_or_default());
            fs::copy(path, &to).map_err(|e| format!("cannot write {}: {e}", to.display()))?;
        }
        let bytes = files(&committed)?.iter().map(|file| size(file)).sum::<u64>();
        let count = files(&committed)?.len();
        crate::print(&format!("{target:<58}{count:>5}{bytes:>9}{edges:>8}{known:>8}\n"));
    }
    Ok(())
}

/// An empty folder.
fn anew(folder: &Path) -> Result<PathBuf, String> {
    // It may not be there.
    let _ = fs::remove_dir_all(folder);
    made(folder)
}

/// Has libFuzzer merge folders into one. Edges alone count, not how often each was taken: a corpus in a repository has to
/// stay small.
fn merge(places: &Places, target: &str, how: &str, into: &Path, from: &[PathBuf]) -> Result<(), String> {
    let mut command = program(places, target)?;
    command.args([how, "-use_counters=0"]).arg(into).args(from);
    run::finish(command.stderr(Stdio::null()).status(), &format!("merge of {target}"))
}

/// Which edges each input of a folder takes.
fn taken(places: &Places, target: &str, folder: &Path) -> Result<Vec<Taken>, String> {
    let aside = anew(&places.found.join("cover").join(target))?;
    let control = aside.join("control");
    let how = format!("-merge_control_file={}", control.display());
    let mut command = program(places, target)?;
    command.args(["-set_cover_merge=1", "-use_counters=0", &how]).arg(made(&aside.join("out"))?).arg(folder);
    run::finish(command.stderr(Stdio::null()).status(), &format!("cover of {target}"))?;
    let text = fs::read_to_string(&control).map_err(|e| format!("cannot read {}: {e}", control.display()))?;
    let mut all = read_control(&text)?;
    all.iter_mut().for_each(|input| input.size = size(&input.path));
    Ok(all)
}

/// Reads what libFuzzer writes down while it merges: the number of files, how many of them were there before, their paths,
/// and for each a line `FT`, its place, and what it reached.
fn read_control(text: &str) -> Result<Vec<Taken>, String> {
    let mut lines = text.lines();
    let count = lines.next().and_then(|line| line.parse().ok()).ok_or("no number of files to merge")?;
    let mut all: Vec<Taken> = lines
        .by_ref()
        .skip(1)
        .take(count)
        .map(|path| Taken { path: path.into(), ..Taken::default() })
        .collect();
    for line in lines {
        let mut words = line.split(' ');
        if words.next() != Some("FT") {
            continue;
        }
        let place: Option<usize> = words.next().and_then(|word| word.parse().ok());
        let input = place.and_then(|place| all.get_mut(place)).ok_or("an input that is not listed")?;
        input.edges = words.filter_map(|word| word.parse().ok()).collect();
    }
    Ok(all)
}

/// The inputs that stay: in each turn the one that brings most new edges for its size, as long as there is room.
fn bounded(mut all: Vec<Taken>, files: usize, bytes: u64) -> Vec<Taken> {
    let (mut kept, mut room, mut seen) = (Vec::new(), bytes, BTreeSet::new());
    while kept.len() < files {
        let news: BTreeMap<usize, u64> = all
            .iter()
            .enumerate()
            .filter(|(_, input)| input.size <= room)
            .map(|(at, input)| (at, input.edges.difference(&seen).count() as u64))
            .filter(|(_, new)| *new > 0)
            .collect();
        // The first of equals, so that the choice is always the same.
        let worth =
            |at: usize, new: u64| new * (1 << 20) / (all.get(at).map_or(0, |input| input.size) + A_FILE);
        let best = news.iter().max_by_key(|(at, new)| (worth(**at, **new), std::cmp::Reverse(**at)));
        let Some((&at, _)) = best else { break };
        let input = all.swap_remove(at);
        room -= input.size;
        seen.extend(input.edges.iter().copied());
        kept.push(input);
    }
    kept
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |data| data.len())
}

/// Whether libFuzzer named the file. Others are what went wrong once, and stay.
fn is_hash(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, size: u64, edges: &[u64]) -> Taken {
        Taken { path: name.into(), size, edges: edges.iter().copied().collect() }
    }

    fn names(kept: &[Taken]) -> Vec<&str> {
        kept.iter().filter_map(|input| input.path.to_str()).collect()
    }

    #[test]
    fn what_libfuzzer_writes_down_is_read() {
        let text = "2\n0\na/x\na/y\nSTARTED 0 4\nFT 0 7 9\nCOV 0 1\nSTARTED 1 5\nFT 1 9 11\nCOV 1\n";
        assert_eq!(read_control(text), Ok(vec![input("a/x", 0, &[7, 9]), input("a/y", 0, &[9, 11])]));
        for wrong in ["", "x\n", "1\n0\na\nFT 1 7\n"] {
            assert!(read_control(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_corpus_that_fits_keeps_every_edge_and_nothing_that_adds_none() {
        let all = [input("small", 10, &[1, 2]), input("same", 20, &[1]), input("large", 900, &[2, 3])];
        assert_eq!(names(&bounded(all.to_vec(), 9, 1_000)), ["small", "large"]);
    }

    #[test]
    fn one_that_does_not_fit_keeps_what_brings_most_for_its_size() {
        let edges: Vec<u64> = (0..100).collect();
        let all = [input("a", 10, &edges[..3]), input("b", 900, &edges), input("c", 10, &edges[50..60])];
        assert_eq!(names(&bounded(all.to_vec(), 9, 1_000)), ["c", "b"]);
        assert_eq!(names(&bounded(all.to_vec(), 9, 100)), ["c", "a"]);
        assert_eq!(names(&bounded(all.to_vec(), 1, 1_000)), ["c"]);
    }

    #[test]
    fn names_of_hashes_are_known() {
        assert!(is_hash(Path::new("a/da39a3ee5e6b4b0d3255bfef95601890afd80709")));
        assert!(!is_hash(Path::new("a/port-with-a-plus")) && !is_hash(Path::new("a/da39")));
    }
}
