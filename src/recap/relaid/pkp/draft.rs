//! Rows of PKP in the making: the numbers of their paths, and the cells that they get. Knows no heading.

use crate::domain::pkp::{KnownEffort, PkpCode};
use crate::domain::records::CellRef;
use crate::recap::relaid::page::NewCell;
use crate::workbook::{CellValue, Sheet};

/// A column of Simpul's own table, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PkpColumn {
    Code,
    Name,
    Target,
    Measure,
    Population,
    Planned,
    Reached,
    Ring,
    Score,
    Coverage,
    Performance,
    Cause,
    Plan,
    FollowUp,
    Evaluation,
}

impl PkpColumn {
    pub(super) const ALL: [Self; 15] = [
        Self::Code,
        Self::Name,
        Self::Target,
        Self::Measure,
        Self::Population,
        Self::Planned,
        Self::Reached,
        Self::Ring,
        Self::Score,
        Self::Coverage,
        Self::Performance,
        Self::Cause,
        Self::Plan,
        Self::FollowUp,
        Self::Evaluation,
    ];

    /// Returns the heading of the column.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Code => "Kode PKP",
            Self::Name => "Uraian",
            Self::Target => "Target",
            Self::Measure => "Satuan",
            Self::Population => "Total Sasaran",
            Self::Planned => "Target Sasaran",
            Self::Reached => "Pencapaian",
            Self::Ring => "Nilai Ring",
            Self::Score => "Nilai (0, 4, 7, 10)",
            Self::Coverage => "% Cakupan Riil",
            Self::Performance => "% Kinerja",
            Self::Cause => "Analisa Akar Penyebab",
            Self::Plan => "RTL",
            Self::FollowUp => "Tindak Lanjut",
            Self::Evaluation => "Evaluasi",
        }
    }
}

/// One row in the making.
#[derive(Clone, Debug)]
pub(super) struct DraftRow {
    pub(super) numbers: Vec<u32>,
    pub(super) name: NewCell,
    held: Vec<(PkpColumn, NewCell)>,
    /// A title without number: a note, if nothing stands below it.
    is_plain: bool,
}

impl DraftRow {
    /// Puts a cell in a column that has none yet.
    pub(super) fn put(&mut self, column: PkpColumn, cell: NewCell) {
        if cell.value.is_some() && !self.has(column) {
            self.held.push((column, cell));
        }
    }

    fn has(&self, column: PkpColumn) -> bool {
        self.held.iter().any(|(held, _)| *held == column)
    }

    /// Moves the score of a row to the mean that it is: rows stand below it.
    fn score_is_mean(&mut self) {
        if let Some(at) = self.held.iter().position(|(column, _)| *column == PkpColumn::Score) {
            let (_, cell) = self.held.remove(at);
            self.put(PkpColumn::Performance, cell);
        }
    }

    /// Returns its cells in the order of the columns.
    pub(super) fn cells(self) -> Vec<NewCell> {
        let Self { numbers, name, held, .. } = self;
        let blank = NewCell { value: None, from: name.from };
        let cell = |column: PkpColumn| match column {
            PkpColumn::Code => NewCell::text(&PkpCode::from_numbers(&numbers).to_string(), name.from),
            PkpColumn::Name => name.clone(),
            _ => held.iter().find(|(own, _)| *own == column).map_or(blank.clone(), |(_, cell)| cell.clone()),
        };
        PkpColumn::ALL.map(cell).to_vec()
    }
}

/// The rows of a sheet in the making.
#[derive(Debug)]
pub(super) struct PkpDraft<'s> {
    sheet: &'s Sheet,
    rows: Vec<DraftRow>,
    /// Places of the rows above the next one, from the top.
    chain: Vec<usize>,
}

impl<'s> PkpDraft<'s> {
    pub(super) fn new(sheet: &'s Sheet) -> Self {
        Self { sheet, rows: Vec::new(), chain: Vec::new() }
    }

    /// Begins with an *upaya* that a title names, or with one called like the sheet where none does.
    pub(super) fn open(&mut self, title: Option<(KnownEffort, CellRef)>, place: CellRef) {
        self.chain.clear();
        let (number, name, from) = match title {
            Some((effort, from)) => (effort.number, effort.name.to_owned(), from),
            None => (KnownEffort::OTHERS, self.sheet.name.clone(), place),
        };
        self.begin(number, NewCell::text(&name, from));
    }

    /// Adds a row below so many others; without a number of its own, or with one that is taken, it gets the next.
    pub(super) fn add(&mut self, depth: usize, number: Option<u32>, name: NewCell, is_plain: bool) {
        self.chain.truncate(depth);
        let known = name.value.as_ref().and_then(CellValue::text).filter(|_| depth == 0).and_then(KnownEffort::named);
        if let Some(effort) = known {
            self.begin(effort.number, NewCell::text(effort.name, name.from));
            return;
        }
        let above = self.chain.last().map(|at| self.rows[*at].numbers.clone()).unwrap_or_default();
        let beside = |row: &&DraftRow| row.numbers.len() == above.len() + 1 && row.numbers.starts_with(&above);
        let taken: Vec<u32> = self.rows.iter().filter(beside).filter_map(|row| row.numbers.last().copied()).collect();
        let first = if depth == 0 { KnownEffort::OTHERS } else { 1 };
        let last = first.saturating_add(u32::try_from(taken.len()).unwrap_or(u32::MAX));
        let free = (first..=last).find(|number| !taken.contains(number)).unwrap_or(first);
        let number = number.filter(|number| depth > 0 && !taken.contains(number)).unwrap_or(free);
        let numbers = above.into_iter().chain([number]).collect();
        self.chain.push(self.rows.len());
        self.rows.push(DraftRow { numbers, name, held: Vec::new(), is_plain });
    }

    /// Begins an *upaya*, or goes on with it where it stood before.
    fn begin(&mut self, number: u32, name: NewCell) {
        let known = self.rows.iter().position(|row| row.numbers == [number]);
        self.chain = vec![known.unwrap_or(self.rows.len())];
        if known.is_none() {
            self.rows.push(DraftRow { numbers: vec![number], name, held: Vec::new(), is_plain: false });
        }
    }

    /// Number of rows above the next one.
    pub(super) fn depth(&self) -> usize {
        self.chain.len()
    }

    /// The row that was added last.
    pub(super) fn last(&mut self) -> Option<&mut DraftRow> {
        let at = *self.chain.last()?;
        self.rows.get_mut(at)
    }

    /// The row above, or itself, at a depth.
    pub(super) fn at_depth(&mut self, depth: usize) -> Option<&mut DraftRow> {
        let at = *self.chain.get(depth)?;
        self.rows.get_mut(at)
    }

    /// Returns the rows, without notes: titles without number below which nothing stands.
    pub(super) fn finish(self) -> Vec<DraftRow> {
        let mut rows = self.rows;
        let parents: Vec<Vec<u32>> =
            rows.iter().filter_map(|row| row.numbers.split_last().map(|(_, above)| above.to_vec())).collect();
        let is_parent = |row: &DraftRow| parents.contains(&row.numbers);
        for row in &mut rows {
            if parents.contains(&row.numbers) {
                row.score_is_mean();
            }
        }
        rows.retain(|row| is_parent(row) || !row.held.is_empty() || !row.is_plain);
        // An *upaya* that the sheet's name stands for, where its own rows name others.
        rows.retain(|row| row.numbers.len() > 1 || is_parent(row) || !row.held.is_empty());
        rows
    }
}
