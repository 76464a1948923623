//! A block of cells as the clipboard hands it over: rows by lines, cells by tabs, a cell with line breaks or tabs within
//! it in quotes. Knows no table.

/// Rows of a block that are taken at most.
pub const BLOCK_ROWS_MAX: usize = 200;
/// Columns of a block that are taken at most.
pub const BLOCK_COLUMNS_MAX: usize = 120;

/// Cells of a block, row by row; blank rows at its end go.
pub(super) fn cells_of(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    let mut rest = text;
    while !rest.is_empty() {
        let (cell, behind) = next_cell(rest);
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
        rest = match behind.as_bytes() {
            [b'\t', ..] => {
                // A tab at the end of a block opens one cell more.
                if behind.len() == 1
                    && let Some(row) = rows.last_mut()
                {
                    row.push(String::new());
                }
                &behind[1..]
            }
            [b'\r', b'\n', ..] => open_row(&mut rows, &behind[2..]),
            [b'\n' | b'\r', ..] => open_row(&mut rows, &behind[1..]),
            _ => behind,
        };
    }
    while rows.last().is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty())) {
        rows.pop();
    }
    rows
}

fn open_row<'t>(rows: &mut Vec<Vec<String>>, rest: &'t str) -> &'t str {
    rows.push(Vec::new());
    rest
}

/// The next cell and the text from the separator behind it on.
fn next_cell(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"')
        && let Some(found) = quoted_cell(quoted)
    {
        return found;
    }
    let end = text.find(['\t', '\r', '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A cell whose quotes end before a separator; none where the quote is a letter of the text.
fn quoted_cell(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"')?;
        cell.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.chars().next() {
            Some('"') => {
                cell.push('"');
                rest = &rest[1..];
            }
            None | Some('\t' | '\r' | '\n') => return Some((cell, rest)),
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_as_excel_writes_it() {
        let text = "No\tNama\tKet.\r\n1\tKlinik \"Alvi\"\t\"baris satu\nbaris \"\"dua\"\"\"\r\n2\t\t\r\n\r\n";
        assert_eq!(
            cells_of(text),
            [vec!["No", "Nama", "Ket."], vec!["1", "Klinik \"Alvi\"", "baris satu\nbaris \"dua\""], vec!["2", "", ""]]
        );
        assert_eq!(cells_of("\"buka\tb"), [["\"buka", "b"]], "a quote that never ends is a letter");
        assert_eq!(cells_of(" \n\t\n"), Vec::<Vec<String>>::new());
        assert_eq!(cells_of("a\nb\rc"), [["a"], ["b"], ["c"]]);
    }
}
