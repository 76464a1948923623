//! Rows below headings of RUK and RPK: activities, the programs above them, the details below them of which each is a part
//! of the cost, and sums. An amount that stands twice is counted once.

use std::collections::BTreeSet;

use super::heading::{PlanHeading, PlanRole, PlanTitle};
use super::sums::{ActivityCost, Sums, words, written_sum};
use super::{ProposalColumn, is_empty};
use crate::domain::exact::Exact;
use crate::domain::format::MONTHS;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::mark::{Mark, yes_no};
use crate::recap::cells::{is_blank, is_dash, rupiah, squeeze, value_text};
use crate::recap::relaid::page::NewCell;
use crate::recap::signatures::is_opening;
use crate::workbook::{CellValue, Remark, Row, Sheet};

/// First words of the label of a sum.
const SUM_OPENINGS: [&str; 6] = ["jumlah", "total", "subtotal", "sub", "grand", "jml"];
/// Letters of Roman numbers and of sections: `IV`, `A`.
const MARKER_CHARS_MAX: usize = 5;

/// A part of what an activity costs.
#[derive(Clone, Debug)]
struct CostPart {
    /// Column in which it stands.
    column: u32,
    fund: Option<String>,
    cell: NewCell,
    /// The amount; none where the cell holds no amount.
    amount: Option<Exact>,
}

/// Standing of the amount in the own row of an activity beside those of the rows below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnAmount {
    /// A detail like those below it.
    Detail,
    /// The total of those below it.
    Total,
    /// A part like those below it, unless several of them come to it.
    PartOrTotal,
}

/// An activity in the making.
#[derive(Clone, Debug)]
pub(super) struct PlanActivity {
    from: CellRef,
    held: Vec<(ProposalColumn, NewCell)>,
    parts: Vec<CostPart>,
    /// Parts that stand in rows below its own.
    later: Vec<CostPart>,
    /// Standing of the amount in its own row.
    own: OwnAmount,
}

impl PlanActivity {
    fn put(&mut self, column: ProposalColumn, cell: NewCell) {
        if !is_blank(cell.value.as_ref()) && !self.held.iter().any(|(held, _)| *held == column) {
            self.held.push((column, cell));
        }
    }

    /// The parts that count: the total of its own row does not where it stands for the rows below it.
    fn counted(&self) -> Vec<&CostPart> {
        let stated = |part: &&CostPart| part.amount.is_some() || !is_blank(part.cell.value.as_ref());
        let later: Vec<&CostPart> = self.later.iter().filter(stated).collect();
        let own: Vec<&CostPart> = self.parts.iter().filter(stated).collect();
        let is_total = match self.own {
            OwnAmount::Detail => false,
            OwnAmount::Total => true,
            OwnAmount::PartOrTotal => later.len() > 1 && sum(&own) == sum(&later),
        };
        if later.is_empty() || !is_total { [own, later].concat() } else { later }
    }

    /// Returns the cost; none where it is not stated or not readable.
    fn cost(&self) -> Option<Exact> {
        let parts = self.counted();
        if parts.iter().any(|part| part.amount.is_none()) { None } else { sum(&parts) }
    }

    /// Returns what sums of the sheet are compared with.
    fn compared(&self) -> ActivityCost {
        let counted = self.counted();
        let columns: BTreeSet<u32> = counted.iter().map(|part| part.column).collect();
        let in_column = |column: u32| {
            let parts: Vec<&CostPart> = counted.iter().copied().filter(|part| part.column == column).collect();
            Some((column, sum(&parts)?))
        };
        ActivityCost { whole: self.cost(), by_column: columns.into_iter().filter_map(in_column).collect() }
    }

    /// Tells of a total in its own row that the rows below it do not come to.
    fn difference(&self) -> Option<Remark> {
        let own = sum(&self.parts.iter().collect::<Vec<_>>()).filter(|_| self.own == OwnAmount::Total)?;
        let computed = self.cost().filter(|_| !self.later.is_empty()).filter(|computed| *computed != own)?;
        let message = format!(
            "biaya kegiatan ini tertulis {}, sedangkan {} baris rinciannya berjumlah {}; yang dipakai jumlah rinciannya, \
             periksa sel ini",
            words(&own),
            self.later.len(),
            words(&computed)
        );
        Some(Remark { place: self.parts.first()?.cell.from, message })
    }

    /// Returns its cells in the order of the columns, the number first.
    pub(super) fn cells(mut self, number: usize) -> Vec<NewCell> {
        let parts: Vec<CostPart> = self.counted().into_iter().cloned().collect();
        let wrong = parts.iter().find(|part| part.amount.is_none());
        let cost = match (wrong, parts.as_slice()) {
            (Some(part), _) | (None, [part]) => Some(part.cell.clone()),
            (None, []) => None,
            (None, [first, ..]) => {
                self.cost().and_then(|cost| digits(&cost)).map(|digits| NewCell::text(&digits, first.cell.from))
            }
        };
        let fund = fund_words(&parts).zip(parts.first()).map(|(words, part)| NewCell::text(&words, part.cell.from));
        for (column, cell) in [(ProposalColumn::Cost, cost), (ProposalColumn::Fund, fund)] {
            if let Some(cell) = cell {
                self.held.retain(|(held, _)| *held != column);
                self.held.push((column, cell));
            }
        }
        let number = NewCell::text(&number.to_string(), self.from);
        let blank = NewCell { value: None, from: self.from };
        let cell = |column: ProposalColumn| match column {
            ProposalColumn::Number => number.clone(),
            _ => self.held.iter().find(|(held, _)| *held == column).map_or(blank.clone(), |(_, cell)| cell.clone()),
        };
        ProposalColumn::ALL.map(cell).to_vec()
    }
}

fn sum(parts: &[&CostPart]) -> Option<Exact> {
    let stated = parts.iter().filter_map(|part| part.amount.as_ref());
    stated.fold(None, |sum: Option<Exact>, amount| Some(sum.map_or(amount.clone(), |sum| sum.plus(amount))))
}

/// The source of money where the parts are of one; of several each with its share.
fn fund_words(parts: &[CostPart]) -> Option<String> {
    let keys: BTreeSet<String> = parts.iter().filter_map(|part| part.fund.as_deref()).map(plain_words).collect();
    let is_shared = keys.len() > 1 || keys.len() == 1 && parts.iter().any(|part| part.fund.is_none());
    if !is_shared {
        return parts.iter().find_map(|part| part.fund.clone());
    }
    let shares = parts.iter().map(|part| {
        let name = part.fund.as_deref().unwrap_or(crate::domain::annual_plan::NO_FUND);
        let amount = part.amount.as_ref().map(words).unwrap_or_default();
        format!("{name}: {}", amount.trim_start_matches("Rp "))
    });
    Some(shares.collect::<Vec<_>>().join("; "))
}

fn digits(amount: &Exact) -> Option<String> {
    amount.rounded(0).map(|whole| whole.digits().to_owned())
}

/// The activities of a sheet, and what is told of them.
pub(super) struct ProposalRows {
    pub(super) activities: Vec<PlanActivity>,
    pub(super) told: Vec<Remark>,
    /// Number of sums that were left out.
    pub(super) sums: usize,
    /// Place of the first row behind them.
    pub(super) end: usize,
}

impl ProposalRows {
    /// Reads the rows below a heading and below those that follow it.
    pub(super) fn read(sheet: &Sheet, first: PlanHeading, title: &PlanTitle) -> Self {
        let mut at = first.data;
        let mut is_signed = false;
        let mut reading = PlanReading {
            sheet,
            title: title.clone(),
            heading: first,
            program: None,
            activities: Vec::new(),
            sums: Sums::default(),
            told: Vec::new(),
        };
        let mut end = at;
        while let Some(row) = sheet.rows.get(at) {
            at += 1;
            if is_empty(row) {
                continue;
            }
            if let Some(next) = PlanHeading::at(sheet, at - 1) {
                at = next.data;
                is_signed = false;
                if !reading.heading.is_like(&next) {
                    reading.heading = next;
                }
                continue;
            }
            is_signed |= is_signature(row);
            if is_signed {
                reading.title.take(row);
                continue;
            }
            reading.row(row);
            end = at;
        }
        let PlanReading { activities, sums, mut told, .. } = reading;
        told.extend(activities.iter().filter_map(PlanActivity::difference));
        let counted = sums.count();
        let costs: Vec<ActivityCost> = activities.iter().map(PlanActivity::compared).collect();
        told.extend(sums.differences(&costs));
        Self { activities, told, sums: counted, end }
    }

    /// Returns the number of programs.
    pub(super) fn programs(&self) -> usize {
        let named = self.activities.iter().filter_map(|activity| {
            let held = activity.held.iter().find(|(column, _)| *column == ProposalColumn::Program);
            held.and_then(|(_, cell)| cell.value.as_ref()).map(|value| plain_words(&value_text(value)))
        });
        named.collect::<BTreeSet<_>>().len()
    }
}

/// A sheet that is being read.
struct PlanReading<'s> {
    sheet: &'s Sheet,
    title: PlanTitle,
    heading: PlanHeading,
    /// Program that a title between the rows, or a cell above, names.
    program: Option<NewCell>,
    activities: Vec<PlanActivity>,
    sums: Sums,
    told: Vec<Remark>,
}

impl PlanReading<'_> {
    fn cell(&self, row: &Row, column: ProposalColumn) -> Option<NewCell> {
        let place = CellRef { row: row.index, column: self.heading.column(column)? };
        let cell = NewCell { value: self.sheet.get(place).cloned(), from: place };
        (!is_blank(cell.value.as_ref())).then_some(cell)
    }

    /// The amounts of a row: those of its sources of money, else its cost.
    fn parts(&self, row: &Row) -> Vec<CostPart> {
        let part = |column: u32, fund: Option<String>| {
            let from = CellRef { row: row.index, column };
            let value = row.get(column).filter(|value| !is_blank(Some(value)))?;
            let amount = match rupiah::read(Some(value)) {
                Ok(None) => return None,
                Ok(Some(amount)) => Some(amount.exact()),
                Err(_) => None,
            };
            Some(CostPart { column, fund, cell: NewCell { value: Some(value.clone()), from }, amount })
        };
        let by_fund = self.heading.columns.iter().filter_map(|(column, role)| match role {
            PlanRole::FundAmount(name) => part(*column, Some(name.clone())),
            _ => None,
        });
        let by_fund: Vec<CostPart> = by_fund.collect();
        if !by_fund.is_empty() {
            return by_fund;
        }
        let fund =
            self.cell(row, ProposalColumn::Fund).and_then(|cell| cell.value).map(|value| squeeze(&value_text(&value)));
        let fund = fund.filter(|fund| !is_dash(fund));
        self.heading.column(ProposalColumn::Cost).and_then(|column| part(column, fund)).into_iter().collect()
    }

    /// Reports whether something stands in a column beside number, program, activity and cost.
    fn has_more(&self, row: &Row) -> bool {
        use ProposalColumn::{Activity, Cost, Document, Number, Program, Year};
        let is_other = |role: &PlanRole| {
            !matches!(
                role,
                PlanRole::Own(Number | Program | Activity | Cost | Document | Year) | PlanRole::FundAmount(_)
            )
        };
        self.heading.columns.iter().any(|(column, role)| is_other(role) && !is_blank(row.get(*column)))
    }

    fn row(&mut self, row: &Row) {
        let first = row.cells.iter().find(|cell| !is_blank(Some(&cell.value)));
        let number = self.cell(row, ProposalColumn::Number).and_then(|cell| cell.value).map(|value| value_text(&value));
        let is_numbered = number.as_deref().is_some_and(|text| text.trim().starts_with(|c: char| c.is_ascii_digit()));
        let label = first.and_then(|cell| cell.value.text()).map(plain_words).unwrap_or_default();
        let opening = label.split(' ').next().unwrap_or_default();
        if !is_numbered && SUM_OPENINGS.contains(&opening) {
            let columns = self
                .heading
                .columns
                .iter()
                .filter(|(_, role)| matches!(role, PlanRole::Own(ProposalColumn::Cost) | PlanRole::FundAmount(_)));
            let is_cost = |role: &PlanRole| *role == PlanRole::Own(ProposalColumn::Cost);
            let written = columns.filter_map(|(column, role)| written_sum(row, *column, is_cost(role)));
            self.sums.end_section(written.collect(), self.activities.len(), &label);
            return;
        }
        let activity = self.cell(row, ProposalColumn::Activity);
        let program = self.cell(row, ProposalColumn::Program);
        let parts = self.parts(row);
        if let Some(named) = self.section_title(row).filter(|_| !self.has_more(row)) {
            let is_marked = number.as_deref().is_some_and(is_marker);
            // Where programs have a column of their own, a name below the activities is one of them.
            let is_of_program = activity.is_none() || !self.heading.has(ProposalColumn::Program);
            let is_titled = is_marked || is_of_program && (parts.is_empty() || program.is_some());
            if is_titled && !(is_numbered && program.is_none()) {
                if self.title.take(row) {
                    self.program = None;
                } else {
                    let written = parts.iter().filter_map(|part| written_sum(row, part.column, part.fund.is_none()));
                    self.sums.begin_section(written.collect(), self.activities.len());
                    self.program = Some(named);
                }
                return;
            }
        }
        self.program = program.or_else(|| self.program.take());
        match activity {
            Some(activity) => self.begin(row, Some(activity), parts),
            None if self.is_detail(row, &parts) && !self.activities.is_empty() => self.detail(parts),
            None if !parts.is_empty() => self.begin(row, None, parts),
            None => self.unread(row),
        }
    }

    /// The text of a row that may be a title between the activities.
    fn section_title(&self, row: &Row) -> Option<NewCell> {
        match (self.cell(row, ProposalColumn::Activity), self.cell(row, ProposalColumn::Program)) {
            (Some(_), Some(_)) => None,
            (Some(cell), None) | (None, Some(cell)) => Some(cell),
            (None, None) => {
                let cell = self.cell(row, ProposalColumn::Number)?;
                let text = cell.value.as_ref().map(value_text).unwrap_or_default();
                (text.chars().count() > MARKER_CHARS_MAX).then(|| NewCell::text(text.trim(), cell.from))
            }
        }
    }

    fn is_detail(&self, row: &Row, parts: &[CostPart]) -> bool {
        let has_text =
            self.heading.columns.iter().any(|(column, role)| *role == PlanRole::Detail && !is_blank(row.get(*column)));
        !parts.is_empty() || has_text
    }

    fn begin(&mut self, row: &Row, activity: Option<NewCell>, parts: Vec<CostPart>) {
        let column = self.heading.column(ProposalColumn::Activity).unwrap_or_default();
        let from = activity.as_ref().map_or(CellRef { row: row.index, column }, |cell| cell.from);
        let has_detail =
            self.heading.columns.iter().any(|(column, role)| *role == PlanRole::Detail && !is_blank(row.get(*column)));
        let own = match (has_detail, self.heading.has_details()) {
            (true, _) => OwnAmount::Detail,
            (false, true) => OwnAmount::Total,
            (false, false) => OwnAmount::PartOrTotal,
        };
        let mut found = PlanActivity { from, held: Vec::new(), parts, later: Vec::new(), own };
        for column in ProposalColumn::ALL {
            let is_own = matches!(
                column,
                ProposalColumn::Number | ProposalColumn::Program | ProposalColumn::Activity | ProposalColumn::Cost
            );
            if let Some(at) = self.heading.column(column).filter(|_| !is_own) {
                found.put(column, NewCell::from_sheet(self.sheet, CellRef { row: row.index, column: at }));
            }
        }
        found.put(ProposalColumn::Activity, activity.unwrap_or(NewCell { value: None, from }));
        let titled = self.title.program().map(|(name, place)| NewCell::text(&name, place));
        if let Some(program) = self.program.clone().or(titled) {
            found.put(ProposalColumn::Program, program);
        }
        if let Some(document) = self.title.document() {
            found.put(ProposalColumn::Document, NewCell::text(document.label(), from));
        }
        if let Some(months) = self.months(row) {
            found.put(ProposalColumn::Time, months);
        }
        self.activities.push(found);
    }

    fn detail(&mut self, parts: Vec<CostPart>) {
        if let Some(last) = self.activities.last_mut() {
            last.later.extend(parts);
        }
    }

    /// The months that are marked in a row.
    fn months(&self, row: &Row) -> Option<NewCell> {
        let marked = self.heading.columns.iter().filter_map(|(column, role)| match role {
            PlanRole::Month(month) => {
                let value = row.get(*column).filter(|value| !is_blank(Some(value)))?;
                let is_no = value_text(value).trim() == "0" || value.text().is_some_and(is_dash);
                let is_no = is_no
                    || matches!(yes_no(Some(value)), Ok(Some(Mark::No)))
                        && !value_text(value).trim().eq_ignore_ascii_case("x");
                (!is_no).then_some((*column, MONTHS[*month]))
            }
            _ => None,
        });
        let marked: Vec<(u32, &str)> = marked.collect();
        let from = CellRef { row: row.index, column: marked.first()?.0 };
        let names: Vec<&str> = marked.into_iter().map(|(_, name)| name).collect();
        Some(NewCell::text(&names.join(", "), from))
    }

    /// Tells of a row that is neither an activity nor a part of one.
    fn unread(&mut self, row: &Row) {
        let Some(cell) =
            row.cells.iter().find(|cell| matches!(cell.value, CellValue::Text(_)) && !is_blank(Some(&cell.value)))
        else {
            return;
        };
        let text = squeeze(&value_text(&cell.value));
        let place = CellRef { row: row.index, column: cell.column };
        let message = format!("\"{text}\" berdiri di baris tanpa kegiatan dan tanpa biaya, jadi tidak dibaca");
        self.told.push(Remark { place, message });
    }
}

/// Reports whether a row opens the signatures: nothing else stands in it, and it is no activity.
fn is_signature(row: &Row) -> bool {
    let filled: Vec<&CellValue> =
        row.cells.iter().map(|cell| &cell.value).filter(|value| !is_blank(Some(value))).collect();
    !filled.is_empty() && filled.iter().all(|value| value.text().is_some_and(is_opening))
}

/// `A`, `IV.`: marks of a section.
fn is_marker(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['.', ')']);
    !bare.is_empty() && bare.chars().count() <= MARKER_CHARS_MAX && bare.chars().all(char::is_alphabetic)
}
