//! The meanings of letters in a table of reports, by the legend of its sheet: `L = Lengkap   T = Tepat waktu`. Judges no
//! row.

use std::collections::BTreeMap;

use super::{ExplainedSign, Legend};
use crate::domain::ReportReceipt;
use crate::domain::name::plain_words;
use crate::recap::banner::Banner;
use crate::recap::heading::key;
use crate::recap::layout::{Heading, Layout, ReceiptColumns, ReportColumn};
use crate::workbook::Sheet;

/// Longest sign, characters.
const SIGN_CHARS: usize = 3;

/// Returns receipts by their signs in lower case.
pub(in crate::recap) fn receipts<'s>(
    explained: impl Iterator<Item = &'s ExplainedSign>,
) -> BTreeMap<String, ReportReceipt> {
    let signs = explained.filter(|one| one.sign.chars().count() <= SIGN_CHARS);
    signs.filter_map(|one| Some((one.sign.to_lowercase(), meaning(&one.all_said)?))).collect()
}

fn meaning(said: &str) -> Option<ReportReceipt> {
    let words = plain_words(said);
    let says = |wanted: &[&str]| wanted.iter().any(|wanted| words.split(' ').any(|word| word == *wanted));
    let is_denied = says(&["tidak", "tdk", "belum", "blm"]);
    if says(&["terlambat", "lambat", "telat"]) {
        return Some(ReportReceipt::Late).filter(|_| !is_denied);
    }
    if says(&["tepat", "ketepatan"]) {
        return Some(if is_denied { ReportReceipt::Late } else { ReportReceipt::InTime });
    }
    let is_of_receipt = says(&["lengkap", "kelengkapan", "diterima", "masuk", "lapor", "melapor", "kirim", "mengirim"]);
    is_of_receipt.then_some(if is_denied { ReportReceipt::NotCome } else { ReportReceipt::Came })
}

/// The heading of reports by ticks, with its letters as the legend of the sheet has them; `None` where letters stand for
/// words and nothing says that it is about reports.
pub(in crate::recap) fn receipts_said(
    heading: Heading,
    sheet: &Sheet,
    legend: &Legend<'_>,
    banner: &Banner,
) -> Option<Heading> {
    let Layout::Receipts(months) = &heading.layout else { return Some(heading) };
    let by_sign = receipts(legend.signs().iter());
    let letters = |column: u32| {
        let (_, text) = heading.texts(sheet, column).pop()?;
        let key = key(&text);
        // A remark is none.
        (key.chars().count() <= SIGN_CHARS && key != "ket").then_some(key)
    };
    let by_legend = |column: u32| match by_sign.get(&letters(column)?)? {
        ReportReceipt::Came => Some(ReportColumn::Complete),
        ReportReceipt::InTime => Some(ReportColumn::InTime),
        ReportReceipt::Late => Some(ReportColumn::Late),
        ReportReceipt::Day(_) | ReportReceipt::NotCome => None,
    };
    let is_titled = ["laporan", "pelaporan", "kelengkapan", "ketepatan"].iter().any(|word| banner.words.contains(word));
    let is_said = |column: u32| letters(column).is_none() || by_legend(column).is_some();
    if !is_titled && !months.iter().flat_map(ReceiptColumns::all).all(is_said) {
        return None;
    }
    let said = |month: &ReceiptColumns| {
        let mut said = ReceiptColumns { month: month.month, ..ReceiptColumns::default() };
        let columns = [
            (ReportColumn::Day, month.day),
            (ReportColumn::Complete, month.complete),
            (ReportColumn::InTime, month.in_time),
            (ReportColumn::Late, month.late),
        ];
        for (told, column) in columns.into_iter().filter_map(|(told, column)| Some((told, column?))) {
            said.add(by_legend(column).unwrap_or(told), column);
        }
        said
    };
    let months = months.iter().map(said).collect();
    Some(Heading { layout: Layout::Receipts(months), ..heading })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellValue, Row, Sheet, Visibility};

    fn receipts_in(text: &str) -> Vec<(String, ReportReceipt)> {
        let cells = vec![Cell { column: 1, value: CellValue::Text(text.into()) }];
        let rows = vec![Row { index: 20, cells }];
        let sheet = Sheet::new("Lembar".to_owned(), Visibility::Visible, rows, Vec::new());
        receipts(Legend::from_sheet(&sheet).signs().iter()).into_iter().collect()
    }

    #[test]
    fn letters_of_legends() {
        use ReportReceipt::{Came, InTime, Late, NotCome};
        let is = |pairs: &[(&str, ReportReceipt)]| -> Vec<(String, ReportReceipt)> {
            pairs.iter().map(|(sign, receipt)| ((*sign).to_owned(), *receipt)).collect()
        };
        assert_eq!(receipts_in("L = Lengkap   T = Tepat waktu"), is(&[("l", Came), ("t", InTime)]));
        assert_eq!(receipts_in("Ket: K = Kelengkapan; T = Ketepatan"), is(&[("k", Came), ("t", InTime)]));
        assert_eq!(
            receipts_in("T : Tepat, L : Lambat, B : Belum lapor"),
            is(&[("b", NotCome), ("l", Late), ("t", InTime)])
        );
        assert_eq!(receipts_in("TT = Tidak tepat waktu"), is(&[("tt", Late)]));
        assert_eq!(receipts_in("TAHUN : 2025"), []);
    }
}
