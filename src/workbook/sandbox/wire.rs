//! Stream of cells from child to parent: a greeting, then blocks of messages as postcard writes them. Both sides are the
//! same program, so there are no versions. Knows no file format.
//!
//! A block is the number of its bytes and as many whole messages as it has room for. Taken apart in memory, the cells of
//! the sheet of 200,000 x 12 take a sixth of the processor time that they took byte by byte from the pipe
//! (`benches/results/2026-11-30-import.md`).

use std::io::{self, Read, Write};
use std::sync::Arc;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::super::intake::{Intake, Seen, Sink};
use super::super::values::ERRORS;
use super::super::{Area, CellMark, CellValue, ColumnWidth, Limits, Notice, OpenError, Visibility};
use crate::domain::Date;
use crate::domain::records::CellRef;

/// First bytes of the child: it is the right program and has started.
const GREETING: &[u8] = b"simpul-cells\n";
/// Bytes of the texts of an order.
const ORDER_BYTES: usize = 1 << 16;
/// Bytes of a block, its length included: as many as a pipe holds. One whose text is longer gets more.
const BLOCK_BYTES: usize = 1 << 16;
/// Bytes in which a block begins with the number of those that follow.
const LENGTH_BYTES: usize = size_of::<u32>();

/// Order that the parent sends before the bytes of the file.
#[derive(Serialize, Deserialize)]
pub(super) struct ReadOrder {
    pub(super) file: String,
    pub(super) limits: Limits,
    /// Bytes of the file that follow.
    pub(super) bytes: u64,
}

impl ReadOrder {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        postcard::to_io(self, out).map(drop).map_err(io::Error::other)
    }

    pub(super) fn read(from: &mut dyn Read) -> io::Result<Self> {
        let mut texts = vec![0; ORDER_BYTES];
        let (order, _rest) = postcard::from_io((from, texts.as_mut_slice())).map_err(io::Error::other)?;
        Ok(order)
    }
}

/// One piece of a workbook on its way. What belongs to a sheet follows it.
#[derive(Serialize, Deserialize)]
enum Message<'m> {
    Sheet {
        name: &'m str,
        visibility: Visibility,
    },
    Cell {
        row: u32,
        column: u32,
        value: Sent<'m>,
    },
    /// Row and column of the first and of the last cell.
    Merge([u32; 4]),
    /// The first and the last.
    HiddenColumns(u32, u32),
    HiddenRows(u32, u32),
    Width(ColumnWidth),
    Mark {
        row: u32,
        column: u32,
        mark: CellMark,
    },
    Notice(Notice),
    CountsFrom1904,
    Refused(OpenError),
    End,
}

/// Content of a cell, on its way.
#[derive(Serialize, Deserialize)]
enum Sent<'m> {
    Text(&'m str),
    /// A text that many cells share, with the first of them; the others name it by its number among those that came.
    FirstOfShared(&'m str),
    Shared(u32),
    Number {
        value: f64,
        percent: bool,
    },
    /// Days from the first of the year 1.
    Date(i32),
    Bool(bool),
    /// By its number among all errors.
    Error(u8),
    NotComputed,
}

/// The child's side: a sink that writes. Its first failure is kept; after it nothing more is written.
pub(super) struct Encoder<W: Write> {
    out: W,
    /// By number in the workbook: how many shared texts had been sent when this one was, it included; 0 where it was not.
    sent: Vec<u32>,
    shared: u32,
    /// The next block, of which the first bytes are `filled`; room for its length included.
    block: Vec<u8>,
    filled: usize,
    failure: Option<io::Error>,
}

impl<W: Write> Encoder<W> {
    pub(super) fn new(mut out: W) -> io::Result<Self> {
        out.write_all(GREETING)?;
        out.flush()?;
        let block = vec![0; BLOCK_BYTES];
        Ok(Self { out, sent: Vec::new(), shared: 0, block, filled: LENGTH_BYTES, failure: None })
    }

    /// Ends the stream with how the reading went.
    pub(super) fn finish(mut self, read: Result<(), OpenError>) -> io::Result<()> {
        self.send(&match read {
            Ok(()) => Message::End,
            Err(error) => Message::Refused(error),
        });
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        self.send_block()?;
        self.out.flush()
    }

    /// The place of a shared text among those that were sent; one that was not is noted as sent with this cell.
    fn sent_before(&mut self, seen: &Seen<'_>) -> Option<u32> {
        let Seen::Shared(_, number) = seen else { return None };
        let number = *number as usize;
        if self.sent.len() <= number {
            self.sent.resize(number + 1, 0);
        }
        let before = self.sent[number].checked_sub(1);
        if before.is_none() {
            self.shared += 1;
            self.sent[number] = self.shared;
        }
        before
    }

    /// Sends a message, with the others of its block.
    fn send(&mut self, message: &Message<'_>) {
        if self.failure.is_none() {
            self.failure = self.try_send(message).err();
        }
    }

    fn try_send(&mut self, message: &Message<'_>) -> io::Result<()> {
        loop {
            let written = postcard::to_slice(message, &mut self.block[self.filled..]).map(|written| written.len());
            match written {
                Ok(bytes) => {
                    self.filled += bytes;
                    return Ok(());
                }
                Err(postcard::Error::SerializeBufferFull) if self.filled > LENGTH_BYTES => self.send_block()?,
                Err(postcard::Error::SerializeBufferFull) => self.block.resize(2 * self.block.len(), 0),
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    fn send_block(&mut self) -> io::Result<()> {
        let bytes = u32::try_from(self.filled - LENGTH_BYTES).map_err(io::Error::other)?;
        self.block[..LENGTH_BYTES].copy_from_slice(&bytes.to_le_bytes());
        self.out.write_all(&self.block[..self.filled])?;
        self.filled = LENGTH_BYTES;
        Ok(())
    }
}

impl<W: Write> Sink for Encoder<W> {
    fn sheet(&mut self, name: &str, visibility: Visibility) {
        self.send(&Message::Sheet { name, visibility });
    }

    fn cell(&mut self, place: CellRef, seen: Seen<'_>) {
        let value = match (self.sent_before(&seen), &seen) {
            (Some(sent), _) => Sent::Shared(sent),
            (None, Seen::Shared(text, _)) => Sent::FirstOfShared(text),
            (None, Seen::Text(text)) => Sent::Text(text),
            (None, Seen::Value(value)) => Sent::from_value(value),
        };
        self.send(&Message::Cell { row: place.row, column: place.column, value });
    }

    fn merge(&mut self, area: Area) {
        let Area { first, last } = area;
        self.send(&Message::Merge([first.row, first.column, last.row, last.column]));
    }

    fn hidden_columns(&mut self, first: u32, last: u32) {
        self.send(&Message::HiddenColumns(first, last));
    }

    fn hidden_rows(&mut self, first: u32, last: u32) {
        self.send(&Message::HiddenRows(first, last));
    }

    fn column_width(&mut self, width: ColumnWidth) {
        self.send(&Message::Width(width));
    }

    fn mark(&mut self, place: CellRef, mark: CellMark) {
        self.send(&Message::Mark { row: place.row, column: place.column, mark });
    }

    fn notice(&mut self, notice: Notice) {
        self.send(&Message::Notice(notice));
    }

    fn counts_from_1904(&mut self) {
        self.send(&Message::CountsFrom1904);
    }
}

impl<'m> Sent<'m> {
    fn from_value(value: &'m CellValue) -> Self {
        match value {
            CellValue::Text(text) => Self::Text(text),
            CellValue::Number { value, percent } => Self::Number { value: *value, percent: *percent },
            CellValue::Date(date) => Self::Date(date.num_days_from_ce()),
            CellValue::Bool(truth) => Self::Bool(*truth),
            CellValue::Error(error) => {
                let number = ERRORS.iter().position(|known| known == error).unwrap_or(0);
                Self::Error(u8::try_from(number).unwrap_or(0))
            }
            CellValue::FormulaNotComputed => Self::NotComputed,
        }
    }
}

/// End of a stream from a child.
#[derive(Debug)]
pub(super) enum StreamEnd {
    /// The whole workbook came.
    Whole,
    /// The child, or this side's own limits, refused the file.
    Refused(OpenError),
    /// The stream broke off or is no such stream.
    Broken {
        /// True if the child had greeted at all.
        greeted: bool,
    },
}

/// The parent's side: reads the stream into an intake, which holds the limits once more.
pub(super) fn receive(mut from: impl Read, intake: &mut Intake<'_>) -> StreamEnd {
    let mut greeting = [0_u8; GREETING.len()];
    if from.read_exact(&mut greeting).is_err() || greeting != GREETING {
        return StreamEnd::Broken { greeted: false };
    }
    // A block is doubled until its text has room.
    let longest = BLOCK_BYTES.max(intake.limits().text_chars.saturating_mul(2 * char::MAX_LEN_UTF8));
    let mut decoder = Decoder { intake, has_sheet: false, shared: Vec::new() };
    let mut block = Vec::new();
    loop {
        if read_block(&mut from, longest, &mut block).is_none() {
            return StreamEnd::Broken { greeted: true };
        }
        match decoder.take_block(&block) {
            Ok(None) => {}
            Ok(Some(received)) => return received,
            Err(WireError::Refused(error)) => return StreamEnd::Refused(error),
            Err(WireError::Broken) => return StreamEnd::Broken { greeted: true },
        }
    }
}

/// Reads the messages of the next block; none where there is no whole one of at most `longest` bytes.
fn read_block(from: &mut impl Read, longest: usize, block: &mut Vec<u8>) -> Option<()> {
    let mut length = [0; LENGTH_BYTES];
    from.read_exact(&mut length).ok()?;
    let length = usize::try_from(u32::from_le_bytes(length)).ok().filter(|length| (1..=longest).contains(length))?;
    block.resize(length, 0);
    from.read_exact(block).ok()
}

struct Decoder<'d, 'i> {
    intake: &'d mut Intake<'i>,
    has_sheet: bool,
    /// Shared texts in the order in which they came: never more than cells.
    shared: Vec<Arc<str>>,
}

enum WireError {
    Broken,
    Refused(OpenError),
}

impl From<OpenError> for WireError {
    fn from(error: OpenError) -> Self {
        Self::Refused(error)
    }
}

impl Decoder<'_, '_> {
    /// Hands the messages of a block on; returns how the stream ended, with its last block.
    fn take_block(&mut self, mut block: &[u8]) -> Result<Option<StreamEnd>, WireError> {
        while !block.is_empty() {
            let (message, rest) = postcard::take_from_bytes(block).map_err(|_garbage| WireError::Broken)?;
            if let Some(end) = self.take(message)? {
                return Ok(Some(end));
            }
            block = rest;
        }
        Ok(None)
    }

    /// Hands a message on; returns how the stream ended, with its last.
    fn take(&mut self, message: Message<'_>) -> Result<Option<StreamEnd>, WireError> {
        match message {
            Message::Sheet { name, visibility } => {
                self.has_sheet = true;
                self.intake.open_sheet(name, visibility)?;
            }
            Message::Notice(notice) => self.intake.notice(notice),
            Message::CountsFrom1904 => self.intake.counts_from_1904(),
            Message::Refused(error) => return Ok(Some(StreamEnd::Refused(error))),
            Message::End => return Ok(Some(StreamEnd::Whole)),
            of_a_sheet if self.has_sheet => self.take_of_sheet(of_a_sheet)?,
            _ => return Err(WireError::Broken),
        }
        Ok(None)
    }

    fn take_of_sheet(&mut self, message: Message<'_>) -> Result<(), WireError> {
        match message {
            Message::Cell { row, column, value } => {
                let seen = match value {
                    Sent::Text(text) => Seen::Text(text),
                    other => Seen::Value(self.value(&other)?),
                };
                self.intake.cell(CellRef { row, column }, seen)?;
            }
            Message::Merge([row, column, last_row, last_column]) => {
                let last = CellRef { row: last_row, column: last_column };
                self.intake.merge(Area { first: CellRef { row, column }, last })?;
            }
            Message::HiddenColumns(first, last) => self.intake.hidden_columns(first, last),
            Message::HiddenRows(first, last) => self.intake.hidden_rows(first, last),
            Message::Width(width) => self.intake.column_width(width),
            Message::Mark { row, column, mark } => self.intake.mark(CellRef { row, column }, mark),
            _ => return Err(WireError::Broken),
        }
        Ok(())
    }

    fn value(&mut self, sent: &Sent<'_>) -> Result<CellValue, WireError> {
        Ok(match sent {
            Sent::Text(text) | Sent::FirstOfShared(text) if text.is_empty() => return Err(WireError::Broken),
            Sent::Text(text) => CellValue::Text(Arc::from(*text)),
            Sent::FirstOfShared(text) => {
                let text: Arc<str> = Arc::from(*text);
                self.shared.push(Arc::clone(&text));
                CellValue::Text(text)
            }
            Sent::Shared(number) => {
                CellValue::Text(self.shared.get(*number as usize).map(Arc::clone).ok_or(WireError::Broken)?)
            }
            Sent::Number { value, percent } => CellValue::Number { value: *value, percent: *percent },
            Sent::Date(days) => CellValue::Date(Date::from_num_days_from_ce_opt(*days).ok_or(WireError::Broken)?),
            Sent::Bool(truth) => CellValue::Bool(*truth),
            Sent::Error(number) => CellValue::Error(ERRORS.get(usize::from(*number)).ok_or(WireError::Broken)?),
            Sent::NotComputed => CellValue::FormulaNotComputed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::FillColour;
    use super::super::super::Workbook;
    use super::super::super::collector::Collector;
    use super::*;
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = CellValue> {
        prop_oneof![
            "\\PC{1,40}".prop_map(|text| CellValue::Text(text.into())),
            (proptest::num::f64::NORMAL, any::<bool>())
                .prop_map(|(value, percent)| CellValue::Number { value, percent }),
            (1_i32..3_000_000).prop_map(|days| CellValue::Date(Date::from_num_days_from_ce_opt(days).unwrap())),
            any::<bool>().prop_map(CellValue::Bool),
            (0..ERRORS.len()).prop_map(|place| CellValue::Error(ERRORS[place])),
            Just(CellValue::FormulaNotComputed),
        ]
    }

    fn fill(sink: &mut dyn Sink, cells: &[(u32, u32, CellValue)]) {
        sink.counts_from_1904();
        sink.sheet("Mei 2023", Visibility::Hidden);
        for (row, column, value) in cells {
            sink.cell(CellRef { row: *row, column: *column }, Seen::Value(value.clone()));
        }
        sink.merge(Area { first: CellRef { row: 1, column: 2 }, last: CellRef { row: 3, column: 400 } });
        sink.hidden_columns(3, 5);
        sink.column_width(ColumnWidth { first: 1, last: 4, width: 2_560 });
        sink.hidden_rows(7, 7);
        sink.hidden_rows(8, 9);
        sink.hidden_rows(2, 4);
        sink.mark(CellRef { row: 9, column: 700 }, CellMark::Filled(FillColour(0xFF_FF00)));
        sink.mark(CellRef { row: 2, column: 1 }, CellMark::Inked(FillColour(0)));
        sink.mark(CellRef { row: 2, column: 1 }, CellMark::Struck);
        sink.mark(CellRef { row: 3, column: 1 }, CellMark::PartlyStruck);
        sink.notice(Notice::QuoteNotClosed);
    }

    fn received(stream: &[u8]) -> (StreamEnd, Workbook) {
        let limits = Limits::default();
        let mut collector = Collector::new("a.xlsx");
        let mut intake = Intake::new("a.xlsx", &limits, &mut collector);
        let received = receive(stream, &mut intake);
        (received, collector.finish())
    }

    proptest! {
        #[test]
        fn what_is_sent_arrives(cells in prop::collection::vec((0_u32..300_000, 0_u32..1_024, values()), 0..50)) {
            let mut stream = Vec::new();
            let mut encoder = Encoder::new(&mut stream).unwrap();
            fill(&mut encoder, &cells);
            encoder.finish(Ok(())).unwrap();
            let mut collector = Collector::new("a.xlsx");
            fill(&mut collector, &cells);
            let (received, book) = received(&stream);
            prop_assert!(matches!(received, StreamEnd::Whole));
            prop_assert_eq!(book, collector.finish());
        }

        #[test]
        fn garbage_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut stream = GREETING.to_vec();
            stream.extend(&bytes);
            received(&stream);
            received(&stream_of(&bytes));
        }
    }

    /// A stream of one block.
    fn stream_of(block: &[u8]) -> Vec<u8> {
        let length = u32::try_from(block.len()).unwrap().to_le_bytes();
        [GREETING, &length, block].concat()
    }

    #[test]
    fn texts_longer_than_a_block_arrive() {
        let limits = Limits::default();
        let texts = [1, 32_000, 2].map(|bytes| "a".repeat(bytes));
        // The longest that a cell may hold, of the longest characters.
        let longest = "\u{10348}".repeat(limits.text_chars);
        let mut stream = Vec::new();
        let mut encoder = Encoder::new(&mut stream).unwrap();
        encoder.sheet("A", Visibility::Visible);
        for (row, text) in (0..).zip([&texts[0], &texts[1], &texts[1], &texts[1], &longest, &texts[2]]) {
            encoder.cell(CellRef { row, column: 0 }, Seen::Text(text));
        }
        encoder.finish(Ok(())).unwrap();
        let (end, book) = received(&stream);
        assert!(matches!(end, StreamEnd::Whole), "{end:?}");
        let held: Vec<usize> = book.sheets[0].rows.iter().map(|row| row.cells[0].value.text().unwrap().len()).collect();
        assert_eq!(held, [1, 32_000, 32_000, 32_000, longest.len(), 2]);
    }

    #[test]
    fn a_block_that_is_empty_or_longer_than_any_breaks_the_stream() {
        let longest = 8 * Limits::default().text_chars;
        for length in [0, longest + 1, usize::try_from(u32::MAX).unwrap()] {
            let mut stream = [GREETING, &u32::try_from(length).unwrap().to_le_bytes()].concat();
            stream.resize(stream.len() + longest + 1, 0);
            assert!(matches!(received(&stream).0, StreamEnd::Broken { greeted: true }), "{length}");
        }
    }

    #[test]
    fn a_shared_text_is_sent_once_and_held_once() {
        let texts: [Arc<str>; 2] = ["Puskesmas Pembantu".into(), "Ada".into()];
        let places = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0), (2, 3, 0)];
        let fill = |sink: &mut dyn Sink| {
            for sheet in ["Mei", "Juni"] {
                sink.sheet(sheet, Visibility::Visible);
                for (row, column, text) in places {
                    // Numbers of a workbook need not come in order.
                    let number = u32::try_from(900 - 70 * text).unwrap();
                    sink.cell(CellRef { row, column }, Seen::Shared(&texts[text], number));
                }
            }
        };
        let mut stream = Vec::new();
        let mut encoder = Encoder::new(&mut stream).unwrap();
        fill(&mut encoder);
        encoder.finish(Ok(())).unwrap();
        let mut collector = Collector::new("a.xlsx");
        fill(&mut collector);
        let (received, book) = received(&stream);
        assert!(matches!(received, StreamEnd::Whole));
        assert_eq!(book, collector.finish());
        assert_eq!(stream.windows(9).filter(|window| window == b"Puskesmas").count(), 1);
        let held = |sheet: usize, row: usize, column: u32| match book.sheets[sheet].rows[row].get(column) {
            Some(CellValue::Text(text)) => Arc::clone(text),
            other => panic!("{other:?}"),
        };
        assert!(Arc::ptr_eq(&held(0, 0, 0), &held(1, 2, 3)));
    }

    #[test]
    fn a_shared_text_that_never_came_or_is_blank_breaks_the_stream() {
        let cell = |value| Message::Cell { row: 0, column: 0, value };
        let sheet = || Message::Sheet { name: "A", visibility: Visibility::Visible };
        let streams = [
            vec![sheet(), cell(Sent::Shared(0)), Message::End],
            vec![sheet(), cell(Sent::FirstOfShared("")), Message::End],
            vec![sheet(), cell(Sent::FirstOfShared("a")), cell(Sent::Shared(1)), Message::End],
            vec![cell(Sent::Text("a")), Message::End],
        ];
        for messages in streams {
            let block: Vec<u8> = messages.iter().flat_map(|message| postcard::to_stdvec(message).unwrap()).collect();
            let stream = stream_of(&block);
            assert!(matches!(received(&stream).0, StreamEnd::Broken { greeted: true }), "{stream:?}");
        }
    }

    #[test]
    fn an_error_arrives_as_it_was() {
        let error = OpenError::Password { file: "a.xlsx".to_owned() };
        let mut stream = Vec::new();
        Encoder::new(&mut stream).unwrap().finish(Err(error.clone())).unwrap();
        let (received, _) = received(&stream);
        assert!(matches!(received, StreamEnd::Refused(refused) if refused == error));
    }
}
