//! The sheet *Catatan impor* as an element of `content.xml`. Knows no package.

use super::styles::{LIST_COLUMNS, LIST_ROW, LIST_SHEET, LIST_WAY_ROW, list_style};
use crate::marked::Target;
use crate::marked::list::{HEADING_ROW, Line, Look, Places, Told, each_line};
use crate::marked::xml::escaped_plainly;

/// The whole sheet, under this name.
pub(super) fn sheet(name: &str, told: &Told<'_>, places: &Places<'_>) -> String {
    let columns = LIST_COLUMNS.map(|(style, _)| format!("<table:table-column table:style-name=\"{style}\"/>"));
    let mut xml = format!(
        "<table:table table:name=\"{}\" table:style-name=\"{LIST_SHEET}\">{}",
        escaped_plainly(name),
        columns.concat()
    );
    let mut number = 0;
    each_line(told, places, &mut |line| {
        number += 1;
        push_row(&mut xml, number, &line);
    });
    xml += "</table:table>";
    xml
}

fn push_row(xml: &mut String, number: usize, line: &Line<'_>) {
    let style = if number == HEADING_ROW - 1 { LIST_WAY_ROW } else { LIST_ROW };
    xml.extend([format!("<table:table-row table:style-name=\"{style}\">")]);
    let is_label = (2..HEADING_ROW).contains(&number);
    for (place, (look, text)) in line.cells.iter().enumerate() {
        let across = if is_label && place == 1 {
            " table:number-columns-spanned=\"3\" table:number-rows-spanned=\"1\""
        } else {
            ""
        };
        let inner = match line.link.filter(|_| *look == Look::Link) {
            Some(target) => linked(target, text),
            None => escaped_plainly(text).replace('\n', "</text:p><text:p>"),
        };
        xml.extend([format!(
            "<table:table-cell table:style-name=\"{}\"{across} office:value-type=\"string\"><text:p>{inner}</text:p></table:table-cell>",
            list_style(*look)
        )]);
    }
    if is_label {
        *xml += "<table:covered-table-cell table:number-columns-repeated=\"2\"/>";
    }
    *xml += "</table:table-row>";
}

/// `#'Nama Lembar'.F10`.
fn linked(target: &Target, text: &str) -> String {
    let place = format!("#'{}'.{}", target.sheet.replace('\'', "''"), target.cell);
    format!(
        "<text:a xlink:type=\"simple\" xlink:href=\"{}\">{}</text:a>",
        escaped_plainly(&place),
        escaped_plainly(text)
    )
}
