//! The table of a sheet that no heading tells, by the guess of the page of forms, as far as it rests on the headings'
//! words. Where nothing is missing for it to be read, it is read and told; else the missing part is named.

use super::choices::label_of;
use super::guess::{AlreadySaid, SheetGuess, by_headings};
use super::{MONTH, Profile, ProfileError};
use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, column_letters};
use crate::recap::cells::{date, is_blank};
use crate::recap::heading::{ColumnMeaning, key};
use crate::recap::profile::choices::words_of;
use crate::recap::questions::list_asked;
use crate::workbook::{CellValue, Row, Sheet};

/// Rows of data that are looked at.
const DATA_ROWS_LOOKED_AT: usize = 30;
/// Columns that must be guessed for a sheet to be like a table at all.
const COLUMNS_MIN: usize = 2;
/// Tables that may be read by a guess: of a register every row would be a new facility.
const READ_BY_GUESS: [Table; 3] = [Table::ScheduleChanges, Table::Visits, Table::FollowUps];

/// The outcome of guessing the table of a sheet.
pub(in crate::recap) enum Likely {
    /// Of this form; where, and what is told.
    Whole(Profile, CellRef, String),
    /// Like a table, but not to be read; what is told.
    Lacks(String),
    Nothing,
}

/// Guesses the table of a sheet without a known heading.
pub(in crate::recap) fn likely(sheet: &Sheet) -> Likely {
    let mut guess = by_headings(sheet, AlreadySaid::default(), &[]);
    drop_other_counts(sheet, &mut guess);
    let count = settle_points(sheet, &mut guess);
    let planned = settle_day(sheet, &mut guess);
    let number = words_of(guess.table).code_of(ColumnMeaning::No).unwrap_or_default();
    if guess.table.is_written() || guess.columns.iter().filter(|(_, code)| code != number).count() < COLUMNS_MIN {
        return Likely::Nothing;
    }
    let place = CellRef { row: guess.rows.first(), column: guess.columns.first().map_or(0, |(column, _)| *column) };
    let near = format!("paling mirip tabel {} (judul di baris {})", guess.table.label(), guess.rows.first() + 1);
    let profile = Profile::new(sheet, guess.rows, guess.table, guess.columns.clone(), None);
    if matches!(guess.table, Table::ServiceIndicators | Table::Decree) {
        return Likely::Lacks(list_asked(guess.rows.first() + 1));
    }
    if let Some(heading) = planned {
        return Likely::Lacks(format!(
            "{near}, tetapi tanggalnya hanya \"{heading}\"; bila jadwal, tulis JADWAL PEMBINAAN di atas tabel dan Tanggal pada judul \
             kolom itu, bila sudah dilaksanakan, tambahkan kolom Tanggal Pelaksanaan, lalu impor lagi"
        ));
    }
    if let Some(heading) = parted_points(sheet, &guess) {
        return Likely::Lacks(format!(
            "{near}, tetapi judul \"{heading}\" berada di atas beberapa kolom, jadi tidak jelas mana skornya; beri kolom nilai \
             seluruhnya judul SKOR, lalu impor lagi"
        ));
    }
    match profile.check() {
        Ok(()) if guess.table == Table::Visits && !speaks_of_coaching(sheet, &guess) => Likely::Lacks(format!(
            "{near}, tetapi tidak ada kata pembinaan, kunjungan atau supervisi di judulnya; bila memang pembinaan, tulis \
             PEMBINAAN di atas tabel lalu impor lagi, bila bukan, abaikan"
        )),
        Ok(()) if READ_BY_GUESS.contains(&guess.table) && holds_data(sheet, &guess) => {
            Likely::Whole(profile, place, guess_words(&guess, count.as_deref()))
        }
        Ok(()) => Likely::Lacks(format!("{near}; bila benar, simpan kolom-kolomnya sekali di halaman Impor")),
        Err(ProfileError::Missing(missing)) => Likely::Lacks(format!(
            "{near}, tetapi kolom {} belum ditemukan; tunjukkan kolomnya sekali di halaman Impor",
            missing.join(", ")
        )),
        Err(_) => Likely::Nothing,
    }
}

fn guess_words(guess: &SheetGuess, count: Option<&str>) -> String {
    let columns = guess.columns.iter().map(|(column, code)| {
        let label = label_of(guess.table, code);
        format!("{} sebagai {label}", column_letters(*column))
    });
    let unscored = count.map(|heading| {
        format!("; kolom \"{heading}\" tidak dibaca sebagai skor, beri judul SKOR bila itu skornya, lalu impor lagi")
    });
    let unscored = unscored.unwrap_or_default();
    format!(
        "lembar ini dibaca sebagai {} karena judul kolomnya mirip: kolom {}; bila keliru, tunjukkan kolomnya di halaman \
         Impor{unscored}",
        guess.table.label(),
        columns.collect::<Vec<_>>().join(", ")
    )
}

/// Words of which one at least stands over visits, in titles, headings or the sheet's name; below *jadwal* they are planned.
const COACHING: [&str; 16] = [
    "bina",
    "supervisi",
    "kunjung",
    "monitoring",
    "monev",
    "bimbing",
    "bimtek",
    "visitasi",
    "binwil",
    "selia",
    "tilik",
    "asistensi",
    "turun lapangan",
    "fasilitasi",
    "jadwal",
    "pendamping",
];

/// Reports whether something over the rows says that they are of coaching: a day and a name alone are of deliveries,
/// referrals and repairs, too.
fn speaks_of_coaching(sheet: &Sheet, guess: &SheetGuess) -> bool {
    let above = sheet.rows.iter().take_while(|row| row.index < guess.rows.data());
    let texts = above.flat_map(|row| row.cells.iter().filter_map(|cell| cell.value.text()));
    texts.chain([sheet.name.as_str()]).any(|text| {
        let said = text.to_lowercase();
        COACHING.iter().any(|word| said.contains(word))
    })
}

/// The heading of points that stands over several columns.
fn parted_points<'s>(sheet: &'s Sheet, guess: &SheetGuess) -> Option<&'s str> {
    let code = words_of(guess.table).code_of(ColumnMeaning::Points);
    let (column, _) = guess.columns.iter().find(|(_, known)| Some(known.as_str()) == code)?;
    let place = CellRef { row: guess.rows.first(), column: *column };
    let area = sheet.merge_at(place).filter(|area| area.first.column < area.last.column)?;
    sheet.get(area.first).and_then(CellValue::text)
}

/// Headings that may be any count.
const COUNTS: [&str; 5] = ["jumlah", "total", "jml", "banyak", "frekuensi"];
/// Headings of a mean, which is of points where a sum stands beside it.
const MEANS: [&str; 6] = ["ratarata", "rata2", "rerata", "nilairatarata", "skorratarata", "ratarataskor"];

/// Gives the column of a code to another one, whatever that was guessed to be.
fn give_column(guess: &mut SheetGuess, code: &str, to: u32) {
    guess.columns.retain(|(column, _)| *column != to);
    guess.columns.iter_mut().filter(|(_, known)| known == code).for_each(|(column, _)| *column = to);
}

/// Takes from a guess the columns of points and of their maximum of which no word speaks for it: `Jumlah Kader` is like
/// `Jumlah Skor` in letters alone.
fn drop_other_counts(sheet: &Sheet, guess: &mut SheetGuess) {
    const POINTS: [&str; 14] = [
        "skor",
        "score",
        "nilai",
        "poin",
        "point",
        "tilik",
        "hasil",
        "persen",
        "%",
        "kepatuhan",
        "rata",
        "rerata",
        "jumlah",
        "total",
    ];
    const OTHERS: [&str; 12] = [
        "kader",
        "peserta",
        "orang",
        "kunjungan",
        "pasien",
        "petugas",
        "hari",
        "lalu",
        "sebelumnya",
        "lama",
        "peringkat",
        "sasaran",
    ];
    const MAXIMUM: [&str; 6] = ["maks", "max", "ideal", "tertinggi", "penuh", "skala"];
    let words = words_of(guess.table);
    let codes = [ColumnMeaning::Points, ColumnMeaning::Maximum].map(|column| words.code_of(column).map(str::to_owned));
    let [points, maximum] = codes;
    let heading = guess.rows.first();
    guess.columns.retain(|(column, code)| {
        let text = sheet.get(CellRef { row: heading, column: *column }).and_then(CellValue::text).unwrap_or_default();
        let key = key(text);
        let says = |known: &[&str]| known.iter().any(|word| key.contains(word));
        match code {
            code if Some(code) == points.as_ref() => says(&POINTS) && !says(&OTHERS),
            code if Some(code) == maximum.as_ref() => says(&MAXIMUM),
            _ => true,
        }
    });
}

/// Gives the points of a guess to the mean beside a sum, and takes them from a heading that may be any count: its
/// words, which are told.
fn settle_points(sheet: &Sheet, guess: &mut SheetGuess) -> Option<String> {
    let code = words_of(guess.table).code_of(ColumnMeaning::Points)?;
    let text = |column: u32| sheet.get(CellRef { row: guess.rows.first(), column }).and_then(CellValue::text);
    let found = guess.columns.iter().position(|(_, known)| known == code)?;
    let heading = text(guess.columns[found].0).filter(|text| COUNTS.contains(&key(text).as_str()))?.trim().to_owned();
    let row = sheet.rows.iter().find(|row| row.index == guess.rows.first())?;
    let is_mean = |text: &str| MEANS.contains(&key(text).as_str());
    let mean = row.cells.iter().find(|cell| cell.value.text().is_some_and(is_mean)).map(|cell| cell.column);
    if let Some(mean) = mean {
        give_column(guess, code, mean);
        return None;
    }
    guess.columns.remove(found);
    Some(heading)
}

/// Gives the day of a guess to the column of the days on which visits took place, where it was given to planned ones;
/// the heading of those where there is no other.
fn settle_day(sheet: &Sheet, guess: &mut SheetGuess) -> Option<String> {
    const PLANNED: [&str; 6] = ["rencana", "jadwal", "target", "usulan", "direncanakan", "dijadwalkan"];
    const HELD: [&str; 6] = ["realisasi", "pelaksanaan", "dilaksanakan", "terlaksana", "aktual", "terealisasi"];
    let code = words_of(guess.table).code_of(ColumnMeaning::Date).filter(|_| guess.table == Table::Visits)?;
    let (planned, _) = guess.columns.iter().find(|(_, known)| known == code)?;
    let row = sheet.rows.iter().find(|row| row.index == guess.rows.first())?;
    let says = |text: &str, known: &[&str]| plain_words(text).split(' ').any(|word| known.contains(&word));
    let heading = row.get(*planned).and_then(CellValue::text).filter(|text| says(text, &PLANNED))?.trim().to_owned();
    let is_held = |text: &str| says(text, &HELD) && !says(text, &PLANNED);
    let held = row.cells.iter().find(|cell| cell.value.text().is_some_and(is_held)).map(|cell| cell.column);
    let Some(held) = held else { return Some(heading) };
    give_column(guess, code, held);
    None
}

/// Reports whether names stand below the name and dates below the date.
fn holds_data(sheet: &Sheet, guess: &SheetGuess) -> bool {
    if guess.columns.iter().any(|(_, code)| code.starts_with(MONTH)) {
        return false;
    }
    let start = sheet.rows.partition_point(|row| row.index < guess.rows.data());
    let rows = &sheet.rows[start..(start + DATA_ROWS_LOOKED_AT).min(sheet.rows.len())];
    let of = |wanted: ColumnMeaning| {
        let is_it = |code: &String| words_of(guess.table).column_of(std::slice::from_ref(code)) == Some(wanted);
        guess.columns.iter().find(|(_, code)| is_it(code)).map(|(column, _)| *column)
    };
    let filled = |row: &&Row, column: u32| !is_blank(row.get(column));
    let is_date = |row: &&Row, column: u32| matches!(date::read(row.get(column), false), Ok(Some(_)));
    let named = of(ColumnMeaning::Name).map_or(0, |column| rows.iter().filter(|row| filled(row, column)).count());
    let dated = of(ColumnMeaning::Date).map(|column| {
        let all = rows.iter().filter(|row| filled(row, column));
        (all.clone().count(), all.filter(|row| is_date(row, column)).count())
    });
    named > 0 && dated.is_none_or(|(all, dates)| dates * 2 >= all && dates > 0)
}
