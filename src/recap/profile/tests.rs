//! Forms known again, guessed and checked. Knows no file and no database.

use super::*;
use crate::workbook::{Area, Cell, CellValue, Row, Visibility};

fn row(index: u32, texts: &[&str]) -> Row {
    let cells = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
    let cells = cells.map(|(column, text)| Cell { column, value: CellValue::Text((*text).into()) });
    Row { index, cells: cells.collect() }
}

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let rows = (0..).zip(rows).filter(|(_, texts)| !texts.is_empty()).map(|(index, texts)| row(index, texts));
    Sheet::new(name.to_owned(), Visibility::Visible, rows.collect(), Vec::new())
}

fn said(columns: &[(u32, &str)]) -> Vec<(u32, String)> {
    columns.iter().map(|(column, code)| (*column, (*code).to_owned())).collect()
}

const NAME: &str = "namajaringanjejaring";

fn tops(sheet: &Sheet, profile: &Profile) -> Vec<(u32, u32)> {
    explained(sheet, std::slice::from_ref(profile)).iter().map(|heading| (heading.top, heading.bottom)).collect()
}

#[test]
fn a_form_is_known_without_case_spacing_and_years_and_not_by_another_order() {
    let first = sheet("Mei", &[&["BUKU"], &["NO", "Nama  Tempat Usaha", "Tgl. 2023"], &["1", "Apotek", "x"]]);
    let columns = said(&[(1, NAME), (2, "tanggalpembinaan")]);
    let profile = Profile::new(&first, HeadingRows::single_row(1), Table::Visits, columns, None);
    assert_eq!(tops(&first, &profile), [(1, 1)]);
    let next = sheet("Juni", &[&["LAIN"], &[], &["No.", "nama tempat usaha", "TGL 2024"], &["1", "Apotek", "x"]]);
    assert_eq!(tops(&next, &profile), [(2, 2)], "wherever it stands, whatever the sheet is called");
    let other = sheet("Juni", &[&["NO", "", "Nama  Tempat Usaha", "Tgl."]]);
    assert_eq!(tops(&other, &profile), []);
    let thin = Profile::new(&sheet("x", &[&["NO"]]), HeadingRows::single_row(0), Table::Visits, Vec::new(), None);
    assert_eq!(thin.check(), Err(ProfileError::NoHeading));
}

#[test]
fn a_heading_with_its_month_is_known_the_next_month() {
    let of = |month: &str| {
        let score = format!("Skor s/d {month} 2023");
        sheet("x", &[&["NO", "Nama Tempat", "Tgl", &score], &["1", "Apotek", "x", "80"]])
    };
    let columns = said(&[(1, NAME), (2, "tanggalpembinaan")]);
    let profile = Profile::new(&of("Mei"), HeadingRows::single_row(0), Table::Visits, columns, None);
    assert_eq!(tops(&of("Juni"), &profile), [(0, 0)]);
    let kept = Profile { fingerprint: "0=no|1=namatempat|2=tgl|3=skorsdmei".to_owned(), ..profile };
    assert_eq!(
        (tops(&of("Mei"), &kept), tops(&of("Juni"), &kept)),
        (vec![(0, 0)], Vec::new()),
        "as it was kept before"
    );
    // Months across tell which month a column is of.
    let across = |months: [&'static str; 2]| sheet("x", &[&["NO", "Nama Tempat", months[0], months[1]]]);
    let columns = said(&[(1, NAME), (2, "bulan:1"), (3, "bulan:2")]);
    let first = across(["Hadir Jan", "Hadir Feb"]);
    let profile = Profile::new(&first, HeadingRows::single_row(0), Table::Lokmin, columns, None);
    assert_eq!((tops(&first, &profile).len(), tops(&across(["Hadir Mar", "Hadir Apr"]), &profile).len()), (1, 0));
}

#[test]
fn a_heading_of_several_rows_is_known_by_all_of_them() {
    let rows: [&[&str]; 5] =
        [&["Urut", "Tempat", "Kunjungan"], &["", "", "Kapan", "Siapa"], &["a", "b", "c", "d"], &[], &["1", "Apotek"]];
    let form = sheet("Mei", &rows);
    let heading = HeadingRows::new(0, 1, 3).unwrap();
    let columns = said(&[(1, NAME), (2, "tanggalpembinaan")]);
    let profile = Profile::new(&form, heading, Table::Visits, columns, None);
    assert_eq!((profile.rows_to_data, tops(&form, &profile)), (3, vec![(0, 2)]));
    let half = sheet("Mei", &[rows[0], &["", "", "Kapan", "Oleh"]]);
    assert_eq!(tops(&half, &profile), [], "the second row counts too");
    assert_eq!(HeadingRows::new(2, 1, 3), None);
    assert_eq!(HeadingRows::new(1, 2, 2), None);
    assert_eq!(HeadingRows::new(0, 50, 51), None);
}

#[test]
fn months_across_are_known_by_their_title_too() {
    let head: &[&str] = &["No", "Tempat", "Jan", "Feb", "Mar"];
    let of = |title: &'static str| {
        sheet("Lembar1", &[&[title], head, &["1", "Apotek", "x", "x", ""], head, &["2", "Klinik", "x"]])
    };
    let columns = said(&[(1, NAME), (2, "bulan:1"), (3, "bulan:2"), (4, "bulan:3")]);
    let profile = Profile::new(
        &of("KEDATANGAN RAPAT TAHUN 2023"),
        HeadingRows::single_row(1),
        Table::Lokmin,
        columns.clone(),
        None,
    );
    assert_eq!(tops(&of("Kedatangan rapat tahun 2024"), &profile), [(1, 1), (3, 3)], "the page break as well");
    assert_eq!(tops(&of("RENCANA TURUN LAPANGAN TAHUN 2023"), &profile), [], "another table of the same heading");
    let indicator = |title, code: &str| {
        let columns = said(&[(1, NAME), (2, "sasaran"), (3, "bulan:1"), (4, "bulan:2")]);
        Profile::new(&of(title), HeadingRows::single_row(1), Table::Achievements, columns, Some(code.to_owned()))
    };
    let hints =
        Hints { profiles: vec![indicator("KUNJUNGAN IBU", "K6"), indicator("BAYI", "IDL")], ..Hints::default() };
    let named = |title| hints.indicator(&of(title), 1).map(|(code, _)| code);
    assert_eq!(named("BAYI"), Some("IDL".to_owned()));
    assert_eq!(named("KUNJUNGAN IBU"), Some("K6".to_owned()));
    assert_eq!(named("BALITA"), None);
}

#[test]
fn what_is_missing_is_named() {
    let profile = |table, columns: &[(u32, &str)]| Profile {
        fingerprint: "0=a|1=b".to_owned(),
        table,
        columns: said(columns),
        rows_to_data: 1,
        indicator: None,
    };
    let visits = |columns: &[(u32, &str)]| profile(Table::Visits, columns).check();
    assert_eq!(visits(&[(0, NAME), (1, "bulan:5")]), Ok(()), "months across");
    assert_eq!(visits(&[(0, NAME), (1, "bulan")]), Ok(()), "months down");
    assert_eq!(visits(&[(0, NAME)]), Err(ProfileError::Missing(vec!["Tanggal pembinaan".to_owned()])));
    assert_eq!(visits(&[(0, NAME), (1, "tanggalpembinaan")]), Ok(()));
    assert!(matches!(visits(&[(0, NAME), (1, NAME)]), Err(ProfileError::Twice(_))));
    let year = |columns: &[(u32, &str)]| profile(Table::Achievements, columns).check();
    let missing = |word: &str| Err(ProfileError::Missing(vec![word.to_owned()]));
    assert_eq!(year(&[(0, NAME), (1, "sasaran"), (2, "bulan:1")]), Ok(()));
    assert_eq!(year(&[(0, NAME), (1, "sasaran-bulan:1"), (2, "bulan:1")]), Ok(()));
    assert_eq!(year(&[(0, NAME), (1, "sasaran:K6"), (2, "capaian:K6")]), Ok(()));
    assert_eq!(year(&[(0, NAME), (1, "bulan:1")]), missing("Sasaran"));
    assert_eq!(year(&[(0, NAME), (1, "sasaran")]), missing("Capaian"));
    assert_eq!(year(&[(0, NAME), (1, "sasaran:K6"), (2, "capaian:K6"), (3, "bulan:1")]), Err(ProfileError::Mixed));
    let whole = profile(Table::Visits, &[(0, NAME), (1, "tanggalpembinaan")]);
    assert_eq!(Profile::columns_from(&whole.columns_text()), whole.columns);
}

#[test]
fn every_choice_is_a_column() {
    for table in Table::ALL {
        let plain = choices(table, &["K6".to_owned()]);
        for choice in
            plain.iter().filter(|choice| !AcrossColumns::default().take(&choice.code, CellRef { row: 0, column: 0 }))
        {
            let found = words_of(table).column_of(std::slice::from_ref(&choice.code)).map(ColumnMeaning::label);
            assert_eq!(found, Some(choice.label.as_str()), "{table:?} {}", choice.code);
        }
        let codes: std::collections::BTreeSet<&str> = plain.iter().map(|choice| choice.code.as_str()).collect();
        assert_eq!(codes.len(), plain.len(), "{table:?}");
    }
}

#[test]
fn a_sheet_is_guessed() {
    let buku = sheet(
        "Buku",
        &[
            &["BUKU KUNJUNGAN"],
            &[],
            &["Urut", "Hari dan Tgl Pembinaan", "Tempat yang dikunjungi", "Pembinanya"],
            &["1", "12 Mei 2023", "Apotek Alvi", "Ani"],
        ],
    );
    let guess = guess(&buku, AlreadySaid::default(), KnownNames::default());
    assert_eq!((guess.rows, guess.table), (HeadingRows::single_row(2), Table::Visits), "{guess:?}");
    assert!(guess.columns.contains(&(1, "tanggalpembinaan".to_owned())), "{guess:?}");
}

#[test]
fn cells_tell_names_and_dates_where_headings_do_not() {
    let rows: [&[&str]; 3] = [
        &["Urut", "Usaha", "Waktu", "Hari ini"],
        &["1", "Apt. Alvi", "Senin", "5 Juni 2023"],
        &["2", "Apotik Alvi", "Rabu", "7-6-2023"],
    ];
    let buku = sheet("Pembinaan", &rows);
    let facilities = ["Apotek Alvi".to_owned()];
    let guess = guess(
        &buku,
        AlreadySaid { rows: Some(HeadingRows::single_row(0)), table: Some(Table::Visits) },
        KnownNames { services: &[], facilities: &facilities },
    );
    assert!(guess.columns.contains(&(1, NAME.to_owned())), "{guess:?}");
    assert!(guess.columns.contains(&(3, "tanggalpembinaan".to_owned())), "{guess:?}");
}

#[test]
fn a_year_of_months_merged_over_pairs_is_guessed() {
    let rows: [&[&str]; 4] = [
        &["CAKUPAN IBU HAMIL"],
        &["Urut", "Tempat", "Januari", "", "Februari", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["1", "Polindes", "10", "8", "10", "9"],
    ];
    let place = |row, column| CellRef { row, column };
    let merges = [((1, 0), (2, 0)), ((1, 1), (2, 1)), ((1, 2), (1, 3)), ((1, 4), (1, 5))];
    let merges =
        merges.map(|((top, left), (bottom, right))| Area { first: place(top, left), last: place(bottom, right) });
    let rows = (0..).zip(rows).map(|(index, texts)| row(index, texts)).collect();
    let sheet = Sheet::new("Lembar1".to_owned(), Visibility::Visible, rows, merges.to_vec());
    let guess = guess(&sheet, AlreadySaid::default(), KnownNames { services: &["K6".to_owned()], facilities: &[] });
    assert_eq!((guess.rows, guess.table), (HeadingRows::new(1, 2, 3).unwrap(), Table::Achievements), "{guess:?}");
    let columns =
        [(0, "no"), (1, NAME), (2, "sasaran-bulan:1"), (3, "bulan:1"), (4, "sasaran-bulan:2"), (5, "bulan:2")];
    assert_eq!(guess.columns, said(&columns));
}
