//! What is wrong with templates, found while they are compiled: all of it, each with its place.
//!
//! In: the templates and the first error of the engine. Out: diags. The engine stops at the first
//! template that it cannot read, so the others are read once more, one by one.

use tera::{ErrorKind, Tera};

use super::{byte_of, first_line};
use crate::diag::{Code, Diag, Span, nearest};
use crate::theme::Template;

/// Every mistake, where the engine gave this error for these templates.
pub(super) fn mistakes(error: &tera::Error, templates: &[Template]) -> Vec<Diag> {
    match error.kind() {
        ErrorKind::SyntaxError(_) => templates.iter().filter_map(syntax).collect(),
        ErrorKind::MissingParent { current, parent } => vec![missing_parent(current, parent, templates)],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![whole(tpl, &error.to_string(), templates)]
        }
        ErrorKind::Msg(reports) if reports.starts_with(REPORT) => {
            let reports = reports.split("\n\n").filter_map(|report| report.strip_prefix(REPORT));
            reports.map(|report| reference(report, templates)).collect()
        }
        _ => vec![whole("", &error.to_string(), templates)],
    }
}

const REPORT: &str = "error: ";

/// What the grammar says of one template. Alone, it lacks all that it refers to, which is no
/// matter here.
fn syntax(template: &Template) -> Option<Diag> {
    let error = Tera::new().add_raw_template(&template.name, &template.text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    let span = report.span();
    let start = byte_of(&template.text, span.start_line, span.start_col);
    let end = byte_of(&template.text, span.end_line, span.end_col).max(start);
    let diag = Diag::error(Code::Template, &template.path, report.message()).at(Span::new(start, end));
    Some(diag.help("see the documentation of templates for what may stand here").text(&*template.text))
}

/// A filter, component, block or template that is not there: `Unknown filter `x`` and, in the next
/// line, ` --> NAME:LINE:COLUMN`.
fn reference(report: &str, templates: &[Template]) -> Diag {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or_default();
    let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")).and_then(placed);
    let Some((name, line, column)) = place else { return whole("", message, templates) };
    let Some(template) = find(name, templates) else { return whole(name, message, templates) };
    let start = byte_of(&template.text, line, column.saturating_sub(1));
    let word = message.split('`').nth(1).unwrap_or_default();
    let is_template = message.starts_with("Unknown template");
    let code = if is_template { Code::UnknownTemplate } else { Code::Template };
    let diag = Diag::error(code, &template.path, message).at(Span::new(start, start + word.len().max(1)));
    let help = match is_template {
        true => near_template(word, templates),
        false => "correct the name; the documentation of templates lists what there is".to_owned(),
    };
    diag.help(help).text(&*template.text)
}

fn placed(place: &str) -> Option<(&str, usize, usize)> {
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, line, column))
}

fn missing_parent(name: &str, parent: &str, templates: &[Template]) -> Diag {
    let message = format!("there is no template `{parent}` to extend");
    let Some(template) = find(name, templates) else { return whole(name, &message, templates) };
    let at = template.text.find(parent).unwrap_or(0);
    Diag::error(Code::UnknownTemplate, &template.path, message)
        .at(Span::new(at, at + parent.len()))
        .help(near_template(parent, templates))
        .text(&*template.text)
}

fn near_template(name: &str, templates: &[Template]) -> String {
    let names = templates.iter().map(|template| template.name.trim_start_matches("default/"));
    match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put it into templates/, or correct the name".to_owned(),
    }
}

/// A mistake without a line.
fn whole(name: &str, message: &str, templates: &[Template]) -> Diag {
    let path = find(name, templates).map_or("templates/", |template| &template.path);
    Diag::error(Code::Template, path, first_line(message))
        .help("templates of the site go before those of the theme with the same name")
}

fn find<'t>(name: &str, templates: &'t [Template]) -> Option<&'t Template> {
    templates.iter().find(|template| template.name == name)
}
