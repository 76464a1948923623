//! Acceptances as the audit tells them: a workbook by its tables, what a form wrote by its fields. Knows no SQL.

use super::audit::{AuditEntry, AuditFields};
use super::entries::read_entries;
use super::typed::TypedFields;
use super::{BatchId, Content, NewBatch};
use crate::domain::Table;
use crate::domain::audit::AuditAction;

/// Values of an entry that name it in the audit.
const NAMING_FIELDS: usize = 3;
/// Between the values that name an entry.
const JOINT: &str = " · ";

/// A workbook that was accepted.
pub(super) struct ImportAct {
    pub puskesmas: String,
    pub file: String,
    pub sha256: String,
    /// Tables with their months and rows, in words.
    pub tables: String,
    /// The batch whose rejected rows were tried again.
    pub continues: Option<BatchId>,
    pub is_replacing: bool,
    pub rows: u64,
    /// Fate of the personal data in it; blank where it has none.
    pub personal: String,
    /// Rows of former versions that this one lacks.
    pub gone: usize,
}

impl ImportAct {
    /// The act of the batch of this number.
    pub(super) fn entry(&self, batch: BatchId) -> AuditEntry {
        let taken_out = if self.is_replacing { self.gone } else { 0 };
        let after = AuditFields::none()
            .with("SHA-256", &self.sha256)
            .with("Baris baru", self.rows)
            .with("Tabel", &self.tables)
            .with("Data pribadi", &self.personal)
            .with("Melanjutkan impor", self.continues.map(|batch| batch.to_string()).unwrap_or_default())
            .with("Baris versi lama dikeluarkan", if taken_out > 0 { taken_out.to_string() } else { String::new() });
        let record = format!("impor {batch}: {}", self.file);
        AuditEntry::new(AuditAction::ImportAccepted, record).about(&self.puskesmas).after(after)
    }
}

/// An entry in whose place another one comes.
pub(super) struct FormerEntry {
    pub table: Table,
    pub fields: TypedFields,
}

/// Act of a form: one entry with its fields, or the number of those of a pasted block.
pub(super) fn typed_act(batch: &NewBatch<'_>, content: &Content<'_>, former: Option<FormerEntry>) -> AuditEntry {
    let mut written: Vec<(Table, TypedFields)> = Vec::new();
    for recap in content.recaps {
        for entry in read_entries(&recap.rows, recap.received.year()) {
            let table = recap.rows.table();
            // Parts of one entry that hold from different months are one entry.
            if !written.iter().any(|known| *known == (table, entry.fields.clone())) {
                written.push((table, entry.fields));
            }
        }
    }
    let action = match (&former, written.is_empty()) {
        (None, _) => AuditAction::EntryAdded,
        (Some(_), false) => AuditAction::EntryChanged,
        (Some(_), true) => AuditAction::EntryWithdrawn,
    };
    let named = former.as_ref().map(|former| (former.table, &former.fields));
    let named = named.or_else(|| written.first().map(|(table, fields)| (*table, fields)));
    let record = match named {
        Some((table, _)) if written.len() > 1 && former.is_none() => {
            format!("{}: {} baris ({})", table.label(), written.len(), batch.file_name)
        }
        Some((table, fields)) => format!("{}: {}", table.label(), name_of(fields)),
        None => batch.file_name.to_owned(),
    };
    let before = former.map(|former| fields_of(&former.fields)).unwrap_or_default();
    let after = written.into_iter().fold(AuditFields::none(), |all, (_, fields)| {
        all.with_all(fields.iter().map(|(field, value)| (field.label(), value.as_str())))
    });
    let (before, after) =
        if action == AuditAction::EntryChanged { AuditFields::differing(before, after) } else { (before, after) };
    AuditEntry::new(action, record).about(batch.puskesmas).before(before).after(after)
}

fn name_of(fields: &TypedFields) -> String {
    let values: Vec<&str> = fields.iter().take(NAMING_FIELDS).map(|(_, value)| value.as_str()).collect();
    values.join(JOINT)
}

fn fields_of(fields: &TypedFields) -> AuditFields {
    AuditFields::none().with_all(fields.iter().map(|(field, value)| (field.label(), value.as_str())))
}
