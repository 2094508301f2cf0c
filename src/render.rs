//! Templates and views to bytes.
//!
//! In: a theme, once; then a view a page. Out: bytes, or a diag that names template, line and the
//! page. Pure: the same theme and view give the same bytes.

mod filter;
mod mistakes;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::diag::{Code, Diag, Span};
use crate::site::reads::{Read, note};
use crate::theme::{self, Theme};

pub use filter::{FILTERS, Filter, Locales, ui_value};

/// A theme that is ready to render.
pub struct Renderer {
    tera: Tera,
    /// Path and text of every template, by Tera's name, for messages.
    sources: Vec<(String, String, String)>,
    has_others: bool,
}

impl Renderer {
    /// Compiles the templates of a theme.
    pub fn new(theme: &Theme, locales: Locales) -> (Renderer, Vec<Diag>) {
        let mut tera = Tera::new();
        filter::register(&mut tera, locales);
        let mut diags = Vec::new();
        let sources: Vec<(String, String, String)> = theme
            .templates
            .iter()
            .map(|template| (template.name.clone(), template.path.clone(), template.text.clone()))
            .collect();
        let mut result = tera.set_fallback_prefixes(theme.prefixes.clone());
        if result.is_ok() {
            let templates = theme.templates.iter();
            result = tera.add_raw_templates(templates.map(|t| (t.name.as_str(), t.text.as_str())));
        }
        let has_others = !theme.templates.iter().all(theme::is_default);
        let renderer = Renderer { tera, sources, has_others };
        if let Err(error) = result {
            diags.extend(mistakes::mistakes(&error, &theme.templates));
        }
        (renderer, diags)
    }

    /// Makes a value known to every template.
    pub fn set_global(&mut self, key: &'static str, value: Value) {
        self.tera.global_context().insert_value(key, value);
    }

    /// Whether the theme has this template.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Whether there are templates beside those of the default theme, of which it is known what they ask for.
    pub fn has_others(&self) -> bool {
        self.has_others
    }

    /// Renders a page. `view` gives the template's own variables, `common` those of every page.
    pub fn render<const C: usize>(
        &self,
        template: &'static str,
        view: &impl Serialize,
        common: [(&'static str, Value); C],
        page: &str,
    ) -> Result<Vec<u8>, Box<Diag>> {
        note(Read::Template(template));
        let mut context = Context::from_serialize(view)
            .map_err(|error| Box::new(self.diag(&error, template, Some(page))))?;
        for (key, value) in common {
            context.insert_value(key, value);
        }
        let mut out = Vec::with_capacity(64 * 1024);
        match self.tera.render_to(template, &context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(Box::new(self.diag(&error, template, Some(page)))),
        }
    }

    /// Renders one component with these arguments, the rest being its defaults.
    pub fn component<const A: usize, const I: usize>(
        &self,
        name: &'static str,
        arguments: [(&'static str, Value); A],
        implicits: [(&'static str, Value); I],
        page: &str,
    ) -> Result<String, Box<Diag>> {
        note(Read::Template(name));
        let context = |values: Vec<(&'static str, Value)>| {
            let mut context = Context::new();
            values.into_iter().for_each(|(key, value)| context.insert_value(key, value));
            context
        };
        let (arguments, implicits) = (context(arguments.into()), context(implicits.into()));
        self.tera
            .render_component_with_implicits(name, &arguments, &implicits, None, true)
            .map_err(|error| Box::new(self.diag(&error, name, Some(page))))
    }

    /// What went wrong, with the place in the template and the page that was rendered.
    fn diag(&self, error: &tera::Error, template: &str, page: Option<&str>) -> Diag {
        let on_page = page.map(|page| format!(" (on {page})")).unwrap_or_default();
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
            let message = format!("{}{on_page}", first_line(&error.to_string()));
            let code = match error.kind() {
                ErrorKind::TemplateNotFound(_) => Code::UnknownTemplate,
                _ => Code::Template,
            };
            let diag = Diag::error(code, self.path_of(template), message)
                .help("`dateline theme eject` shows the built-in templates");
            return match self.definition(template) {
                Some((path, text, span)) => Diag { path: path.into(), ..diag }.at(span).text(text),
                None => diag,
            };
        };
        let text = self.text_of(report.filename());
        let message = format!("{}{on_page}", report.message());
        let span = report.span();
        let start = byte_of(text, span.start_line, span.start_col);
        let end = byte_of(text, span.end_line, span.end_col).max(start);
        Diag::error(Code::Template, self.path_of(report.filename()), message)
            .at(Span::new(start, end))
            .help("a value that may be missing needs `{% if … %}` or `or`")
            .text(text)
    }

    fn find(&self, name: &str) -> Option<&(String, String, String)> {
        self.sources.iter().find(|(known, _, _)| known == name)
    }

    /// Where a component is defined: path and text of the file, and the place of its name. Layers are in their
    /// order, so it is the definition that counts.
    fn definition(&self, component: &str) -> Option<(&str, &str, Span)> {
        self.sources.iter().find_map(|(_, path, text)| {
            let at = text.find(&format!("component {component}("))? + "component ".len();
            Some((path.as_str(), text.as_str(), Span::new(at, at + component.len())))
        })
    }

    fn path_of<'n>(&'n self, name: &'n str) -> &'n str {
        self.find(name).map_or(name, |(_, path, _)| path)
    }

    fn text_of(&self, name: &str) -> &str {
        self.find(name).map_or("", |(_, _, text)| text)
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The byte at a line (from 1) and column (from 0, in characters).
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests;
