//! The envelope of xls files, looked at before the parser sees it: chains of sectors that loop, leave the
//! file or end too early would cost memory without end or lose the last rows without a word.
//!
//! Layout: [MS-CFB] 2.

const SECTOR_MAX: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const ENTRY_BYTES: usize = 128;
/// Streams shorter than this lie in the mini stream.
const MINI_STREAM_BELOW: u64 = 4_096;

/// Why an envelope cannot hold a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Sectors are missing at the end of the file.
    Truncated,
    /// A chain of sectors runs in circles, or the envelope contradicts itself.
    Broken,
}

/// Whether the stream of the workbook is all there.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let envelope = Envelope::open(bytes)?;
    let entries = envelope.chain(envelope.u32(48)?, None)?;
    let mut root = None;
    let mut book = None;
    for sector in entries {
        for entry in envelope.sector(sector)?.chunks_exact(ENTRY_BYTES) {
            let entry = Entry::of(entry);
            match entry.name.to_lowercase().as_str() {
                "root entry" if root.is_none() => root = Some(entry),
                "workbook" | "book" => book = book.or(Some(entry)),
                _ => {}
            }
        }
    }
    let book = book.ok_or(Fault::Broken)?;
    if book.size >= MINI_STREAM_BELOW {
        return envelope.chain(book.start, Some(book.size)).map(drop);
    }
    // A tiny workbook lies in the mini stream, which is the root's.
    let root = root.ok_or(Fault::Broken)?;
    envelope.chain(envelope.u32(60)?, None)?;
    envelope.chain(root.start, Some(root.size)).map(drop)
}

/// An entry of the directory.
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl Entry {
    fn of(bytes: &[u8]) -> Self {
        let units = bytes[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let name = char::decode_utf16(units.take_while(|unit| *unit != 0)).filter_map(Result::ok).collect();
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Self { name, start: number(116), size: u64::from(number(120)) }
    }
}

struct Envelope<'b> {
    bytes: &'b [u8],
    sector_bytes: usize,
    /// For each sector, the next of its chain.
    next: Vec<u32>,
}

impl<'b> Envelope<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let shift = bytes.get(30).copied().ok_or(Fault::Truncated)?;
        let sector_bytes = match shift {
            9 => 512,
            12 => 4_096,
            _ => return Err(Fault::Broken),
        };
        let mut envelope = Self { bytes, sector_bytes, next: Vec::new() };
        let sectors = bytes.len() / sector_bytes + 1;
        let mut tables: Vec<u32> = (0..109).map(|place| envelope.u32(76 + 4 * place)).collect::<Result<_, _>>()?;
        let mut more = envelope.u32(68)?;
        let mut read = 0;
        while more < SECTOR_MAX {
            read += 1;
            if read > sectors {
                return Err(Fault::Broken);
            }
            let sector = envelope.sector(more)?;
            if sector.len() < sector_bytes {
                return Err(Fault::Truncated);
            }
            tables.extend(numbers(sector));
            more = tables.pop().unwrap_or(END_OF_CHAIN);
        }
        for table in tables.into_iter().filter(|table| *table < SECTOR_MAX) {
            if envelope.next.len() > sectors + sector_bytes {
                break;
            }
            let table = envelope.sector(table)?;
            envelope.next.extend(numbers(table));
        }
        Ok(envelope)
    }

    fn u32(&self, at: usize) -> Result<u32, Fault> {
        let bytes = self.bytes.get(at..at + 4).ok_or(Fault::Truncated)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A sector; the last one of a file may be short.
    fn sector(&self, sector: u32) -> Result<&'b [u8], Fault> {
        let start = (sector as usize).saturating_add(1).saturating_mul(self.sector_bytes);
        let end = start.saturating_add(self.sector_bytes).min(self.bytes.len());
        if start >= end { Err(Fault::Truncated) } else { Ok(&self.bytes[start..end]) }
    }

    /// The sectors of a chain. With a `size`, it must hold that many bytes; the rest of it is not looked at.
    fn chain(&self, start: u32, size: Option<u64>) -> Result<Vec<u32>, Fault> {
        let mut sectors = Vec::new();
        let mut held = 0_u64;
        let mut sector = start;
        while sector < SECTOR_MAX && size.is_none_or(|size| held < size) {
            if sectors.len() > self.next.len() {
                return Err(Fault::Broken);
            }
            held += self.sector(sector)?.len() as u64;
            sectors.push(sector);
            sector = *self.next.get(sector as usize).ok_or(Fault::Broken)?;
        }
        if size.is_some_and(|size| held < size) { Err(Fault::Truncated) } else { Ok(sectors) }
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
