//! `dateline explain`: what a problem's code means.

use std::fmt::Write;

use clap::Args;

use super::{Exit, print};
use crate::diag::{Code, Error, Explanation, Finder, nearest};

/// Flags of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, as a problem names it; left out, all codes are listed
    code: Option<String>,
}

/// Prints the explanation of a code, or the list of all.
pub fn run(args: &ExplainArgs) -> Result<Exit, Error> {
    let Some(name) = &args.code else {
        return print(list().as_bytes());
    };
    match Code::parse(name) {
        Some(code) => print(explained(code).as_bytes()),
        None => {
            let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(Error::Usage(format!("no problem is called `{name}`{help}")))
        }
    }
}

/// Every code with the first sentence of its meaning.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let line = |code: &Code| {
        let meaning = code.explanation().meaning;
        let first = meaning.split_inclusive(". ").next().unwrap_or_default().trim();
        format!("{:width$}  {first}\n", code.name())
    };
    Code::ALL.iter().map(line).collect()
}

/// Meaning, examples and remedy; examples are indented, under the names of their files.
fn explained(code: Code) -> String {
    let Explanation { meaning, examples, remedy } = code.explanation();
    let finder = match code.finder() {
        Finder::Build => "every build",
        Finder::Check => "dateline check",
    };
    let mut text = format!("{} (found by {finder})\n\n{meaning}\n", code.name());
    for example in examples {
        let head = example.path.map_or("For example:".to_owned(), |path| format!("For example, {path}:"));
        // Writing to a text does not fail.
        let _ = write!(text, "\n{head}\n\n");
        for line in example.text.lines() {
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
    }
    let name = code.name();
    let _ = write!(text, "\n{remedy}\n\n");
    text.push_str(&match code.finder() {
        Finder::Check => format!("[lint] {name} = \"allow\", \"warn\" or \"deny\" decides, in dateline.toml or in one file.\n"),
        Finder::Build => format!("An error stays one; of a warning, [lint] {name} = \"allow\", \"warn\" or \"deny\" decides, in dateline.toml or in one file.\n"),
    });
    text
}
