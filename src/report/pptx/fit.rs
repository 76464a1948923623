//! Text into boxes: the type size at which it fits, and where it is cut if no size does. Estimates widths, since the
//! computer that shows the slides has fonts of its own; the estimate is wider than the usual fonts are.

/// English Metric Units of one point.
pub(super) const EMU_PER_POINT: f64 = 12_700.0;
/// Width of a letter as part of the type size; Calibri and Noto Sans stay below it on average.
const LETTER_WIDTH: f64 = 0.56;
/// Height of a line as part of the type size.
pub(super) const LINE_HEIGHT: f64 = 1.22;

/// Room for text, in English Metric Units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Width between the margins.
    pub(super) width: f64,
    /// Height between the margins.
    pub(super) height: f64,
}

/// Lines that a text takes at a size (points) in a width (English Metric Units).
pub(super) fn lines_of(text: &str, size: f64, width: f64) -> u32 {
    let letters = letters_in(size, width);
    text.split('\n').map(|line| wrapped(line, letters)).sum::<u32>().max(1)
}

/// Letters that one line holds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1,000")]
fn letters_in(size: f64, width: f64) -> u32 {
    let letters = width / (size * LETTER_WIDTH * EMU_PER_POINT);
    // At least one, else nothing would ever fit.
    letters.floor().clamp(1.0, 1_000.0) as u32
}

/// Lines of one paragraph: words go to the next line whole, and only what is longer than a line is broken.
fn wrapped(line: &str, letters: u32) -> u32 {
    let mut lines = 1;
    let mut used = 0;
    for word in line.split_whitespace() {
        let length = count_of(word);
        let joined = if used == 0 { length } else { used + 1 + length };
        if joined <= letters {
            used = joined;
            continue;
        }
        if used > 0 {
            lines += 1;
        }
        lines = length.saturating_sub(1).div_euclid(letters).saturating_add(lines);
        used = (length.saturating_sub(1)) % letters + 1;
    }
    lines
}

/// Letters of a word; more than a slide could hold are as many as that.
fn count_of(word: &str) -> u32 {
    u32::try_from(word.chars().count()).unwrap_or(u32::MAX)
}

/// Returns the greatest of these sizes (points, the greatest first) at which all paragraphs fit, else the smallest.
pub(super) fn size_for(paragraphs: &[&str], sizes: &[f64], room: Room) -> f64 {
    let fits = |size: f64| {
        let lines: u32 = paragraphs.iter().map(|text| lines_of(text, size, room.width)).sum();
        // A paragraph is set off by a third of a line.
        let height =
            paragraphs.iter().fold(f64::from(lines), |lines, _| lines + 1.0 / 3.0) * size * LINE_HEIGHT * EMU_PER_POINT;
        height <= room.height
    };
    let smallest = sizes.last().copied().unwrap_or(12.0);
    sizes.iter().copied().find(|size| fits(*size)).unwrap_or(smallest)
}

/// Cuts a text so that it takes at most `lines` lines; what was cut ends with an ellipsis.
pub(super) fn cut(text: &str, size: f64, width: f64, lines: u32) -> String {
    if lines_of(text, size, width) <= lines {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().take((letters_in(size, width) * lines) as usize).collect();
    while !kept.is_empty() {
        kept.pop();
        let shorter: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if lines_of(&shorter, size, width) <= lines {
            return shorter;
        }
    }
    "…".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_whole_and_long_ones_are_broken() {
        // Ten letters a line.
        let width = 10.0 * 20.0 * LETTER_WIDTH * EMU_PER_POINT + 1.0;
        assert_eq!(lines_of("satu dua", 20.0, width), 1);
        assert_eq!(lines_of("satu dua tiga", 20.0, width), 2);
        assert_eq!(lines_of("aaaaaaaaaaaaaaaaaaaaaaaaa", 20.0, width), 3);
        assert_eq!(lines_of("a\nb", 20.0, width), 2);
        assert_eq!(lines_of("", 20.0, width), 1);
    }

    #[test]
    fn what_does_not_fit_is_set_smaller_then_cut() {
        let room = Room { width: 3_000_000.0, height: 400_000.0 };
        assert_eq!(size_for(&["pendek"], &[24.0, 18.0, 12.0], room).to_bits(), 18.0_f64.to_bits());
        let long = "panjang sekali ".repeat(20);
        assert_eq!(size_for(&[&long], &[24.0, 18.0, 12.0], room).to_bits(), 12.0_f64.to_bits());
        let short = cut(&long, 12.0, 3_000_000.0, 2);
        assert!(short.ends_with('…') && lines_of(&short, 12.0, 3_000_000.0) == 2, "{short}");
        assert_eq!(cut("pendek", 12.0, 3_000_000.0, 1), "pendek");
    }
}
