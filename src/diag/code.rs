//! The list of all kinds of problems: name, and what `dateline explain` says of it.
//!
//! A new kind is one entry in `codes!`; its name is stable once released.

macro_rules! codes {
    ($($variant:ident $name:literal $text:literal)*) => {
        /// A kind of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $text] $variant,)*
        }

        impl Code {
            /// Every kind, in the order of the list.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The stable name, as in `error[NAME]` and in the `[lint]` table.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// Why it is a problem and how to mend it.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $text),* }
            }
        }
    };
}

codes! {
    Syntax "syntax" "The file does not follow the grammar of TOML, YAML or of the front matter around it. Everything up to the mistake was understood; mend the marked place and build again."
    Encoding "encoding" "The file is not valid UTF-8, or holds a NUL character. Save it as UTF-8."
    UnknownKey "unknown-key" "The file has a key that Dateline does not know. A mistyped key would otherwise be lost in silence. Keep data of your own in an `[extra]` table."
    WrongType "wrong-type" "A key has a value of another type than it takes, for example a number where a text belongs."
    MissingKey "missing-key" "A key that must be there is not: a story needs a title and a date, an outlet a name, an edition its stories."
    BadValue "bad-value" "The value has the right type but is not one of those that the key takes."
    DuplicateId "duplicate-id" "Two things bear the same id, so a reference to it would be ambiguous. Rename one of them."
    UnknownId "unknown-id" "A reference names a source, outlet, story, group or level that nothing bears."
    CopyCycle "copy-cycle" "Sources are declared as copies of each other in a circle, so none of them can be the original. Remove one of the copy_of keys."
    BadSlug "bad-slug" "A slug becomes a folder name and a part of a URL. It may not be empty, hold `/`, `\\`, control characters or white space at its ends, be `.` or `..`, begin with `.dateline`, be longer than 200 bytes, or be a name that Windows reserves."
    DuplicatePath "duplicate-path" "Two pages or files would be written to the same place, or to places that differ only by case, which some hosts and disks cannot tell apart. Change the slug or name of one of them."
    DuplicateDomain "duplicate-domain" "One domain is listed by two outlets, so an article from it could belong to either."
    AxisName "axis-name" "An axis may not bear the name of an outlet's own key, because a plain `NAME = \"level\"` in an outlet would then have two meanings."
    UnmappedLabel "unmapped-label" "A rating uses a label of its rater that `[axes.AXIS]` does not map to a level. Add it to `raters.RATER.labels`."
    UnsafeLink "unsafe-link" "A link uses a scheme other than http, https, mailto or tel, or has no host, and was dropped: such links can run script or reach into the reader's machine."
    RawHtml "raw-html" "Raw HTML in Markdown is shown as text unless `markdown.unsafe_html = true`, because text from other people may hold script."
    RemoteImage "remote-image" "An image from another server would let that server watch the readers of your site, so it became a link. Save the picture beside the story."
    MissingImage "missing-image" "An image that the story names is not beside it and not in static/."
    MissingAlt "missing-alt" "An image has no text alternative, so readers who cannot see it learn nothing of it. Say what it shows in `alt`, or set `alt = \"\"` if it is mere decoration."
    BadImage "bad-image" "A picture cannot be read, or says that it is larger than 100 million pixels, which would take the memory of whoever opens it. Save it again with a program for pictures."
    UnsafeImage "unsafe-image" "An SVG holds script, links to other servers or something else that may run or load when it is opened alone. Export it again as a plain drawing, or as PNG."
    UnknownTemplate "unknown-template" "The theme has no template of that name."
    Template "template" "A template could not be understood, or failed on a page."
    UnknownTheme "unknown-theme" "No theme of that name stands in themes/ or is built in."
    Text "text" "A text of the user interface is missing in a language file, or has a form that cannot be filled in."
    OutsideSite "outside-site" "A path leads out of the site's folder; only files of the site are read."
    Ambiguous "ambiguous" "Something that must be there once is there more often, for example a story both as NAME.md and NAME.toml."
    Stray "stray" "A file stands below content/ where nothing reads it, for example outside of stories/, outlets/, editions/, topics/ and pages/."
    LargeOutput "large-output" "The output has more files than some hosts take (20,000 on the free plan of Cloudflare Pages), or a file of more than 25 MiB."
    LongMail "long-mail" "An edition's e-mail is longer than 102 kB; Gmail cuts it there. List fewer stories or shorten the introduction."
}

impl Code {
    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn names_are_unique_and_found_again() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.name()), Some(*code));
        }
    }
}
