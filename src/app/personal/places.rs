//! Places that hold a person's data, in words that people read. Knows no database.

use serde::Serialize;

use crate::store::{KeptWorkbook, TextPlace};

/// A place that holds what was sought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonPlace {
    /// `basis data` or `berkas asli`.
    pub kind: &'static str,
    /// Table and field, or file, in words.
    pub place: String,
    /// Import, row or cell.
    pub at: String,
    /// Name of the Puskesmas; blank where the place tells none.
    pub puskesmas: String,
    /// Number of the import that brought it; none where it came on another way.
    pub batch: Option<i64>,
    /// False where it cannot be erased here: names of facilities, offices and accounts, the audit, what was signed.
    pub erasable: bool,
    /// Words around it.
    pub text: String,
}

impl PersonPlace {
    /// Reports whether it is a cell of a kept workbook.
    pub fn is_of_workbook(&self) -> bool {
        self.kind == WORKBOOK
    }

    /// A text of the database.
    pub(super) fn of_text(found: TextPlace, text: String) -> Self {
        let TextPlace { table, column, row, is_free, origin } = found;
        let place = words_for(&table, &column);
        match origin {
            Some(origin) => Self {
                kind: DATABASE,
                place,
                at: format!("impor {}, {}", origin.batch, origin.file_name),
                puskesmas: origin.puskesmas,
                batch: Some(origin.batch),
                erasable: is_free,
                text,
            },
            None => Self {
                kind: DATABASE,
                place,
                at: format!("baris {row}"),
                puskesmas: String::new(),
                batch: None,
                erasable: is_free,
                text,
            },
        }
    }

    /// A cell of a kept workbook.
    pub(super) fn of_cell(kept: &KeptWorkbook, sheet: &str, cell: String, text: String) -> Self {
        Self {
            kind: WORKBOOK,
            place: format!("{}, lembar {sheet}", kept.file_name),
            at: cell,
            puskesmas: kept.puskesmas.clone(),
            batch: Some(kept.batch),
            erasable: true,
            text,
        }
    }
}

/// Kind of a place in the database.
const DATABASE: &str = "basis data";
/// Kind of a place in a kept workbook.
const WORKBOOK: &str = "berkas asli";

/// Tables with their names as people know them, and names of their columns.
const TABLES: [(&str, &str); 46] = [
    ("accounts", "Akun"),
    ("account_grants", "Akun, peran"),
    ("agreement_step_rows", "Proses PKS"),
    ("aliases", "Padanan nama"),
    ("api_tokens", "Token API"),
    ("audit", "Jejak audit"),
    ("authors", "Penulis laporan"),
    ("batches", "Impor"),
    ("change_rows", "Perubahan jadwal"),
    ("checklist_rows", "Daftar tilik"),
    ("cluster_rows", "Daftar klaster"),
    ("decision_rows", "Notulen"),
    ("district_assessment_rows", "Penilaian TPCB"),
    ("district_follow_up_rows", "Tindak lanjut TPCB"),
    ("district_matter_rows", "Masalah untuk dinas"),
    ("district_step_rows", "Langkah TPCB"),
    ("district_visit_rows", "Pembinaan TPCB"),
    ("draft_files", "Draf impor"),
    ("editions", "Laporan yang sudah keluar"),
    ("erasures", "Riwayat penghapusan"),
    ("evaluations", "Hasil evaluasi yang disimpan"),
    ("evidence_files", "Bukti"),
    ("facility_names", "Daftar faskes"),
    ("facility_rows", "Daftar faskes"),
    ("follow_up_rows", "Tindak lanjut"),
    ("form_words", "Jawaban tentang bentuk tabel"),
    ("integration_score_rows", "Penilaian integrasi"),
    ("issues", "Catatan impor"),
    ("ledger", "Tugas otomatis"),
    ("ledger_lines", "Tugas otomatis"),
    ("letter_heads", "Kepala surat"),
    ("letter_settings", "Pengaturan surat"),
    ("narrative_sections", "Teks laporan"),
    ("network_step_rows", "Langkah jejaring"),
    ("outbox", "Surel"),
    ("period_pins", "Angka yang disetujui"),
    ("period_steps", "Persetujuan"),
    ("pkp_verification_rows", "Verifikasi PKP"),
    ("plan_proposal_rows", "Usulan RUK dan RPK"),
    ("plan_session_rows", "Pendampingan RUK dan RPK"),
    ("problem_rows", "Evaluasi"),
    ("profiles", "Bentuk tabel"),
    ("recaps", "Impor"),
    ("signatures", "Tanda tangan di rekap"),
    ("slot_rows", "Jadwal"),
    ("visit_rows", "Pembinaan"),
];

const COLUMNS: [(&str, &str); 47] = [
    ("activity", "kegiatan"),
    ("address", "alamat"),
    ("after", "sesudah"),
    ("agreed", "kesepakatan"),
    ("approver", "penyetuju"),
    ("aspect", "aspek"),
    ("before", "sebelum"),
    ("body", "isi"),
    ("cause", "penyebab"),
    ("coach", "pembina"),
    ("conclusion", "kesimpulan"),
    ("coordinator_name", "nama koordinator"),
    ("decision", "keputusan"),
    ("fact", "fakta"),
    ("file_name", "nama berkas"),
    ("finding", "temuan"),
    ("follow_up", "tindak lanjut"),
    ("for_district", "untuk dinas"),
    ("for_puskesmas", "untuk Puskesmas"),
    ("full_name", "nama lengkap"),
    ("head_name", "nama kepala"),
    ("helper", "pendamping"),
    ("item", "rencana"),
    ("key", "nama (kunci)"),
    ("line", "catatan"),
    ("message", "kalimat"),
    ("name", "nama"),
    ("outcome", "hasil"),
    ("owner", "penanggung jawab"),
    ("person", "penanggung jawab"),
    ("person_in_charge", "penanggung jawab"),
    ("problem", "masalah"),
    ("proof", "bukti"),
    ("purpose", "tujuan"),
    ("reason", "alasan"),
    ("record", "yang diubah"),
    ("reply", "tanggapan"),
    ("sheet", "nama lembar"),
    ("step", "langkah"),
    ("subject", "perihal"),
    ("target_group", "sasaran"),
    ("title", "judul"),
    ("verdict_note", "catatan TPCB"),
    ("verifier", "verifikator"),
    ("village", "desa"),
    ("volume", "volume"),
    ("words", "tindak lanjut"),
];

/// Table and column in words; their technical names where nobody wrote words for them.
fn words_for(table: &str, column: &str) -> String {
    let known = |words: &[(&str, &str)], name: &str| {
        words.iter().find(|(known, _)| *known == name).map_or_else(|| name.to_owned(), |(_, words)| (*words).to_owned())
    };
    format!("{}: {}", known(&TABLES, table), known(&COLUMNS, column))
}
