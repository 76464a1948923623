//! Content of a paper's file as it is read: pieces of text with their places, and its pictures by their digests.

use super::{DIGEST_BYTES, digest};

/// One thing that a reader of a file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPiece {
    /// Where it stands, in words (`halaman 2`, `lembar Evaluasi sel B7`).
    pub place: String,
    /// Its letters, without blanks; of a picture a digest.
    pub text: String,
}

impl ReadPiece {
    /// A text at its place, the letters alone: what breaks lines differs from program to program.
    pub fn new(place: impl Into<String>, text: &str) -> Self {
        let is_letter = |letter: &char| !letter.is_whitespace() && *letter != '\u{200b}';
        let is_fine = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
        let place: String = place.into();
        Self {
            place: place.chars().filter(is_fine).collect(),
            text: text.chars().filter(|letter| is_letter(letter) && is_fine(letter)).collect(),
        }
    }
}

/// All that a reader found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Texts and figures, in the order of reading.
    pub words: Vec<ReadPiece>,
    /// Pictures and drawings.
    pub drawings: Vec<ReadPiece>,
}

impl Reading {
    /// Adds a text; a blank one is none.
    pub fn say(&mut self, place: impl Into<String>, text: &str) {
        let piece = ReadPiece::new(place, text);
        if !piece.text.is_empty() {
            self.words.push(piece);
        }
    }

    /// Adds a picture by its bytes.
    pub fn draw(&mut self, place: impl Into<String>, bytes: &[u8]) {
        use sha2::{Digest, Sha256};
        let text = super::alphabet::spelled(&super::shortened(&Sha256::digest(bytes)));
        self.drawings.push(ReadPiece { place: place.into(), text });
    }

    pub(super) fn digests(&self) -> [[u8; DIGEST_BYTES]; 2] {
        let of = |pieces: &[ReadPiece]| digest(pieces.iter().map(|piece| piece.text.as_str()));
        // Programs number pictures anew when they save: their order says nothing.
        let mut drawings = self.drawings.clone();
        drawings.sort_by(|one, other| one.text.cmp(&other.text));
        [of(&self.words), of(&drawings)]
    }
}
