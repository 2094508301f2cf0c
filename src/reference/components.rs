//! Components and filters of templates, as the built-in theme and the renderer define them.

use super::{code, table};
use crate::diag::{Diag, Error, Spanned};
use crate::render::FILTERS;
use crate::theme::{self, Files, Theme, Wanted, eject};

/// No files: what is left is what is built in.
struct Nothing;

impl Files for Nothing {
    fn below(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        Err(Error::Read(path.into(), std::io::ErrorKind::NotFound.into()))
    }
}

fn built_in() -> Result<(Theme, Vec<Diag>), Error> {
    let name = Spanned { value: theme::DEFAULT.to_owned(), span: Default::default() };
    theme::load(&Wanted { name: &name, config_path: "dateline.toml", options: &[] }, &Nothing)
}

/// Every component of the default theme: what it shows, how it is called, its arguments. What it
/// shows is the comment at the head of its template.
pub fn components() -> String {
    let Ok((theme, _)) = built_in() else {
        return String::new();
    };
    let originals = eject::originals(&theme);
    let widgets = originals.iter().filter(|original| original.name.starts_with("widgets/"));
    widgets.filter_map(|original| component(original.name, original.text)).collect()
}

fn component(file: &str, text: &str) -> Option<String> {
    let (before, after) = text.split_once("component ")?;
    let doc =
        before.split_once("{#-").and_then(|(_, rest)| rest.split_once("-#}")).map_or("", |(doc, _)| doc);
    let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, arguments) = after.split_once('(')?;
    let (arguments, _) = arguments.split_once(") -%}")?;
    let arguments: Vec<(&str, &str, &str)> = arguments.split(", ").map(argument).collect();
    let needed = arguments.iter().filter(|(name, _, default)| default.is_empty() && !name.starts_with('@'));
    let needed: String = needed.map(|(name, _, _)| format!(" {name}={{{name}}}")).collect();
    let rows = arguments.iter().map(|(name, kind, default)| {
        let default = if default.is_empty() { String::new() } else { code(default) };
        vec![code(name), (*kind).to_owned(), default]
    });
    let call = format!("```text\n{{{{ <{name}{needed} /> }}}}\n```\n\n");
    let rows = table(&["argument", "takes", "default"], rows.collect());
    Some(format!("### {name} {{#{}}}\n\n{doc} In `{file}`.\n\n{call}{rows}", name.replace('.', "-")))
}

/// Name, kind and default of an argument such as `h: integer = 3`; `@ui` is taken from the page.
fn argument(text: &str) -> (&str, &str, &str) {
    let (name, default) = text.split_once(" = ").unwrap_or((text, ""));
    let (name, kind) = name.split_once(": ").unwrap_or((name, ""));
    match (name.starts_with('@'), kind) {
        (true, _) => (name, "taken from the page", default),
        (false, "") => (name, "anything", default),
        (false, kind) => (name, kind, default),
    }
}

/// Every filter that Dateline adds to those of Tera, with an example.
pub fn filters() -> String {
    let row = |filter: &crate::render::Filter| {
        vec![code(filter.name), filter.doc.to_owned(), code(filter.example), code(filter.result)]
    };
    table(&["filter", "what it does", "example", "gives"], FILTERS.iter().map(row).collect())
}
