//! [`Error`]: what the machine did.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure of the machine or its setting, always with the place it happened at.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read(PathBuf, io::Error),
    /// A file or folder could not be written or removed.
    Write(PathBuf, io::Error),
    /// The output folder cannot be used, for the stated reason.
    Output(PathBuf, String),
    /// The command line asks for something that cannot be.
    Usage(String),
}

impl Error {
    /// Wraps an I/O error of reading `path`.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |error| Error::Read(path, error)
    }

    /// Wraps an I/O error of writing `path`.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |error| Error::Write(path, error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Error::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Error::Output(path, reason) => write!(f, "{}: {reason}", path.display()),
            Error::Usage(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read(_, error) | Error::Write(_, error) => Some(error),
            Error::Output(..) | Error::Usage(_) => None,
        }
    }
}
