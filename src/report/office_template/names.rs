//! Names that templates of each kind of paper can use, whatever its data: a list made from a year of sample data and kept
//! beside the code, so that a template is checked before there is data, and a paper without a table of a month is still
//! made. Joined with those of the document at hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fault::TemplateFault;
use super::fields::TemplateFieldKind;
use super::tag::{TagName, name_key};
use crate::report::ReportKind;

/// Kind of paper, kind of field and name, one a line; `SIMPUL_UPDATE_DOCS=1 cargo test template_names` writes it.
const KNOWN: &str = include_str!("names.txt");

/// Names by their key, with the name as it is written and its kind. Names within rows stand behind `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateNames(BTreeMap<String, (String, TemplateFieldKind)>);

impl TemplateNames {
    /// Names of a kind of paper by the list beside the code.
    pub fn known(kind: ReportKind) -> Self {
        let lines = KNOWN.lines().filter_map(|line| {
            let mut words = line.splitn(3, ' ');
            let is_of = words.next()? == kind.code();
            let field = kind_of(words.next()?)?;
            is_of.then_some((words.next()?.to_owned(), field))
        });
        Self::from_pairs(lines)
    }

    pub(super) fn from_pairs(names: impl IntoIterator<Item = (String, TemplateFieldKind)>) -> Self {
        Self(names.into_iter().map(|(name, kind)| (name_key(&name), (name, kind))).collect())
    }

    /// Takes the names of a document in.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Names as written, with their kinds.
    pub fn iter(&self) -> impl Iterator<Item = (&str, TemplateFieldKind)> {
        self.0.values().map(|(name, kind)| (name.as_str(), *kind))
    }

    /// Lines of the list beside the code.
    pub fn lines(&self, kind: ReportKind) -> String {
        let mut lines = String::new();
        for (name, field) in self.iter() {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{} {} {name}", kind.code(), word_of(field));
        }
        lines
    }

    /// The key of a name where rows of `open` (outermost first) stand around it; what is inside goes first.
    pub(super) fn find(&self, open: &[String], name: &TagName) -> Option<(String, TemplateFieldKind)> {
        let within = open.iter().rev().map(|rows| format!("{rows}/{}", name.key));
        let mut keys = within.chain([name.key.clone()]);
        keys.find_map(|key| self.0.get(&key).map(|(_, kind)| (key.clone(), *kind)))
    }

    /// The name, or a fault with the nearest one of this kind.
    pub(super) fn need(
        &self,
        open: &[String],
        name: &TagName,
        wanted: TemplateFieldKind,
    ) -> Result<String, TemplateFault> {
        match self.find(open, name) {
            Some((key, kind)) if kind == wanted => Ok(key),
            Some((_, kind)) => Err(TemplateFault::of_file(
                format!("“{}” bukan {}, melainkan {}", name.words, noun(wanted), noun(kind)),
                format!("tulis {}", usage(kind, &name.words)),
            )),
            None => {
                let advice = match self.nearest(open, name, wanted) {
                    Some(nearest) => format!("mungkin maksudnya {}", usage(wanted, &nearest)),
                    None => "lihat daftar nama yang ada untuk laporan ini".to_owned(),
                };
                Err(TemplateFault::of_file(format!("{} “{}” tidak dikenal", noun(wanted), name.words), advice))
            }
        }
    }

    fn nearest(&self, open: &[String], name: &TagName, wanted: TemplateFieldKind) -> Option<String> {
        let reachable = self.0.iter().filter(|(_, (_, kind))| *kind == wanted).filter_map(|(key, (written, _))| {
            match key.rsplit_once('/') {
                None => Some((key.as_str(), written.as_str())),
                Some((rows, own)) if open.iter().any(|known| known == rows) => {
                    Some((own, written.rsplit_once('/').map_or(written.as_str(), |(_, own)| own)))
                }
                Some(_) => None,
            }
        });
        let all = reachable.map(|(key, written)| (strsim::osa_distance(key, &name.key), written));
        all.min().map(|(_, written)| written.to_owned())
    }
}

fn kind_of(word: &str) -> Option<TemplateFieldKind> {
    [TemplateFieldKind::Value, TemplateFieldKind::Rows, TemplateFieldKind::Picture]
        .into_iter()
        .find(|kind| word_of(*kind) == word)
}

/// Word of a kind in the list.
fn word_of(kind: TemplateFieldKind) -> &'static str {
    match kind {
        TemplateFieldKind::Value => "isian",
        TemplateFieldKind::Rows => "ulang",
        TemplateFieldKind::Picture => "gambar",
    }
}

fn noun(kind: TemplateFieldKind) -> &'static str {
    match kind {
        TemplateFieldKind::Value => "isian",
        TemplateFieldKind::Rows => "daftar",
        TemplateFieldKind::Picture => "gambar",
    }
}

/// A name as a template writes it.
pub fn usage(kind: TemplateFieldKind, name: &str) -> String {
    match kind {
        TemplateFieldKind::Value => format!("{{{{{name}}}}}"),
        TemplateFieldKind::Rows => format!("{{{{ulang: {name}}}}} … {{{{akhir}}}}"),
        TemplateFieldKind::Picture => format!("{{{{gambar: {name}}}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> TemplateNames {
        let pairs = [
            ("puskesmas", TemplateFieldKind::Value),
            ("logo", TemplateFieldKind::Picture),
            ("temuan.tabel", TemplateFieldKind::Rows),
            ("temuan.tabel/nama_faskes", TemplateFieldKind::Value),
        ];
        TemplateNames::from_pairs(pairs.map(|(name, kind)| (name.to_owned(), kind)))
    }

    #[test]
    fn rows_give_their_own_names_first_and_wrong_ones_name_the_nearest() {
        let names = names();
        let tag = TagName::new;
        let open = vec!["temuan.tabel".to_owned()];
        let inside = names.need(&open, &tag("Nama faskes"), TemplateFieldKind::Value).unwrap();
        assert_eq!(inside, "temuan.tabel/namafaskes");
        assert_eq!(names.need(&open, &tag("Puskesmas"), TemplateFieldKind::Value).unwrap(), "puskesmas");
        let said = |open: &[String], name: &str, kind| names.need(open, &tag(name), kind).unwrap_err().to_string();
        assert_eq!(
            said(&[], "puskesmes", TemplateFieldKind::Value),
            "isian “puskesmes” tidak dikenal; mungkin maksudnya {{puskesmas}}"
        );
        // Columns of rows that are not open are no help.
        assert!(said(&[], "nama_faskes", TemplateFieldKind::Value).contains("{{puskesmas}}"));
        assert!(said(&open, "nama_faske", TemplateFieldKind::Value).contains("{{nama_faskes}}"));
        assert_eq!(
            said(&[], "logo", TemplateFieldKind::Value),
            "“logo” bukan isian, melainkan gambar; tulis {{gambar: logo}}"
        );
    }
}
