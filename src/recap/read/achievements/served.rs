//! The denominator, among several, of an indicator that has none of its own.

use crate::diagnostic::{IssueCode, OfferPart};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::WordSort;
use crate::recap::heading_figures::People;
use crate::recap::layout::{FigureLayout, Group, Layout, Shared, letter_above, letter_below, letter_of};
use crate::recap::profile::{as_side, denominator, part};
use crate::recap::read::Reader;

/// Words of an indicator's code or name, and of whom it then is.
const PEOPLE_OF: [(&[&str], People); 7] = [
    (&["pn", "linakes", "persalinan", "bersalin", "bulin", "salin"], People::Birthing),
    (&["kf", "kf1", "kf2", "kf3", "kf4", "nifas", "bufas"], People::AfterBirth),
    (&["kn", "kn1", "kn2", "kn3", "neonatus", "neonatal", "shk"], People::Newborn),
    (&["k1", "k2", "k3", "k4", "k5", "k6", "k8", "hamil", "bumil", "anc", "fe", "ttd", "kek"], People::Pregnant),
    (&["bayi", "imunisasi", "hb0", "bcg", "idl", "uci", "asi", "polio", "dpt", "campak", "mr"], People::Infant),
    (&["balita", "d s", "n d"], People::Child),
    (&["stunting"], People::Child),
];

/// Of whom an indicator is, by its code and name.
fn people_of(code: &str, name: &str) -> Option<People> {
    let find = |words: &str| {
        let words = format!(" {words} ");
        let says = |all: &&(&[&str], People)| all.0.iter().any(|word| words.contains(&format!(" {word} ")));
        PEOPLE_OF.iter().find(says).map(|(_, people)| *people)
    };
    find(&plain_words(code)).or_else(|| find(name))
}

/// The column of that letter, whether a denominator or counted itself.
fn figure_of_letter(reader: &Reader<'_>, letter: char) -> Option<FigureLayout> {
    let heading = &reader.table.heading;
    let own = |heading: &str| letter_of(heading) == Some(letter);
    // The count of `D/S` is D.
    let counts = |heading: &str| letter_above(heading) == Some(letter);
    let shared = heading.shared.iter().find(|shared| own(&shared.heading)).map(|shared| &shared.figure);
    let counted = || match &heading.layout {
        Layout::Groups(groups) => {
            groups.iter().find(|other| own(&other.heading) || counts(&other.heading))?.numerator.as_ref()
        }
        _ => None,
    };
    shared.or_else(counted).cloned()
}

fn lacks_letter(reader: &mut Reader<'_>, group: &Group, service: &str, letter: char) {
    let message = format!(
        "penyebut {service} adalah {below}, dan tidak ada kolom {below} di tabel ini; tulis kolom Sasaran (berisi {below}) dan Capaian di bawah judul {service}, lalu impor lagi",
        below = letter.to_uppercase()
    );
    reader.error(group.place, IssueCode::MissingValue, message);
}

/// The denominators that may serve an indicator without its own: what somebody said, those of its very people before a
/// wider one, or all to its left where nothing tells them apart.
fn fitting<'r>(reader: &Reader<'r>, group: &Group, service: &str) -> Vec<&'r Shared> {
    let table = reader.table;
    if let Some(said) = table.paired(WordSort::Denominators, service) {
        let is_it = |shared: &&Shared| plain_words(&as_side(&shared.heading)) == plain_words(said);
        if let Some(shared) = table.heading.shared.iter().find(is_it) {
            return vec![shared];
        }
    }
    let name = reader.context.service_name(service).unwrap_or_default();
    let people = people_of(service, name);
    let candidates = candidates(reader, group);
    let named: Vec<&Shared> = candidates.iter().filter(|shared| names(shared, service, name)).copied().collect();
    if named.len() == 1 {
        return named;
    }
    let serves = |shared: &&&Shared| match (shared.people, people) {
        (Some(of), Some(people)) => of.serve(people),
        (None, _) => true,
        (Some(_), None) => candidates.len() == 1,
    };
    let fitting: Vec<&Shared> = candidates.iter().filter(serves).copied().collect();
    let exact: Vec<&Shared> =
        fitting.iter().filter(|shared| shared.people.is_some() && shared.people == people).copied().collect();
    if exact.is_empty() { fitting } else { exact }
}

/// Reports whether a denominator names an indicator: `Sasaran HT`, `Sasaran Hipertensi`.
fn names(shared: &Shared, service: &str, name: &str) -> bool {
    let heading = plain_words(&shared.heading);
    let Some(said) = heading.strip_prefix("sasaran ").map(str::trim).filter(|said| !said.is_empty()) else {
        return false;
    };
    said == plain_words(service) || format!(" {} ", plain_words(name)).contains(&format!(" {said} "))
}

fn candidates<'r>(reader: &Reader<'r>, group: &Group) -> Vec<&'r Shared> {
    group.served_by.iter().filter_map(|place| reader.table.heading.shared.get(*place)).collect()
}

/// The denominator that serves an indicator without its own; where that is not clear, it is said.
pub(super) fn denominator_of(reader: &mut Reader<'_>, group: &Group, service: &str) -> Option<FigureLayout> {
    let is_said = reader.table.paired(WordSort::Denominators, service).is_some();
    if let Some(letter) = letter_below(service).filter(|_| !is_said) {
        let figure = figure_of_letter(reader, letter);
        if figure.is_some() || letter != 's' {
            if figure.is_none() {
                lacks_letter(reader, group, service, letter);
            }
            return figure;
        }
    }
    if let [only] = fitting(reader, group, service)[..]
        && (is_said || !may_be_of_weighed(reader, only))
    {
        return Some(only.figure.clone());
    }
    let candidates = candidates(reader, group);
    let headings: Vec<String> = candidates.iter().map(|shared| format!("\"{}\"", shared.heading)).collect();
    let message = format!(
        "{service} tidak mempunyai kolom Sasaran sendiri, dan tidak jelas sasaran mana yang dipakai ({}); tulis kolom Sasaran dan Capaian di bawah judul {service}, lalu impor lagi",
        headings.join(", ")
    );
    reader.error(group.place, IssueCode::MissingValue, message);
    offer(reader, group.place);
    None
}

/// Reports whether S is not the only one of whom an indicator beside S and D may be: of those weighed, too.
fn may_be_of_weighed(reader: &Reader<'_>, shared: &Shared) -> bool {
    letter_of(&shared.heading) == Some('s') && figure_of_letter(reader, 'd').is_some()
}

/// Offers to say which denominator serves which indicator: of those of the table that have none of their own.
pub(super) fn offer(reader: &mut Reader<'_>, place: CellRef) {
    let table = reader.table;
    let Layout::Groups(groups) = &table.heading.layout else { return };
    let mut parts: Vec<OfferPart> = Vec::new();
    for group in groups.iter().filter(|group| group.denominator.is_none() && !group.served_by.is_empty()) {
        let context = reader.context;
        let known = context.service(&group.heading).or_else(|| context.service_of_words(&group.heading));
        let Some(code) = known.filter(|code| !parts.iter().any(|known| known.name == **code)) else { continue };
        let found = match fitting(reader, group, code)[..] {
            [only] => as_side(&only.heading),
            _ => String::new(),
        };
        parts.push(part(code, code.to_owned(), &found));
    }
    let choices = table.heading.shared.iter().map(|shared| denominator(&shared.heading)).collect();
    reader.offer(place, WordSort::Denominators.offer_pairs(parts, choices));
}

/// Says which denominator serves which indicators.
pub(super) fn tell_served(reader: &mut Reader<'_>, served: &[(String, String)]) {
    for shared in &reader.table.heading.shared {
        let codes: Vec<&str> =
            served.iter().filter(|(heading, _)| *heading == shared.heading).map(|(_, code)| code.as_str()).collect();
        let codes: Vec<&str> =
            codes.iter().enumerate().filter(|(at, code)| !codes[..*at].contains(code)).map(|(_, code)| *code).collect();
        if codes.is_empty() {
            continue;
        }
        let message = format!(
            "kolom \"{}\" dibaca sebagai sasaran {}; bila bukan, tulis kolom Sasaran tersendiri di bawah judul setiap indikator",
            shared.heading,
            codes.join(", ")
        );
        reader.reading(shared.place, message);
    }
    if reader.table.heading.shared.len() > 1
        && let Some((first, _)) = served.first()
        && let Some(place) = reader.table.heading.shared.iter().find(|shared| shared.heading == *first)
    {
        offer(reader, place.place);
    }
}
