//! Why a file cannot be imported, and where it goes wrong.

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The byte of the text at which it goes wrong, where that can be told.
    pub at: Option<usize>,
}

impl Fault {
    /// A mistake that the reader of JSON found.
    pub fn of_json(bytes: &[u8], error: &serde_json::Error) -> Fault {
        let before: usize = bytes
            .split_inclusive(|byte| *byte == b'\n')
            .take(error.line().saturating_sub(1))
            .map(<[u8]>::len)
            .sum();
        let at = (before + error.column().saturating_sub(1)).min(bytes.len());
        // The reader says the place in words too; people see it anyway.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        Fault { message: format!("this is no JSON: {message}"), at: Some(at) }
    }

    /// A mistake in the first line of a table: the names of its columns.
    pub fn of_columns(message: String) -> Fault {
        Fault { message, at: Some(0) }
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Fault {
        Fault { message, at: None }
    }
}

impl From<&str> for Fault {
    fn from(message: &str) -> Fault {
        Fault::from(message.to_owned())
    }
}
