//! `dateline explain`: what a problem's code means.

use clap::Args;

use super::Exit;
use crate::diag::{Code, Error, nearest};

/// Flags of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, as a problem names it; left out, all codes are listed
    code: Option<String>,
}

/// Prints the explanation of a code, or the list of all.
pub fn run(args: &ExplainArgs) -> Result<Exit, Error> {
    let Some(name) = &args.code else {
        for code in Code::ALL {
            println!("{}", code.name());
        }
        return Ok(Exit::Good);
    };
    match Code::parse(name) {
        Some(code) => {
            println!("{}\n\n{}", code.name(), code.explanation());
            Ok(Exit::Good)
        }
        None => {
            let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(Error::Usage(format!("no problem is called `{name}`{help}")))
        }
    }
}
