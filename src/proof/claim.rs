//! Claim of a paper about itself, as the text of its QR code: a line of words that a phone shows without network.

use std::fmt;
use std::str::FromStr;

use super::key::SIGNATURE_BYTES;
use super::{DIGEST_BYTES, InstallationKey, PublicKey, alphabet};
use crate::domain::{Date, Period};

/// Words before every claim: what it is, and the version of its form.
const HEAD: [&str; 2] = ["SIMPUL-SURAT", "1"];
/// Words of a claim before the name.
const WORDS: usize = 9;
/// Letters of a name that a code holds: more would make its squares too small for a printer.
const NAME_LETTERS_MAX: usize = 40;
/// Letters of the short code, in two groups.
const CODE_LETTERS: usize = 8;
/// Letters of a snapshot's id and of a kind at most, in a text from outside.
const WORD_LETTERS_MAX: usize = 24;

/// Paper, period, day, snapshot and figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperClaim {
    /// Code of the paper, in capitals (`EVALUASI`).
    pub kind: String,
    /// Puskesmas or cluster in capitals; blank for all Puskesmas together.
    pub about: String,
    /// Period that it is about.
    pub period: Period,
    /// Day that the data shows.
    pub as_of: Date,
    /// Id of the snapshot.
    pub snapshot: String,
    /// Digest of the paper's figures.
    pub figures: [u8; DIGEST_BYTES],
}

/// The letters that a QR code holds most tightly: capitals, figures and a few signs.
pub fn claim_words(text: &str) -> String {
    let fits = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || "-./:".contains(letter);
    let text: String = text.to_uppercase().chars().map(|letter| if fits(letter) { letter } else { ' ' }).collect();
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.len() + word.len() + usize::from(!short.is_empty()) > NAME_LETTERS_MAX {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

impl PaperClaim {
    /// Signs the claim.
    pub fn signed(self, key: &InstallationKey) -> SignedClaim {
        let key_id = key.public().id();
        let signature = key.sign(&message(&self, &key_id));
        SignedClaim { claim: self, key_id, signature }
    }

    /// The short code that people compare: the beginning of the digest.
    pub fn code(&self) -> String {
        let letters: String = alphabet::spelled(&self.figures).chars().take(CODE_LETTERS).collect();
        let (one, other) = letters.split_at(CODE_LETTERS / 2);
        format!("{one}-{other}")
    }
}

fn message(claim: &PaperClaim, key_id: &str) -> String {
    let PaperClaim { kind, about, period, as_of, snapshot, figures } = claim;
    let [word, version] = HEAD;
    let figures = alphabet::spelled(figures);
    let period = period.to_string().to_uppercase();
    format!("{word} {version} {kind} {period} {as_of} {snapshot} {key_id} {figures} {about}")
}

/// A claim with the signature of an installation; nothing says yet whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedClaim {
    /// The claim itself.
    pub claim: PaperClaim,
    /// Id of the key that is said to have signed.
    pub key_id: String,
    signature: [u8; SIGNATURE_BYTES],
}

impl SignedClaim {
    /// Reports whether that key signed it.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.id() == self.key_id && key.has_signed(&message(&self.claim, &self.key_id), &self.signature)
    }
}

impl fmt::Display for SignedClaim {
    /// The text of the code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PaperClaim { kind, about, period, as_of, snapshot, figures } = &self.claim;
        let [word, version] = HEAD;
        let period = period.to_string().to_uppercase();
        let figures = alphabet::spelled(figures);
        let signature = alphabet::spelled(&self.signature);
        let text = format!(
            "{word} {version} {kind} {period} {as_of} {snapshot} {} {figures} {signature} {about}",
            self.key_id
        );
        f.write_str(text.trim_end())
    }
}

/// Reason for which a text is no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimFault {
    /// It is another text.
    #[error("teks ini bukan kode surat Simpul; kode surat dimulai dengan {}", HEAD[0])]
    NoClaim,
    /// It is of a later version.
    #[error("kode surat ini dibuat Simpul yang lebih baru; pasang Simpul yang terbaru lalu periksa lagi")]
    TooNew,
    /// A part is missing or mistyped.
    #[error("kode surat ini tidak lengkap atau salah ketik; salin seluruh teksnya, dari {} sampai nama Puskesmas", HEAD[0])]
    Broken,
}

impl FromStr for SignedClaim {
    type Err = ClaimFault;

    fn from_str(text: &str) -> Result<Self, ClaimFault> {
        let text = text.to_uppercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.first() != Some(&HEAD[0]) {
            return Err(ClaimFault::NoClaim);
        }
        match words.get(1) {
            Some(version) if *version == HEAD[1] => {}
            Some(version) if version.bytes().all(|letter| letter.is_ascii_digit()) => return Err(ClaimFault::TooNew),
            _ => return Err(ClaimFault::Broken),
        }
        let fields = words.get(2..WORDS).ok_or(ClaimFault::Broken)?;
        let &[kind, period, as_of, snapshot, key_id, figures, signature] = fields else {
            return Err(ClaimFault::Broken);
        };
        if [kind, snapshot, key_id].iter().any(|word| word.len() > WORD_LETTERS_MAX) {
            return Err(ClaimFault::Broken);
        }
        let about = claim_words(&words[WORDS..].join(" "));
        Ok(Self {
            claim: PaperClaim {
                kind: kind.to_owned(),
                about,
                period: period.parse().map_err(|_error| ClaimFault::Broken)?,
                as_of: as_of.parse().map_err(|_error| ClaimFault::Broken)?,
                snapshot: snapshot.to_owned(),
                figures: alphabet::read(figures).ok_or(ClaimFault::Broken)?,
            },
            key_id: key_id.to_owned(),
            signature: alphabet::read(signature).ok_or(ClaimFault::Broken)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::SECRET_BYTES;

    fn claim() -> PaperClaim {
        PaperClaim {
            kind: "EVALUASI".to_owned(),
            about: claim_words("UPT Puskesmas Abcdé (induk) & jejaring yang sangat panjang namanya"),
            period: "2023-C2".parse().unwrap(),
            as_of: "2023-08-31".parse().unwrap(),
            snapshot: "0123ABCDEF".to_owned(),
            figures: [9; DIGEST_BYTES],
        }
    }

    #[test]
    fn words_of_a_code_are_bounded() {
        let name = "A".repeat(NAME_LETTERS_MAX);
        assert_eq!(claim_words(&name), name);
        assert_eq!(claim_words(&format!("{name}A")), "", "a word that does not fit is left out whole");
        assert_eq!(claim_words(&format!("PKM {name}")), "PKM");
        let text = |snapshot: String| {
            let claim = PaperClaim { snapshot, ..claim() };
            claim.signed(&InstallationKey::from_secret(&[7; SECRET_BYTES])).to_string()
        };
        assert!(text("A".repeat(WORD_LETTERS_MAX)).parse::<SignedClaim>().is_ok());
        assert!(matches!(text("A".repeat(WORD_LETTERS_MAX + 1)).parse::<SignedClaim>(), Err(ClaimFault::Broken)));
    }

    #[test]
    fn the_text_of_a_code_comes_back_and_every_changed_word_is_found() {
        let key = InstallationKey::from_secret(&[7; SECRET_BYTES]);
        let signed = claim().signed(&key);
        let text = signed.to_string();
        assert!(text.len() < 262, "{} letters: a larger code than planned", text.len());
        let read: SignedClaim = format!(" {} ", text.replace(' ', "\n").to_lowercase()).parse().unwrap();
        assert_eq!(read, signed);
        assert!(read.is_signed_by(&key.public()));
        for (from, to) in [("EVALUASI", "LOKMIN"), ("2023-C2", "2023-C1"), ("08-31", "08-30"), ("0123AB", "0123AC")] {
            let other: SignedClaim = text.replacen(from, to, 1).parse().unwrap();
            assert!(!other.is_signed_by(&key.public()), "{from}");
        }
        let other: SignedClaim = text.replace("PUSKESMAS", "PUSKESMOS").parse().unwrap();
        assert!(!other.is_signed_by(&key.public()));
    }

    #[test]
    fn another_text_is_told_from_a_torn_one() {
        let text = claim().signed(&InstallationKey::from_secret(&[7; SECRET_BYTES])).to_string();
        let fault = |text: &str| text.parse::<SignedClaim>().unwrap_err();
        assert_eq!(fault("https://contoh.example"), ClaimFault::NoClaim);
        assert_eq!(fault(&text.replace("SURAT 1", "SURAT 2")), ClaimFault::TooNew);
        assert_eq!(fault(&text[..150]), ClaimFault::Broken);
        assert_eq!(fault(&text.replace("2023-08-31", "2023-08-41")), ClaimFault::Broken);
    }

    #[test]
    fn the_short_code_is_the_beginning_of_the_digest() {
        assert_eq!(claim().code().len(), 9);
        assert_eq!(claim_words("Puskesmas “Sehat”"), "PUSKESMAS SEHAT");
    }
}
