//! Registers that say kind and group in their headings: ticks below kinds, both groups side by side, lists of schools.

use super::{Page, import, page};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

/// Name, kind and group of the facilities that a register brings.
fn registered(rows: &[&[&str]], merges: &[[u32; 4]]) -> Vec<String> {
    let found = import("rekap.xlsx", &[Page { merges: merges.to_vec(), ..page("Daftar", rows) }]);
    let known = ["Apotek Alvi", "BPM I Made Oka", "Klinik Alvi", "Pustu Ngatri"];
    let facts = facts(&found.store);
    let own = facts.facilities.iter().filter(|one| !known.contains(&one.name.as_str()));
    let said = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let own = own.map(|one| {
        let group = one.group.map(simpul::domain::FacilityGroup::label);
        format!("{} {} {}", one.name, said(Some(one.kind.as_str()).filter(|kind| !kind.is_empty())), said(group))
    });
    own.collect()
}

#[test]
fn a_register_says_kind_and_group_in_its_headings() {
    let merges = [[2, 0, 3, 0], [2, 1, 3, 1], [2, 2, 3, 2], [2, 3, 2, 5]];
    let ticks = |last: [&'static str; 3]| {
        registered(
            &[
                TITLE,
                &["DAFTAR JARINGAN DAN JEJARING TAHUN 2023"],
                &["No", "Nama", "Desa", "Jenis", "", ""],
                &["", "", "", "Pustu", "Klinik", "TPMB"],
                &["=1", "Pustu Tugu", "Tugu", "√", "", ""],
                &["=2", "Klinik NU", "Tugu", "", "√", ""],
                &["=3", "TPMB Siti", "Tugu", last[0], last[1], last[2]],
            ],
            &merges,
        )
    };
    let kinds = ["Klinik NU Klinik Jejaring", "Pustu Tugu Pustu Jaringan", "TPMB Siti TPMB Jejaring"];
    assert_eq!(ticks(["", "", "√"]), kinds);
    // "beberapa jenis dicentang; sisakan satu centang": whoever does ends with the table above.
    assert_eq!(ticks(["√", "", "√"])[2], "TPMB Siti - -");
    let beside = registered(
        &[
            TITLE,
            &["DAFTAR JARINGAN DAN JEJARING TAHUN 2023"],
            &["No", "Jaringan", "Desa", "No", "Jejaring", "Jenis", "Desa"],
            &["=1", "Pusban Perian", "Perian", "=1", "Klinik dr. Budi", "Klinik", "Isuy"],
            &["=2", "Pusban Muara", "Muara", "=2", "Posyandu Anggrek", "Posyandu", "Perian"],
        ],
        &[],
    );
    assert!(beside.contains(&"Pusban Perian - Jaringan".to_owned()), "{beside:?}");
    assert!(beside.contains(&"Klinik dr. Budi Klinik Jejaring".to_owned()), "{beside:?}");
    let schools = registered(
        &[
            TITLE,
            &["DATA SEKOLAH WILAYAH KERJA TAHUN 2023"],
            &["No", "Nama Sekolah", "NPSN", "Kepala Sekolah", "Jumlah Murid"],
            &["=1", "SDN 1 Borong", "30301", "Hj. Normah", "=120"],
            &["=2", "SMPN 2 Tello", "30302", "Drs. Arbain", "=240"],
        ],
        &[],
    );
    assert_eq!(schools, ["SDN 1 Borong Sekolah Jejaring", "SMPN 2 Tello Sekolah Jejaring"]);
}
