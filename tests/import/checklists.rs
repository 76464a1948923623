//! Filled checklists in the forms that offices use, written by a generator: what is read is the truth, or is asked about;
//! and what a visit scores by them.

use std::fmt::Write as _;

use proptest::prelude::*;
use simpul::app::import::Upload;
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::domain::Facts;
use simpul::domain::instrument::{Instrument, ItemAnswer, ItemSum};
use simpul::store::Scope;
use tempfile::TempDir;

const REGISTER: &str = "UPT PUSKESMAS ABCDE\nTAHUN 2025\nNo,Nama Jaringan/Jejaring,Jenis,Kelompok\n\
    1,Pustu Melati,Pustu,Jaringan\n2,Apotek Alvi,Apotek,Jejaring\n";
const VISITS: &str = "No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal";

struct Folder {
    app: App,
    _folder: TempDir,
}

impl Folder {
    fn new() -> Self {
        Self::with_instruments(&[])
    }

    /// The same with instruments of its own: name of the file and content.
    fn with_instruments(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let instruments = folder.path().join("instruments");
        std::fs::create_dir(&instruments).unwrap();
        for (name, text) in files {
            std::fs::write(instruments.join(name), text).unwrap();
        }
        let clock = Clock::Fixed("2025-12-10T03:00:00Z".parse().unwrap());
        let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
        let this = Self { app: App::open(config).unwrap(), _folder: folder };
        this.import("daftar.csv", REGISTER);
        this
    }

    fn import(&self, name: &str, text: &str) -> FileReceipt {
        let file = Upload { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        self.app.import(&[file], None, false, &mut |_| {}).files.remove(0)
    }

    fn facts(&self) -> Facts {
        self.app.store().facts(&Scope::All).unwrap()
    }

    fn instrument(&self, code: &str) -> Instrument {
        self.app.definitions().books.instruments.find(code).unwrap().clone()
    }
}

/// Answer to an item as whoever filled the sheet in meant it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Meant {
    Yes,
    No,
    NotApplicable,
    Blank,
}

/// Form of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
enum SheetForm {
    /// A tick under one of these two or three headings.
    Ticks(&'static [&'static str], &'static str),
    /// `Jawaban` over `Ya`, `Tidak` and `TB`.
    TwoRows(&'static str),
    /// One column of words for yes, no and not applicable.
    Words(&'static str, [&'static str; 3]),
    /// Points, perhaps beside what they are out of.
    Points { has_maximum: bool },
}

const FORMS: [SheetForm; 9] = [
    SheetForm::Ticks(&["ADA", "TIDAK"], "v"),
    SheetForm::Ticks(&["Ya", "Tidak", "TB"], "√"),
    SheetForm::Ticks(&["MS", "TMS", "N/A"], "x"),
    SheetForm::TwoRows("✓"),
    SheetForm::Words("Ada/Tidak", ["ADA", "TIDAK", "TB"]),
    SheetForm::Words("Jawaban", ["1", "0", "NA"]),
    SheetForm::Words("MS/TMS", ["MS", "TMS", "Tidak berlaku"]),
    SheetForm::Points { has_maximum: false },
    SheetForm::Points { has_maximum: true },
];

impl SheetForm {
    /// Reports whether an item can be taken out on such a sheet.
    fn has_not_applicable(self) -> bool {
        !matches!(self, Self::Ticks([_, _], _) | Self::Points { .. })
    }

    fn headings(self) -> Vec<String> {
        let fixed = |last: &[&str]| ["No", "Uraian"].iter().chain(last).map(|text| (*text).to_owned()).collect();
        match self {
            Self::Ticks(headings, _) => fixed(headings),
            Self::TwoRows(_) => fixed(&["Jawaban"]),
            Self::Words(heading, _) => fixed(&[heading]),
            Self::Points { has_maximum: false } => fixed(&["Skor"]),
            Self::Points { has_maximum: true } => fixed(&["Skor", "Skor Maks."]),
        }
    }

    fn cells(self, meant: Meant, points: f64) -> Vec<String> {
        let ticks = |count: usize, mark: &str| {
            let place = match meant {
                Meant::Yes => 0,
                Meant::No => 1,
                Meant::NotApplicable => 2,
                Meant::Blank => count,
            };
            (0..count).map(|column| if column == place { mark.to_owned() } else { String::new() }).collect()
        };
        match self {
            Self::Ticks(headings, mark) => ticks(headings.len(), mark),
            Self::TwoRows(mark) => ticks(3, mark),
            Self::Words(_, words) => vec![match meant {
                Meant::Yes => words[0].to_owned(),
                Meant::No => words[1].to_owned(),
                Meant::NotApplicable => words[2].to_owned(),
                Meant::Blank => String::new(),
            }],
            Self::Points { has_maximum } => {
                let own = match meant {
                    Meant::Yes => points.to_string(),
                    Meant::No => "0".to_owned(),
                    Meant::NotApplicable | Meant::Blank => String::new(),
                };
                if has_maximum { vec![own, points.to_string()] } else { vec![own] }
            }
        }
    }
}

/// Place in which a sheet says whose and of when it is.
#[derive(Clone, Copy, Debug)]
enum Whose {
    Labels,
    LabelsInTwoCells,
    Title,
}

const WHOSE: [Whose; 3] = [Whose::Labels, Whose::LabelsInTwoCells, Whose::Title];

fn head(whose: Whose) -> String {
    let title = "UPT PUSKESMAS ABCDE\n";
    match whose {
        Whose::Labels => {
            format!(
                "{title}DAFTAR TILIK PEMBINAAN\nNama Faskes : Pustu Melati\nTanggal : 12 Mei 2025\nPembina : Bd. Ani\n"
            )
        }
        Whose::LabelsInTwoCells => {
            format!("{title}INSTRUMEN SUPERVISI\nNama Jaringan/Jejaring,: Pustu Melati\nTanggal Kunjungan,12/05/2025\n")
        }
        Whose::Title => format!("{title}DAFTAR TILIK PEMBINAAN PUSTU MELATI\nTANGGAL 12 MEI 2025\n"),
    }
}

/// A filled sheet of an instrument as CSV.
fn filled(instrument: &Instrument, form: SheetForm, whose: Whose, answers: &[Meant]) -> String {
    let mut text = head(whose);
    writeln!(text, "{}", form.headings().join(",")).unwrap();
    if let SheetForm::TwoRows(_) = form {
        text.push_str(",,Ya,Tidak,TB\n");
    }
    let mut aspect = None;
    for (number, (item, meant)) in (1..).zip(instrument.items.iter().zip(answers)) {
        if aspect.replace(item.aspect) != Some(item.aspect) {
            writeln!(text, ",{}", item.aspect.label().to_uppercase()).unwrap();
        }
        writeln!(text, "{number},\"{}\",{}", item.text, form.cells(*meant, item.points).join(",")).unwrap();
    }
    text.push_str("\n,,Kepala Puskesmas\n,,dr. Contoh\n");
    text
}

/// Worth of an answer.
fn worth(meant: Meant, points: f64) -> Option<ItemAnswer> {
    match meant {
        Meant::Yes => Some(ItemAnswer::Points(points)),
        Meant::No => Some(ItemAnswer::Points(0.0)),
        Meant::NotApplicable => Some(ItemAnswer::NotApplicable),
        Meant::Blank => None,
    }
}

/// Sum of what was meant.
fn meant_sum(instrument: &Instrument, answers: &[Meant]) -> ItemSum {
    let mut sum = ItemSum::default();
    for (item, meant) in instrument.items.iter().zip(answers) {
        sum.add(worth(*meant, item.points), item.points);
    }
    sum
}

/// What the facts hold of the items, by code; an item of which there is no row was asked about.
fn read_answers(facts: &Facts) -> Vec<(String, Option<ItemAnswer>)> {
    facts.checklist_items.iter().map(|item| (item.code.clone(), item.answer)).collect()
}

#[expect(clippy::format_collect, reason = "a few lines to compare")]
fn told(receipt: &FileReceipt) -> String {
    let issues = receipt.issues.iter();
    issues.map(|issue| format!("{} {} {}\n", issue.cell, issue.code, issue.message)).collect()
}

fn answers() -> impl Strategy<Value = Vec<Meant>> {
    let one = prop_oneof![
        4 => Just(Meant::Yes),
        2 => Just(Meant::No),
        1 => Just(Meant::NotApplicable),
        1 => Just(Meant::Blank),
    ];
    prop::collection::vec(one, 18)
}

#[test]
fn every_form_is_read_as_it_was_meant() {
    for form in FORMS {
        for whose in WHOSE {
            let folder = Folder::new();
            let instrument = folder.instrument("contoh-pustu");
            let meant = [Meant::Yes, Meant::No, Meant::Yes, Meant::Blank];
            let can_be_taken_out = form.has_not_applicable();
            let answers: Vec<Meant> = (0..instrument.items.len())
                .map(|place| if place == 7 && can_be_taken_out { Meant::NotApplicable } else { meant[place % 4] })
                .collect();
            let text = filled(&instrument, form, whose, &answers);
            let receipt = folder.import("tilik.csv", &text);
            assert_eq!(receipt.status, FileStatus::Imported, "{form:?} {whose:?}\n{text}\n{}", told(&receipt));
            let facts = folder.facts();
            let mut expected: Vec<(String, Option<ItemAnswer>)> = instrument
                .items
                .iter()
                .zip(&answers)
                .map(|(item, meant)| (item.code.clone(), worth(*meant, item.points)))
                .collect();
            expected.sort_by(|one, other| one.0.cmp(&other.0));
            assert_eq!(read_answers(&facts), expected, "{form:?} {whose:?}\n{text}\n{}", told(&receipt));
            let sum = meant_sum(&instrument, &answers);
            assert_eq!(facts.visits.len(), 1, "{form:?} {whose:?}");
            assert_eq!(facts.visits[0].score(), sum.score(), "{form:?} {whose:?}");
            assert_eq!(facts.visits[0].date.to_string(), "2025-05-12");
            assert!(told(&receipt).contains("belum dijawab"), "{}", told(&receipt));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_read_is_the_truth_or_is_asked(answers in answers(), form in 0..FORMS.len(), whose in 0..WHOSE.len()) {
        let folder = Folder::new();
        let instrument = folder.instrument("contoh-pustu");
        let form = FORMS[form];
        let answers: Vec<Meant> = answers
            .into_iter()
            .map(|meant| if meant == Meant::NotApplicable && !form.has_not_applicable() { Meant::Blank } else { meant })
            .collect();
        let receipt = folder.import("tilik.csv", &filled(&instrument, form, WHOSE[whose], &answers));
        let facts = folder.facts();
        for (item, meant) in instrument.items.iter().zip(&answers) {
            let read = facts.checklist_items.iter().find(|read| read.code == item.code);
            match read {
                Some(read) => prop_assert_eq!(read.answer, worth(*meant, item.points), "{}", told(&receipt)),
                None => prop_assert!(
                    receipt.issues.iter().any(|issue| issue.severity == "error"),
                    "{}", told(&receipt)
                ),
            }
        }
    }
}

const ITEMS: [&str; 3] = [
    "Papan nama apotek dan nama apoteker terpasang",
    "SIA ditempel dan masih berlaku",
    "Laporan obat tertentu dikirim tepat waktu",
];

fn apotek(rows: &str) -> String {
    format!(
        "UPT PUSKESMAS ABCDE\nDAFTAR TILIK APOTEK\nNama Faskes : Apotek Alvi\nTanggal : 3 Juni 2025\n\
         No,Uraian,Ya,Tidak,TB,Ket\n{rows}"
    )
}

#[test]
fn what_no_instrument_knows_is_asked_with_the_nearest() {
    let folder = Folder::new();
    let rows = format!("1,{},v,,,\n2,SIA ditempel masih berlaku,v,,,\n3,{},,v,,rusak\n", ITEMS[0], ITEMS[2]);
    let receipt = folder.import("tilik.csv", &apotek(&rows));
    let told = told(&receipt);
    assert!(told.contains("B7 unknown_item"), "{told}");
    assert!(told.contains("mungkin maksudnya A2 \"SIA ditempel dan masih berlaku\""), "{told}");
    let facts = folder.facts();
    assert_eq!(facts.checklist_items.len(), 2);
    assert_eq!(facts.visits[0].score(), Some((1.0, 2.0)));
    assert_eq!(facts.checklist_items[1].note.as_deref(), Some("rusak"));
}

#[test]
fn an_answer_that_may_mean_two_things_is_asked() {
    let folder = Folder::new();
    let rows = format!("1,{},v,v,,\n2,{},v,,,\n3,{},-,,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    let receipt = folder.import("tilik.csv", &apotek(&rows));
    let told = told(&receipt);
    assert!(told.contains("C6 unknown_value"), "{told}");
    let facts = folder.facts();
    // A dash is no tick: the item is not answered.
    assert_eq!(read_answers(&facts), [("A2".to_owned(), Some(ItemAnswer::Points(2.0))), ("A3".to_owned(), None)]);
}

#[test]
fn a_conclusion_that_differs_is_named_by_its_cell() {
    let folder = Folder::new();
    let rows =
        format!("1,{},v,,,\n2,{},v,,,\n3,{},,v,,\n,JUMLAH,2,1,,\n,KESIMPULAN %,90%,,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    let told = told(&folder.import("tilik.csv", &apotek(&rows)));
    assert!(told.contains("C10 reading \"KESIMPULAN %\" tertulis 90,0 %, hasil hitung dari itemnya 75,0 %"), "{told}");
    assert!(!told.contains("\"JUMLAH\""), "{told}");
    assert_eq!(folder.facts().visits[0].score(), Some((3.0, 4.0)));
}

#[test]
fn the_score_of_the_recap_counts_beside_the_items() {
    let folder = Folder::new();
    let rows = format!("1,{},v,,,\n2,{},v,,,\n3,{},,v,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    folder.import("tilik.csv", &apotek(&rows));
    assert_eq!(folder.facts().visits.len(), 1);
    // A recap that tells the visit without a score takes that of the items, and is the one visit.
    let recap = |score: &str| {
        format!("UPT PUSKESMAS ABCDE\nBULAN : JUNI 2025\n{VISITS}\n1,3/6/2025,Apotek Alvi,Supervisi,Ani,{score}\n")
    };
    let receipt = folder.import("rekap-1.csv", &recap(","));
    let facts = folder.facts();
    assert_eq!(facts.visits.len(), 1);
    assert_eq!((facts.visits[0].form.as_str(), facts.visits[0].score()), ("Supervisi", Some((3.0, 4.0))));
    assert_eq!(facts.checklist_sums.differing(&facts.visits[0]), None);
    assert_eq!(told_scores(&receipt), Vec::<String>::new());
    // The same score in percent is no other one.
    let receipt = folder.import("rekap-2.csv", &recap("75,100"));
    assert_eq!(told_scores(&receipt), Vec::<String>::new());
    // One with its own counts, and both are told where the later one came.
    let receipt = folder.import("rekap-3.csv", &recap("8,10"));
    let facts = folder.facts();
    assert_eq!(facts.visits[0].score(), Some((8.0, 10.0)));
    assert_eq!(
        told_scores(&receipt),
        ["CSV!F4 Apotek Alvi, 3 Juni 2025 (Supervisi): skor di rekap 8 dari 10, \
         sedangkan itemnya di daftar tilik berjumlah 3 dari 4; yang dipakai skor di rekap; cocokkan keduanya, betulkan \
         yang keliru, lalu impor lagi"]
    );
    // Who follows the advice is told nothing any more.
    assert_eq!(told_scores(&folder.import("rekap-4.csv", &recap("3,4"))), Vec::<String>::new());
}

/// The warnings about two scores of a visit, by sheet and cell.
fn told_scores(receipt: &FileReceipt) -> Vec<String> {
    let issues = receipt.issues.iter().filter(|issue| issue.code == "score_differs");
    issues.map(|issue| format!("{}!{} {}", issue.sheet, issue.cell, issue.message)).collect()
}

#[test]
fn a_sheet_that_comes_after_its_recap_is_told_the_other_score() {
    let folder = Folder::new();
    folder.import(
        "rekap.csv",
        &format!(
            "UPT PUSKESMAS ABCDE\nBULAN : JUNI 2025\n{VISITS}\n1,3/6/2025,Apotek Alvi,Supervisi,Ani,8,10\n\
             2,4/6/2025,Pustu Melati,Supervisi,Ani,9,10\n"
        ),
    );
    let rows = format!("1,{},v,,,\n2,{},v,,,\n3,{},,,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    let told = told_scores(&folder.import("tilik.csv", &apotek(&rows)));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("CSV!C6 Apotek Alvi, 3 Juni 2025 (Supervisi): skor di rekap 8 dari 10"), "{told:?}");
    assert!(told[0].contains("berjumlah 3 dari 3 (1 item belum dijawab); yang dipakai skor di rekap"), "{told:?}");
    let facts = folder.facts();
    let scores: Vec<_> = facts.visits.iter().map(simpul::domain::facts::Visit::score).collect();
    assert_eq!(scores, [Some((8.0, 10.0)), Some((9.0, 10.0))]);
}

#[test]
fn a_preview_tells_both_scores_before_anything_is_accepted() {
    let folder = Folder::new();
    let recap =
        format!("UPT PUSKESMAS ABCDE\nBULAN : JUNI 2025\n{VISITS}\n1,3/6/2025,Apotek Alvi,Supervisi,Ani,8,10\n");
    let rows = format!("1,{},v,,,\n2,{},v,,,\n3,{},,v,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    // Both in one draft: the recap's cell is named, whichever file it was.
    let file = |name: &str, text: &str| Upload { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let files = [file("tilik.csv", &apotek(&rows)), file("rekap.csv", &recap)];
    let id = folder.app.intake().add_draft(&files).unwrap();
    let view = folder.app.intake().preview(id, None).unwrap();
    let sheets = view.files.iter().flat_map(|(_, file)| &file.sheets);
    let told: Vec<String> = sheets
        .flat_map(|sheet| &sheet.issues)
        .filter(|issue| issue.code == "score_differs")
        .map(|issue| format!("{}!{}", issue.sheet, issue.cell))
        .collect();
    assert_eq!(told, ["CSV!F4"]);
    assert_eq!(folder.facts().visits, []);
}

#[test]
fn a_sheet_that_does_not_say_whose_it_is_is_asked() {
    let folder = Folder::new();
    let rows = format!("1,{},v,,,\n2,{},v,,,\n3,{},,v,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    let text = apotek(&rows).replace("Nama Faskes : Apotek Alvi\n", "");
    let asked = told(&folder.import("tilik.csv", &text));
    assert!(asked.contains("tidak menyebut nama jaringan/jejaring atau tanggalnya"), "{asked}");
    let blank = format!("1,{},,,,\n2,{},,,,\n3,{},,,,\n", ITEMS[0], ITEMS[1], ITEMS[2]);
    let asked = told(&folder.import("kosong.csv", &apotek(&blank)));
    assert!(asked.contains("belum diisi"), "{asked}");
    assert_eq!(folder.facts().checklist_items, []);
}

#[test]
fn rows_of_the_flat_table_are_judged_by_the_instrument() {
    let folder = Folder::new();
    let head = "UPT PUSKESMAS ABCDE\nDAFTAR TILIK PEMBINAAN\nBULAN : JUNI 2025\n\
        Tanggal,Nama Jaringan/Jejaring,Daftar Tilik,Kode Item,Jawaban,Nilai Item\n";
    let receipt = folder.import(
        "datar.csv",
        &format!(
            "{head}3/6/2025,Apotek Alvi,contoh-apotek,A1,Ya,\n3/6/2025,Apotek Alvi,contoh-apotek,A2,,\"1,5\"\n\
             3/6/2025,Apotek Alvi,contoh-apotek,A3,,7\n3/6/2025,Apotek Alvi,contoh-apotek,Z9,Ya,\n\
             3/6/2025,Apotek Alvi,lain,A1,Ya,\n3/6/2025,Apotek Alvi,contoh-apotek,A1,Tidak,\n"
        ),
    );
    let told = told(&receipt);
    for expected in ["F7 score_above_maximum", "D8 unknown_item", "C9 unknown_item", "B10 duplicate"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let facts = folder.facts();
    assert_eq!(facts.visits[0].score(), Some((2.5, 3.0)));
    assert_eq!(facts.checklist_items.iter().filter(|item| item.is_unmet()).count(), 1);
}

/// A question: the sheet that is asked about, words of the sentence, and the sheet of who obeys it.
struct Question<'q> {
    wrong: String,
    told: &'q str,
    obeyed: String,
}

/// Asserts that a sentence is said of the wrong sheet and not of the obeyed one, which brings `points` of `maximum`.
fn assert_obeyed(question: &Question<'_>, instruments: &[(&str, String)], score: (f64, f64)) {
    let Question { wrong, told: words, obeyed } = question;
    let asked = told(&Folder::with_instruments(instruments).import("tilik.csv", wrong));
    assert!(asked.contains(words), "{words}: {asked}\n{wrong}");
    let folder = Folder::with_instruments(instruments);
    let answered = told(&folder.import("tilik.csv", obeyed));
    assert!(!answered.contains(words), "{words}: {answered}");
    let facts = folder.facts();
    assert_eq!(facts.visits.first().and_then(simpul::domain::facts::Visit::score), Some(score), "{words}: {answered}");
}

#[test]
fn who_obeys_a_question_about_a_sheet_brings_what_was_meant() {
    let right = apotek(&format!("1,{},v,,,\n2,{},v,,,\n3,{},,v,,\n", ITEMS[0], ITEMS[1], ITEMS[2]));
    for (from, to, told) in [
        (
            format!("{},v,,,", ITEMS[1]),
            format!("{},v,v,,", ITEMS[1]),
            "bukan jawaban yang pasti; tulis Ya, Tidak, atau TB (tidak berlaku)",
        ),
        (format!("2,{}", ITEMS[1]), "2,SIA masih berlaku dan ditempel".to_owned(), ": tulis kalimatnya seperti itu"),
        (format!("2,{}", ITEMS[1]), "2,Zzz".to_owned(), "tulis kalimatnya seperti di daftar tilik itu"),
        (
            format!("3,{},,v,,\n", ITEMS[2]),
            format!("3,{},,v,,\n,KESIMPULAN %,50%,,,\n", ITEMS[2]),
            "yang dipakai hasil hitung dari item, periksa lembarnya",
        ),
        (",v,,,\n".to_owned(), ",,,,\n".to_owned(), "isi jawabannya (Ya, Tidak, atau TB)"),
    ] {
        let mut wrong = right.replace(&from, &to);
        if told.starts_with("isi") {
            wrong = wrong.replace(",,v,,\n", ",,,,\n");
        }
        assert_obeyed(&Question { wrong, told, obeyed: right.clone() }, &[], (3.0, 4.0));
    }
}

#[test]
fn who_obeys_a_question_about_a_row_brings_what_was_meant() {
    let head = "UPT PUSKESMAS ABCDE\nDAFTAR TILIK PEMBINAAN\nBULAN : JUNI 2025\n\
        Tanggal,Nama Jaringan/Jejaring,Daftar Tilik,Kode Item,Kalimat Item,Jawaban Item,Nilai Item,Nilai Item Maksimal\n";
    let first = "3/6/2025,Apotek Alvi,contoh-apotek,A1,,Ya,,\n";
    let second = |row: &str| format!("{head}{first}3/6/2025,Apotek Alvi,{row}\n");
    let obeyed = || second("contoh-apotek,A2,,Ya,,2");
    for (row, told) in [
        (format!("contoh-apotek,A2,{},Ya,,", ITEMS[2]), "betulkan kode atau kalimatnya"),
        ("contoh-apotik,A2,,Ya,,".to_owned(), "betulkan namanya, atau tambahkan berkasnya di folder instruments"),
        ("contoh-apotek,A2,,Tidak,2,".to_owned(), "jawaban dan nilainya berbeda; sisakan salah satu"),
        ("contoh-apotek,A2,,,5,".to_owned(), " di daftar tiliknya; betulkan nilainya"),
        ("contoh-apotek,A2,,Ya,,5".to_owned(), "; samakan salah satunya"),
    ] {
        assert_obeyed(&Question { wrong: second(&row), told, obeyed: obeyed() }, &[], (3.0, 3.0));
    }
}

#[test]
fn who_is_asked_whether_one_is_a_yes_says_so() {
    let points = |second: &str| {
        let rows = format!("1,{},1\n2,{},{second}\n3,{},0\n", ITEMS[0], ITEMS[1], ITEMS[2]);
        apotek(&rows).replace("No,Uraian,Ya,Tidak,TB,Ket", "No,Uraian,Skor")
    };
    let told = "tulis Ya bila terpenuhi, atau skornya di kolom yang juga memuat skor di atas 1";
    assert_obeyed(&Question { wrong: points("1"), told, obeyed: points("Ya") }, &[], (3.0, 4.0));
    assert_obeyed(&Question { wrong: points("1"), told, obeyed: points("2") }, &[], (3.0, 4.0));
}

#[test]
fn of_two_instruments_with_the_same_items_the_title_decides() {
    let instrument = |title: &str| {
        format!(
            "title = \"{title}\"\nbasis = \"SK\"\nkinds = [\"Apotek\"]\n[[aspect]]\nname = \"KMP\"\n\
             [[aspect.item]]\ncode = \"A1\"\ntext = \"Lantai bersih\"\n\
             [[aspect.item]]\ncode = \"A2\"\ntext = \"Dinding bersih\"\n"
        )
    };
    let own = [("satu.toml", instrument("Tilik Kebersihan")), ("dua.toml", instrument("Tilik Kerapian"))];
    let sheet =
        |title: &str| apotek("1,Lantai bersih,v,,,\n2,Dinding bersih,,v,,\n").replace("DAFTAR TILIK APOTEK", title);
    let question = Question {
        wrong: sheet("DAFTAR TILIK APOTEK"),
        told: "tulis judul daftar tiliknya (misalnya DAFTAR TILIK PUSTU)",
        obeyed: sheet("TILIK KERAPIAN"),
    };
    assert_obeyed(&question, &own, (1.0, 2.0));
    let folder = Folder::with_instruments(&own);
    folder.import("tilik.csv", &question.obeyed);
    assert_eq!(folder.facts().checklist_items[0].instrument, "dua");
}

#[test]
fn undoing_a_sheet_takes_its_visit_along() {
    let folder = Folder::new();
    let receipt = folder
        .import("tilik.csv", &apotek(&format!("1,{},v,,,\n2,{},v,,,\n3,{},,v,,\n", ITEMS[0], ITEMS[1], ITEMS[2])));
    assert_eq!(folder.facts().visits.len(), 1);
    folder.app.batches().undo(receipt.batch.unwrap()).unwrap();
    let facts = folder.facts();
    assert_eq!((facts.visits.len(), facts.checklist_items.len()), (0, 0));
}
