//! A meeting that is held: its attendance, and decisions of meetings before that are said to be done. Both go the way of
//! a workbook: a sheet of rows, read by the rules of the import, accepted as a small batch with who, when and an undo.

use chrono::Datelike;

use super::App;
use super::entries::{EntryError, FieldFault, Typing, Values, csv, text_cells};
use super::import::known::TablesReader;
use crate::diagnostic::Severity;
use crate::domain::facts::LokminSort;
use crate::domain::form::TableForm;
use crate::domain::meeting_held::{Invitee, Turnout};
use crate::domain::{Date, Month, Table, format};
use crate::recap::{FoundTable, recognise};
use crate::store::{BatchId, By, Content, KeptOriginal, NewBatch};
use crate::workbook::{Row, Sheet, Visibility, Workbook};

/// Attendance at one meeting, as it was ticked.
#[derive(Clone, Debug)]
pub struct AttendanceList<'l> {
    /// Name of the Puskesmas.
    pub puskesmas: &'l str,
    /// Month of the meeting.
    pub month: Month,
    /// Monthly or three-monthly.
    pub sort: LokminSort,
    /// Facilities with their turnout.
    pub invitees: &'l [Invitee],
}

impl App {
    /// Keeps the attendance of a meeting as a version of that month's Lokmin recap.
    ///
    /// # Errors
    /// [`EntryError::Wrong`] where a name is not in the register any more, or nobody is listed.
    pub fn write_attendance(&self, list: &AttendanceList<'_>) -> Result<BatchId, EntryError> {
        let now = self.clock().now();
        let mut lines = list.lines();
        let rows = (0..).zip(lines.clone()).map(|(index, texts)| Row { index, cells: text_cells(texts) });
        let sheet = Sheet::new(Table::Lokmin.label().to_owned(), Visibility::Visible, rows.collect(), Vec::new());
        let workbook =
            Workbook { file: String::new(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() };
        let recognised = recognise(&workbook);
        let listed = |table: &&FoundTable<'_>| table.table == Table::Lokmin && !list.invitees.is_empty();
        let wrong = |message: String| EntryError::Wrong(vec![FieldFault::new("", message)]);
        let Some(table) = recognised.tables.iter().find(listed) else {
            return Err(wrong("Daftar hadir ini kosong. Tandai paling sedikit satu faskes.".to_owned()));
        };
        let mut reader =
            TablesReader::new(list.puskesmas, &self.store().known(list.puskesmas)?, self.definitions().books.clone());
        let (recap, issues) = reader.read(table);
        let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
        let faults: Vec<String> = errors.map(|issue| format!("{}.", issue.message)).collect();
        if !faults.is_empty() || recap.rows_rejected > 0 {
            return Err(wrong(faults.join(" ")));
        }
        lines[0].push(format!("ditulis lewat halaman oleh {}, {}", self.who(), now.to_rfc3339()));
        let batch = NewBatch {
            puskesmas: list.puskesmas,
            file_name: "catatan-daftar-hadir-lokmin.csv",
            bytes: &csv(&lines),
            kept: KeptOriginal::AsItCame,
            by: By { at: now, ..self.by() },
            replace: false,
        };
        let content = Content { recaps: &[recap], ..Content::default() };
        let accepted = self.store().accept_entry(&batch, &content, None)?;
        Ok(accepted.ok_or(EntryError::Gone)?.batch)
    }

    /// Says on which day a decision was done; `None` takes that back. Gives the batch.
    ///
    /// # Errors
    /// [`EntryError::Gone`] where the decision does not stand any more.
    pub fn tick_decision(&self, puskesmas: &str, id: &str, done: Option<Date>) -> Result<BatchId, EntryError> {
        let entries = self.entries(puskesmas, Table::Decisions, None)?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or(EntryError::Gone)?;
        let known = TableForm::from_table(Table::Decisions).fields.iter().filter_map(|field| {
            let value = entry.fields.iter().find(|(known, _)| *known == field.field);
            Some((field.name, value?.1.clone()))
        });
        let mut values: Values = known.collect();
        values.insert("selesai", done.map(format::date).unwrap_or_default());
        let year = self.clock().today().year();
        self.write_entry(Typing { puskesmas, table: Table::Decisions, values: &values, replaced: Some(id), year })
    }
}

impl AttendanceList<'_> {
    /// Title, name, month, heading, rows.
    fn lines(&self) -> Vec<Vec<String>> {
        let row = |number: usize, invitee: &Invitee| {
            let word = |is: bool| if is { "Ya" } else { "Tidak" }.to_owned();
            vec![
                number.to_string(),
                invitee.name.clone(),
                self.sort.label().to_owned(),
                word(invitee.turnout.is_invited()),
                word(invitee.turnout == Turnout::Came),
            ]
        };
        let heads = ["No", "Nama Jaringan/Jejaring", "Jenis Lokmin", "Diundang", "Hadir"];
        let mut lines = vec![
            vec![format!("KEHADIRAN LOKAKARYA MINI {}", self.sort.label().to_uppercase())],
            vec![self.puskesmas.to_owned()],
            vec![format!("BULAN : {}", format::month(self.month).to_uppercase())],
            heads.map(ToOwned::to_owned).to_vec(),
        ];
        lines.extend((1..).zip(self.invitees).map(|(number, invitee)| row(number, invitee)));
        lines
    }
}
