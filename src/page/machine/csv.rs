//! Tables as CSV (RFC 4180) that spreadsheets open without running anything.

/// A table in the making.
#[derive(Debug, Default)]
pub struct Table {
    out: String,
}

impl Table {
    /// A table with these columns.
    pub fn new<S: AsRef<str>>(columns: &[S]) -> Table {
        let mut table = Table::default();
        table.row(columns);
        table
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for cell in cells {
            self.cell(cell.as_ref());
        }
        self.end();
    }

    /// Adds a cell to the last row.
    pub fn cell(&mut self, cell: &str) {
        push(&mut self.out, cell);
        self.out.push(',');
    }

    /// Ends the last row, which has a cell at least.
    pub fn end(&mut self) {
        self.out.pop();
        self.out.push_str("\r\n");
    }

    /// What is written so far.
    pub fn so_far(&self) -> &[u8] {
        self.out.as_bytes()
    }

    /// The bytes of the table.
    pub fn bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }
}

/// One cell. Spreadsheets take what begins with one of these for a formula, so an apostrophe goes
/// before it.
fn push(out: &mut String, cell: &str) {
    let bytes = cell.as_bytes();
    let is_formula = matches!(bytes.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n'));
    if is_formula {
        return push_slowly(out, cell);
    }
    match memchr::memchr3(b'"', b',', b'\0', bytes).or_else(|| memchr::memchr2(b'\r', b'\n', bytes)) {
        None => out.push_str(cell),
        Some(_) => push_slowly(out, cell),
    }
}

/// A cell that is not written as it is.
fn push_slowly(out: &mut String, cell: &str) {
    let needs_quotes = cell.contains(['"', ',', '\r', '\n']);
    if needs_quotes {
        out.push('"');
    }
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        out.push('\'');
    }
    for c in cell.chars().filter(|&c| c != '\0') {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    if needs_quotes {
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cell: &str) -> String {
        let mut out = String::new();
        push(&mut out, cell);
        out
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(written("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(written("+1"), "'+1");
        assert_eq!(written("-1"), "'-1");
        assert_eq!(written("@x"), "'@x");
        assert_eq!(written("\t=1"), "'\t=1");
        assert_eq!(written("=1,2"), "\"'=1,2\"");
    }

    #[test]
    fn quotes_and_lines_stay_in_their_cell() {
        assert_eq!(written("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(written("a\nb"), "\"a\nb\"");
        assert_eq!(written("plain"), "plain");
    }
}
