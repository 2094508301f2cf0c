//! `dateline theme`: what themes there are, and copies of their templates to change.

use clap::{Args, Subcommand};

use super::report::printable;
use super::site::{self, OpenSite};
use super::{Exit, Global};
use crate::build::load::SnapshotFiles;
use crate::diag::{Error, nearest};
use crate::theme::eject::{self, Original};
use crate::theme::{self, OptionKind, Theme, ThemeOption, Wanted};

/// Flags of `theme`.
#[derive(Debug, Args)]
pub struct ThemeArgs {
    #[command(subcommand)]
    command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
enum ThemeCommand {
    /// Lists the themes, and the options that the site's own takes
    #[command(after_help = "Examples:\n  dateline theme list\n  dateline theme list --quiet")]
    List,
    /// Copies a template of the theme into templates/, where it is yours to change; without a name, lists them
    #[command(
        after_help = "Examples:\n  dateline theme eject\n  dateline theme eject story.html\n  dateline theme eject widgets/card.html --print\n  dateline theme eject --all\n\nThe first line of a copy notes where it comes from; `dateline check` says when that has changed. A file that is there already is never changed."
    )]
    Eject(EjectArgs),
    /// Prints the texts of the interface in a language, to begin a translation with
    #[command(
        after_help = "Examples:\n  dateline theme texts en\n  dateline theme texts en > i18n/nl.toml\n\nThey are those of the built-in theme. A file i18n/LANG.toml of the site holds what is to be other."
    )]
    Texts {
        /// The language, such as en or ar
        lang: String,
    },
}

#[derive(Debug, Args)]
struct EjectArgs {
    /// The template, such as story.html or widgets/card.html
    #[arg(conflicts_with = "all")]
    template: Option<String>,
    /// Copy every template
    #[arg(long)]
    all: bool,
    /// Print the theme's own instead of copying it
    #[arg(long, requires = "template")]
    print: bool,
}

/// Lists, copies or prints.
pub fn run(global: &Global, args: &ThemeArgs) -> Result<Exit, Error> {
    match &args.command {
        ThemeCommand::List => opened(global, list),
        ThemeCommand::Eject(args) => opened(global, |global, site, theme| eject(global, args, site, theme)),
        // The same for every site, and wanted before there is one.
        ThemeCommand::Texts { lang } => texts(lang),
    }
}

/// Works on a site and its theme.
fn opened(
    global: &Global,
    work: impl FnOnce(&Global, &OpenSite, &Theme) -> Result<Exit, Error>,
) -> Result<Exit, Error> {
    let site = OpenSite::open(global)?;
    let files = SnapshotFiles { snapshot: &site.snapshot };
    let wanted =
        Wanted { name: &site.config.theme, config_path: &global.config, options: &site.config.theme_options };
    // What is wrong with the theme is for `build` and `check` to say.
    let (theme, _) = theme::load(&wanted, &files)?;
    work(global, &site, &theme)
}

fn list(global: &Global, site: &OpenSite, theme: &Theme) -> Result<Exit, Error> {
    let files = SnapshotFiles { snapshot: &site.snapshot };
    let mut out = String::new();
    for name in theme::names(&files) {
        let Some(manifest) = theme::manifest(&name, &files)? else {
            continue;
        };
        let is_chosen = name == site.config.theme.value;
        if global.quiet {
            out.push_str(&format!("{name}\n"));
            continue;
        }
        let mark = if is_chosen { "*" } else { " " };
        let license = Some(manifest.license).filter(|license| !license.is_empty());
        let license = license.map(|license| format!(" ({license})")).unwrap_or_default();
        out.push_str(&format!("{mark} {}  {}{license}\n", printable(&name), manifest.description));
        if is_chosen {
            theme.declared.iter().for_each(|option| out.push_str(&described(option)));
        }
    }
    super::print(out.as_bytes())
}

/// An option in two lines: what it takes, what it changes.
fn described(option: &ThemeOption) -> String {
    let ThemeOption { name, kind, description, default, css: _, on: _ } = option;
    let takes = match kind {
        OptionKind::Integer(min, i64::MAX) => format!("integer from {min} on"),
        OptionKind::Integer(min, max) => format!("integer from {min} to {max}"),
        OptionKind::Choice(choices) => choices.join(" or "),
        OptionKind::List(choices) => format!("list of {}", choices.join(", ")),
        OptionKind::Text
        | OptionKind::Boolean
        | OptionKind::Color
        | OptionKind::Font
        | OptionKind::Length
        | OptionKind::Image => kind.name().to_owned(),
    };
    let default = serde_json::to_string(default).unwrap_or_default();
    format!("      {name} ({takes}; default {default})\n        {description}\n")
}

fn texts(lang: &str) -> Result<Exit, Error> {
    match theme::built_in_texts().remove(lang) {
        Some(text) => super::print(&text),
        None => {
            let known: Vec<String> = theme::built_in_texts().into_keys().collect();
            let message = format!("the built-in theme has no texts in `{lang}`, but in {}", known.join(", "));
            Err(Error::Usage(message))
        }
    }
}

fn eject(global: &Global, args: &EjectArgs, site: &OpenSite, theme: &Theme) -> Result<Exit, Error> {
    let originals = eject::originals(theme);
    let Some(name) = &args.template else {
        if !args.all {
            let names: String = originals.iter().map(|original| format!("{}\n", original.name)).collect();
            return super::print(names.as_bytes());
        }
        let copied = originals.iter().map(|original| copy(global, site, original));
        let copied = copied.collect::<Result<Vec<bool>, Error>>()?;
        return Ok(if copied.into_iter().all(|is_new| is_new) { Exit::Good } else { Exit::Problems });
    };
    let Some(original) = originals.iter().find(|original| original.name == name) else {
        let hint = match nearest(name, originals.iter().map(|original| original.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`dateline theme eject` lists them".to_owned(),
        };
        return Err(Error::Usage(format!("the theme has no template `{name}`; {hint}")));
    };
    if args.print {
        return super::print(original.text.as_bytes());
    }
    Ok(if copy(global, site, original)? { Exit::Good } else { Exit::Problems })
}

/// Writes one copy; false, with a message, if a file is there already.
fn copy(global: &Global, site: &OpenSite, original: &Original) -> Result<bool, Error> {
    let path = format!("templates/{}", original.name);
    let is_new = site::write_new(&site.root.join(&path), &eject::copy(original))?;
    if !is_new {
        eprintln!(
            "error: {path} is there already and was left as it is; move it away first, or compare with --print"
        );
    } else if !global.quiet {
        println!("{path} is a copy of {}/{}", original.theme, original.name);
    }
    Ok(is_new)
}
