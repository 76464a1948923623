//! Papers that go with mails: shared out among as many mails as servers take, and read again, unchanged, when one is
//! sent. Knows no mail server.

use std::fs;
use std::path::Path;

use super::JobError;
use crate::domain::FileFormat;
use crate::store::{Artefact, sha256};

/// Bytes of the papers of one mail: servers take 25 million of a whole mail, and what is attached grows by a third.
const MAIL_BYTES_MAX: u64 = 15 << 20;
/// Papers of one mail: more of them nobody finds their way in.
const MAIL_FILES_MAX: usize = 40;
/// Mails of one run: what is beyond them is named, and lies in `laporan/`.
const MAILS_MAX: usize = 10;

/// Papers of a run, shared out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parcels {
    /// Papers of each mail, in their order; none is empty.
    pub mails: Vec<Vec<Artefact>>,
    /// Papers that are too large for a mail, or beyond the last one.
    pub left: Vec<Artefact>,
}

impl Parcels {
    /// Shares papers out in their order.
    pub fn of_papers(papers: Vec<Artefact>) -> Self {
        let mut parcels = Self::default();
        let mut bytes = 0;
        for paper in papers {
            if paper.size > MAIL_BYTES_MAX {
                parcels.left.push(paper);
                continue;
            }
            let fits = |mail: &&mut Vec<Artefact>| mail.len() < MAIL_FILES_MAX && bytes + paper.size <= MAIL_BYTES_MAX;
            if let Some(mail) = parcels.mails.last_mut().filter(fits) {
                bytes += paper.size;
                mail.push(paper);
            } else if parcels.mails.len() < MAILS_MAX {
                bytes = paper.size;
                parcels.mails.push(vec![paper]);
            } else {
                parcels.left.push(paper);
            }
        }
        parcels
    }
}

/// A paper as it is attached.
#[derive(Debug)]
pub struct MailAttachment {
    /// Name without folders.
    pub name: String,
    /// Media type by its ending.
    pub media_type: &'static str,
    /// Bytes, which are those that the run made.
    pub bytes: Vec<u8>,
}

/// Papers of one mail, read.
#[derive(Debug, Default)]
pub struct Attached {
    /// Papers that are as the run made them.
    pub files: Vec<MailAttachment>,
    /// Lines about those that are not there any more, or were changed; blank where there are none.
    pub missing: String,
}

impl Attached {
    /// Reads them below the data folder. One that is gone or was changed is not sent, and told.
    pub fn read(data: &Path, papers: &[Artefact]) -> Result<Self, JobError> {
        let mut attached = Self::default();
        for paper in papers {
            let why = match fs::read(data.join(&paper.path)) {
                Ok(bytes) if sha256(&bytes) == paper.sha256 => {
                    let (_, name) = paper.path.rsplit_once('/').unwrap_or(("", &paper.path));
                    attached.files.push(MailAttachment { name: name.to_owned(), media_type: media_type(name), bytes });
                    continue;
                }
                Ok(_) => "isinya diubah sesudah dibuat",
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => "berkasnya tidak ada lagi",
                Err(error) => return Err(error.into()),
            };
            attached.missing.extend([format!("Tidak dilampirkan: {} ({why}).\r\n", paper.path)]);
        }
        Ok(attached)
    }
}

/// Media type of a paper by the ending of its name; bytes where it is none of the formats of papers.
fn media_type(name: &str) -> &'static str {
    let is_of = |format: &&FileFormat| name.rsplit_once('.').is_some_and(|(_, ending)| ending == format.ending());
    FileFormat::ALL.iter().find(is_of).map_or("application/octet-stream", |format| format.media_type())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(name: &str, size: u64) -> Artefact {
        Artefact { path: format!("laporan/{name}"), size, sha256: sha256(name.as_bytes()) }
    }

    #[test]
    fn a_mail_holds_what_servers_take_and_every_paper_is_in_one_or_named() {
        let mega = 1 << 20;
        let shared =
            Parcels::of_papers(vec![paper("a", 9 * mega), paper("b", 16 * mega), paper("c", 6 * mega), paper("d", 1)]);
        let names: Vec<Vec<_>> =
            shared.mails.iter().map(|mail| mail.iter().map(|paper| paper.path.as_str()).collect()).collect();
        assert_eq!(names, [vec!["laporan/a", "laporan/c"], vec!["laporan/d"]]);
        assert_eq!(shared.left, [paper("b", 16 * mega)]);

        let many: Vec<_> = (0..MAIL_FILES_MAX * MAILS_MAX + 3).map(|number| paper(&number.to_string(), 1)).collect();
        let shared = Parcels::of_papers(many);
        assert_eq!(shared.mails.iter().map(Vec::len).collect::<Vec<_>>(), [MAIL_FILES_MAX; MAILS_MAX]);
        assert_eq!(shared.left.len(), 3);
        assert_eq!(Parcels::of_papers(Vec::new()), Parcels::default());
    }

    #[test]
    fn only_what_is_as_it_was_made_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("laporan")).unwrap();
        fs::write(folder.path().join("laporan/a.pdf"), "a.pdf").unwrap();
        fs::write(folder.path().join("laporan/b.docx"), "lain").unwrap();
        let papers = [paper("a.pdf", 5), paper("b.docx", 6), paper("c.xlsx", 6)];
        let attached = Attached::read(folder.path(), &papers).unwrap();
        let sent: Vec<_> = attached.files.iter().map(|file| (file.name.as_str(), file.media_type)).collect();
        assert_eq!(sent, [("a.pdf", "application/pdf")]);
        assert_eq!(
            attached.missing,
            "Tidak dilampirkan: laporan/b.docx (isinya diubah sesudah dibuat).\r\n\
             Tidak dilampirkan: laporan/c.xlsx (berkasnya tidak ada lagi).\r\n"
        );
    }
}
