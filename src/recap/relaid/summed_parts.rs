//! Figures of an indicator in parts with their total beside them: groups of age over Sasaran and Capaian, weeks of a month,
//! the year before beside this one. Where the total is the sum in every row it is the figure, and the parts are left out.

use super::figure_table::{FigureHeads, is_of_figures};
use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::is_blank;
use crate::recap::heading::{anchor, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total, sex};
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

const PARTS_MIN: usize = 2;
/// Difference of two sums of whole numbers that is none.
const SAME: f64 = 0.001;

/// The sheet without the parts.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = FigureHeads::find_by_place(sheet)?;
    let banner = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    let parted = PartedFigures { sheet, heads: &heads };
    if let Some(whole) = parted.sexes() {
        return Some(whole);
    }
    if banner.indicator.is_none() || !is_of_figures(&banner) {
        return None;
    }
    parted.groups().or_else(|| parted.columns()).or_else(|| parted.years())
}

/// A table of figures of which some may be parts of others.
struct PartedFigures<'s> {
    sheet: &'s Sheet,
    heads: &'s FigureHeads,
}

/// The parts that are left out, the headings that take another word, and what is told of them.
struct WithoutParts {
    parts: Vec<u32>,
    renamed: Vec<(CellRef, String)>,
    first: CellRef,
    message: String,
}

impl PartedFigures<'_> {
    fn rows(&self) -> (&[Row], &[Row]) {
        up_to_signatures(&self.sheet.rows[self.heads.data..])
    }

    /// Groups over Sasaran and Capaian, the last of which is their total.
    fn groups(&self) -> Option<Relaid> {
        let top = &self.sheet.rows[self.heads.at];
        if self.heads.data == self.heads.at + 1 {
            return None;
        }
        let over = |column: u32| {
            let at = (self.heads.name + 1..=column).rev().find(|at| !is_blank(top.get(*at)))?;
            Some((CellRef { row: top.index, column: at }, top.get(at)?.text()?.trim().to_owned()))
        };
        let leaf = |text: &str| figure_word(&key(text));
        let of = |wanted: Leaf| -> Vec<(CellRef, String, u32)> {
            let columns = self.heads.columns.iter().filter(|column| leaf(&column.text) == Some(wanted));
            columns.filter_map(|column| over(column.column).map(|(at, text)| (at, text, column.column))).collect()
        };
        let sasaran = of(Leaf::Denominator);
        let capaian = of(Leaf::Numerator);
        let (total, parts) = capaian.split_last()?;
        let is_part = |text: &str| !text.is_empty() && may_be_part(text);
        let is_told = is_total(&key(&total.1)) && parts.len() >= PARTS_MIN && parts.iter().all(|part| is_part(&part.1));
        if !is_told || sasaran.len() != capaian.len() {
            return None;
        }
        let columns = |all: &[(CellRef, String, u32)]| all.iter().map(|part| part.2).collect::<Vec<u32>>();
        let are_sums = [&sasaran, &capaian].iter().all(|all| {
            let columns = columns(all);
            columns.split_last().is_some_and(|(total, parts)| self.is_sum(parts, *total))
        });
        let first = parts.first()?.0;
        let within = |column: u32| over(column).is_some_and(|(at, _)| parts.iter().any(|part| part.0 == at));
        let parts = (self.heads.name + 1..total.0.column).filter(|column| within(*column)).collect();
        let message = format!(
            "kolom {} adalah jumlah kelompok di sebelahnya, jadi itu yang dibaca; kelompoknya tidak dibaca",
            total.1
        );
        are_sums.then(|| self.without(WithoutParts { parts, renamed: vec![(total.0, String::new())], first, message }))
    }

    /// Counts side by side, the last of which is their total, behind the one Sasaran.
    fn columns(&self) -> Option<Relaid> {
        let columns = &self.heads.columns;
        let leaf = |text: &str| figure_word(&key(text));
        if columns.iter().any(|column| leaf(&column.text) == Some(Leaf::Numerator)) {
            return None;
        }
        let denominator = columns.iter().position(|column| leaf(&column.text) == Some(Leaf::Denominator))?;
        let behind = &columns[denominator + 1..];
        let at = behind.iter().position(|column| is_total(&key(&column.text)))?;
        let parts: Vec<u32> = behind[..at].iter().map(|column| column.column).collect();
        let are_parts = at >= PARTS_MIN && behind[..at].iter().all(|column| may_be_part(&column.text));
        if !are_parts || !self.is_sum(&parts, behind[at].column) {
            return None;
        }
        let message = format!(
            "kolom {} adalah jumlah {at} kolom di kirinya, jadi itu yang dibaca sebagai capaian; kolom-kolom itu tidak dibaca",
            behind[at].text.trim()
        );
        let renamed = vec![(behind[at].place, "Capaian".to_owned())];
        Some(self.without(WithoutParts { parts, renamed, first: behind[0].place, message }))
    }

    /// `IDL Laki-laki | IDL Perempuan | IDL Total`, as exports head them, of one indicator or several.
    fn sexes(&self) -> Option<Relaid> {
        let split = |text: &str, of: &dyn Fn(&str) -> bool| {
            let (before, last) = text.trim().rsplit_once([' ', '_', '-'])?;
            // `Laki-laki` is one word.
            let (before, last) = match before.rsplit_once(' ') {
                Some((rest, half)) if key(half) == key(last) => (rest, format!("{half}{last}")),
                _ => (before, last.to_owned()),
            };
            of(&key(&last)).then(|| before.trim().to_owned())
        };
        let is_sex = |key: &str| sex(key).is_some() || ["lakilaki", "perempuan", "lk", "pr"].contains(&key);
        let columns = &self.heads.columns;
        let mut parts = Vec::new();
        let mut renamed: Vec<(CellRef, String)> = Vec::new();
        for total in columns {
            let Some(name) = split(&total.text, &|key| is_total(key)) else { continue };
            let own: Vec<u32> = columns
                .iter()
                .filter(|column| split(&column.text, &is_sex).is_some_and(|of| key(&of) == key(&name)))
                .map(|column| column.column)
                .collect();
            if own.len() == PARTS_MIN && self.is_sum(&own, total.column) {
                parts.extend(own);
                renamed.push((total.place, name));
            }
        }
        let first = renamed.first()?.0;
        let named: Vec<String> = renamed.iter().map(|(_, name)| key(name)).collect();
        let is_percent = |text: &str| {
            let key = key(text);
            ["persentase", "prosentase", "persen", "%", "capaian%"]
                .iter()
                .any(|word| key.strip_prefix(word).is_some_and(|rest| named.iter().any(|name| name == rest)))
        };
        let percents =
            columns.iter().filter(|column| is_percent(&column.text)).map(|column| (column.place, "%".to_owned()));
        renamed.extend(percents);
        let message =
            "kolom Total adalah jumlah laki-laki dan perempuan di sebelahnya, jadi itu yang dibaca".to_owned();
        Some(self.without(WithoutParts { parts, renamed, first, message }))
    }

    /// The year before beside this one.
    fn years(&self) -> Option<Relaid> {
        let without = |text: &str, year: &str| {
            let key = key(text);
            let rest = key.strip_suffix(year)?;
            let rest = rest.strip_suffix("tahun").or_else(|| rest.strip_suffix("thn"))?;
            figure_word(rest)
        };
        let of = |year: &str, wanted: Leaf| {
            let mut found = self.heads.columns.iter().filter(|column| without(&column.text, year) == Some(wanted));
            found.next().filter(|_| found.next().is_none())
        };
        let (now, before) = of("ini", Leaf::Numerator).zip(of("lalu", Leaf::Numerator))?;
        let mut parts = vec![before.column];
        let mut renamed = vec![(now.place, "Capaian".to_owned())];
        if let Some((own, other)) = of("ini", Leaf::Denominator).zip(of("lalu", Leaf::Denominator)) {
            parts.push(other.column);
            renamed.push((own.place, "Sasaran".to_owned()));
        }
        let message = format!("kolom \"{}\" adalah angka tahun lain, jadi tidak dibaca", before.text.trim());
        Some(self.without(WithoutParts { parts, renamed, first: before.place, message }))
    }

    /// Reports whether a column holds the sum of others in every row that holds one of them, and holds one at all.
    fn is_sum(&self, parts: &[u32], total: u32) -> bool {
        let number = |row: &Row, column: u32| match row.get(column) {
            None => Some(0.0),
            Some(CellValue::Number { value, .. }) => Some(*value),
            Some(CellValue::Text(text)) if !is_blank(row.get(column)) => text.trim().parse().ok(),
            Some(value) => is_blank(Some(value)).then_some(0.0),
        };
        let (rows, _) = self.rows();
        let mut filled = rows.iter().filter(|row| !is_blank(row.get(total))).peekable();
        filled.peek().is_some()
            && filled.all(|row| {
                let sum: Option<f64> = parts.iter().map(|column| number(row, *column)).sum();
                sum.zip(number(row, total)).is_some_and(|(sum, total)| (sum - total).abs() < SAME)
            })
    }

    fn without(&self, change: WithoutParts) -> Relaid {
        let WithoutParts { parts, renamed, first, message } = change;
        let line = |row: &Row| {
            let kept = row.cells.iter().filter(|cell| !parts.contains(&cell.column));
            let cells = kept.map(|cell| {
                let from = CellRef { row: row.index, column: cell.column };
                let word = renamed.iter().find(|(place, _)| *place == from).map(|(_, word)| NewCell::text(word, from));
                (cell.column, word.unwrap_or_else(|| NewCell { value: Some(cell.value.clone()), from }))
            });
            vec![cells.collect::<Vec<_>>()]
        };
        let (_, tail) = self.rows();
        let end = self.sheet.rows.len() - tail.len();
        let mut page = NewSheet::new(self.sheet);
        page.copy(&self.sheet.rows[..self.heads.at]);
        for row in &self.sheet.rows[self.heads.at..end] {
            page.split(row, line(row));
        }
        page.copy(tail);
        Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place: first, message }])
    }
}

/// Reports whether a heading may be that of a part: it has no meaning of its own here.
fn may_be_part(text: &str) -> bool {
    let key = key(text);
    let is_known = figure_word(&key).is_some() || month_number(&key).is_some() || sex(&key).is_some();
    !is_known && !is_total(&key) && anchor(text).is_none() && !key.contains('%')
}
