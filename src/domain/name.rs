//! When two written names mean the same: keys of facilities, Puskesmas and headings; and names as parts of file names.

/// Words written in several ways for one thing; the first is the key's.
const VARIANTS: [&[&str]; 9] = [
    &["apotek", "apotik"],
    &["bpm", "pmb", "tpmb", "bps"],
    &["pustu", "puskesmas pembantu", "pusk pembantu", "pkm pembantu", "pst"],
    &["posyandu", "posy", "posyd"],
    &["praktik", "praktek"],
    &["desa", "ds"],
    &["kelurahan", "kel"],
    &["laboratorium", "laborat"],
    &["di yogyakarta", "daerah istimewa yogyakarta"],
];

/// Letters of a name made for files.
const SLUG_LETTERS_MAX: usize = 60;
/// Names that Windows keeps for devices; besides, `com` and `lpt` with a digit.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Digits behind `com` and `lpt`; Windows takes the raised ones too.
const PORTS: &str = "0123456789¹²³";

/// Words that say what a Puskesmas is and not which one.
const PUSKESMAS_WORDS: [&str; 5] = ["upt", "uptd", "blud", "puskesmas", "pkm"];

/// Lower-case words of letters and digits, separated by one space: punctuation and spacing gone.
pub fn plain_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let push = |words: &mut String, character: char| {
        if character.is_alphanumeric() {
            words.push(character);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    };
    for character in text.chars() {
        if character.is_ascii() {
            push(&mut words, character.to_ascii_lowercase());
        } else {
            character.to_lowercase().for_each(|character| push(&mut words, character));
        }
    }
    if words.starts_with(' ') {
        words.remove(0);
    }
    words.truncate(words.trim_end().len());
    words
}

/// Roman numerals behind names, from one.
const NUMERALS: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
/// Degrees behind the names of persons, letters alone: recaps leave them out or add them.
const DEGREES: [&str; 50] = [
    "strkeb", "strkep", "strgz", "strkes", "amdkeb", "amdkep", "amdfarm", "amdgz", "amdkes", "amd", "amk", "skeb",
    "skep", "skepns", "ns", "ners", "sst", "ssit", "sstkeb", "mkeb", "mkep", "mkes", "mtrkeb", "skm", "mkm", "mph",
    "mars", "mm", "mh", "msi", "mpd", "spd", "spdi", "sfarm", "sfarmapt", "apt", "ssi", "ssiapt", "sgz", "se", "sh",
    "ssos", "bdn", "spog", "spa", "sppd", "spkk", "spkj", "spdlp", "skmmkes",
];

/// The name without degrees: parts behind a comma that are nothing else, and a last word with dots that is one.
pub fn without_degrees(name: &str) -> &str {
    let is_degree = |part: &str| DEGREES.contains(&plain_words(part).replace(' ', "").as_str());
    let mut bare = name.trim_end();
    while let Some((before, _)) = bare.rsplit_once(',').filter(|(_, last)| is_degree(last)) {
        bare = before.trim_end();
    }
    let dotted = bare.rsplit_once(' ').filter(|(_, last)| last.trim_end_matches('.').contains('.') && is_degree(last));
    dotted.map_or(bare, |(before, _)| before)
}

/// Key under which a facility's name is known: without regard to case, spacing, dots and the usual variants.
pub fn name_key(name: &str) -> String {
    let mut key = format!(" {} ", plain_words(name));
    for variants in VARIANTS {
        for variant in &variants[1..] {
            key = key.replace(&format!(" {variant} "), &format!(" {} ", variants[0]));
        }
    }
    // `Melati II` is `Melati 2`.
    if let Some((before, last)) = key.trim_end().rsplit_once(' ')
        && let Some(number) = NUMERALS.iter().position(|numeral| *numeral == last)
    {
        key = format!("{before}{}", number + 1);
    }
    key.retain(|character| character != ' ');
    key
}

/// Key of a Puskesmas: without regard to case and to *UPT, UPTD, BLUD, Puskesmas, PKM*. *Kec. X* is *Kecamatan X*,
/// which is not *Kelurahan X*: where both occur, they are two institutions.
pub fn puskesmas_key(name: &str) -> String {
    let plain = plain_words(name);
    let mut words: Vec<&str> = plain.split(' ').filter(|word| !PUSKESMAS_WORDS.contains(word)).collect();
    match words.first_mut() {
        Some(first) if *first == "kec" => *first = "kecamatan",
        Some(first) if *first == "kel" => *first = "kelurahan",
        _ => {}
    }
    words.join(" ")
}

/// Small letters and digits joined by hyphens, at most `letters_max` of them; everything else is a joint.
pub fn hyphenated(words: &str, letters_max: usize) -> String {
    let mut name = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if name.len() >= letters_max {
            break;
        }
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_end_matches('-').to_owned()
}

/// Words as a part of a file's name that every file system takes: `UPT Puskesmas Abcde` → `upt-puskesmas-abcde`.
pub fn slug(words: &str) -> String {
    match hyphenated(words, SLUG_LETTERS_MAX) {
        name if name.is_empty() => "tanpa-nama".to_owned(),
        device if is_device(&device) => format!("nama-{device}"),
        name => name,
    }
}

/// Reports whether Windows takes the name of a file for a device, whatever its ending and case: such a file cannot be
/// made.
pub fn is_device(file_name: &str) -> bool {
    let name = file_name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let is_port = port.is_some_and(|port| port.chars().count() == 1 && port.chars().all(|c| PORTS.contains(c)));
    is_port || DEVICES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_share_a_key() {
        for (one, other) in [
            ("Apotik Alvi", "APOTEK  ALVI"),
            ("BPM. I Made Oka", "tpmb i made oka"),
            ("Praktik dr. Dwi Astuti", "PRAKTIK DR DWI ASTUTI"),
            ("Pustu Ngatri", "Puskesmas Pembantu Ngatri"),
            ("Puskesmas Pembantu", "Pustu"),
            ("Klinik Geka Farma", "KLINIK GEKAFARMA"),
            ("S.D.N. Ngatri 2", "SDN Ngatri 2"),
            ("Apotik  K24", "Apotek K-24"),
            ("Posy. Melati II", "Posyandu Melati 2"),
            ("Pusk. Pembantu Ds. Wakah", "Pustu Desa Wakah"),
        ] {
            assert_eq!(name_key(one), name_key(other));
        }
        assert_ne!(name_key("Klinik Alvi"), name_key("Apotek Alvi"));
        assert_ne!(name_key("Posyandu Melati I"), name_key("Posyandu Melati II"));
        // A part that is no degree tells facilities apart.
        assert_ne!(name_key("Posyandu Melati, Desa Wakah"), name_key("Posyandu Melati, Desa Giri"));
    }

    #[test]
    fn degrees_stand_behind_a_comma_or_have_dots() {
        for name in ["TPMB Nurhayati, S.Tr.Keb., M.Kes", "TPMB Nurhayati Amd.Keb", "TPMB Nurhayati,SST"] {
            assert_eq!(without_degrees(name), "TPMB Nurhayati", "{name}");
        }
        for name in ["Posyandu Melati, Desa Wakah", "SDN 1", "Klinik S.D. Sehat", "dr. Budi"] {
            assert_eq!(without_degrees(name), name);
        }
    }

    #[test]
    fn a_puskesmas_is_known_without_its_titles() {
        assert_eq!(puskesmas_key("UPT PUSKESMAS ABCDE"), puskesmas_key("Pkm. Abcde"));
        assert_eq!(puskesmas_key("UPTD BLUD Puskesmas Abcde"), "abcde");
        assert_eq!(puskesmas_key("Puskesmas Kec. Abcde"), puskesmas_key("PKM KECAMATAN ABCDE"));
        assert_ne!(puskesmas_key("Puskesmas Kecamatan Abcde"), puskesmas_key("Puskesmas Kelurahan Abcde"));
    }

    #[test]
    fn devices_are_known_behind_any_ending() {
        for device in ["CON", "con.2023.xlsx", "nul .txt", "Com1.xlsx", "LPT¹", "conout$"] {
            assert!(is_device(device), "{device}");
        }
        for name in ["", "konsep", "con-1.xlsx", "com10", "com", "rekap con.xlsx", "auxilium"] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn slugs_hold_no_path_and_no_device() {
        assert_eq!(slug("UPT Puskesmas Abcde"), "upt-puskesmas-abcde");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("C:\\x\u{0}"), "c-x");
        assert_eq!((slug("…").as_str(), slug("CON").as_str()), ("tanpa-nama", "nama-con"));
        assert_eq!((slug("Lpt 9").as_str(), slug("LPT9").as_str()), ("lpt-9", "nama-lpt9"));
        assert!(slug(&"a b".repeat(200)).len() <= SLUG_LETTERS_MAX);
    }
}
