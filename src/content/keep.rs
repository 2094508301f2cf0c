//! Parsed values as bytes and back, so that a file that has not changed need not be parsed again.
//!
//! In: a value. Out: its bytes, which mean something to the same program alone: there is no version,
//! no schema and no check but that every length fits and every text is UTF-8. Who stores them adds a checksum.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::data::Data;
use super::date::When;
use crate::diag::{Code, Diag, Severity, Span, Spanned};
use crate::slug::Slug;

/// A value that can be kept as bytes.
pub trait Keep: Sized {
    /// Appends its bytes.
    fn keep(&self, to: &mut Vec<u8>);
    /// Takes it from the start of some bytes; none if they are not those of such a value.
    fn recall(from: &mut &[u8]) -> Option<Self>;
}

/// Makes a struct kept field by field. The list must name all of them.
macro_rules! keep {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl $crate::content::keep::Keep for $name {
            fn keep(&self, to: &mut Vec<u8>) {
                let $name { $($field),+ } = self;
                $($crate::content::keep::Keep::keep($field, to);)+
            }

            fn recall(from: &mut &[u8]) -> Option<Self> {
                Some($name { $($field: $crate::content::keep::Keep::recall(from)?),+ })
            }
        }
    )+};
}
pub(crate) use keep;

/// Makes an enum without fields kept by its place in a list of all its variants.
macro_rules! keep_one_of {
    ($name:ty, $all:expr) => {
        impl $crate::content::keep::Keep for $name {
            fn keep(&self, to: &mut Vec<u8>) {
                let at = $all.iter().position(|one| one == self);
                to.push(at.map_or(u8::MAX, |at| at as u8));
            }

            fn recall(from: &mut &[u8]) -> Option<Self> {
                $all.get(usize::from(<u8 as $crate::content::keep::Keep>::recall(from)?)).copied()
            }
        }
    };
}
pub(crate) use keep_one_of;

macro_rules! keep_number {
    ($($number:ty)+) => {$(
        impl Keep for $number {
            fn keep(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            fn recall(from: &mut &[u8]) -> Option<Self> {
                let (first, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(<$number>::from_le_bytes(*first))
            }
        }
    )+};
}
keep_number!(u8 i8 i16 u32 i32 u64 i64 u128 i128);

impl Keep for bool {
    fn keep(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Some(u8::recall(from)? != 0)
    }
}

impl Keep for f64 {
    fn keep(&self, to: &mut Vec<u8>) {
        self.to_bits().keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        u64::recall(from).map(f64::from_bits)
    }
}

/// Appends a text.
pub fn keep_text(text: &str, to: &mut Vec<u8>) {
    (text.len() as u32).keep(to);
    to.extend_from_slice(text.as_bytes());
}

/// Takes a text.
pub fn recall_text<'b>(from: &mut &'b [u8]) -> Option<&'b str> {
    let length = u32::recall(from)? as usize;
    std::str::from_utf8(from.split_off(..length)?).ok()
}

impl Keep for Box<str> {
    fn keep(&self, to: &mut Vec<u8>) {
        keep_text(self, to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        recall_text(from).map(Box::from)
    }
}

impl Keep for String {
    fn keep(&self, to: &mut Vec<u8>) {
        keep_text(self, to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        recall_text(from).map(String::from)
    }
}

impl<T: Keep> Keep for Option<T> {
    fn keep(&self, to: &mut Vec<u8>) {
        self.is_some().keep(to);
        if let Some(value) = self {
            value.keep(to);
        }
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        if bool::recall(from)? { T::recall(from).map(Some) } else { Some(None) }
    }
}

impl<T: Keep> Keep for Box<T> {
    fn keep(&self, to: &mut Vec<u8>) {
        (**self).keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        T::recall(from).map(Box::new)
    }
}

impl<T: Keep> Keep for Vec<T> {
    fn keep(&self, to: &mut Vec<u8>) {
        (self.len() as u32).keep(to);
        self.iter().for_each(|value| value.keep(to));
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        let count = u32::recall(from)? as usize;
        // Every value has a byte at least, so a wrong number cannot ask for much more than there is.
        let mut list = Vec::with_capacity(count.min(from.len()));
        for _ in 0..count {
            list.push(T::recall(from)?);
        }
        Some(list)
    }
}

impl<A: Keep, B: Keep> Keep for (A, B) {
    fn keep(&self, to: &mut Vec<u8>) {
        self.0.keep(to);
        self.1.keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Some((A::recall(from)?, B::recall(from)?))
    }
}

impl Keep for Slug {
    fn keep(&self, to: &mut Vec<u8>) {
        keep_text(self.as_str(), to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Slug::new(recall_text(from)?).ok()
    }
}

keep! { Span { start, end } }

impl<T: Keep> Keep for Spanned<T> {
    fn keep(&self, to: &mut Vec<u8>) {
        let Spanned { value, span } = self;
        value.keep(to);
        span.keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Some(Spanned { value: T::recall(from)?, span: Span::recall(from)? })
    }
}

impl Keep for Date {
    fn keep(&self, to: &mut Vec<u8>) {
        self.year().keep(to);
        to.extend([self.month() as u8, self.day() as u8]);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Date::new(i16::recall(from)?, i8::recall(from)?, i8::recall(from)?).ok()
    }
}

impl Keep for Time {
    fn keep(&self, to: &mut Vec<u8>) {
        to.extend([self.hour() as u8, self.minute() as u8, self.second() as u8]);
        self.subsec_nanosecond().keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        let [hour, minute, second] = [i8::recall(from)?, i8::recall(from)?, i8::recall(from)?];
        Time::new(hour, minute, second, i32::recall(from)?).ok()
    }
}

impl Keep for When {
    fn keep(&self, to: &mut Vec<u8>) {
        match self {
            When::Day(day) => {
                to.push(0);
                day.keep(to);
            }
            When::Local(local) => {
                to.push(1);
                local.date().keep(to);
                local.time().keep(to);
            }
            When::Moment(moment) => {
                to.push(2);
                moment.as_second().keep(to);
                moment.subsec_nanosecond().keep(to);
            }
        }
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::recall(from)? {
            0 => When::Day(Date::recall(from)?),
            1 => When::Local(DateTime::from_parts(Date::recall(from)?, Time::recall(from)?)),
            2 => When::Moment(Timestamp::new(i64::recall(from)?, i32::recall(from)?).ok()?),
            _ => return None,
        })
    }
}

impl Keep for Data {
    fn keep(&self, to: &mut Vec<u8>) {
        match self {
            Data::Text(text) => (0u8, text.clone()).keep(to),
            Data::Integer(number) => (1u8, *number).keep(to),
            Data::Float(number) => (2u8, *number).keep(to),
            Data::Boolean(value) => (3u8, *value).keep(to),
            Data::List(list) => {
                to.push(4);
                list.keep(to);
            }
            Data::Table(entries) => {
                to.push(5);
                entries.keep(to);
            }
        }
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::recall(from)? {
            0 => Data::Text(Keep::recall(from)?),
            1 => Data::Integer(Keep::recall(from)?),
            2 => Data::Float(Keep::recall(from)?),
            3 => Data::Boolean(Keep::recall(from)?),
            4 => Data::List(Keep::recall(from)?),
            5 => Data::Table(Keep::recall(from)?),
            _ => return None,
        })
    }
}

keep_one_of!(Code, Code::ALL);
keep_one_of!(Severity, [Severity::Error, Severity::Warning]);

impl Keep for Diag {
    fn keep(&self, to: &mut Vec<u8>) {
        // The text of the file is there when it is shown, or is read again.
        let Diag { code, severity, path, span, message, help, text: _ } = self;
        code.keep(to);
        severity.keep(to);
        keep_text(path, to);
        span.keep(to);
        message.keep(to);
        help.keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Some(Diag {
            code: Keep::recall(from)?,
            severity: Keep::recall(from)?,
            path: recall_text(from)?.into(),
            span: Keep::recall(from)?,
            message: Keep::recall(from)?,
            help: Keep::recall(from)?,
            text: None,
        })
    }
}
