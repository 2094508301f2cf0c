//! TOML text to a tree, with every mistake of the file in one go.
//!
//! In: a text. Out: the tree of all that could be understood, and diags. The grammar is that of
//! `toml_parser`, which goes on after an error; this module only says which tables its events
//! make. It builds no maps on the way, so it takes a third of the time of the `toml` crate. What
//! nearly every story is written in goes a shorter way yet: `plain.rs`.

mod nest;
mod plain;

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source};

use super::tree::{Kind, Node, Origin, Table};
use super::unseen;
use crate::diag::{Code, Diags, Span};
use nest::{descend, push_to_list, put_dotted, put_table};

/// Nesting of arrays and inline tables beyond this is an error.
const MAX_DEPTH: u32 = 64;

/// Reads a TOML text; `offset` is where it begins in its file.
pub fn parse<'s>(text: &'s str, offset: usize, diags: &mut Diags) -> Table<'s> {
    let root = plain::parse(text, offset).unwrap_or_else(|| by_grammar(text, offset, diags));
    unseen::check(&root, diags);
    root
}

fn by_grammar<'s>(text: &'s str, offset: usize, diags: &mut Diags) -> Table<'s> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut errors: Vec<ParseError> = Vec::new();
    let mut builder = Builder::new(text, offset);
    let mut guarded = RecursionGuard::new(&mut builder, MAX_DEPTH);
    parse_document(&tokens, &mut guarded, &mut errors);
    builder.close_table();
    let Builder { root, problems, .. } = builder;
    report(&errors, offset, diags);
    for problem in problems {
        diags.error(Code::Syntax, problem.span, problem.message).set_help(problem.help);
    }
    root
}

fn report(errors: &[ParseError], offset: usize, diags: &mut Diags) {
    for error in errors {
        let at = error.unexpected().or(error.context());
        let span = at.map_or(Span::default(), |at| Span::new(at.start(), at.end()));
        let diag = diags.error(Code::Syntax, span.shifted(offset), error.description());
        if let Some(expected) = error.expected().filter(|list| !list.is_empty()) {
            let names: Vec<String> = expected.iter().map(describe).collect();
            diag.set_help(format!("expected {}", names.join(", ")));
        }
    }
}

fn describe(expected: &toml_parser::Expected) -> String {
    match expected {
        toml_parser::Expected::Literal("\n") => "the end of the line".to_owned(),
        toml_parser::Expected::Literal(text) => format!("`{text}`"),
        toml_parser::Expected::Description(text) => (*text).to_owned(),
        _ => "something else".to_owned(),
    }
}

/// A mistake in how tables fit together.
struct Problem {
    span: Span,
    message: String,
    help: String,
}

/// A key as written: its text and place.
struct Key<'s> {
    text: Cow<'s, str>,
    span: Span,
}

/// An array or inline table that is still open.
enum Open<'s> {
    List(Vec<Node<'s>>, Span),
    Inline(Table<'s>, Span, Vec<Key<'s>>),
}

struct Builder<'s> {
    text: &'s str,
    offset: usize,
    root: Table<'s>,
    /// The header of the table that is being filled; empty for the root.
    header: Vec<Key<'s>>,
    header_span: Span,
    header_is_list: bool,
    in_header: bool,
    /// The table that is being filled, attached to the root at the next header.
    current: Table<'s>,
    /// The dotted key before `=`.
    keys: Vec<Key<'s>>,
    open: Vec<Open<'s>>,
    problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    fn new(text: &'s str, offset: usize) -> Builder<'s> {
        Builder {
            text,
            offset,
            root: Table::default(),
            header: Vec::new(),
            header_span: Span::default(),
            header_is_list: false,
            in_header: false,
            current: Table::default(),
            keys: Vec::new(),
            open: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn span(&self, span: toml_parser::Span) -> Span {
        Span::new(span.start() + self.offset, span.end() + self.offset)
    }

    fn raw(&self, span: toml_parser::Span, encoding: Option<Encoding>) -> Raw<'s> {
        let text = self.text.get(span.start()..span.end()).unwrap_or_default();
        Raw::new_unchecked(text, encoding, span)
    }

    fn open_header(&mut self, span: toml_parser::Span, is_list: bool) {
        self.close_table();
        self.header_span = self.span(span);
        self.header_is_list = is_list;
        self.in_header = true;
        self.keys.clear();
    }

    fn close_header(&mut self) {
        self.in_header = false;
        self.header = std::mem::take(&mut self.keys);
        self.current = Table::new(Origin::Defined);
        if self.header_is_list {
            return;
        }
        if let Some((last, path)) = self.header.split_last()
            && let Ok(parent) = descend(&mut self.root, path, Origin::Implied)
            && let Some(at) = parent.find(&last.text)
            && let Kind::Table(table) = &mut parent.at_mut(at).kind
            && table.origin == Origin::Implied
        {
            // `[a.b]` came before `[a]`: fill the table that is there.
            self.current = std::mem::take(table);
            self.current.origin = Origin::Defined;
        }
    }

    /// Attaches the table that was being filled to the root.
    fn close_table(&mut self) {
        self.open.clear();
        let current = std::mem::take(&mut self.current);
        let mut header = std::mem::take(&mut self.header);
        let Some(last) = header.pop() else {
            if self.header_span == Span::default() {
                self.root = current;
            }
            return;
        };
        let span = self.header_span;
        let result = match descend(&mut self.root, &header, Origin::Implied) {
            Err(key) => Err(key),
            Ok(parent) if self.header_is_list => push_to_list(parent, last, current, span),
            Ok(parent) => put_table(parent, last, current, span),
        };
        if let Err(key) = result {
            self.duplicate(key);
        }
    }

    fn duplicate(&mut self, key: (String, Span)) {
        self.problems.push(Problem {
            span: key.1,
            message: format!("`{}` is defined twice", key.0),
            help: "remove one of the two, or join them".to_owned(),
        });
    }

    /// A value is complete: put it where it belongs.
    fn value(&mut self, node: Node<'s>) {
        let result = match self.open.last_mut() {
            Some(Open::List(items, _)) => {
                items.push(node);
                return;
            }
            Some(Open::Inline(table, _, keys)) => put_dotted(table, std::mem::take(keys), node),
            None => put_dotted(&mut self.current, std::mem::take(&mut self.keys), node),
        };
        if let Err(key) = result {
            self.duplicate(key);
        }
    }
}

impl EventReceiver for Builder<'_> {
    fn std_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.open_header(span, false);
    }

    fn std_table_close(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_header();
    }

    fn array_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.open_header(span, true);
    }

    fn array_table_close(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_header();
    }

    fn inline_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        let table = Table::new(Origin::Defined);
        self.open.push(Open::Inline(table, self.span(span), Vec::new()));
        true
    }

    fn inline_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        let end = self.span(span).end;
        if let Some(Open::Inline(table, start, _)) = self.open.pop() {
            let span = Span { start: start.start, end };
            self.value(Node { span, kind: Kind::Table(table) });
        }
    }

    fn array_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::List(Vec::new(), self.span(span)));
        true
    }

    fn array_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        let end = self.span(span).end;
        if let Some(Open::List(items, start)) = self.open.pop() {
            let span = Span { start: start.start, end };
            self.value(Node { span, kind: Kind::List(items) });
        }
    }

    fn simple_key(&mut self, span: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut text = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut text, error);
        let key = Key { text, span: self.span(span) };
        let keys = match self.open.last_mut() {
            Some(Open::Inline(_, _, keys)) if !self.in_header => keys,
            _ => &mut self.keys,
        };
        if keys.len() == MAX_DEPTH as usize {
            error.report_error(ParseError::new("too many dots in a key").with_unexpected(span));
        }
        // One more says that it was reported.
        if keys.len() <= MAX_DEPTH as usize {
            keys.push(key);
        }
    }

    fn scalar(&mut self, span: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut text = Cow::Borrowed("");
        let kind = self.raw(span, encoding).decode_scalar(&mut text, error);
        let node = Node { span: self.span(span), kind: scalar(kind, text, span, error) };
        self.value(node);
    }

    fn newline(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        if self.open.is_empty() {
            self.keys.clear();
        }
    }
}

fn scalar<'s>(
    kind: ScalarKind,
    text: Cow<'s, str>,
    span: toml_parser::Span,
    error: &mut dyn ErrorSink,
) -> Kind<'s> {
    match kind {
        ScalarKind::String => Kind::Text(text),
        ScalarKind::Boolean(value) => Kind::Boolean(value),
        ScalarKind::DateTime => Kind::Date(text),
        ScalarKind::Float => Kind::Float(text.parse().unwrap_or(f64::NAN)),
        ScalarKind::Integer(radix) => {
            Kind::Integer(i64::from_str_radix(&text, radix.value()).unwrap_or_else(|_| {
                error.report_error(
                    ParseError::new("the number does not fit into 64 bits").with_unexpected(span),
                );
                0
            }))
        }
    }
}

#[cfg(test)]
mod tests;
