//! Indonesian words for the verbs, beside their own. Knows no flag and does nothing.

use clap::Command;

/// A verb with the Indonesian word that means the same.
struct NativeVerb {
    /// Words of the command line up to the verb.
    path: &'static [&'static str],
    word: &'static str,
}

const fn verb(path: &'static [&'static str], word: &'static str) -> NativeVerb {
    NativeVerb { path, word }
}

/// Words of verbs that mean the same wherever they stand.
const ANYWHERE: [(&str, &str); 22] = [
    ("list", "daftar"),
    ("add", "tambah"),
    ("revoke", "cabut"),
    ("export", "ekspor"),
    ("import", "impor"),
    ("ask", "tanya"),
    ("say", "katakan"),
    ("run", "jalankan"),
    ("history", "riwayat"),
    ("explain", "jelaskan"),
    ("pause", "jeda"),
    ("resume", "lanjutkan"),
    ("grant", "beri"),
    ("reset", "setel-ulang"),
    ("disable", "nonaktifkan"),
    ("enable", "aktifkan"),
    ("sessions", "sesi"),
    ("erase", "hapus"),
    ("show", "lihat"),
    ("author", "penulis"),
    ("schema", "skema"),
    ("reference", "acuan"),
];

/// Words of all others.
const VERBS: &[NativeVerb] = &[
    verb(&["privacy"], "data-pribadi"),
    verb(&["privacy", "find"], "cari"),
    verb(&["alias"], "padanan"),
    verb(&["words"], "kata"),
    verb(&["evaluate"], "evaluasi"),
    verb(&["facts"], "fakta"),
    verb(&["report"], "laporan"),
    verb(&["dhis2"], "ekspor-dhis2"),
    verb(&["letter"], "surat"),
    verb(&["snapshot"], "cuplikan"),
    verb(&["verify"], "periksa-surat"),
    verb(&["settings"], "pengaturan"),
    verb(&["approval"], "persetujuan"),
    verb(&["serve"], "layani"),
    verb(&["job"], "pekerjaan"),
    verb(&["user"], "pengguna"),
    verb(&["restore"], "pulihkan"),
    verb(&["audit"], "jejak"),
    verb(&["check"], "periksa"),
    verb(&["template"], "templat"),
    verb(&["paper-template"], "templat-laporan"),
    verb(&["paper-template", "check"], "periksa"),
    verb(&["paper-template", "remove"], "buang"),
    verb(&["paper-template", "names"], "nama"),
    verb(&["indicator-set"], "set-indikator"),
    verb(&["definitions"], "definisi"),
    verb(&["config"], "konfigurasi"),
    verb(&["completions"], "pelengkap"),
    verb(&["man"], "manual"),
    verb(&["help"], "bantuan"),
    verb(&["approval", "submit"], "ajukan"),
    verb(&["approval", "approve"], "setujui"),
    verb(&["approval", "return"], "kembalikan"),
    verb(&["approval", "verify"], "verifikasi"),
    verb(&["approval", "take-over"], "ambil-alih"),
    verb(&["approval", "leave"], "biarkan"),
    verb(&["approval", "unlock"], "buka"),
    verb(&["audit", "verify"], "periksa"),
];

/// The command with each verb under its Indonesian word too, which its line in the help tells.
pub fn with_native_verbs(program: Command) -> Command {
    named_below(program, &[])
}

fn named_below(command: Command, path: &[String]) -> Command {
    command.mut_subcommands(|verb| {
        let path: Vec<String> = path.iter().cloned().chain([verb.get_name().to_owned()]).collect();
        let verb = named_below(verb, &path);
        match word_of(&path) {
            Some(word) => with_word(verb, word),
            None => verb,
        }
    })
}

fn word_of(path: &[String]) -> Option<&'static str> {
    let own = VERBS.iter().find(|known| known.path.iter().eq(path.iter()));
    let last = path.last()?;
    own.map(|known| known.word).or_else(|| ANYWHERE.iter().find(|(name, _)| name == last).map(|(_, word)| *word))
}

fn with_word(verb: Command, word: &'static str) -> Command {
    let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
    verb.alias(word).about(format!("{about} (juga: `{word}`)"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsString;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::{Cli, Verb};

    fn check(command: &Command, path: &str, lacking: &mut Vec<String>) {
        let mut known = BTreeSet::new();
        for verb in command.get_subcommands() {
            let path = format!("{path} {}", verb.get_name());
            let names: Vec<&str> = std::iter::once(verb.get_name()).chain(verb.get_all_aliases()).collect();
            if names.len() != 2 {
                lacking.push(path.clone());
            }
            for name in names {
                assert!(known.insert(name.to_owned()), "`{name}` twice below {path}");
            }
            check(verb, &path, lacking);
        }
    }

    #[test]
    fn every_verb_has_an_indonesian_word_of_its_own() {
        let mut lacking = Vec::new();
        check(&with_native_verbs(Cli::command()), "simpul", &mut lacking);
        assert!(lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn both_words_mean_the_same() {
        let read = |typed: &[&str]| Cli::read(["simpul"].iter().chain(typed).map(OsString::from)).unwrap().verb;
        assert!(matches!(read(&["impor", "a.xlsx"]), Some(Verb::Import(_))));
        assert!(matches!(read(&["layani"]), Some(Verb::Serve(_))));
        assert!(matches!(read(&["pekerjaan", "daftar"]), Some(Verb::Job { .. })));
    }
}
