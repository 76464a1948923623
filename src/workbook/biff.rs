//! Records of old binary workbooks (BIFF5 and BIFF8): number, length, bytes; a record that is too long goes on
//! in `CONTINUE` records. Knows strings and cells' heads, not what a workbook is made of.
//!
//! Layouts: [MS-XLS] 2.4 and 2.5.293.

use encoding_rs::{Encoding, WINDOWS_1252};

const CONTINUE: u16 = 0x003C;
/// BOF of BIFF5 and BIFF8; that of older ones has another number.
pub(super) const BEGIN: u16 = 0x0809;

/// Generation of a workbook, which decides the layout of its strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Excel 5 and 95: letters of one byte in a code page.
    Five,
    /// Excel 97 and later: Unicode.
    Eight,
}

impl Version {
    /// Of a BOF record.
    pub(super) fn from_record(begin: &Record<'_>) -> Self {
        if begin.u16(0) == Some(0x0600) { Self::Eight } else { Self::Five }
    }
}

/// One record with what continues it.
pub(super) struct Record<'b> {
    pub(super) number: u16,
    bytes: &'b [u8],
    /// The bytes of each `CONTINUE`.
    more: Vec<&'b [u8]>,
}

impl<'b> Record<'b> {
    /// Its own bytes, without those that continue it.
    pub(super) fn bytes(&self) -> &'b [u8] {
        self.bytes
    }

    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.bytes.get(at..at + 2)?.try_into().ok()?))
    }

    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes.get(at..at + 4)?.try_into().ok()?))
    }

    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.bytes.get(at..at + 8)?.try_into().ok()?))
    }

    /// A reader of its strings, from `at` on.
    pub(super) fn letters(&self, at: usize) -> Letters<'_, 'b> {
        Letters { rest: self.bytes.get(at..).unwrap_or_default(), more: &self.more }
    }
}

/// The records of a stream.
pub(super) struct BiffRecords<'b> {
    stream: &'b [u8],
    at: usize,
}

impl<'b> BiffRecords<'b> {
    pub(super) fn new(stream: &'b [u8], at: usize) -> Self {
        Self { stream, at }
    }

    fn read_record(&mut self) -> Option<(u16, &'b [u8])> {
        let head = self.stream.get(self.at..self.at.checked_add(4)?)?;
        let number = u16::from_le_bytes([head[0], head[1]]);
        let length = u16::from_le_bytes([head[2], head[3]]);
        let bytes = self.stream.get(self.at + 4..self.at + 4 + usize::from(length))?;
        self.at += 4 + usize::from(length);
        Some((number, bytes))
    }
}

impl<'b> Iterator for BiffRecords<'b> {
    type Item = Record<'b>;

    /// The next record; none where the stream ends, in the middle of a record or after one.
    fn next(&mut self) -> Option<Record<'b>> {
        let (number, bytes) = self.read_record()?;
        let mut more = Vec::new();
        loop {
            let before = self.at;
            let Some((CONTINUE, piece)) = self.read_record() else {
                self.at = before;
                return Some(Record { number, bytes, more });
            };
            more.push(piece);
        }
    }
}

/// The letters of one byte: code pages of Windows and of the Macintosh.
#[derive(Clone, Copy)]
pub(super) struct CodePage {
    encoding: &'static Encoding,
    /// Not stated, or not one that can be decoded.
    pub(super) is_guess: bool,
}

impl CodePage {
    /// Code page that is assumed where a workbook states none.
    pub(super) const UNKNOWN: Self = Self { encoding: WINDOWS_1252, is_guess: true };

    /// Of the number in a `CODEPAGE` record.
    pub(super) fn from_number(number: u16) -> Self {
        let label = match number {
            367 | 1_200 | 32_769 => "windows-1252".to_owned(),
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10_000 | 32_768 => "macintosh".to_owned(),
            10_007 => "x-mac-cyrillic".to_owned(),
            65_001 => "utf-8".to_owned(),
            other => format!("windows-{other}"),
        };
        let known = Encoding::for_label(label.as_bytes());
        known.map_or(Self::UNKNOWN, |encoding| Self { encoding, is_guess: false })
    }

    fn decode(self, bytes: &[u8]) -> String {
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Bytes in which a string's length is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LengthBytes {
    /// One.
    Byte,
    /// Two.
    Word,
}

/// Reads strings of a record, on into what continues it.
pub(super) struct Letters<'r, 'b> {
    /// Unread bytes of the record at hand.
    rest: &'b [u8],
    more: &'r [&'b [u8]],
}

impl Letters<'_, '_> {
    /// A string of `version`; none where the record ends before it does.
    pub(super) fn text(&mut self, version: Version, counted: LengthBytes, page: CodePage) -> Option<String> {
        let length = match counted {
            LengthBytes::Byte => usize::from(self.byte()?),
            LengthBytes::Word => usize::from(self.u16()?),
        };
        if version == Version::Eight {
            return self.unicode(length);
        }
        let mut bytes = Vec::with_capacity(length);
        for _ in 0..length {
            bytes.push(self.byte()?);
        }
        Some(page.decode(&bytes))
    }

    /// Flags, letters of one or two bytes, and behind them runs of formats and what tells the pronunciation,
    /// which are no part of the text. Where the letters go on in another record, new flags come first.
    fn unicode(&mut self, length: usize) -> Option<String> {
        if length == 0 && self.is_at_end() {
            return Some(String::new());
        }
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { u64::from(self.u16()?) } else { 0 };
        let spoken = if flags & 4 != 0 { u64::from(self.u16()?) | u64::from(self.u16()?) << 16 } else { 0 };
        let mut is_wide = flags & 1 != 0;
        let mut units = Vec::with_capacity(length);
        while units.len() < length {
            if self.rest.is_empty() {
                self.next_piece()?;
                // An empty piece has no flags either.
                if let Some((flags, rest)) = self.rest.split_first() {
                    is_wide = flags & 1 != 0;
                    self.rest = rest;
                }
                continue;
            }
            units.push(if is_wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        self.skip(runs * 4 + spoken);
        Some(char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')).collect())
    }

    fn is_at_end(&self) -> bool {
        self.rest.is_empty() && self.more.iter().all(|piece| piece.is_empty())
    }

    fn next_piece(&mut self) -> Option<()> {
        let (piece, more) = self.more.split_first()?;
        (self.rest, self.more) = (*piece, more);
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some((byte, rest)) = self.rest.split_first() {
                self.rest = rest;
                return Some(*byte);
            }
            self.next_piece()?;
        }
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// Skips bytes; past the end there is nothing to skip.
    fn skip(&mut self, count: u64) {
        let mut left = usize::try_from(count).unwrap_or(usize::MAX);
        loop {
            let here = left.min(self.rest.len());
            self.rest = &self.rest[here..];
            left -= here;
            if left == 0 || self.next_piece().is_none() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: u16, bytes: &[u8]) -> Vec<u8> {
        let mut out = number.to_le_bytes().to_vec();
        out.extend(u16::try_from(bytes.len()).unwrap().to_le_bytes());
        out.extend(bytes);
        out
    }

    #[test]
    fn letters_go_on_in_another_record_with_flags_of_their_own() {
        // Five letters: two of one byte, an empty piece, then three of two bytes; runs and pronunciation follow.
        let mut stream = record(0x00FC, &[5, 0, 8 | 4, 1, 0, 2, 0, 0, 0, b'a', b'b']);
        stream.extend(record(CONTINUE, &[]));
        stream.extend(record(CONTINUE, &[1, 0xE9, 0, b'd', 0, b'e', 0, 9, 9, 9, 9, 7]));
        stream.extend(record(CONTINUE, &[7, 1, 0, 0, b'z']));
        let record = BiffRecords::new(&stream, 0).next().unwrap();
        let mut letters = record.letters(0);
        let mut text = || letters.text(Version::Eight, LengthBytes::Word, CodePage::UNKNOWN);
        assert_eq!((text().as_deref(), text().as_deref(), text()), (Some("ab\u{e9}de"), Some("z"), None));
    }

    #[test]
    fn letters_of_a_code_page() {
        let stream = record(0x0204, b"\x03\x00\xCF\xF0\xE8");
        let record = BiffRecords::new(&stream, 0).next().unwrap();
        let text = |page| record.letters(0).text(Version::Five, LengthBytes::Word, page);
        assert_eq!(text(CodePage::from_number(1_251)).as_deref(), Some("При"));
        assert_eq!(text(CodePage::UNKNOWN).as_deref(), Some("Ïðè"));
        assert!(CodePage::from_number(437).is_guess && !CodePage::from_number(1_252).is_guess);
    }
}
