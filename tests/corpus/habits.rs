//! Any year in any mixture of the habits in which coordinators keep recaps: what is read is what was meant, or a
//! question names the sheet. Nothing else is ever read.

use proptest::prelude::*;
use simpul::app::import::Upload;
use simpul::domain::format::MONTHS;

use super::{NAMES, Page, file, lines, store};
use crate::import::run;

const SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"];

/// Choices from one number, always the same.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn of(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.of(texts.len() as u64)).unwrap()]
    }
}

/// A sheet and what a careful reader understands of it.
struct Meant {
    name: String,
    rows: Vec<Vec<String>>,
    merges: Vec<[u32; 4]>,
    facts: Vec<String>,
}

impl Meant {
    fn new(dice: &mut Dice, name: &str, title: String) -> Self {
        let letterhead = dice.pick(&["UPT PUSKESMAS ABCDE", "UPTD PUSKESMAS ABCDE", "PUSKESMAS ABCDE"]).to_owned();
        let mut rows = vec![vec![letterhead], vec![title]];
        if dice.of(2) == 0 {
            rows.push(Vec::new());
        }
        Self { name: name.to_owned(), rows, merges: Vec::new(), facts: Vec::new() }
    }

    fn row(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    /// Signatures below, perhaps.
    fn end(mut self, dice: &mut Dice) -> Self {
        if dice.of(2) == 0 {
            self.row(&[]);
            self.row(&["", "Mengetahui,"]);
            self.row(&["", "Kepala Puskesmas ABCDE"]);
        }
        self
    }

    fn page(&self) -> Page<'_> {
        Page {
            name: &self.name,
            rows: self.rows.clone(),
            merges: self.merges.clone(),
            hidden_columns: Vec::new(),
            hidden_rows: Vec::new(),
        }
    }
}

fn name_heading(dice: &mut Dice) -> &'static str {
    dice.pick(&["Nama Jaringan/Jejaring", "NAMA FASKES", "Nama Jejaring", "Faskes", "FASILITAS", "Sarana", "Tujuan"])
}

fn iso(month: usize, day: u64) -> String {
    format!("2023-{:02}-{day:02}", month + 1)
}

/// A day as people write it; with `year` it must say its year.
fn day(dice: &mut Dice, month: usize, day: u64, year: bool) -> String {
    match dice.of(if year { 5 } else { 7 }) {
        0 => format!("{day} {} 2023", MONTHS[month]),
        1 => format!("@{}", iso(month, day)),
        2 => format!("{day:02}/{:02}/2023", month + 1),
        3 => format!("{day}-{}-2023", month + 1),
        4 => format!("{day} {} 2023", SHORT[month]),
        5 => format!("{day} {}", MONTHS[month]),
        _ => format!("tgl {day} {}", SHORT[month]),
    }
}

/// Visits of a month, with points in one of five ways and perhaps what was agreed.
fn visits(dice: &mut Dice, month: usize) -> Meant {
    let has_old_year = dice.of(4) == 0;
    let year = if has_old_year { 2022 } else { 2023 };
    let words = dice.pick(&["REKAP PEMBINAAN", "LAPORAN HASIL PEMBINAAN", "REKAP KUNJUNGAN PEMBINAAN"]);
    let title = format!("{words} BULAN {} {year}", MONTHS[month].to_uppercase());
    let mut meant = Meant::new(dice, SHORT[month], title);
    let style = dice.of(5);
    let has_items = dice.of(3) == 0;
    let date_heading = dice.pick(&["Tanggal", "Tgl Pembinaan", "Hari/Tanggal"]);
    // The day alone, and its month in a column of its own or in a title above the rows.
    let split = if has_old_year { 0 } else { dice.of(4) };
    let points_heading = dice.pick(&["Nilai", "Skor", "Hasil Daftar Tilik", "Skor Diperoleh"]);
    let mut head = vec!["No", date_heading];
    head.extend((split == 1).then_some("Bulan"));
    head.extend([name_heading(dice), "Petugas", points_heading]);
    head.extend((style == 0).then_some("Skor Maks"));
    head.extend(has_items.then_some(["Rencana Tindak Lanjut", "Batas Waktu"]).into_iter().flatten());
    meant.row(&head);
    if split == 2 {
        meant.row(&["", &format!("BULAN {} {}", MONTHS[month].to_uppercase(), 2023)]);
    }
    let mut before = None;
    for (place, name) in (1_u64..).zip(NAMES) {
        let on = before.filter(|_| dice.of(4) == 0).unwrap_or(place * 5 + dice.of(4));
        let is_same = before == Some(on);
        before = Some(on);
        let date = match split {
            _ if is_same && style != 4 => "\"".to_owned(),
            1 | 2 => format!("={on}"),
            _ => day(dice, month, on, has_old_year),
        };
        let points = 60 + dice.of(41);
        let (cell, scored) = match style {
            0 => (format!("={points}"), format!("{points}/100")),
            1 => (
                match dice.of(3) {
                    0 => format!("Baik ({points})"),
                    1 => format!("{points} (Baik)"),
                    _ => format!("={points}"),
                },
                format!("{points}/100"),
            ),
            2 => (format!("{points} %"), format!("{points}/100")),
            3 => (format!("%0.{points:02}"), format!("{points}/100")),
            _ => (format!("{}/20", points % 21), format!("{}/20", points % 21)),
        };
        let cell = if style == 3 && points == 100 { "%1".to_owned() } else { cell };
        let number = format!("={place}");
        let mut row = vec![number.as_str(), date.as_str()];
        row.extend((split == 1).then_some(if place == 1 || place == 3 { MONTHS[month] } else { "" }));
        row.extend([name, "Ani", cell.as_str()]);
        row.extend((style == 0).then_some("=100"));
        let due = format!("{} {} 2023", 10 + place, MONTHS[(month + 1).min(11)]);
        let item = format!("Isi kartu {place}");
        row.extend(has_items.then_some([item.as_str(), due.as_str()]).into_iter().flatten());
        meant.row(&row);
        meant.facts.push(format!("{name}: pembinaan {}  {scored}", iso(month, on)));
        if has_items {
            let due = iso((month + 1).min(11), 10 + place);
            meant.facts.push(format!("{name}: RTL {} {item} s.d. {due}", iso(month, on)));
        }
    }
    meant.end(dice)
}

/// Counts of one facility: they fall at once, as months do.
fn counts(dice: &mut Dice) -> [u64; 4] {
    let base = 1 + dice.of(4);
    [base + 4, base, base + 3, base + 1]
}

/// Achievements of K6 and HT from January to April in one of six shapes, each a sheet a month or one of the year.
fn achievements(dice: &mut Dice) -> Vec<Meant> {
    let data: Vec<(&str, u64, [u64; 4], [u64; 4])> =
        NAMES.iter().map(|name| (*name, 60 + dice.of(60), counts(dice), counts(dice))).collect();
    let shape = dice.of(6);
    if shape == 5 {
        let mut meant = Meant::new(dice, "K6 setahun", "CAPAIAN TAHUN 2023 INDIKATOR : K6".to_owned());
        meant.rows[1] = vec!["CAPAIAN TAHUN 2023".to_owned()];
        meant.row(&["INDIKATOR : K6"]);
        meant.row(&["No", name_heading(dice), "Sasaran", "Jan", "Feb", "Mar", "Apr"]);
        for (name, people, own, _) in &data {
            let cells: Vec<String> = [*people].iter().chain(own).map(|count| format!("={count}")).collect();
            let row: Vec<&str> = ["=1", *name].into_iter().chain(cells.iter().map(String::as_str)).collect();
            meant.row(&row);
            let facts = (1..).zip(own).map(|(month, count)| format!("{name}: K6 2023-{month:02} {count}/{people}"));
            meant.facts.extend(facts);
        }
        return vec![meant.end(dice)];
    }
    (0..4).map(|month| achievements_of_month(dice, &data, shape, month)).collect()
}

type Achieved<'n> = (&'n str, u64, [u64; 4], [u64; 4]);

fn achievements_of_month(dice: &mut Dice, data: &[Achieved<'_>], shape: u64, month: usize) -> Meant {
    let of = MONTHS[month].to_uppercase();
    let title = match shape {
        3 => format!("CAPAIAN KUMULATIF S/D BULAN {of} 2023"),
        _ => format!("CAPAIAN BULAN {of} 2023"),
    };
    let mut meant = Meant::new(dice, &format!("Capaian {}", SHORT[month]), title);
    let top = u32::try_from(meant.rows.len()).unwrap();
    let name = name_heading(dice);
    match shape {
        // A denominator for each, merged above or not.
        0 | 3 => {
            meant.row(&["No", name, "K6", "", "", "HT", "", ""]);
            meant.row(&["", "", "Sasaran", "Capaian", "%", "Sasaran", "Capaian", "%"]);
            if dice.of(2) == 0 {
                meant.merges = vec![[top, 2, top, 4], [top, 5, top, 7], [top, 0, top + 1, 0], [top, 1, top + 1, 1]];
            }
        }
        // One for both.
        1 => meant.row(&["No", name, "Sasaran", "K6", "HT"]),
        // An indicator a row.
        2 => meant.row(&["No", name, "Indikator", "Sasaran", "Capaian"]),
        _ => {
            meant.row(&["No", name, "Sasaran", "K6", "", "", "HT", "", ""]);
            meant.row(&["", "", "", "Bln Lalu", "Bln Ini", "Kum", "Bln Lalu", "Bln Ini", "Kum"]);
        }
    }
    for (number, (name, people, own, other)) in (1..).zip(data) {
        let [k6, ht] = [own[month], other[month]];
        let [k6_all, ht_all] = [own, other].map(|counts| counts[..=month].iter().sum::<u64>());
        let cell = |count: u64| format!("={count}");
        let (number, people) = (format!("={number}"), *people);
        let rows: Vec<Vec<String>> = match shape {
            0 => vec![vec![cell(people), cell(k6), String::new(), cell(people), cell(ht), String::new()]],
            3 => vec![vec![cell(people), cell(k6_all), String::new(), cell(people), cell(ht_all), String::new()]],
            1 => vec![vec![cell(people), cell(k6), cell(ht)]],
            2 => vec![vec!["K6".to_owned(), cell(people), cell(k6)], vec!["HT".to_owned(), cell(people), cell(ht)]],
            _ => {
                let three = |own: u64, all: u64| [cell(all - own), cell(own), cell(all)];
                vec![[vec![cell(people)], three(k6, k6_all).to_vec(), three(ht, ht_all).to_vec()].concat()]
            }
        };
        for (place, cells) in rows.iter().enumerate() {
            let lead = if place == 0 { [number.as_str(), *name] } else { ["", ""] };
            let row: Vec<&str> = lead.into_iter().chain(cells.iter().map(String::as_str)).collect();
            meant.row(&row);
        }
        for (code, count, all) in [("K6", k6, k6_all), ("HT", ht, ht_all)] {
            let since_january = if shape >= 3 { format!(" s/d {all}") } else { String::new() };
            meant.facts.push(format!("{name}: {code} 2023-{:02} {count}/{people}{since_january}", month + 1));
        }
    }
    meant.end(dice)
}

/// The year's plan in signs, days or weeks, or as a list with the months of each facility in one cell.
fn plan(dice: &mut Dice) -> Meant {
    let title = dice.pick(&["JADWAL PEMBINAAN TAHUN 2023", "JADWAL PEMBINAAN JARINGAN DAN JEJARING TAHUN 2023"]);
    let mut meant = Meant::new(dice, "Jadwal", title.to_owned());
    if dice.of(4) == 0 {
        return listed_plan(dice, meant);
    }
    let style = dice.of(5);
    let width = if style == 4 { 4 } else { 1 };
    let heading = name_heading(dice);
    // Nobody, or one for each row: beside the name or behind the months.
    let person_place = dice.of(3);
    let person_heading = dice.pick(&["Penanggung Jawab", "PJ", "Petugas", "Pelaksana", "Nama Petugas"]);
    let mut head = vec!["No", heading];
    head.extend((person_place == 1).then_some(person_heading));
    for month in SHORT {
        head.push(month);
        head.extend(std::iter::repeat_n("", width - 1));
    }
    head.extend((person_place == 2).then_some(person_heading));
    meant.row(&head);
    if style == 4 {
        let weeks = ["I", "II", "III", "IV"].iter().copied().cycle().take(48);
        let before = if person_place == 1 { 3 } else { 2 };
        let row: Vec<&str> = std::iter::repeat_n("", before).chain(weeks).collect();
        meant.row(&row);
    }
    let mut above = None;
    for (place, name) in (1_u64..).zip(NAMES) {
        let first = dice.of(3);
        let person = dice.pick(&["Ani", "Budi", "dr. Citra"]);
        let written = if above == Some(person) && dice.of(2) == 0 { dice.pick(&["\"", "idem", "sda"]) } else { person };
        above = Some(person);
        let person = if person_place == 0 { "-" } else { person };
        let mut cells = vec![String::new(); 12 * width];
        for month in (usize::try_from(first).unwrap()..12).step_by(4) {
            let mark = match style {
                0 => "x".to_owned(),
                1 => "√".to_owned(),
                2 => "●".to_owned(),
                3 => format!("{} {}", 3 + place, SHORT[month]),
                _ => "v".to_owned(),
            };
            let week = usize::try_from(dice.of(width as u64)).unwrap();
            cells[month * width + week] = mark;
            meant.facts.push(format!("{name}: rencana 2023-{:02} {person}", month + 1));
        }
        let number = format!("={place}");
        let (before, behind) = ((person_place == 1).then_some(written), (person_place == 2).then_some(written));
        let lead = [number.as_str(), name].into_iter().chain(before);
        let row: Vec<&str> = lead.chain(cells.iter().map(String::as_str)).chain(behind).collect();
        meant.row(&row);
    }
    meant.end(dice)
}

/// A plan with the months of each facility in one cell.
fn listed_plan(dice: &mut Dice, mut meant: Meant) -> Meant {
    let heading = dice.pick(&["Bulan", "Waktu Pelaksanaan", "Jadwal", "Bulan Pelaksanaan"]);
    meant.row(&["No", name_heading(dice), "Frekuensi", heading, "Pelaksana"]);
    for name in NAMES {
        let first = usize::try_from(dice.of(4)).unwrap();
        let months: Vec<usize> = (first..12).step_by(4).collect();
        let names = if dice.of(2) == 0 { MONTHS } else { SHORT };
        let [one, two, three] = [0, 1, 2].map(|at| names[months[at]]);
        let cell = match dice.of(3) {
            0 => format!("{one}, {two} dan {three}"),
            1 => format!("{one}\n{two}\n{three}"),
            _ => format!("{one}; {two} & {three}"),
        };
        meant.row(&["=1", name, dice.pick(&["3x", "=3", "3 kali"]), &cell, "Ani"]);
        meant.facts.extend(months.iter().map(|month| format!("{name}: rencana 2023-{:02} Ani", month + 1)));
    }
    meant.end(dice)
}

/// Planned visits that were moved or cancelled, with the reason of each, perhaps.
fn changes(dice: &mut Dice, plan: &Meant) -> Meant {
    let mut meant = Meant::new(dice, "Perubahan", "PERUBAHAN JADWAL TAHUN 2023".to_owned());
    let reason_heading = dice.pick(&["Ket.", "Keterangan", "Alasan"]);
    meant.row(&["No", "Jaringan/Jejaring", "Jadwal Pelaksanaan", "Perubahan Jadwal", reason_heading]);
    let mut above = "";
    for name in NAMES {
        let of_name = format!("{name}: rencana 2023-");
        let Some(slot) = plan.facts.iter().find_map(|fact| fact.strip_prefix(&of_name)) else { continue };
        let month: usize = slot[..2].parse().unwrap();
        let reason = dice.pick(&["Permintaan klinik", "PJ cuti", ""]);
        let is_same = !reason.is_empty() && reason == above && dice.of(2) == 0;
        let written = if is_same { dice.pick(&["\"", "idem"]) } else { reason };
        above = reason;
        let from = format!("{} 2023", MONTHS[month - 1]);
        let is_cancelled = dice.of(3) == 0;
        let to = if is_cancelled { "Dibatalkan".to_owned() } else { format!("{} 2023", MONTHS[month]) };
        meant.row(&["=1", name, &from, &to, written]);
        let to = if is_cancelled { "batal".to_owned() } else { format!("2023-{:02}", month + 1) };
        let reason = if reason.is_empty() { "-" } else { reason };
        meant.facts.push(format!("{name}: pindah 2023-{month:02} {to} {reason}"));
    }
    meant.end(dice)
}

/// Who attended from January to April.
fn attendance(dice: &mut Dice) -> Meant {
    let mut meant = Meant::new(dice, "Lokmin", "DAFTAR HADIR LOKAKARYA MINI TAHUN 2023".to_owned());
    meant.rows[0] =
        vec![dice.pick(&["UPT PUSKESMAS ABCDE TA. 2023", "PUSKESMAS ABCDE - 2023", "PUSKESMAS ABCDE"]).to_owned()];
    let meetings = match dice.of(3) {
        0 => ["Jan", "Feb", "Mar", "Apr"],
        1 => ["9 Januari", "6 Februari", "6 Maret", "10 April"],
        _ => ["Lokmin Januari", "Lokmin Februari", "Lokmin Maret", "Lokmin April"],
    };
    meant.row(&[&["No", name_heading(dice)], &meetings[..]].concat());
    let [yes, no] = [["hadir", "tidak"], ["√", "-"], ["H", "A"]][usize::try_from(dice.of(3)).unwrap()];
    for name in NAMES {
        let marks: Vec<bool> = (0..4).map(|month| month == 0 || dice.of(3) > 0).collect();
        // Somebody was absent: blanks elsewhere would then say so too.
        let row: Vec<&str> =
            ["=1", name].into_iter().chain(marks.iter().map(|attended| if *attended { yes } else { no })).collect();
        meant.row(&row);
        let facts = (1..).zip(&marks).map(|(month, attended)| {
            format!("{name}: lokmin 2023-{month:02} {}", if *attended { "hadir" } else { "tidak" })
        });
        meant.facts.extend(facts);
    }
    meant.end(dice)
}

/// Reports of a month, its title alone saying which, or of a year.
fn reports(dice: &mut Dice) -> Meant {
    if dice.of(2) == 0 {
        let mut meant = Meant::new(dice, "Lap Mei", "PENERIMAAN LAPORAN BULAN MEI 2023".to_owned());
        meant.row(&["No", name_heading(dice), dice.pick(&["Tgl Terima", "Tanggal Diterima"])]);
        for (place, name) in (1_u64..).zip(NAMES) {
            let has_come = dice.of(4) > 0;
            let cell = if has_come { day(dice, 5, place, true) } else { "belum kirim".to_owned() };
            meant.row(&["=1", name, &cell]);
            meant.facts.extend(has_come.then(|| format!("{name}: laporan 2023-05 {}", iso(5, place))));
        }
        return meant.end(dice);
    }
    let mut meant = Meant::new(dice, "Laporan", "LAPORAN YANG DITERIMA TAHUN 2023".to_owned());
    meant.row(&["No", name_heading(dice), "Jan", "Feb", "Mar"]);
    for (place, name) in (1_u64..).zip(NAMES) {
        let cells: Vec<String> = (1..4).map(|month| day(dice, month, place, true)).collect();
        meant.row(&["=1", name, &cells[0], &cells[1], &cells[2]]);
        let facts = (1..4).map(|month| format!("{name}: laporan 2023-{month:02} {}", iso(month, place)));
        meant.facts.extend(facts);
    }
    meant.end(dice)
}

/// How a report came, as ticks say it.
#[derive(Clone, Copy, PartialEq)]
enum Ticked {
    InTime,
    Late,
    NotCome,
}

/// Headings of two ticks a month, and the legend below them.
const TICKS: [([&str; 2], &str); 5] = [
    (["L", "T"], "L = Lengkap   T = Tepat waktu"),
    (["L", "T"], ""),
    (["Lengkap", "Tepat"], ""),
    (["Kelengkapan", "Ketepatan"], ""),
    (["K", "T"], "Ket : K = Kelengkapan, T = Ketepatan"),
];

/// Reports of January to March without a day: two ticks a month, words or one tick.
fn ticked_reports(dice: &mut Dice) -> Meant {
    let title = dice.pick(&["KELENGKAPAN DAN KETEPATAN LAPORAN", "REKAP KELENGKAPAN & KETEPATAN LAPORAN BULANAN"]);
    let mut meant = Meant::new(dice, "Kelengkapan", format!("{title} TAHUN 2023"));
    let style = dice.of(4);
    let (heads, legend) = TICKS[usize::try_from(dice.of(5)).unwrap()];
    let [yes, no] = [["√", "-"], ["v", "x"], ["Ya", "Tidak"]][usize::try_from(dice.of(3)).unwrap()];
    let is_paired = style < 2;
    let name = name_heading(dice);
    if is_paired {
        let top = u32::try_from(meant.rows.len()).unwrap();
        meant.row(&["No", name, "Januari", "", "Februari", "", "Maret", "", "April", ""]);
        let leaves: Vec<&str> = ["", ""].into_iter().chain(heads.iter().copied().cycle().take(8)).collect();
        meant.row(&leaves);
        if dice.of(2) == 0 {
            meant.merges = (1..5).map(|month| [top, month * 2, top, month * 2 + 1]).collect();
        }
    } else {
        meant.row(&["No", name, "Jan", "Feb", "Mar", "Apr"]);
    }
    for (place, name) in NAMES.into_iter().enumerate() {
        let mut row = vec!["=1", name];
        for month in 1..4 {
            // One came each month: else nobody asked for that month's.
            let ticked = match if place == 0 { dice.of(2) } else { dice.of(3) } {
                0 => Ticked::InTime,
                1 => Ticked::Late,
                _ => Ticked::NotCome,
            };
            let told = match (ticked, style) {
                (Ticked::InTime | Ticked::Late, 3) => "diterima, tanpa tanggal",
                (Ticked::InTime, _) => "tepat waktu, tanpa tanggal",
                (Ticked::Late, _) => "terlambat, tanpa tanggal",
                (Ticked::NotCome, _) => "belum diterima",
            };
            let mark = |said: bool| if said { yes } else { no };
            match style {
                0 | 1 => row.extend([mark(ticked != Ticked::NotCome), mark(ticked == Ticked::InTime)]),
                2 => row.push(match ticked {
                    Ticked::InTime => "Tepat waktu",
                    Ticked::Late => dice.pick(&["Terlambat", "terlambat 2 hari"]),
                    Ticked::NotCome => dice.pick(&["belum kirim", "Belum"]),
                }),
                _ => row.push(mark(ticked != Ticked::NotCome)),
            }
            meant.facts.push(format!("{name}: laporan 2023-{month:02} {told}"));
        }
        meant.row(&row);
    }
    if is_paired && !legend.is_empty() {
        meant.row(&[]);
        meant.row(&["", legend]);
    }
    meant.end(dice)
}

/// A workbook of a year.
fn year(seed: u64) -> Vec<Meant> {
    let mut dice = Dice(seed);
    let mut sheets = Vec::new();
    let first = usize::try_from(dice.of(9)).unwrap();
    sheets.extend((first..first + 3).map(|month| visits(&mut dice, month)));
    sheets.extend(achievements(&mut dice));
    let plan = plan(&mut dice);
    let changes = changes(&mut dice, &plan);
    sheets.extend([plan, changes]);
    sheets.push(attendance(&mut dice));
    let is_ticked = dice.of(2) == 0;
    sheets.push(if is_ticked { ticked_reports(&mut dice) } else { reports(&mut dice) });
    sheets
}

fn read(upload: Upload) -> (Vec<String>, simpul::app::import::receipt::FileReceipt) {
    let store = store();
    let receipt = run(&store, &[upload]).remove(0);
    let facts = crate::import::facts(&store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let slots = facts
        .slots
        .iter()
        .map(|slot| format!("{}: rencana {} {}", name(slot.facility), slot.month, said(&slot.person)));
    let changes = facts.changes.iter().map(|change| {
        let to = change.moved_to.map_or("batal".to_owned(), |month| month.to_string());
        format!("{}: pindah {} {to} {}", name(change.facility), change.named, said(&change.reason))
    });
    (lines(&store).into_iter().chain(slots).chain(changes).collect(), receipt)
}

/// Seeds of years that were read wrongly once.
const ONCE_WRONG: [u64; 1] = [558_690_918_787_831_639];

/// What is wrong with what is read of the workbook of this seed.
fn wrong(seed: u64) -> Option<String> {
    let sheets = year(seed);
    let pages: Vec<Page<'_>> = sheets.iter().map(Meant::page).collect();
    let (found, receipt) = read(file("rekap 2023.xlsx", &pages));
    if let Some(fact) = found.iter().find(|fact| !sheets.iter().any(|sheet| sheet.facts.contains(fact))) {
        return Some(format!("read, not meant: {fact}\n{:#?}", receipt.issues));
    }
    let is_asked =
        |sheet: &Meant| receipt.issues.iter().any(|issue| issue.severity == "error" && issue.sheet == sheet.name);
    sheets.iter().filter(|sheet| !is_asked(sheet)).find_map(|sheet| {
        let lost = sheet.facts.iter().find(|fact| !found.contains(fact))?;
        Some(format!("lost: {lost} of {}\n{:#?}\n{receipt:#?}", sheet.name, sheet.rows))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_read_of_any_habits_is_what_was_meant_or_asked(seed in any::<u64>()) {
        let wrong = wrong(seed);
        prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
    }
}

#[test]
fn what_once_went_wrong_is_right() {
    for seed in ONCE_WRONG {
        assert_eq!(wrong(seed), None);
    }
}
