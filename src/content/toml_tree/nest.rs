//! Putting keys and tables where headers and dots say.

use super::Key;
use crate::content::tree::{Entry, Kind, Node, Origin, Table};
use crate::diag::Span;

pub(super) type Clash = (String, Span);

/// Walks to the table of a path, making tables that are not there.
pub(super) fn descend<'t, 's>(
    mut table: &'t mut Table<'s>,
    path: &[Key<'s>],
    origin: Origin,
) -> Result<&'t mut Table<'s>, Clash> {
    for key in path {
        let at = match table.find(&key.text) {
            Some(at) => at,
            None => {
                let made = Table::new(origin);
                let value = Node { span: key.span, kind: Kind::Table(made) };
                table.insert(Entry { key: key.text.clone(), key_span: key.span, value })
            }
        };
        let node = table.at_mut(at);
        let inner = match &mut node.kind {
            Kind::Table(inner) if origin == Origin::Implied || inner.origin == Origin::Dotted => Some(inner),
            Kind::List(items) if origin == Origin::Implied => match items.last_mut() {
                Some(Node { kind: Kind::Table(inner), .. }) => Some(inner),
                _ => None,
            },
            _ => None,
        };
        table = inner.ok_or_else(|| (key.text.to_string(), key.span))?;
    }
    Ok(table)
}

pub(super) fn put_table<'s>(
    parent: &mut Table<'s>,
    key: Key<'s>,
    table: Table<'s>,
    span: Span,
) -> Result<(), Clash> {
    let value = Node { span, kind: Kind::Table(table) };
    match parent.find(&key.text) {
        None => {
            parent.insert(Entry { key: key.text, key_span: key.span, value });
            Ok(())
        }
        // Emptied by `close_header` to be filled.
        Some(at) if matches!(&parent.at_mut(at).kind, Kind::Table(t) if t.origin == Origin::Implied && t.entries().is_empty()) =>
        {
            *parent.at_mut(at) = value;
            Ok(())
        }
        Some(_) => Err((key.text.to_string(), key.span)),
    }
}

pub(super) fn push_to_list<'s>(
    parent: &mut Table<'s>,
    key: Key<'s>,
    table: Table<'s>,
    span: Span,
) -> Result<(), Clash> {
    let item = Node { span, kind: Kind::Table(table) };
    let Some(at) = parent.find(&key.text) else {
        let value = Node { span, kind: Kind::List(vec![item]) };
        parent.insert(Entry { key: key.text, key_span: key.span, value });
        return Ok(());
    };
    match &mut parent.at_mut(at).kind {
        Kind::List(items) if matches!(items.last(), Some(Node { kind: Kind::Table(_), .. })) => {
            items.push(item);
            Ok(())
        }
        _ => Err((key.text.to_string(), key.span)),
    }
}

pub(super) fn put_dotted<'s>(
    table: &mut Table<'s>,
    mut keys: Vec<Key<'s>>,
    value: Node<'s>,
) -> Result<(), Clash> {
    let Some(last) = keys.pop() else {
        return Ok(());
    };
    let table = descend(table, &keys, Origin::Dotted)?;
    if table.find(&last.text).is_some() {
        return Err((last.text.into_owned(), last.span));
    }
    table.insert(Entry { key: last.text, key_span: last.span, value });
    Ok(())
}
