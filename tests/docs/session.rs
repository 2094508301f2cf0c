//! The blocks of a document as one session of a shell, in an empty folder.
//!
//! Three things differ from what a reader types: `dateline serve` ends after it has started;
//! `dateline add` finds what `*.example` hosts would send in tests/docs/web/; and of what a reader
//! does in a clone, `cargo run` runs the program on this one, other lines are left to .ci/run.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::block::{Block, Role};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs the session of a document; says which block failed, and what was printed.
pub fn run(blocks: &[Block]) -> Result<(), String> {
    if !blocks.iter().any(|block| matches!(block.role, Role::Commands)) {
        return Ok(());
    }
    let folder = TempDir::new().unwrap();
    let (bin, said, work) =
        (folder.path().join("bin"), folder.path().join("said"), folder.path().join("work"));
    for part in [&bin, &said, &work] {
        fs::create_dir(part).unwrap();
    }
    wrap(&bin.join("dateline"));
    let script = script(blocks, &said);
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-eu", "-c", &script])
        .current_dir(&work)
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("HOME", folder.path())
        .env("SOURCE_DATE_EPOCH", "1780272000")
        .env("LC_ALL", "C")
        .env_remove("EDITOR")
        .output()
        .unwrap();
    let at = fs::read_to_string(said.join("at")).unwrap_or_default();
    if !output.status.success() {
        let printed = fs::read_to_string(said.join(at.trim())).unwrap_or_default();
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}:{} failed:\n{printed}{errors}", blocks[0].file, at.trim()));
    }
    for pair in blocks.windows(2) {
        if let ([before, Block { role: Role::Output, text, .. }], Role::Commands) = (pair, &pair[0].role) {
            let printed = fs::read_to_string(said.join(before.line.to_string())).unwrap();
            let printed = printed.replace(&work.display().to_string(), ".");
            let assert = snapbox::Assert::new().action(snapbox::assert::Action::Verify);
            let same = assert.try_eq(None, snapbox::Data::text(printed), text.as_str().into());
            same.map_err(|error| format!("{}:{}: {error}", before.file, before.line))?;
        }
    }
    Ok(())
}

/// One script of all files and commands; what the commands of a block print goes to a file named
/// after its line. In the end every site of the session builds without a warning.
fn script(blocks: &[Block], said: &Path) -> String {
    let said = said.display();
    let mut script = String::new();
    for Block { line, role, text, .. } in blocks {
        match role {
            Role::File { path, append } => {
                let to = if *append { ">>" } else { ">" };
                script.push_str(&format!("echo {line} > {said}/at\nmkdir -p \"$(dirname '{path}')\"\n"));
                script.push_str(&format!("cat {to} '{path}' <<'END OF FILE'\n{text}END OF FILE\n"));
            }
            Role::Commands => {
                let text: Vec<String> = text.lines().map(here).collect();
                let text = text.join("\n");
                script.push_str(&format!("echo {line} > {said}/at\n{{\n{text}\n}} > {said}/{line} 2>&1\n"));
            }
            Role::Elsewhere | Role::Output | Role::Piece { .. } | Role::Unknown => {}
        }
    }
    script.push_str(&format!(
        "echo end > {said}/at\n[ ! -f dateline.toml ] || dateline build --drafts --deny-warnings > {said}/end 2>&1\n"
    ));
    script
}

/// A line as it is run here: what a reader of a clone does with it is done with this one.
fn here(line: &str) -> String {
    if let Some(rest) = line.strip_prefix("cargo run --release -- ") {
        let elsewhere = if rest.starts_with("build") { " --no-cache -o \"$HOME/public\"" } else { "" };
        let rest = rest.split('#').next().unwrap().trim();
        return format!("dateline -r '{ROOT}' {rest}{elsewhere}");
    }
    let is_of_clone = ["cargo ", "git clone ", "cd dateline"].iter().any(|start| line.starts_with(start));
    if is_of_clone { format!(": {line}") } else { line.to_owned() }
}

/// Puts the program into a folder, behind a script that stands for network and patience.
fn wrap(path: &Path) {
    let program = env!("CARGO_BIN_EXE_dateline");
    let text = format!(
        r#"#!/bin/sh
case " $* " in
*" serve "*|*" watch "*)
  for word; do shift; [ "$word" = --open ] || set -- "$@" "$word"; done
  '{program}' "$@" & pid=$!
  sleep 1
  kill "$pid";;
*" add "*" https://"*.example/*)
  for word; do case $word in https://*.example/*) address=$word; esac; done
  case " $* " in *" --html "*) exec '{program}' "$@";; esac
  exec '{program}' "$@" --html '{ROOT}'/tests/docs/web/"${{address#https://}}".html;;
*) exec '{program}' "$@";;
esac
"#
    );
    fs::write(path, text).unwrap();
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Whether a shell could read the commands, and the program its own.
pub fn check_form(block: &Block) -> Result<(), String> {
    let read = Command::new("sh").args(["-n", "-c", &block.text]).output().unwrap();
    if !read.status.success() {
        return Err(String::from_utf8_lossy(&read.stderr).into_owned());
    }
    for line in block.text.lines() {
        let line = line.split(" > ").next().unwrap().split(" #").next().unwrap();
        let own = line.split(['|', '&', ';']).map(str::trim).filter(|part| part.starts_with("dateline "));
        for command in own {
            let words = words(command);
            let parsed = dateline::cmd::command().try_get_matches_from(words);
            parsed.map_err(|error| format!("`{command}`: {error}"))?;
        }
    }
    Ok(())
}

/// The words of a command; quotation marks hold together what stands between them.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Commands that only .ci/run can try; they stand there, word for word.
pub fn cargo_lines(blocks: &[Block]) -> impl Iterator<Item = &str> {
    let commands = blocks.iter().filter(|block| matches!(block.role, Role::Commands | Role::Elsewhere));
    let lines = commands.flat_map(|block| block.text.lines());
    let lines = lines.map(|line| line.split(" #").next().unwrap().trim());
    // A single test is one of those that `cargo test` runs.
    let is_part = |line: &str| line.starts_with("cargo run ") || line.starts_with("cargo test --test ");
    lines.filter(move |line| line.starts_with("cargo ") && !is_part(line))
}
