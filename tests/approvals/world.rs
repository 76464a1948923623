//! A small Puskesmas whose periods are approved: a register, visits by month, and the people who decide.

use std::fmt::Write;

use simpul::app::approvals::{DecisionError, PeriodRecord, StepDecision};
use simpul::app::import::Upload;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::domain::access::{Access, Grant, Origin};
use simpul::domain::approval::ApprovalStep;
use simpul::domain::{Date, Period};
use simpul::domain::{EvidenceFormat, EvidenceKind, EvidenceOf};
use simpul::store::{BatchId, EvidenceLimits, NewEvidence};
use tempfile::TempDir;

pub const PUSKESMAS: &str = "UPT PUSKESMAS ABCDE";
pub const NAMES: [&str; 3] = ["Apotek Alvi", "Klinik Bina", "Pustu Ngatri"];
const REGISTER: &str = "UPT PUSKESMAS ABCDE\nTAHUN 2023\nNo,Nama Jaringan/Jejaring,Jenis,Kelompok\n\
    1,Apotek Alvi,Apotek,Jejaring\n2,Klinik Bina,Klinik,Jejaring\n3,Pustu Ngatri,Pustu,Jaringan\n";
const MONTHS: [&str; 12] = [
    "JANUARI",
    "FEBRUARI",
    "MARET",
    "APRIL",
    "MEI",
    "JUNI",
    "JULI",
    "AGUSTUS",
    "SEPTEMBER",
    "OKTOBER",
    "NOVEMBER",
    "DESEMBER",
];

/// One visit: day of the month, place among the names, points of a hundred.
pub type VisitRow = (u32, usize, u32);

/// A recap of visits of a month of 2023; `number` tells files apart.
pub fn visits(number: u32, month: usize, rows: &[VisitRow]) -> Upload {
    let mut text = format!(
        "UPT PUSKESMAS ABCDE\nlembar nomor {number}\nBULAN : {} 2023\n\
         No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal\n",
        MONTHS[month - 1]
    );
    for (day, name, points) in rows {
        writeln!(text, "1,{day}/{month}/2023,{},Supervisi,Ani,{points},100", NAMES[*name]).unwrap();
    }
    Upload { name: format!("rekap-{number}.csv"), bytes: text.into_bytes() }
}

pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub struct World {
    pub app: App,
    pub folder: TempDir,
}

impl World {
    /// January and May of 2023 are reported; it is 10 January 2024.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
        let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
        let world = Self { app: App::open(config).unwrap(), folder };
        world.import(Upload { name: "daftar.csv".to_owned(), bytes: REGISTER.into() });
        world.import(visits(1, 1, &[(3, 0, 60), (4, 1, 70)]));
        world.import(visits(5, 5, &[(3, 0, 80), (4, 1, 90)]));
        world
    }

    pub fn import(&self, file: Upload) -> Option<BatchId> {
        let receipt = self.app.import(&[file], None, false, &mut |_| {}).files.remove(0);
        assert_eq!(receipt.error, None);
        receipt.batch
    }

    pub fn decide(&self, step: ApprovalStep, text: &str) -> Result<PeriodRecord, DecisionError> {
        decide(&self.app, step, text)
    }

    /// Hands a period in and approves it.
    pub fn approve(&self, text: &str) {
        self.decide(ApprovalStep::Submit, text).unwrap();
        self.decide(ApprovalStep::Approve, text).unwrap();
    }

    /// The evaluation that is shown, as the contract's JSON.
    pub fn shown(&self, text: &str) -> String {
        let period = period(text);
        self.app.evaluation_to_keep(PUSKESMAS, period, period.last_day()).unwrap().contract
    }

    /// Everything that is shown of a period beside its figures, of the facts themselves.
    pub fn facts(&self, text: &str) -> String {
        let shown = self.app.shown_period(PUSKESMAS, period(text)).unwrap();
        let sources = shown.sources(2023, period(text).last_day()).unwrap();
        format!(
            "{:?} {:?} {}",
            shown.snapshot.facts(),
            sources,
            shown.snapshot.id(period(text), period(text).last_day())
        )
    }

    /// Somebody with one grant.
    pub fn acting(&self, account: &str, grant: Grant) -> App {
        self.app.acting_as(Access::of_account(account, Origin::CommandLine, vec![grant], &[]))
    }

    /// Photos of a visit on a day of May.
    pub fn attach(&self, day: u32) {
        let date: Date = format!("2023-05-{day:02}").parse().unwrap();
        let of = EvidenceOf::Visit { facility: NAMES[0].to_owned(), date: date.into(), form: "Supervisi".to_owned() };
        let new = NewEvidence {
            puskesmas: PUSKESMAS,
            of: &of,
            kind: EvidenceKind::Photos,
            files: &[("foto.pdf".to_owned(), EvidenceFormat::Pdf, format!("%PDF-1.7 {day}").into_bytes())],
            by: simpul::store::By::command_line("penguji", self.app.clock().now()),
        };
        self.app.store().attach(&new, EvidenceLimits { files_per_thing: 9, total_bytes: 1 << 20 }).unwrap();
    }

    pub fn withdraw_all(&self) {
        for file in self.app.store().evidence(PUSKESMAS).unwrap() {
            self.app.store().withdraw_evidence(PUSKESMAS, file.id, self.app.by()).unwrap();
            self.app.store().erase_evidence(PUSKESMAS, file.id, self.app.by()).unwrap();
        }
    }
}

pub fn decide(app: &App, step: ApprovalStep, text: &str) -> Result<PeriodRecord, DecisionError> {
    let reason = if step.needs_reason() { "angka Mei keliru" } else { "" };
    let name = "dr. Ani";
    app.approvals().take(&StepDecision { puskesmas: PUSKESMAS, period: period(text), step, name, reason, seen: None })
}
