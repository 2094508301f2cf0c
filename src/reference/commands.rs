//! Every command with its flags and examples, from the definition that also reads the command line.

use clap::{Arg, ArgAction, Command};

use super::{code, table};

/// The flags of every command, then one section a command.
pub fn commands(program: &Command) -> String {
    let mut program = program.clone();
    program.build();
    let mut out = String::from("## Flags of every command {#global}\n\n");
    out.push_str(&flags(program.get_arguments().filter(|flag| flag.is_global_set())));
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        section(command, &[program.get_name()], &mut out);
    }
    out
}

fn section(command: &Command, above: &[&str], out: &mut String) {
    let path = [above, &[command.get_name()]].concat();
    let anchor = path[1..].join("-");
    out.push_str(&format!("## {} {{#{anchor}}}\n\n", path.join(" ")));
    if let Some(about) = command.get_about() {
        out.push_str(&format!("{about}.\n\n"));
    }
    let aliases: Vec<String> = command.get_all_aliases().map(code).collect();
    if !aliases.is_empty() {
        out.push_str(&format!("Also called {}.\n\n", aliases.join(", ")));
    }
    let own = |flag: &&Arg| !flag.is_global_set() && flag.get_id() != "help" && !flag.is_hide_set();
    out.push_str(&flags(command.get_arguments().filter(own)));
    if let Some(after) = command.get_after_help() {
        out.push_str(&examples(&after.to_string()));
    }
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        section(inner, &path, out);
    }
}

/// Flags as a table; nothing where there are none.
fn flags<'c>(flags: impl Iterator<Item = &'c Arg>) -> String {
    let rows: Vec<Vec<String>> = flags.map(|flag| vec![name(flag), meaning(flag)]).collect();
    if rows.is_empty() { String::new() } else { table(&["flag", "meaning"], rows) }
}

/// `-o`, `--output-dir DIR`; `STORY`, `URL…` for what stands without a flag.
fn name(flag: &Arg) -> String {
    let takes_value = matches!(flag.get_action(), ArgAction::Set | ArgAction::Append);
    let names = flag.get_value_names().unwrap_or_default();
    let more = if flag.get_num_args().is_some_and(|range| range.max_values() > 1) { "…" } else { "" };
    let value = names.iter().map(|name| name.to_string()).collect::<Vec<_>>().join(" ") + more;
    if flag.is_positional() {
        return code(&value);
    }
    let short = flag.get_short().map(|short| format!("-{short}"));
    let long = flag.get_long().map(|long| format!("--{long}"));
    let mut forms: Vec<String> = short.into_iter().chain(long).collect();
    if let Some(last) = forms.last_mut().filter(|_| takes_value) {
        last.push_str(&format!(" {value}"));
    }
    forms.iter().map(|form| code(form)).collect::<Vec<_>>().join(", ")
}

fn meaning(flag: &Arg) -> String {
    let mut text = flag.get_help().map(ToString::to_string).unwrap_or_default();
    let takes_value = matches!(flag.get_action(), ArgAction::Set | ArgAction::Append);
    let values: Vec<String> = flag.get_possible_values().iter().map(|value| code(value.get_name())).collect();
    if takes_value && !values.is_empty() {
        text.push_str(&format!(": {}", values.join(", ")));
    }
    let defaults: Vec<String> =
        flag.get_default_values().iter().map(|value| code(&value.to_string_lossy())).collect();
    if takes_value && !defaults.is_empty() {
        text.push_str(&format!(" (default {})", defaults.join(", ")));
    }
    // Angle brackets would be raw HTML.
    text.replace('<', "\\<").replace('[', "\\[")
}

/// The text after a command's help: indented lines are commands, the others are prose.
fn examples(after: &str) -> String {
    let mut out = String::new();
    let mut is_open = false;
    for line in after.lines().filter(|line| *line != "Examples:") {
        let is_command = line.starts_with("  ");
        match (is_command, is_open) {
            (true, false) => out.push_str("```sh elsewhere\n"),
            (false, true) => out.push_str("```\n"),
            _ => {}
        }
        is_open = is_command;
        out.push_str(line.trim());
        out.push('\n');
    }
    if is_open {
        out.push_str("```\n");
    }
    out.push('\n');
    out
}
