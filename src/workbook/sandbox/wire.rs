//! How cells travel from child to parent: a greeting, then tagged records; numbers of rows, columns and
//! lengths in seven bits a byte, low first. Both sides are the same program, so there are no versions.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use chrono::Datelike;

use super::super::intake::{Intake, Seen, Sink};
use super::super::values::ERRORS;
use super::super::{Area, CellMark, CellValue, ColumnWidth, Limits, Notice, OpenError, Rgb, Visibility};
use crate::domain::Date;
use crate::domain::records::CellRef;

/// What the child says first: it is the right program and has started.
const GREETING: &[u8] = b"simpul-cells\n";
/// The longest error or order, bytes.
const MESSAGE_BYTES: u32 = 1 << 16;

const SHEET: u8 = 1;
const MERGE: u8 = 2;
const NOTICE: u8 = 3;
const FROM_1904: u8 = 4;
const ROW: u8 = 5;
const HIDDEN_COLUMNS: u8 = 6;
const HIDDEN_ROWS: u8 = 7;
const WIDTH: u8 = 8;
const FILLED: u8 = 9;
const INKED: u8 = 10;
const STRUCK: u8 = 11;
const PARTLY_STRUCK: u8 = 12;
const TEXT: u8 = 16;
const NUMBER: u8 = 17;
const PERCENT: u8 = 18;
const DATE: u8 = 19;
const FALSE: u8 = 20;
const TRUE: u8 = 21;
const ERROR: u8 = 22;
const NOT_COMPUTED: u8 = 23;
/// A text that many cells share comes once; each cell after its first names it by its place among those that came.
const FIRST_OF_SHARED: u8 = 24;
const SHARED: u8 = 25;
const REFUSED: u8 = 126;
const END: u8 = 127;

/// What the parent asks for, before the bytes of the file.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Order {
    pub(super) file: String,
    pub(super) limits: Limits,
    /// Bytes of the file that follow.
    pub(super) bytes: u64,
}

impl Order {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let json = serde_json::to_vec(self)?;
        let length = u32::try_from(json.len()).map_err(io::Error::other)?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&json)
    }

    pub(super) fn read(from: &mut dyn io::Read) -> io::Result<Self> {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        if length > MESSAGE_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut json = vec![0; length as usize];
        from.read_exact(&mut json)?;
        Ok(serde_json::from_slice(&json)?)
    }
}

/// The child's side: a sink that writes. Its first failure is kept; after it nothing more is written.
pub(super) struct Encoder<W: Write> {
    out: W,
    row: Option<u32>,
    /// By number in the workbook: how many shared texts had been sent when this one was, it included; 0 where it was not.
    sent: Vec<u32>,
    shared: u32,
    failure: Option<io::Error>,
}

impl<W: Write> Encoder<W> {
    pub(super) fn new(mut out: W) -> io::Result<Self> {
        out.write_all(GREETING)?;
        out.flush()?;
        Ok(Self { out, row: None, sent: Vec::new(), shared: 0, failure: None })
    }

    /// Ends the stream with how the reading went.
    pub(super) fn finish(mut self, read: Result<(), OpenError>) -> io::Result<()> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        match read {
            Ok(()) => self.out.write_all(&[END])?,
            Err(error) => {
                let json = serde_json::to_vec(&error)?;
                self.out.write_all(&[REFUSED])?;
                write_number(&mut self.out, u32::try_from(json.len()).map_err(io::Error::other)?)?;
                self.out.write_all(&json)?;
            }
        }
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

    fn try_write(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) {
        if self.failure.is_none() {
            self.failure = write(&mut self.out).err();
        }
    }
}

impl<W: Write> Sink for Encoder<W> {
    fn sheet(&mut self, name: &str, visibility: Visibility) {
        self.row = None;
        self.try_write(|out| {
            out.write_all(&[SHEET, u8::from(visibility == Visibility::Hidden)])?;
            write_text(out, name)
        });
    }

    fn cell(&mut self, place: CellRef, seen: Seen<'_>) {
        let is_same_row = self.row.replace(place.row) == Some(place.row);
        let sent = self.sent_before(&seen);
        self.try_write(|out| {
            if !is_same_row {
                out.write_all(&[ROW])?;
                write_number(out, place.row)?;
            }
            match sent {
                Some(sent) => {
                    out.write_all(&[SHARED])?;
                    write_number(out, place.column)?;
                    write_number(out, sent)
                }
                None => write_cell(out, place.column, &seen),
            }
        });
    }

    fn merge(&mut self, area: Area) {
        self.try_write(|out| {
            out.write_all(&[MERGE])?;
            let sides = [area.first.row, area.first.column, area.last.row, area.last.column];
            sides.into_iter().try_for_each(|side| write_number(out, side))
        });
    }

    fn hidden_columns(&mut self, first: u32, last: u32) {
        self.try_write(|out| {
            out.write_all(&[HIDDEN_COLUMNS])?;
            write_number(out, first)?;
            write_number(out, last)
        });
    }

    fn hidden_rows(&mut self, first: u32, last: u32) {
        self.try_write(|out| {
            out.write_all(&[HIDDEN_ROWS])?;
            write_number(out, first)?;
            write_number(out, last)
        });
    }

    fn column_width(&mut self, width: ColumnWidth) {
        self.try_write(|out| {
            out.write_all(&[WIDTH])?;
            let numbers = [width.first, width.last, u32::from(width.width)];
            numbers.into_iter().try_for_each(|number| write_number(out, number))
        });
    }

    fn mark(&mut self, place: CellRef, mark: CellMark) {
        let (tag, colour) = match mark {
            CellMark::Filled(colour) => (FILLED, Some(colour)),
            CellMark::Inked(colour) => (INKED, Some(colour)),
            CellMark::Struck => (STRUCK, None),
            CellMark::PartlyStruck => (PARTLY_STRUCK, None),
        };
        self.try_write(|out| {
            out.write_all(&[tag])?;
            let numbers = [Some(place.row), Some(place.column), colour.map(|Rgb(colour)| colour)];
            numbers.into_iter().flatten().try_for_each(|number| write_number(out, number))
        });
    }

    fn notice(&mut self, notice: Notice) {
        let code = Notice::ALL.iter().position(|known| *known == notice).unwrap_or(0);
        self.try_write(|out| out.write_all(&[NOTICE, u8::try_from(code).unwrap_or(0)]));
    }

    fn counts_from_1904(&mut self) {
        self.try_write(|out| out.write_all(&[FROM_1904]));
    }
}

fn write_cell(out: &mut impl Write, column: u32, seen: &Seen<'_>) -> io::Result<()> {
    let tag = match seen {
        Seen::Text(_) | Seen::Value(CellValue::Text(_)) => TEXT,
        Seen::Shared(..) => FIRST_OF_SHARED,
        Seen::Value(CellValue::Number { percent: false, .. }) => NUMBER,
        Seen::Value(CellValue::Number { percent: true, .. }) => PERCENT,
        Seen::Value(CellValue::Date(_)) => DATE,
        Seen::Value(CellValue::Bool(false)) => FALSE,
        Seen::Value(CellValue::Bool(true)) => TRUE,
        Seen::Value(CellValue::Error(_)) => ERROR,
        Seen::Value(CellValue::FormulaNotComputed) => NOT_COMPUTED,
    };
    out.write_all(&[tag])?;
    write_number(out, column)?;
    match seen {
        Seen::Text(text) => write_text(out, text),
        Seen::Shared(text, _) => write_text(out, text),
        Seen::Value(CellValue::Text(text)) => write_text(out, text),
        Seen::Value(CellValue::Number { value, .. }) => out.write_all(&value.to_le_bytes()),
        Seen::Value(CellValue::Date(date)) => out.write_all(&date.num_days_from_ce().to_le_bytes()),
        Seen::Value(CellValue::Error(error)) => {
            let code = ERRORS.iter().position(|known| known == error).unwrap_or(0);
            out.write_all(&[u8::try_from(code).unwrap_or(0)])
        }
        Seen::Value(CellValue::Bool(_) | CellValue::FormulaNotComputed) => Ok(()),
    }
}

fn write_number(out: &mut impl Write, mut number: u32) -> io::Result<()> {
    let mut bytes = [0_u8; 5];
    let mut length = 0;
    loop {
        bytes[length] = u8::try_from(number & 0x7F).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            break;
        }
        bytes[length] |= 0x80;
        length += 1;
    }
    out.write_all(&bytes[..=length])
}

fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    write_number(out, u32::try_from(text.len()).map_err(io::Error::other)?)?;
    out.write_all(text.as_bytes())
}

/// How a stream from a child ended.
#[derive(Debug)]
pub(super) enum Received {
    /// The whole workbook came.
    Whole,
    /// The child, or this side's own limits, refused the file.
    Refused(OpenError),
    /// The stream broke off or is no such stream.
    Broken {
        /// Whether the child had greeted at all.
        greeted: bool,
    },
}

/// The parent's side: reads the stream into an intake, which holds the limits once more.
pub(super) fn receive(from: &mut impl BufRead, intake: &mut Intake<'_>) -> Received {
    let mut greeting = [0_u8; GREETING.len()];
    if from.read_exact(&mut greeting).is_err() || greeting != GREETING {
        return Received::Broken { greeted: false };
    }
    let mut decoder = Decoder { from, row: 0, has_sheet: false, shared: Vec::new(), text: Vec::new(), text_bytes: 0 };
    decoder.text_bytes = intake.limits().text_chars.saturating_mul(4);
    loop {
        match decoder.step(intake) {
            Ok(Step::On) => {}
            Ok(Step::Done(received)) => return received,
            Err(Fault::Refused(error)) => return Received::Refused(error),
            Err(Fault::Broken) => return Received::Broken { greeted: true },
        }
    }
}

struct Decoder<'d, R> {
    from: &'d mut R,
    row: u32,
    has_sheet: bool,
    /// Shared texts in the order in which they came: never more than cells.
    shared: Vec<Arc<str>>,
    text: Vec<u8>,
    /// The longest text that is taken, bytes.
    text_bytes: usize,
}

enum Step {
    On,
    Done(Received),
}

enum Fault {
    Broken,
    Refused(OpenError),
}

impl From<io::Error> for Fault {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

impl From<OpenError> for Fault {
    fn from(error: OpenError) -> Self {
        Self::Refused(error)
    }
}

impl<R: BufRead> Decoder<'_, R> {
    fn step(&mut self, intake: &mut Intake<'_>) -> Result<Step, Fault> {
        let tag = self.byte()?;
        match tag {
            SHEET => {
                let visibility = if self.byte()? == 0 { Visibility::Visible } else { Visibility::Hidden };
                let name = self.text()?.to_owned();
                self.has_sheet = true;
                intake.open_sheet(&name, visibility)?;
            }
            ROW => self.row = self.number()?,
            MERGE if self.has_sheet => {
                let first = CellRef { row: self.number()?, column: self.number()? };
                let last = CellRef { row: self.number()?, column: self.number()? };
                intake.merge(Area { first, last })?;
            }
            HIDDEN_COLUMNS | HIDDEN_ROWS if self.has_sheet => {
                let (first, last) = (self.number()?, self.number()?);
                match tag {
                    HIDDEN_COLUMNS => intake.hidden_columns(first, last),
                    _ => intake.hidden_rows(first, last),
                }
            }
            WIDTH if self.has_sheet => {
                let (first, last) = (self.number()?, self.number()?);
                let width = u16::try_from(self.number()?).map_err(|_error| Fault::Broken)?;
                intake.column_width(ColumnWidth { first, last, width });
            }
            FILLED | INKED | STRUCK | PARTLY_STRUCK if self.has_sheet => {
                let place = CellRef { row: self.number()?, column: self.number()? };
                let mark = match tag {
                    FILLED => CellMark::Filled(Rgb(self.number()?)),
                    INKED => CellMark::Inked(Rgb(self.number()?)),
                    STRUCK => CellMark::Struck,
                    _ => CellMark::PartlyStruck,
                };
                intake.mark(place, mark);
            }
            NOTICE => {
                let code = usize::from(self.byte()?);
                intake.notice(*Notice::ALL.get(code).ok_or(Fault::Broken)?);
            }
            FROM_1904 => intake.counts_from_1904(),
            TEXT..=SHARED if self.has_sheet => {
                let place = CellRef { row: self.row, column: self.number()? };
                let seen = match tag {
                    TEXT => Seen::Text(self.text()?),
                    FIRST_OF_SHARED | SHARED => Seen::Value(CellValue::Text(self.shared(tag)?)),
                    _ => Seen::Value(self.value(tag)?),
                };
                intake.cell(place, seen)?;
            }
            REFUSED => return Ok(Step::Done(Received::Refused(self.refusal()?))),
            END => return Ok(Step::Done(Received::Whole)),
            _ => return Err(Fault::Broken),
        }
        Ok(Step::On)
    }

    fn shared(&mut self, tag: u8) -> Result<Arc<str>, Fault> {
        let place = if tag == FIRST_OF_SHARED {
            let text = self.text()?;
            if text.is_empty() {
                return Err(Fault::Broken);
            }
            let text = Arc::from(text);
            self.shared.push(text);
            self.shared.len() - 1
        } else {
            self.number()? as usize
        };
        self.shared.get(place).map(Arc::clone).ok_or(Fault::Broken)
    }

    fn value(&mut self, tag: u8) -> Result<CellValue, Fault> {
        Ok(match tag {
            NUMBER | PERCENT => CellValue::Number { value: f64::from_le_bytes(self.bytes()?), percent: tag == PERCENT },
            DATE => {
                let days = i32::from_le_bytes(self.bytes()?);
                CellValue::Date(Date::from_num_days_from_ce_opt(days).ok_or(Fault::Broken)?)
            }
            FALSE | TRUE => CellValue::Bool(tag == TRUE),
            ERROR => CellValue::Error(ERRORS.get(usize::from(self.byte()?)).ok_or(Fault::Broken)?),
            _ => CellValue::FormulaNotComputed,
        })
    }

    fn refusal(&mut self) -> Result<OpenError, Fault> {
        let length = self.number()?;
        if length > MESSAGE_BYTES {
            return Err(Fault::Broken);
        }
        let mut json = vec![0; length as usize];
        self.from.read_exact(&mut json)?;
        serde_json::from_slice(&json).map_err(|_error| Fault::Broken)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        let byte = *self.from.fill_buf()?.first().ok_or(Fault::Broken)?;
        self.from.consume(1);
        Ok(byte)
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<u32, Fault> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Fault::Broken)
    }

    fn text(&mut self) -> Result<&str, Fault> {
        let length = self.number()? as usize;
        if length > self.text_bytes {
            return Err(Fault::Broken);
        }
        self.text.resize(length, 0);
        self.from.read_exact(&mut self.text)?;
        std::str::from_utf8(&self.text).map_err(|_error| Fault::Broken)
    }
}

#[cfg(test)]
mod tests {
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
        sink.mark(CellRef { row: 9, column: 700 }, CellMark::Filled(Rgb(0xFF_FF00)));
        sink.mark(CellRef { row: 2, column: 1 }, CellMark::Inked(Rgb(0)));
        sink.mark(CellRef { row: 2, column: 1 }, CellMark::Struck);
        sink.mark(CellRef { row: 3, column: 1 }, CellMark::PartlyStruck);
        sink.notice(Notice::QuoteNotClosed);
    }

    fn received(stream: &[u8]) -> (Received, Workbook) {
        let limits = Limits::default();
        let mut collector = Collector::new("a.xlsx");
        let mut intake = Intake::new("a.xlsx", &limits, &mut collector);
        let received = receive(&mut &*stream, &mut intake);
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
            prop_assert!(matches!(received, Received::Whole));
            prop_assert_eq!(book, collector.finish());
        }

        #[test]
        fn garbage_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut stream = GREETING.to_vec();
            stream.extend(bytes);
            received(&stream);
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
        assert!(matches!(received, Received::Whole));
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
        for tail in [&[SHARED, 0, 0][..], &[FIRST_OF_SHARED, 0, 0], &[FIRST_OF_SHARED, 0, 1, b'a', SHARED, 1, 1]] {
            let mut stream = GREETING.to_vec();
            stream.extend([SHEET, 0, 1, b'A', ROW, 0]);
            stream.extend(tail);
            stream.push(END);
            assert!(matches!(received(&stream).0, Received::Broken { greeted: true }), "{tail:?}");
        }
    }

    #[test]
    fn an_error_arrives_as_it_was() {
        let error = OpenError::Password { file: "a.xlsx".to_owned() };
        let mut stream = Vec::new();
        Encoder::new(&mut stream).unwrap().finish(Err(error.clone())).unwrap();
        let (received, _) = received(&stream);
        assert!(matches!(received, Received::Refused(refused) if refused == error));
    }
}
