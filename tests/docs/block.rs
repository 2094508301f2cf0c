//! Fenced blocks of a Markdown file, and what each of them is.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A fenced block of code.
#[derive(Debug)]
pub struct Block {
    /// The document, from the root of the repository.
    pub file: String,
    /// The line of its first fence.
    pub line: usize,
    pub role: Role,
    pub text: String,
}

/// What is to be done with a block.
#[derive(Debug)]
pub enum Role {
    /// A file of the session, or more of one.
    File { path: String, append: bool },
    /// Commands to run.
    Commands,
    /// Commands that cannot run here.
    Elsewhere,
    /// What the last commands print.
    Output,
    /// Something that is read by itself.
    Piece { of: String, whole: bool },
    /// Nobody said.
    Unknown,
}

/// The blocks of a document, in order.
pub fn all(file: &str, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let line = text[..range.start].matches('\n').count() + 1;
                open = Some(Block { file: file.to_owned(), line, role: role(&info), text: String::new() });
            }
            Event::Text(part) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

fn role(info: &str) -> Role {
    let words: Vec<&str> = info.split_whitespace().collect();
    let is_path = |word: &str| word.contains(['/', '.']);
    let piece = |of: &str, whole| Role::Piece { of: of.to_owned(), whole };
    match words[..] {
        ["sh"] => Role::Commands,
        ["sh", "elsewhere"] => Role::Elsewhere,
        ["text", "output"] => Role::Output,
        [_, "append", path] if is_path(path) => Role::File { path: path.to_owned(), append: true },
        [_, path] if is_path(path) => Role::File { path: path.to_owned(), append: false },
        ["toml", kind] => piece(kind, true),
        ["toml", "in", kind] => piece(kind, false),
        ["html" | "json" | "css" | "yaml" | "text" | "rust" | "diff"] => piece(words[0], true),
        _ => Role::Unknown,
    }
}
