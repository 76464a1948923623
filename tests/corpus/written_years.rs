//! Years that headings of months and days write themselves: they are those of the months; where a title says another
//! year somebody is asked, and a year mistyped is no visit of that year.

use super::{Brought, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

fn errors(found: &Brought) -> Vec<&str> {
    let errors = found.receipt.issues.iter().filter(|issue| issue.severity == "error");
    errors.map(|issue| issue.message.as_str()).collect()
}

fn plan(title: &str, months: [&str; 3]) -> Brought {
    let [first, second, third] = months;
    sheet(&[
        TITLE,
        &[title],
        &["No", "Nama Faskes", first, second, third],
        &["=1", "Apotek Alvi", "X", "", ""],
        &["=2", "Klinik Alvi", "", "", "X"],
    ])
}

fn slots(found: &Brought) -> Vec<String> {
    crate::import::facts(&found.store).slots.iter().map(|slot| slot.month.to_string()).collect()
}

#[test]
fn months_with_their_year_need_no_other() {
    for months in [
        ["Jan 2023", "Feb 2023", "Mar 2023"],
        ["Jan-23", "Feb-23", "Mar-23"],
        ["Jan'23", "Feb'23", "Mar'23"],
        ["2023 Januari", "2023 Februari", "2023 Maret"],
        ["@2023-01-01", "@2023-02-01", "@2023-03-01"],
    ] {
        let found = plan("JADWAL PEMBINAAN JARINGAN DAN JEJARING", months);
        assert_eq!(slots(&found), ["2023-01", "2023-03"], "{months:?} {:?}", found.receipt);
        assert_eq!(errors(&found), [""; 0], "{months:?}");
    }
    let reports = sheet(&[
        TITLE,
        &["REKAP PENERIMAAN LAPORAN"],
        &["No", "Nama Faskes", "Jan 2023", "Feb 2023", "Mar 2023"],
        &["=1", "Apotek Alvi", "3 Februari 2023", "4 Maret 2023", "5 April 2023"],
    ]);
    assert_eq!(reports.facts[0], "Apotek Alvi: laporan 2023-01 2023-02-03", "{:?}", reports.receipt);
    let figures = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["No", "Nama Faskes", "Sasaran", "Jan 2023", "Feb 2023", "Mar 2023"],
        &["=1", "Apotek Alvi", "=90", "=5", "=2", "=4"],
    ]);
    let read = ["K6 2023-01 5/90", "K6 2023-02 2/90", "K6 2023-03 4/90"].map(|fact| format!("Apotek Alvi: {fact}"));
    assert_eq!(figures.facts, read, "{:?}", figures.receipt);
}

#[test]
fn another_year_in_the_title_is_asked_about() {
    for months in [["@2022-01-01", "@2022-02-01", "@2022-03-01"], ["Jan 2022", "Feb 2022", "Mar 2022"]] {
        let found = plan("JADWAL PEMBINAAN TAHUN 2023", months);
        assert_eq!(slots(&found), [""; 0], "{months:?}");
        let [asked] = errors(&found)[..] else { unreachable!("{:?}", found.receipt) };
        assert!(asked.contains("menyebut tahun 2023") && asked.contains("bertahun 2022"), "{asked}");
        assert!(asked.ends_with("jadi tidak dibaca; betulkan yang keliru, lalu impor lagi"), "{asked}");
    }
    // Whoever mends the one that is wrong, as it says, has the plan.
    assert_eq!(
        slots(&plan("JADWAL PEMBINAAN TAHUN 2022", ["Jan 2022", "Feb 2022", "Mar 2022"])),
        ["2022-01", "2022-03"]
    );
    let figures = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["TAHUN 2023"],
        &["No", "Nama Faskes", "Sasaran", "@2022-12-01", "@2023-01-01", "@2023-02-01"],
        &["=1", "Apotek Alvi", "=90", "=5", "=2", "=3"],
    ]);
    assert_eq!(figures.facts, [""; 0], "{:?}", figures.receipt);
    assert!(errors(&figures)[0].contains("dari dua tahun"), "{:?}", errors(&figures));
}

fn visits(dates: [&str; 4]) -> Brought {
    let [one, two, three, four] = dates;
    sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN FEBRUARI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Nilai"],
        &["=1", one, "Pustu Ngatri", "=80"],
        &["=2", two, "Apotek Alvi", "=70"],
        &["=3", three, "Klinik Alvi", "=75"],
        &["=4", four, "BPM I Made Oka", "=90"],
    ])
}

#[test]
fn the_month_of_the_title_a_year_before_is_mistyped() {
    let found = visits(["@2023-02-07", "@2022-02-08", "09/02/2022", "@2023-02-14"]);
    assert_eq!(found.facts.len(), 2, "{:?}", found.facts);
    assert!(errors(&found).iter().all(|asked| asked.contains("tepat setahun")), "{:?}", errors(&found));
    assert_eq!(visits(["@2023-02-07", "@2023-02-08", "09/02/2023", "@2023-02-14"]).facts.len(), 4);
    // Another month of the year before is a late entry: kept and told.
    let late = visits(["@2023-02-07", "@2022-12-08", "@2023-02-09", "@2023-02-14"]);
    assert_eq!((late.facts.len(), errors(&late).len()), (4, 0), "{:?}", late.receipt);
}

#[test]
fn a_month_first_reading_out_of_the_title_proves_nothing() {
    let found = visits(["31/02/2023", "12/13/2023", "11/02/2023", "5 Pebruari 2023"]);
    let read = ["BPM I Made Oka: pembinaan 2023-02-05  90/100", "Klinik Alvi: pembinaan 2023-02-11  75/100"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    assert_eq!(errors(&found).len(), 2, "{:?}", errors(&found));
    // In the title's month it does.
    let turned = visits(["2/13/2023", "2/9/2023", "2/10/2023", "2/14/2023"]);
    assert!(turned.facts.iter().all(|fact| fact.contains("2023-02-")) && turned.facts.len() == 4, "{:?}", turned.facts);
}

fn form(dates: [&str; 3], heading: &str) -> Brought {
    let [one, two, three] = dates;
    sheet(&[
        &["Timestamp", heading, "Nama jejaring yang dikunjungi", "Petugas yang melakukan pembinaan", "Nilai"],
        &["2023/06/10 9:00:00 AM GMT+7", one, "Pustu Ngatri", "Ani", "70"],
        &["2023/06/11 9:00:00 AM GMT+7", two, "Klinik Alvi", "Ani", "71"],
        &["2023/06/12 9:00:00 AM GMT+7", three, "Apotek Alvi", "Ani", "72"],
    ])
}

#[test]
fn nothing_is_reported_before_it_took_place() {
    let read = [
        "Apotek Alvi: pembinaan 2023-06-11  72/100",
        "Klinik Alvi: pembinaan 2023-06-10  71/100",
        "Pustu Ngatri: pembinaan 2023-06-09  70/100",
    ];
    let found = form(["6/9/2023", "6/10/2023", "6/11/2023"], "Tanggal Kunjungan");
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let told: Vec<&str> = found.receipt.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("hanya mungkin bulan dulu")), "{told:?}");
    let day_first = form(["9/6/2023", "10/6/2023", "11/6/2023"], "Tanggal kunjungan pembinaan");
    assert_eq!(day_first.facts, read, "{:?}", day_first.receipt);
}
