//! The list of all kinds of problems, from which `dateline explain`, the `[lint]` table and the
//! documentation follow.
//!
//! A new kind is one line in `codes!` and one file in `code/`, whose examples are built and must
//! show the problem (`tests/codes.rs`). A name is stable once released.

use super::Severity;

/// Who looks for a kind of problem, and so whether a site may decide how bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finder {
    /// Every build. What is an error there stays one; `[lint]` decides about its warnings.
    Build,
    /// `dateline check` alone; `[lint]` decides about all of it.
    Check,
}

macro_rules! codes {
    ($($finder:ident { $($variant:ident $name:literal)* })*) => {
        /// A kind of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = include_str!(concat!("code/", $name, ".md"))] $variant,)*)*
        }

        impl Code {
            /// Every kind, in the order of the list.
            pub const ALL: &'static [Code] = &[$($(Code::$variant),*),*];

            /// The stable name, as in `error[NAME]` and in the `[lint]` table.
            pub fn name(self) -> &'static str {
                match self { $($(Code::$variant => $name),*),* }
            }

            /// Who looks for it.
            pub fn finder(self) -> Finder {
                match self { $($(Code::$variant => Finder::$finder),*),* }
            }

            /// All that is written about it, as Markdown: meaning, examples, remedy.
            pub fn markdown(self) -> &'static str {
                match self { $($(Code::$variant => include_str!(concat!("code/", $name, ".md"))),*),* }
            }
        }
    };
}

codes! {
    Build {
        Syntax "syntax"
        Encoding "encoding"
        HiddenCharacter "hidden-character"
        UnknownKey "unknown-key"
        WrongType "wrong-type"
        MissingKey "missing-key"
        BadValue "bad-value"
        DuplicateId "duplicate-id"
        UnknownId "unknown-id"
        UnknownTopic "unknown-topic"
        CopyCycle "copy-cycle"
        BadSlug "bad-slug"
        DuplicatePath "duplicate-path"
        DuplicateDomain "duplicate-domain"
        AxisName "axis-name"
        UnmappedLabel "unmapped-label"
        UnsafeLink "unsafe-link"
        RawHtml "raw-html"
        RemoteImage "remote-image"
        MissingImage "missing-image"
        MissingAlt "missing-alt"
        BadImage "bad-image"
        UnsafeImage "unsafe-image"
        UnknownTemplate "unknown-template"
        Template "template"
        UnknownTheme "unknown-theme"
        Contrast "contrast"
        Text "text"
        UnknownText "unknown-text"
        OutsideSite "outside-site"
        Stray "stray"
        LargeOutput "large-output"
        LongMail "long-mail"
    }
    Check {
        StaleTemplate "stale-template"
        UncitedPoint "uncited-point"
        SingleSource "single-source"
        QuoteWithoutSource "quote-without-source"
        UnusedSource "unused-source"
        RepeatedUrl "repeated-url"
        UnknownOutlet "unknown-outlet"
        UnratedCoverage "unrated-coverage"
        UnprovenRating "unproven-rating"
        StaleRating "stale-rating"
        SuspectedCopy "suspected-copy"
        PublishedLater "published-later"
        FutureDate "future-date"
        LongSummary "long-summary"
        RepeatedTitle "repeated-title"
        LanguageScript "language-script"
        OrphanImage "orphan-image"
        DeadLink "dead-link"
        DeadAnchor "dead-anchor"
        DeadAddress "dead-address"
    }
}

/// What is written about a kind of problem, in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What it is and why it is a problem, Markdown.
    pub meaning: &'static str,
    /// Files that show it; together they are one site.
    pub examples: Vec<Example>,
    /// How to mend it, Markdown.
    pub remedy: &'static str,
}

/// A block of text that shows a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The language of the text, as Markdown fences name it.
    pub language: &'static str,
    /// Where the file would stand in a site, if the block is one.
    pub path: Option<&'static str>,
    /// The text, with a line break at its end.
    pub text: &'static str,
}

impl Code {
    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// What is written about it, in its parts.
    pub fn explanation(self) -> Explanation {
        let text = self.markdown();
        let mut examples = Vec::new();
        let mut rest = text;
        let meaning = rest.split(FENCE).next().unwrap_or_default().trim();
        while let Some((_, block)) = rest.split_once(FENCE) {
            let (info, block) = block.split_once('\n').unwrap_or((block, ""));
            let (text, after) = block.split_once(FENCE).unwrap_or((block, ""));
            let (language, path) = info.split_once(' ').map_or((info, None), |(a, b)| (a, Some(b)));
            examples.push(Example { language, path, text });
            rest = after;
        }
        Explanation { meaning, examples, remedy: rest.trim() }
    }

    /// Whether a site may decide how bad a problem of this kind is, that is so bad by itself.
    pub fn is_settable(self, severity: Severity) -> bool {
        severity == Severity::Warning || self.finder() == Finder::Check
    }
}

const FENCE: &str = "```";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found_again() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.name()), Some(*code));
        }
    }

    #[test]
    fn every_kind_has_a_meaning_an_example_and_a_remedy() {
        for code in Code::ALL {
            let Explanation { meaning, examples, remedy } = code.explanation();
            let name = code.name();
            assert!(meaning.ends_with('.') && remedy.ends_with('.'), "{name}: whole sentences");
            assert!(!examples.is_empty(), "{name}: an example");
            assert!(examples.iter().all(|example| example.text.ends_with('\n')), "{name}");
        }
    }

    #[test]
    fn what_breaks_a_site_cannot_be_allowed() {
        assert!(!Code::Syntax.is_settable(Severity::Error));
        assert!(Code::MissingAlt.is_settable(Severity::Warning));
        assert!(Code::DeadLink.is_settable(Severity::Error));
    }
}
