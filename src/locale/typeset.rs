//! Typographic punctuation of plain text: what a typewriter wrote, as the language prints it.
//!
//! In: a title or name and the language's quotation marks. Out: the same words with `"` and `'`
//! as quotation marks and apostrophes, `--` and `---` as dashes, `...` as an ellipsis. What is no
//! quotation (5" pipe) stays. Markdown does the same by itself; this is for texts without markup.

/// The text as the language prints it. `quotes`: double open and close, single open and close.
pub fn typeset(text: &str, quotes: &[String; 4]) -> String {
    if !text.contains(['"', '\'']) && !text.contains("--") && !text.contains("...") {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut setter = Setter { chars: &chars, quotes, double: false, single: false };
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while at < chars.len() {
        at += setter.set(at, &mut out);
    }
    out
}

struct Setter<'t> {
    chars: &'t [char],
    quotes: &'t [String; 4],
    /// Whether a double quotation is open.
    double: bool,
    /// Whether a single one is.
    single: bool,
}

impl Setter<'_> {
    /// Sets what stands at a place, and says how many characters that took.
    fn set(&mut self, at: usize, out: &mut String) -> usize {
        let run = self.run(at);
        match (self.chars[at], run) {
            ('-', 2) => out.push('–'),
            ('-', 3) => out.push('—'),
            ('.', 3) => out.push('…'),
            ('"', _) => return self.double(at, out),
            ('\'', _) => return self.single(at, out),
            (c, run) => out.extend(std::iter::repeat_n(c, run)),
        }
        run
    }

    /// How often a dash or dot is repeated; 1 for everything else.
    fn run(&self, at: usize) -> usize {
        match self.chars[at] {
            c @ ('-' | '.') => self.chars[at..].iter().take_while(|&&other| other == c).count(),
            _ => 1,
        }
    }

    fn double(&mut self, at: usize, out: &mut String) -> usize {
        if !self.double && self.can_open(at) {
            self.double = true;
            out.push_str(&self.quotes[0]);
        } else if self.double {
            self.double = false;
            out.push_str(&self.quotes[1]);
        } else {
            out.push('"');
        }
        1
    }

    fn single(&mut self, at: usize, out: &mut String) -> usize {
        let inside_word = self.is_word(at.checked_sub(1)) && self.is_word(Some(at + 1));
        if inside_word {
            out.push('’');
        } else if self.can_open(at) {
            self.single = self.closes_later(at);
            out.push_str(if self.single { &self.quotes[2] } else { "’" });
        } else if self.single {
            self.single = false;
            out.push_str(&self.quotes[3]);
        } else {
            out.push(if self.is_word(at.checked_sub(1)) { '’' } else { '\'' });
        }
        1
    }

    /// At the start of a word: nothing, a space or an opening mark before it, and something after.
    fn can_open(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.chars[before]);
        let starts = before.is_none_or(|c| c.is_whitespace() || "([{\"'“‘«„‚–—-/".contains(c));
        starts && self.chars.get(at + 1).is_some_and(|after| !after.is_whitespace())
    }

    /// Whether a single quotation that opens here has an end; the decade '90s is none.
    fn closes_later(&self, at: usize) -> bool {
        if self.chars.get(at + 1).is_some_and(char::is_ascii_digit) {
            return false;
        }
        let closes = |end: usize| {
            self.chars[end] == '\'' && !self.chars[end - 1].is_whitespace() && !self.is_word(Some(end + 1))
        };
        (at + 2..self.chars.len()).any(closes)
    }

    fn is_word(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.chars.get(at)).is_some_and(|c| c.is_alphanumeric())
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    fn set(lang: &str, text: &str) -> String {
        Locale::new(lang).typeset(text)
    }

    #[test]
    fn apostrophes() {
        assert_eq!(
            set("en", "Marenia's Assembly and the tenants' campaign"),
            "Marenia’s Assembly and the tenants’ campaign"
        );
        assert_eq!(set("en", "Rock 'n' roll in the '90s"), "Rock ‘n’ roll in the ’90s");
        assert_eq!(set("de", "Wie geht's, Lars' Haus?"), "Wie geht’s, Lars’ Haus?");
        assert_eq!(set("fr", "L'eau d'aujourd'hui"), "L’eau d’aujourd’hui");
    }

    #[test]
    fn quotations_by_language() {
        assert_eq!(set("en", "\"It will hardly matter\""), "“It will hardly matter”");
        assert_eq!(set("en", "'We can plan': tenants' day"), "‘We can plan’: tenants’ day");
        assert_eq!(set("de", "Der \"Deckel\" und das 'Wort'"), "Der „Deckel“ und das ‚Wort‘");
        assert_eq!(set("fr", "Le \"plafond\""), "Le «\u{a0}plafond\u{a0}»");
        assert_eq!(set("ja", "\"夕市\""), "「夕市」");
    }

    #[test]
    fn dashes_dots_and_what_is_neither() {
        assert_eq!(set("en", "A dam -- and then --- silence..."), "A dam – and then — silence…");
        assert_eq!(set("en", "late-night vote, 5\" pipe, .... ----"), "late-night vote, 5\" pipe, .... ----");
        assert_eq!(set("en", "Already “set” – it’s fine…"), "Already “set” – it’s fine…");
        for edge in ["'", "\"", "''", "\"'\"", " ' ", "'\u{301}"] {
            assert_eq!(set("en", edge).chars().count(), edge.chars().count(), "{edge:?}");
        }
    }
}
