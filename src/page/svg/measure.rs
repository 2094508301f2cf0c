//! How wide a text will be and where its lines break, in whole pixels. Stand-alone pictures use
//! the reader's fonts, so this is an estimate that rather takes too much than too little.

/// Thousandths of the font size that a character takes.
fn advance(c: char) -> u32 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' => 0,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')'
        | '’' | '‘' | '·' | ' ' => 360,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'Щ' | 'Ш' | 'Ж' | 'щ' | 'ш' | 'ж' | 'ю' | 'Ю' | '…' => {
            920
        }
        'A'..='Z' | 'À'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 700,
        '0'..='9' => 590,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 1020,
        '\u{600}'..='\u{6ff}' => 540,
        _ => 580,
    }
}

/// The width of a text in pixels at a font size, in bold if asked for.
pub fn width(text: &str, size: u32, bold: bool) -> u32 {
    let thousandths: u32 = text.chars().map(advance).sum();
    let extra = if bold { 108 } else { 100 };
    (thousandths * size).div_ceil(1000) * extra / 100
}

/// The text if it fits, else as much as fits and `…`.
pub fn fitted(text: &str, size: u32, bold: bool, room: u32) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size, bold) + width("…", size, bold) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// Lines of a text that fit the room; the last of at most `most` lines ends in `…` if more
/// follows. Breaks at spaces, inside a word only where a word alone is too long.
pub fn wrapped(text: &str, size: u32, bold: bool, room: u32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in pieces(text, size, bold, room) {
        let glue = if line.is_empty() || !word.starts { "" } else { " " };
        let longer = format!("{line}{glue}{}", word.text);
        if line.is_empty() || width(&longer, size, bold) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.text));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = fitted(&format!("{last}{}", "…".repeat(2)), size, bold, room).replace("……", "…");
        }
    }
    lines
}

struct Piece {
    text: String,
    /// Whether a space stood before it.
    starts: bool,
}

fn pieces(text: &str, size: u32, bold: bool, room: u32) -> Vec<Piece> {
    let mut list = Vec::new();
    for word in text.split_whitespace() {
        let mut starts = true;
        let mut piece = String::new();
        for c in word.chars() {
            // A line may break after a character of a script without spaces, and where it must.
            let full = width(&piece, size, bold) + width(c.encode_utf8(&mut [0; 4]), size, bold) > room;
            if !piece.is_empty() && (full || advance(c) > 1000) {
                list.push(Piece { text: std::mem::take(&mut piece), starts });
                starts = false;
            }
            piece.push(c);
        }
        list.push(Piece { text: piece, starts });
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_room_whatever_the_words() {
        for text in ["short", "one two three four five six seven", &"x".repeat(90), &"日本".repeat(40), ""]
        {
            for line in wrapped(text, 16, true, 120, 3) {
                assert!(width(&line, 16, true) <= 120, "{line}");
            }
            assert!(wrapped(text, 16, true, 120, 3).len() <= 3);
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert!(fitted("a rather long label", 16, false, 60).ends_with('…'));
        assert_eq!(fitted("short", 16, false, 200), "short");
        assert!(wrapped(&"word ".repeat(50), 16, false, 120, 2)[1].ends_with('…'));
        assert_eq!(wrapped("a b", 16, false, 500, 2), ["a b"]);
    }
}
