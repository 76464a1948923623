//! Which of several denominators serves an indicator that has none of its own.

use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::recap::heading_figures::People;
use crate::recap::layout::{Figure, Group, Layout, Shared, letter_of};
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

/// The denominator that serves an indicator without its own; where that is not clear, it is said.
pub(super) fn denominator_of(reader: &mut Reader<'_>, group: &Group, service: &str) -> Option<Figure> {
    let table = reader.table;
    // Of N/D the denominator is D, whatever else is called Sasaran.
    let below = service.split_once('/').and_then(|(_, below)| letter_of(below).filter(|_| below.trim().len() == 1));
    if let Some(letter) = below {
        let own = |heading: &str| letter_of(heading) == Some(letter);
        let shared = table.heading.shared.iter().find(|shared| own(&shared.heading)).map(|shared| &shared.figure);
        let counted = || match &table.heading.layout {
            Layout::Groups(groups) => groups.iter().find(|other| own(&other.heading))?.numerator.as_ref(),
            _ => None,
        };
        if let Some(figure) = shared.or_else(counted).cloned() {
            return Some(figure);
        }
        if letter != 's' {
            let message = format!(
                "penyebut {service} adalah {below}, dan tidak ada kolom {below} di tabel ini; tulis kolom Sasaran (berisi {below}) dan Capaian di bawah judul {service}, lalu impor lagi",
                below = letter.to_uppercase()
            );
            reader.error(group.place, IssueCode::MissingValue, message);
            return None;
        }
    }
    let name = reader.context.service_name(service).unwrap_or_default();
    let people = people_of(service, name);
    let candidates: Vec<&Shared> =
        group.served_by.iter().filter_map(|place| table.heading.shared.get(*place)).collect();
    let serves = |shared: &&&Shared| match (shared.people, people) {
        (Some(of), Some(people)) => of.serve(people),
        (None, _) => true,
        (Some(_), None) => candidates.len() == 1,
    };
    let mut fitting: Vec<&Shared> = candidates.iter().filter(serves).copied().collect();
    // Of those of the very people before a wider one.
    let exact: Vec<&Shared> =
        fitting.iter().filter(|shared| shared.people.is_some() && shared.people == people).copied().collect();
    if !exact.is_empty() {
        fitting = exact;
    }
    if let [only] = fitting[..] {
        return Some(only.figure.clone());
    }
    let headings: Vec<String> = candidates.iter().map(|shared| format!("\"{}\"", shared.heading)).collect();
    let message = format!(
        "{service} tidak mempunyai kolom Sasaran sendiri, dan tidak jelas sasaran mana yang dipakai ({}); tulis kolom Sasaran dan Capaian di bawah judul {service}, lalu impor lagi",
        headings.join(", ")
    );
    reader.error(group.place, IssueCode::MissingValue, message);
    None
}
