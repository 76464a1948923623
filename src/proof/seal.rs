//! The seal of one file: what its reader found when it was written, signed together with the paper's claim, and the pieces
//! themselves, so that whoever opens the file elsewhere can say which figure is another.

use std::fmt;
use std::str::FromStr;

use super::key::SIGNATURE_BYTES;
use super::{DIGEST_BYTES, InstallationKey, PublicKey, ReadPiece, Reading, SignedClaim, alphabet};

/// Names of the properties of office files that hold claim and seal.
pub const CLAIM_PROPERTY: &str = "Simpul surat";
/// See [`CLAIM_PROPERTY`].
pub const SEAL_PROPERTY: &str = "Simpul berkas";
/// Words before every seal.
const HEAD: [&str; 2] = ["SIMPUL-BERKAS", "1"];
/// Start of a line with a picture's piece, and of one with a text's.
const DRAWING: &str = "g\t";
const WORDS: &str = "k\t";

/// Digests of what a file says, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSeal {
    format: String,
    digests: [[u8; DIGEST_BYTES]; 2],
    signature: [u8; SIGNATURE_BYTES],
}

impl FileSeal {
    /// Seals what was read of a file of this format (`PDF`).
    pub fn new(format: &str, reading: &Reading, claim: &SignedClaim, key: &InstallationKey) -> Self {
        let digests = reading.digests();
        let signature = key.sign(&message(format, &digests, claim));
        Self { format: format.to_owned(), digests, signature }
    }

    /// Reports whether that key sealed it together with this claim, as a file of this format.
    pub fn is_signed_by(&self, key: &PublicKey, claim: &SignedClaim, format: &str) -> bool {
        self.format == format && key.has_signed(&message(&self.format, &self.digests, claim), &self.signature)
    }

    /// Reports whether these are the texts that were sealed.
    pub fn holds_words(&self, reading: &Reading) -> bool {
        self.digests[0] == reading.digests()[0]
    }

    /// Reports whether these are the pictures that were sealed.
    pub fn holds_drawings(&self, reading: &Reading) -> bool {
        self.digests[1] == reading.digests()[1]
    }
}

fn message(format: &str, digests: &[[u8; DIGEST_BYTES]; 2], claim: &SignedClaim) -> String {
    format!("{} {claim}", head(format, digests))
}

fn head(format: &str, digests: &[[u8; DIGEST_BYTES]; 2]) -> String {
    let [word, version] = HEAD;
    let [words, drawings] = digests.map(|digest| alphabet::spelled(&digest));
    format!("{word} {version} {format} {words} {drawings}")
}

impl fmt::Display for FileSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", head(&self.format, &self.digests), alphabet::spelled(&self.signature))
    }
}

impl FromStr for FileSeal {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let &[word, version, format, said, drawn, signature] = words.as_slice() else { return Err(()) };
        if [word, version] != HEAD {
            return Err(());
        }
        let digests = [alphabet::read(said).ok_or(())?, alphabet::read(drawn).ok_or(())?];
        Ok(Self { format: format.to_owned(), digests, signature: alphabet::read(signature).ok_or(())? })
    }
}

/// PaperClaim, seal and pieces of a file as they lie in it: one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealedText {
    /// Text of the claim.
    pub claim: String,
    /// Text of the seal.
    pub seal: String,
    /// Content of the file when it was written, where it still tells; only the seal says that it is true.
    pub reading: Option<Reading>,
}

impl SealedText {
    /// Writes it, a line each.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.claim, self.seal);
        let mut line = |start: &str, piece: &ReadPiece| {
            text.push_str(start);
            text.push_str(&piece.place.replace(['\t', '\n'], " "));
            text.push('\t');
            text.push_str(&piece.text);
            text.push('\n');
        };
        let reading = self.reading.clone().unwrap_or_default();
        reading.words.iter().for_each(|piece| line(WORDS, piece));
        reading.drawings.iter().for_each(|piece| line(DRAWING, piece));
        text
    }

    /// Reads such a text.
    pub fn from_text(text: &str) -> Self {
        let mut lines = text.lines();
        let claim = lines.next().unwrap_or_default().to_owned();
        let seal = lines.next().unwrap_or_default().to_owned();
        let mut reading = Reading::default();
        for line in lines {
            let list = if line.starts_with(WORDS) { &mut reading.words } else { &mut reading.drawings };
            let piece = line.get(2..).and_then(|piece| piece.split_once('\t'));
            list.extend(piece.map(|(place, text)| ReadPiece { place: place.to_owned(), text: text.to_owned() }));
        }
        Self { claim, seal, reading: Some(reading) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::{PaperClaim, SECRET_BYTES};

    #[test]
    fn a_seal_is_of_one_reading_one_claim_and_one_format() {
        let key = InstallationKey::from_secret(&[7; SECRET_BYTES]);
        let claim = |snapshot: &str| {
            let claim = PaperClaim {
                kind: "LOKMIN".to_owned(),
                about: String::new(),
                period: "2023-05".parse().unwrap(),
                as_of: "2023-05-31".parse().unwrap(),
                snapshot: snapshot.to_owned(),
                figures: [1; DIGEST_BYTES],
            };
            claim.signed(&key)
        };
        let mut reading = Reading::default();
        reading.say("halaman 1", "Apotek Sehat  81,5");
        reading.draw("halaman 1", b"grafik");
        let seal: FileSeal = FileSeal::new("PDF", &reading, &claim("A"), &key).to_string().parse().unwrap();
        assert!(seal.is_signed_by(&key.public(), &claim("A"), "PDF"));
        assert!(!seal.is_signed_by(&key.public(), &claim("B"), "PDF"));
        assert!(!seal.is_signed_by(&key.public(), &claim("A"), "DOCX"));
        assert!(seal.holds_words(&reading) && seal.holds_drawings(&reading));
        let text = SealedText { claim: claim("A").to_string(), seal: seal.to_string(), reading: Some(reading.clone()) };
        assert_eq!(SealedText::from_text(&text.text()), text);
        reading.words[0].text = "ApotekSehat91,5".to_owned();
        assert!(!seal.holds_words(&reading) && seal.holds_drawings(&reading));
    }
}
