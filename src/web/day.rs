//! Days as people type them into addresses and forms: `12 Mei 2023`, `12/5/2023`, `12-5-2023`, `2023-05-12`. Knows no
//! page; the spellings are those of cells.

use super::error::{PageError, WrongField};
use super::query::Query;
use crate::app::typed_day;
use crate::domain::Date;

/// Field of a day in an address.
#[derive(Clone, Copy, Debug)]
pub struct DayField {
    /// Name in the address.
    pub name: &'static str,
    /// Words above it.
    pub label: &'static str,
}

impl DayField {
    /// The day of an address; `None` where it names none, refused with the field where it is no day.
    pub fn chosen_in(self, query: &Query) -> Result<Option<Date>, PageError> {
        let Some(typed) = query.get(self.name) else { return Ok(None) };
        read(typed).map(Some).map_err(|fault| {
            let rest = query.except(&[self.name]);
            let typed = typed.to_owned();
            PageError::WrongField(Box::new(WrongField { label: self.label, name: self.name, typed, fault, rest }))
        })
    }
}

/// The day that a text names, or two sentences about what is wrong with it.
pub fn read(typed: &str) -> Result<Date, String> {
    typed_day(typed).ok_or_else(|| {
        format!("Tanggal “{typed}” tidak dikenal. Tulis misalnya 12 Mei 2023, 12/5/2023, atau 2023-05-12.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_indonesian_order() {
        let day = "2023-05-12".parse().ok();
        for typed in
            ["12 Mei 2023", "12/5/2023", "12-5-2023", "2023-05-12", "12.05.2023", "12 mei 23", "Jumat, 12 Mei 2023"]
        {
            assert_eq!(read(typed).ok(), day, "{typed}");
        }
    }

    #[test]
    fn what_is_no_whole_day_is_refused() {
        for typed in ["31/2/2023", "5/13/2023", "12/5", "Mei 2023", "3 s/d 4 Juni 2023", "12/5/0023", "besok", "2023"] {
            let fault = read(typed).unwrap_err();
            assert!(fault.starts_with(&format!("Tanggal “{typed}” tidak dikenal. Tulis misalnya ")), "{fault}");
        }
    }

    #[test]
    fn the_rest_of_an_address_comes_with_its_wrong_field() {
        let pairs = [("periode", "2023-C2"), ("per", "31/2/2023")];
        let query = Query::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let Err(PageError::WrongField(wrong)) = (DayField { name: "per", label: "Per" }).chosen_in(&query) else {
            panic!("it is no day");
        };
        assert_eq!(wrong.rest, [("periode".to_owned(), "2023-C2".to_owned())]);
        assert_eq!(wrong.typed, "31/2/2023");
    }
}
