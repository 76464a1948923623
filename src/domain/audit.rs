//! Acts that the audit writes down, each with the code under which it is kept and the words that people read.
//! Knows neither a database nor a page.

/// One kind of change that somebody makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "names in the past tense say what was done")]
pub enum AuditAction {
    /// A workbook was accepted, or its rejected rows were tried again.
    ImportAccepted,
    /// An accepted workbook was taken back.
    ImportUndone,
    /// Files wait as a draft.
    DraftAdded,
    /// It was said whose the files of a draft are.
    DraftOwned,
    /// A file of a draft was accepted, or left.
    DraftDecided,
    /// A row was typed.
    EntryAdded,
    /// A row was changed by a form.
    EntryChanged,
    /// A row was taken out by a form.
    EntryWithdrawn,
    /// It was said which facility a written name means.
    AliasSet,
    /// That was taken back.
    AliasRevoked,
    /// A form's columns were explained.
    FormSet,
    /// That was taken back.
    FormRevoked,
    /// A question about the tables of a form was answered.
    FormWordSet,
    /// That was taken back.
    FormWordRevoked,
    /// The months of a sheet were said.
    SheetPeriodSet,
    EvidenceAttached,
    EvidenceWithdrawn,
    /// The content of withdrawn evidence was erased.
    EvidenceErased,
    /// Letter details were saved.
    LetterSet,
    /// Letter details of the folder's files count again.
    LetterReset,
    /// A logo was kept.
    LogoAdded,
    /// A template of the office's own was kept.
    OfficeTemplateAdded,
    /// A template of the office's own was removed.
    OfficeTemplateRemoved,
    /// A paper got a number.
    NumberGiven,
    /// A number was taken back.
    NumberRevoked,
    /// Subject, attachments and copies of a letter were written.
    LinesSet,
    /// The name of a paper's author was set.
    AuthorSet,
    /// A text was written in the place of the drafted one.
    NarrativeWritten,
    /// The drafted text counts again.
    NarrativeReset,
    /// A paper went out.
    EditionKept,
    /// An evaluation was kept.
    EvaluationKept,
    /// Somebody asked for a run of a job.
    JobRequested,
    /// A job was paused.
    JobPaused,
    /// A job goes on.
    JobResumed,
    /// A back-up was put back.
    Restored,
    DefinitionsChanged,
    LoggedIn,
    /// A log-in was refused.
    LoginFailed,
    LoggedOut,
    SessionsEnded,
    /// The installation was set up for its first account.
    SetUp,
    /// An account was made.
    AccountAdded,
    /// Name or office of an account's person was changed.
    AccountChanged,
    /// An account got a role.
    RoleGiven,
    /// Roles of an account were taken back.
    RoleRevoked,
    /// An account was disabled.
    AccountClosed,
    /// A disabled account may log in again.
    AccountReopened,
    /// A one-time code for a first account or a first password was made.
    CodeMade,
    /// A one-time code for a new password was given.
    AccountReset,
    /// A password was set.
    PasswordSet,
    /// The second factor was begun, confirmed or removed.
    SecondFactorSet,
    /// An account was linked to an identity of a provider.
    IdentityLinked,
    /// An account was unlinked from its provider.
    IdentityUnlinked,
    /// A token for the API was made.
    TokenAdded,
    /// A token for the API was taken back.
    TokenRevoked,
    /// The key with which papers are signed was made.
    KeyMade,
    /// A period was handed in for approval.
    PeriodSubmitted,
    /// A period was approved.
    PeriodApproved,
    /// A period was sent back.
    PeriodReturned,
    /// A period was verified by the district.
    PeriodVerified,
    /// An approved period was opened again.
    PeriodUnlocked,
    /// A change that waited for an approved period was taken.
    PendingTaken,
    /// A change that waited for an approved period was left.
    PendingLeft,
    /// Data of a person was taken out of a file before it was kept.
    PersonRemoved,
    /// Data of a person was sought.
    PersonSought,
    /// Data of a person was handed out.
    PersonExported,
    /// Data of a person was erased.
    PersonErased,
    /// A setting of the installation was changed.
    SettingChanged,
}

use AuditAction as A;

/// Code and words of each, in the order in which a filter offers them.
const ACTIONS: [(AuditAction, &str, &str); 68] = [
    (A::ImportAccepted, "import.accept", "Impor diterima"),
    (A::ImportUndone, "import.undo", "Impor dibatalkan"),
    (A::DraftAdded, "draft.add", "Berkas diunggah sebagai draf"),
    (A::DraftOwned, "draft.own", "Pemilik draf disebut"),
    (A::DraftDecided, "draft.decide", "Berkas draf diputuskan"),
    (A::EntryAdded, "entry.add", "Catatan ditambah"),
    (A::EntryChanged, "entry.change", "Catatan diubah"),
    (A::EntryWithdrawn, "entry.withdraw", "Catatan dihapus"),
    (A::AliasSet, "alias.set", "Padanan nama disimpan"),
    (A::AliasRevoked, "alias.revoke", "Padanan nama dicabut"),
    (A::FormSet, "form.set", "Bentuk tabel dijelaskan"),
    (A::FormRevoked, "form.revoke", "Penjelasan bentuk tabel dicabut"),
    (A::FormWordSet, "word.set", "Pertanyaan tabel dijawab"),
    (A::FormWordRevoked, "word.revoke", "Jawaban tabel dicabut"),
    (A::SheetPeriodSet, "sheet.period", "Masa lembar disebut"),
    (A::EvidenceAttached, "evidence.attach", "Bukti dilampirkan"),
    (A::EvidenceWithdrawn, "evidence.withdraw", "Bukti ditarik"),
    (A::EvidenceErased, "evidence.erase", "Isi bukti dihapus"),
    (A::LetterSet, "letter.set", "Pengaturan surat disimpan"),
    (A::LetterReset, "letter.reset", "Pengaturan surat dikembalikan ke berkas"),
    (A::LogoAdded, "logo.add", "Logo disimpan"),
    (A::OfficeTemplateAdded, "office-template.add", "Templat laporan disimpan"),
    (A::OfficeTemplateRemoved, "office-template.remove", "Templat laporan dihapus"),
    (A::NumberGiven, "number.give", "Nomor surat diberikan"),
    (A::NumberRevoked, "number.revoke", "Nomor surat dicabut"),
    (A::LinesSet, "lines.set", "Perihal dan tembusan disimpan"),
    (A::AuthorSet, "author.set", "Nama penulis disimpan"),
    (A::NarrativeWritten, "narrative.write", "Narasi ditulis"),
    (A::NarrativeReset, "narrative.reset", "Narasi dikembalikan ke rancangan"),
    (A::EditionKept, "edition.keep", "Laporan dikeluarkan"),
    (A::EvaluationKept, "evaluation.keep", "Evaluasi disimpan"),
    (A::JobRequested, "job.run", "Tugas otomatis dijalankan"),
    (A::JobPaused, "job.pause", "Tugas otomatis dijeda"),
    (A::JobResumed, "job.resume", "Tugas otomatis dilanjutkan"),
    (A::Restored, "restore", "Cadangan dipulihkan"),
    (A::DefinitionsChanged, "definitions.change", "Berkas definisi berubah"),
    (A::LoggedIn, "login", "Masuk"),
    (A::LoginFailed, "login.fail", "Gagal masuk"),
    (A::LoggedOut, "logout", "Keluar"),
    (A::SessionsEnded, "session.end", "Sesi diakhiri"),
    (A::SetUp, "setup", "Instalasi disiapkan"),
    (A::AccountAdded, "account.add", "Akun dibuat"),
    (A::AccountChanged, "account.change", "Akun diubah"),
    (A::RoleGiven, "role.give", "Peran diberikan"),
    (A::RoleRevoked, "role.revoke", "Peran dicabut"),
    (A::AccountClosed, "account.close", "Akun dinonaktifkan"),
    (A::AccountReopened, "account.reopen", "Akun diaktifkan lagi"),
    (A::CodeMade, "code.make", "Kode sekali pakai dibuat"),
    (A::AccountReset, "account.reset", "Kode sandi baru diberikan"),
    (A::PasswordSet, "password.set", "Kata sandi diganti"),
    (A::SecondFactorSet, "totp.set", "Verifikasi dua langkah diubah"),
    (A::IdentityLinked, "identity.link", "Akun dihubungkan dengan penyedia identitas"),
    (A::IdentityUnlinked, "identity.unlink", "Hubungan dengan penyedia identitas diputus"),
    (A::TokenAdded, "token.add", "Token API dibuat"),
    (A::TokenRevoked, "token.revoke", "Token API dicabut"),
    (A::KeyMade, "key.make", "Kunci instalasi dibuat"),
    (A::PeriodSubmitted, "period.submit", "Periode diajukan"),
    (A::PeriodApproved, "period.approve", "Periode disetujui"),
    (A::PeriodReturned, "period.return", "Periode dikembalikan"),
    (A::PeriodVerified, "period.verify", "Periode diverifikasi"),
    (A::PeriodUnlocked, "period.unlock", "Periode dibuka kembali"),
    (A::PendingTaken, "pending.take", "Perubahan tertunda diambil"),
    (A::PendingLeft, "pending.leave", "Perubahan tertunda ditinggalkan"),
    (A::PersonRemoved, "person.remove", "Data pribadi dikeluarkan sebelum disimpan"),
    (A::PersonSought, "person.seek", "Data pribadi dicari"),
    (A::PersonExported, "person.export", "Data pribadi diserahkan"),
    (A::PersonErased, "person.erase", "Data pribadi dihapus"),
    (A::SettingChanged, "setting.change", "Pengaturan diubah"),
];

impl AuditAction {
    /// All, in the order in which a filter offers them.
    pub fn all() -> impl Iterator<Item = Self> {
        ACTIONS.into_iter().map(|(action, _, _)| action)
    }

    /// The word under which it is kept, which never changes.
    pub fn code(self) -> &'static str {
        ACTIONS.iter().find(|(action, _, _)| *action == self).map_or("", |(_, code, _)| code)
    }

    /// The action of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        ACTIONS.iter().find(|(_, known, _)| *known == code).map(|(action, _, _)| *action)
    }

    /// Its name as people read it.
    pub fn label(self) -> &'static str {
        ACTIONS.iter().find(|(action, _, _)| *action == self).map_or("", |(_, _, label)| label)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_action_has_a_code_and_words_of_its_own() {
        let text = include_str!("audit.rs");
        let listed = text.split("pub enum AuditAction {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
        let variants = listed.lines().filter(|line| line.trim_end().ends_with(',')).count();
        assert_eq!(variants, ACTIONS.len());
        let codes: BTreeSet<&str> = AuditAction::all().map(AuditAction::code).collect();
        let labels: BTreeSet<&str> = AuditAction::all().map(AuditAction::label).collect();
        assert_eq!((codes.len(), labels.len()), (ACTIONS.len(), ACTIONS.len()));
        for action in AuditAction::all() {
            assert_eq!(AuditAction::from_code(action.code()), Some(action));
        }
    }
}
