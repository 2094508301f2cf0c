//! The commit: from staged files to a published folder.
//!
//! Until the manifest names old and new files, nothing in the folder is touched. From there on a build
//! may die between any two steps: whatever it leaves is known as ours, and the next build goes on.

use std::collections::BTreeSet;
use std::fs;
use std::mem;
use std::path::Path;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::ground::{self, Stands};
use super::manifest::{self, Line};
use super::table::{self, Stat, Table};
use super::{Fate, Mode, Output, Record, Summary, guard};
use crate::diag::Error;

/// How many names a message lists.
const NAMED: usize = 10;

/// Publishes the files of this build and deletes what only earlier ones wrote.
pub(super) fn commit(output: &Output) -> Result<Summary, Error> {
    let kept = output.kept.iter().filter(|kept| kept.load(Ordering::Relaxed)).count();
    let is_idle = guard(&output.records).is_empty() && guard(&output.conflicts).is_empty();
    if is_idle && kept == output.old.lines().len() && kept > 0 {
        output.mode.clear_stage();
        return Ok(Summary { same: kept, ..Summary::default() });
    }
    let mut files = all_files(output);
    let outcome = publish(output, &mut files);
    // If it failed, the records say what must be taken away again.
    *guard(&output.records) = files;
    outcome
}

/// Every file of this build, in order.
fn all_files(output: &Output) -> Vec<Record> {
    let mut files = mem::take(&mut *guard(&output.records));
    for (at, line) in output.old.lines().iter().enumerate() {
        if output.kept[at].load(Ordering::Relaxed) {
            files.push(Record { line: line.clone(), stat: output.table.stat(at), fate: Fate::Same });
        }
    }
    files.sort_by(|a, b| a.line.path.cmp(&b.line.path));
    files
}

fn publish(output: &Output, files: &mut [Record]) -> Result<Summary, Error> {
    let obsolete: Vec<&Line> = output.old.lines().iter().filter(|line| !has(files, &line.path)).collect();
    check(output, files, &obsolete)?;
    for line in &obsolete {
        output.ground.check_writable(ground::parent(&line.path))?;
    }
    let union = save_manifest(output, files, &obsolete, output.old.digest())?;
    let deleted = if files.iter().any(is_blocked) {
        let deleted = remove(output, &obsolete)?;
        clear_ways(output, files);
        place(output, files)?;
        deleted
    } else {
        place(output, files)?;
        remove(output, &obsolete)?
    };
    let digest = if obsolete.is_empty() { union } else { save_manifest(output, files, &[], union)? };
    // Without the table the next build takes longer, and that is all.
    let stats = files.iter().map(|file| file.stat);
    let _ = Table::save(&output.table_path, digest, table::moment(&output.lock), stats);
    output.mode.clear_stage();
    Ok(summary(files, deleted))
}

fn has(files: &[Record], path: &str) -> bool {
    files.binary_search_by(|file| (*file.line.path).cmp(path)).is_ok()
}

fn is_blocked(file: &Record) -> bool {
    matches!(file.fate, Fate::Staged { is_blocked: true, .. })
}

/// No two files may be wanted in one place, nor a file where another needs a folder; and nothing
/// foreign may be in the way.
fn check(output: &Output, files: &[Record], obsolete: &[&Line]) -> Result<(), Error> {
    let mut in_way = mem::take(&mut *guard(&output.conflicts));
    for file in files.iter().filter(|file| is_blocked(file)) {
        list_foreign(&output.folder, &file.line.path, obsolete, &mut in_way)?;
    }
    let twice = files.windows(2).filter(|pair| pair[0].line.path == pair[1].line.path);
    let arriving = files.iter().filter(|file| matches!(file.fate, Fate::Staged { is_new: true, .. }));
    let folders = arriving.flat_map(|file| ground::ancestors(&file.line.path));
    let mut clashes = twice
        .map(|pair| &*pair[0].line.path)
        .chain(folders.chain(in_way.iter().map(String::as_str)).filter(|path| has(files, path)));
    match clashes.next() {
        Some(path) => Err(output.clash(path)),
        None if in_way.is_empty() => Ok(()),
        None => Err(Error::Output(output.folder.clone(), in_way_message(&in_way))),
    }
}

fn in_way_message(names: &[String]) -> String {
    let names: BTreeSet<&String> = names.iter().collect();
    let mut list: Vec<String> =
        names.iter().take(NAMED).map(|name| name.escape_debug().to_string()).collect();
    if names.len() > NAMED {
        list.push(format!("and {} more", names.len() - NAMED));
    }
    format!(
        "what Dateline did not write is in the way: {}; move it away or choose another output folder",
        list.join(", ")
    )
}

/// Adds what is not an obsolete file of ours in the folder at `path`, if there is one.
fn list_foreign(top: &Path, path: &str, obsolete: &[&Line], names: &mut Vec<String>) -> Result<(), Error> {
    let full = top.join(path);
    if !fs::symlink_metadata(&full).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    for entry in fs::read_dir(&full).map_err(Error::read(&full))? {
        let entry = entry.map_err(Error::read(&full))?;
        let kind = entry.file_type().map_err(Error::read(&full))?;
        let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
        let is_ours = || obsolete.binary_search_by(|line| (*line.path).cmp(&inner)).is_ok();
        if kind.is_dir() {
            list_foreign(top, &inner, obsolete, names)?;
        } else if !(kind.is_file() && is_ours()) {
            names.push(inner);
        }
    }
    Ok(())
}

/// Makes the manifest name these files, if it is not `present` with those names already; returns its hash.
fn save_manifest(
    output: &Output,
    files: &[Record],
    obsolete: &[&Line],
    present: u128,
) -> Result<u128, Error> {
    if let Mode::Direct(journal) = &output.mode {
        journal.close();
    }
    let mut lines: Vec<&Line> = files.iter().map(|file| &file.line).chain(obsolete.iter().copied()).collect();
    lines.sort_by(|a, b| a.path.cmp(&b.path));
    let text = manifest::render(lines.into_iter());
    manifest::save(&output.folder, &text, present)
}

/// Deletes obsolete files and the folders that become empty; returns how many files there were.
fn remove(output: &Output, obsolete: &[&Line]) -> Result<usize, Error> {
    let mut deleted = 0;
    for line in obsolete.iter().rev() {
        match output.ground.look(&line.path)? {
            Stands::File(_) => {
                let full = output.folder.join(&*line.path);
                fs::remove_file(&full).map_err(Error::write(&full))?;
                output.ground.prune(&line.path);
                deleted += 1;
            }
            // A build that died may have left its folder.
            Stands::Nothing { .. } => output.ground.prune(&line.path),
            Stands::Folder | Stands::Foreign(_) => {}
        }
    }
    Ok(deleted)
}

/// Removes the empty folders that stand in the place of a file.
fn clear_ways(output: &Output, files: &[Record]) {
    for file in files.iter().filter(|file| is_blocked(file)) {
        remove_empty(&output.folder.join(&*file.line.path));
    }
}

fn remove_empty(folder: &Path) {
    if fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            remove_empty(&entry.path());
        }
        let _ = fs::remove_dir(folder);
    }
}

/// Moves the staged files in; new ones first: should the disk be full, the old pages are still whole.
fn place(output: &Output, files: &mut [Record]) -> Result<(), Error> {
    let Mode::Staged(stage) = &output.mode else { return Ok(()) };
    for new in [true, false] {
        files.par_iter_mut().try_for_each(|file| match file.fate {
            Fate::Staged { number, is_new, .. } if is_new == new => {
                let full = output.folder.join(&*file.line.path);
                stage.publish(number, &full, new).map_err(Error::write(&full))?;
                file.stat = fs::symlink_metadata(&full).ok().as_ref().and_then(Stat::of);
                Ok(())
            }
            Fate::Staged { .. } | Fate::Same | Fate::Created => Ok(()),
        })?;
    }
    Ok(())
}

fn summary(files: &[Record], deleted: usize) -> Summary {
    let mut summary = Summary { deleted, ..Summary::default() };
    for file in files {
        match file.fate {
            Fate::Same => summary.same += 1,
            Fate::Created | Fate::Staged { is_new: true, .. } => summary.new += 1,
            Fate::Staged { is_new: false, .. } => summary.changed += 1,
        }
    }
    summary
}
