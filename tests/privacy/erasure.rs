//! A person's data found, handed over and erased, from the command line; the trace says what kind it was, never what.

use std::fs;

use serde_json::Value;

use super::{SECRETS, holding, recap, register};
use crate::support::Simpul;

fn with_all_kept() -> Simpul {
    let simpul = Simpul::new();
    for file in [register(), recap(Some("tanya Sumiyati Rahayu"))] {
        let path = simpul.data().join(&file.name);
        fs::write(&path, &file.bytes).unwrap();
        let path = path.to_str().unwrap();
        let run = simpul.run(["import", "--keep-personal-data", "uji coba", path]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        fs::remove_file(path).unwrap();
    }
    simpul
}

#[test]
fn a_person_is_found_handed_over_and_erased() {
    let simpul = with_all_kept();
    let found = simpul.run(["privacy", "find", "sumiyati", "rahayu"]);
    assert!(found.stdout.contains("berkas asli: mei.xlsx, lembar Pasien, B3"), "{}", found.stdout);
    assert!(found.stdout.contains("Pembinaan: temuan, impor 2, mei.xlsx"), "{}", found.stdout);
    let told: Value = serde_json::from_str(&simpul.run(["privacy", "export", "3523 0152 0590 0012"]).stdout).unwrap();
    assert!(told["places"].as_array().unwrap().len() >= 3, "{told}");
    let csv = simpul.run(["privacy", "export", "sumiyati rahayu", "--format", "csv"]).stdout;
    assert!(csv.starts_with("\u{feff}\"Jenis\";\"Tempat\""), "{csv}");

    let refused = simpul.run(["privacy", "erase", "Sumiyati Rahayu", "--reason", "x", "--confirm", "Sumiyati"]);
    assert!(refused.status != 0 && refused.stderr.contains("--confirm"), "{}", refused.stderr);
    let tells = "permintaan Ny. Sumiyati Rahayu";
    let refused =
        simpul.run(["privacy", "erase", "Sumiyati Rahayu", "--reason", tells, "--confirm", "Sumiyati Rahayu"]);
    assert!(refused.stderr.contains("alasan menyebut data"), "{}", refused.stderr);
    for datum in SECRETS {
        let erased = simpul.run(["privacy", "erase", datum, "--reason", "permintaan orangnya", "--confirm", datum]);
        assert_eq!(erased.status, 0, "{}", erased.stderr);
        assert!(!erased.stdout.contains("Masih ada"), "{}", erased.stdout);
        assert!(simpul.run(["privacy", "find", datum]).stdout.starts_with("Tidak ditemukan"));
    }
    assert_eq!(holding(simpul.data()), Vec::<String>::new());
    let checked = simpul.run(["check"]);
    assert_eq!(checked.status, 0, "{}{}", checked.stdout, checked.stderr);
    let facts = simpul.run(["facts"]).stdout;
    assert!(facts.contains("Ny. [dihapus 1] (NIK [dihapus 2], HP [dihapus 3]) belum ANC"), "{facts}");
}

#[test]
fn the_setting_of_the_folder_is_said_and_seen() {
    let simpul = Simpul::new();
    assert!(simpul.run(["privacy", "import"]).stdout.contains("menghapus data pribadi"));
    assert!(simpul.run(["privacy", "import", "--keep", "register TB"]).stdout.contains("apa adanya: register TB"));
    assert!(simpul.run(["privacy", "import", "--remove"]).stdout.contains("menghapus data pribadi"));
    let blank = simpul.run(["privacy", "import", "--keep", " "]);
    assert!(blank.status != 0 && blank.stderr.contains("alasan"), "{}", blank.stderr);
    let short = simpul.run(["privacy", "find", "Ani"]);
    assert!(short.status != 0 && short.stderr.contains("terlalu pendek"), "{}", short.stderr);
}

#[test]
fn names_of_facilities_are_found_and_left() {
    let simpul = with_all_kept();
    let erase = |words: &str| simpul.run(["privacy", "erase", words, "--reason", "permintaan", "--confirm", words]);
    let refused = erase("klinik BINA");
    assert!(refused.status != 0 && refused.stderr.contains("nama faskes"), "{}", refused.stderr);
    // Of a name within the name of a practice the practice stays.
    let erased = erase("Sri Wahyuni");
    assert!(erased.stdout.contains("Masih ada") && erased.stdout.contains("Daftar faskes: nama"), "{}", erased.stdout);
    assert!(simpul.run(["facts"]).stdout.contains("BPM Ny. Sri Wahyuni"));
}
