//! The envelope of xls files: a file system in a file, whose streams lie scattered in sectors. Chains that loop,
//! leave the file or end too early cost neither memory without end nor the last rows without a word: what a
//! stream lacks is told beside its bytes.
//!
//! Layout: [MS-CFB] 2.

const SECTOR_MAX: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const ENTRY_BYTES: usize = 128;
/// Streams shorter than this lie in the mini stream, in sectors of their own size.
const MINI_STREAM_BELOW: u64 = 4_096;
const MINI_SECTOR_BYTES: usize = 64;
/// Sorts of directory entries.
const STREAM: u8 = 2;
const ROOT: u8 = 5;

/// Fault of an envelope or one of its streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OleError {
    /// Sectors are missing at the end of the file.
    Truncated,
    /// A chain of sectors runs in circles, or the envelope contradicts itself.
    Broken,
}

/// The bytes of a stream, as many as could be had.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    /// Why they are not all there.
    pub(super) fault: Option<OleError>,
}

pub(super) struct Envelope<'b> {
    bytes: &'b [u8],
    sector_bytes: usize,
    /// For each sector, the next of its chain.
    next: Vec<u32>,
    entries: Vec<DirectoryEntry>,
}

/// An entry of the directory.
struct DirectoryEntry {
    /// In lower case: some writers use capitals.
    name: String,
    sort: u8,
    /// Its neighbours to both sides, and its first child.
    links: [u32; 3],
    start: u32,
    size: u64,
}

impl<'b> Envelope<'b> {
    /// Reads the table of sectors and the directory.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, OleError> {
        let sector_bytes = match bytes.get(30).ok_or(OleError::Truncated)? {
            9 => 512,
            12 => 4_096,
            _ => return Err(OleError::Broken),
        };
        let mut envelope = Self { bytes, sector_bytes, next: Vec::new(), entries: Vec::new() };
        let sectors = bytes.len() / sector_bytes + 1;
        for table in envelope.tables(sectors)?.into_iter().filter(|table| *table < SECTOR_MAX) {
            if envelope.next.len() > sectors + sector_bytes {
                break;
            }
            let table = envelope.sector(table)?;
            envelope.next.extend(numbers(table));
        }
        let directory = envelope.chained(envelope.u32(48)?, None);
        if directory.bytes.len() < ENTRY_BYTES {
            return Err(directory.fault.unwrap_or(OleError::Broken));
        }
        envelope.entries = directory.bytes.chunks_exact(ENTRY_BYTES).map(DirectoryEntry::from_bytes).collect();
        Ok(envelope)
    }

    /// Sectors that hold the table of sectors: 109 in the header, more in a chain of their own.
    fn tables(&self, sectors: usize) -> Result<Vec<u32>, OleError> {
        let mut tables: Vec<u32> = (0..109).map(|place| self.u32(76 + 4 * place)).collect::<Result<_, _>>()?;
        let mut more = self.u32(68)?;
        let mut read = 0;
        while more < SECTOR_MAX {
            read += 1;
            if read > sectors {
                return Err(OleError::Broken);
            }
            let sector = self.sector(more)?;
            if sector.len() < self.sector_bytes {
                return Err(OleError::Truncated);
            }
            tables.extend(numbers(sector));
            more = tables.pop().unwrap_or(END_OF_CHAIN);
        }
        Ok(tables)
    }

    /// Reports whether there is an entry of this name (lower case) anywhere.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// A stream at the top, by its name (lower case). A workbook within a workbook has the same name, deeper.
    pub(super) fn stream(&self, name: &str) -> Option<Stream> {
        let is_it = |entry: &&DirectoryEntry| entry.sort == STREAM && entry.name == name;
        let entry = self.top().into_iter().find(is_it).or_else(|| self.entries.iter().find(is_it))?;
        if entry.size >= MINI_STREAM_BELOW {
            return Some(self.chained(entry.start, Some(entry.size)));
        }
        Some(self.mini_stream(entry))
    }

    /// The entries beside each other below the root.
    fn top(&self) -> Vec<&DirectoryEntry> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.entries.len()];
        let mut open: Vec<u32> = self.root().map(|root| root.links[2]).into_iter().collect();
        while let Some(place) = open.pop() {
            let place = place as usize;
            let Some(entry) = self.entries.get(place).filter(|_| !seen[place]) else { continue };
            seen[place] = true;
            open.extend(&entry.links[..2]);
            found.push(entry);
        }
        found
    }

    fn root(&self) -> Option<&DirectoryEntry> {
        self.entries.iter().find(|entry| entry.sort == ROOT).or(self.entries.first())
    }

    fn mini_stream(&self, entry: &DirectoryEntry) -> Stream {
        let broken = || Stream { bytes: Vec::new(), fault: Some(OleError::Broken) };
        let Some(root) = self.root() else { return broken() };
        let Ok(table) = self.u32(60) else { return broken() };
        let next: Vec<u32> = numbers(&self.chained(table, None).bytes).collect();
        let held = self.chained(root.start, Some(root.size)).bytes;
        let sector = |place: u32| {
            let start = (place as usize).saturating_mul(MINI_SECTOR_BYTES);
            held.get(start..start.saturating_add(MINI_SECTOR_BYTES).min(held.len())).filter(|bytes| !bytes.is_empty())
        };
        gather(&next, entry.start, Some(entry.size), sector)
    }

    /// Gathers a chain of sectors; with a `size`, exactly that many bytes, and the rest is not looked at.
    fn chained(&self, start: u32, size: Option<u64>) -> Stream {
        gather(&self.next, start, size, |place| self.sector(place).ok())
    }

    fn u32(&self, at: usize) -> Result<u32, OleError> {
        let bytes = self.bytes.get(at..at + 4).ok_or(OleError::Truncated)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A sector; the last one of a file may be short.
    fn sector(&self, sector: u32) -> Result<&'b [u8], OleError> {
        let start = (sector as usize).saturating_add(1).saturating_mul(self.sector_bytes);
        let end = start.saturating_add(self.sector_bytes).min(self.bytes.len());
        if start >= end { Err(OleError::Truncated) } else { Ok(&self.bytes[start..end]) }
    }
}

impl DirectoryEntry {
    fn from_bytes(bytes: &[u8]) -> Self {
        let units = bytes[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let letters = char::decode_utf16(units.take_while(|unit| *unit != 0)).filter_map(Result::ok);
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Self {
            name: letters.collect::<String>().to_lowercase(),
            sort: bytes[66],
            links: [number(68), number(72), number(76)],
            start: number(116),
            size: u64::from(number(120)),
        }
    }
}

/// Follows a chain. No sector is taken twice, so that no more is held than the file has.
fn gather<'s>(next: &[u32], start: u32, size: Option<u64>, sector: impl Fn(u32) -> Option<&'s [u8]>) -> Stream {
    let mut bytes = Vec::new();
    let mut place = start;
    let mut taken = 0;
    let lacks = |bytes: &[u8]| size.is_none_or(|size| (bytes.len() as u64) < size);
    let mut fault = None;
    while place < SECTOR_MAX && lacks(&bytes) {
        taken += 1;
        let Some(held) = sector(place) else {
            fault = Some(OleError::Truncated);
            break;
        };
        let Some(follower) = next.get(place as usize) else {
            fault = Some(OleError::Broken);
            break;
        };
        if taken > next.len() {
            fault = Some(OleError::Broken);
            break;
        }
        bytes.extend_from_slice(held);
        place = *follower;
    }
    if let Some(size) = size {
        if lacks(&bytes) {
            fault = fault.or(Some(OleError::Truncated));
        }
        bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    }
    Stream { bytes, fault }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
