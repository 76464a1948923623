//! `user`: accounts on the machine itself; codes are printed, passwords never taken.

use serde_json::Value;

use crate::support::{Run, Simpul};

fn ok(simpul: &Simpul, args: &[&str]) -> Run {
    let run = simpul.run(["user"].iter().chain(args));
    assert_eq!(run.status, 0, "{args:?}: {}", run.stderr);
    run
}

fn refused(simpul: &Simpul, args: &[&str], told: &str) {
    let run = simpul.run(["user"].iter().chain(args));
    assert!(run.status != 0 && run.stderr.contains(told), "{args:?}: {}", run.stderr);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
}

fn list(simpul: &Simpul) -> Value {
    serde_json::from_str(&ok(simpul, &["list", "--format", "json"]).stdout).unwrap()
}

#[test]
fn accounts_are_made_listed_and_ended_from_the_command_line() {
    let simpul = Simpul::new();
    assert!(ok(&simpul, &["list"]).stdout.contains("Belum ada akun"));
    refused(
        &simpul,
        &["add", "siti", "--role", "kepala", "--puskesmas", "Mekarsari"],
        "akun pertama harus administrator",
    );
    let added = ok(&simpul, &["add", "Budi", "--role", "admin", "--full-name", "Budi Santoso", "--title", "TU"]);
    let code = added.stdout.lines().last().unwrap().to_owned();
    assert_eq!((code.len(), code.matches('-').count()), (19, 3), "{}", added.stdout);
    let added = ok(&simpul, &["add", "siti", "--role", "koordinator", "--puskesmas", "Mekarsari"]);
    assert!(added.stderr.contains("belum ada data Puskesmas “Mekarsari”"), "{}", added.stderr);
    ok(&simpul, &["grant", "SITI", "--role", "pengelola", "--puskesmas", "Bendosari", "--services", "K1,K4"]);
    let listed = list(&simpul);
    assert_eq!((listed[0]["account"].as_str(), listed[0]["state"].as_str()), (Some("budi"), Some("invited")));
    assert_eq!(listed[1]["grants"][1]["services"], serde_json::json!(["K1", "K4"]));
    let shown = ok(&simpul, &["list"]).stdout;
    assert!(shown.contains("budi (Budi Santoso, TU): menunggu kata sandi"), "{shown}");
    assert!(shown.contains("  Pengelola program: Bendosari, indikator K1, K4"), "{shown}");

    ok(&simpul, &["revoke", "siti", "--role", "pengelola"]);
    assert_eq!(list(&simpul)[1]["grants"].as_array().unwrap().len(), 1);
    let reset = ok(&simpul, &["reset", "siti", "--totp"]);
    assert!(reset.stdout.contains("tidak berlaku lagi") && reset.stderr.contains("tidak memakai dua langkah"));
    assert_ne!(reset.stdout.lines().last().unwrap(), code);
    ok(&simpul, &["disable", "siti"]);
    assert_eq!(list(&simpul)[1]["state"], "disabled");
    assert!(ok(&simpul, &["enable", "siti"]).stdout.contains("belum punya kata sandi"));
    assert!(ok(&simpul, &["sessions", "siti"]).stdout.contains("siti: 0 sesi"));
    assert!(ok(&simpul, &["sessions", "siti", "--end"]).stdout.contains("0 sesi diakhiri"));

    let out = simpul.data().join("siti.json");
    ok(&simpul, &["export", "siti", "--out", out.to_str().unwrap()]);
    let told: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(told["account"], "siti");
    refused(&simpul, &["export", "siti", "--out", out.to_str().unwrap()], "pilih nama yang belum ada");
    refused(&simpul, &["erase", "siti", "--confirm", "budi"], "--confirm siti");
    assert!(ok(&simpul, &["erase", "siti", "--confirm", "Siti"]).stdout.contains("dihapus-2"));
    assert_eq!(list(&simpul)[1]["state"], "erased");
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let simpul = Simpul::new();
    ok(&simpul, &["add", "budi", "--role", "admin"]);
    for (args, told) in [
        (["disable", "budi"].as_slice(), "administrator terakhir"),
        (&["revoke", "budi", "--role", "admin"], "administrator terakhir"),
        (&["erase", "budi", "--confirm", "budi"], "administrator terakhir"),
        (&["add", "BUDI", "--role", "dinas"], "sudah dipakai"),
        (&["add", "wati", "--role", "kepala"], "perlu nama Puskesmas"),
        (&["add", "wati", "--role", "faskes", "--puskesmas", "Mekarsari"], "perlu nama faskes"),
        (&["add", "w a t i", "--role", "dinas"], "tanpa spasi"),
        (&["add", "wati", "--role", "raja"], "yang ada: admin"),
        (&["add", "wati"], "yang kurang: --role"),
        (&["add", "wati", "--role", "dinas", "--password", "x"], "`--password` tidak dikenal"),
        (&["reset", "wati"], "akun “wati” tidak ada"),
        (&["grant", "budi", "--role", "admin"], "sudah mempunyai peran itu"),
    ] {
        refused(&simpul, args, told);
    }
}
