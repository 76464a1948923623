//! Where two readings of one paper differ, in the order of reading.

use super::ReadPiece;

/// Differences that are told; more say no more.
const TOLD_MAX: usize = 20;
/// Pieces ahead in which the next common one is looked for.
const AHEAD: usize = 60;
/// Pieces that are taken for changed ones, before any is taken for added or missing.
const IN_STEP: usize = 3;

/// One place where a file says something else than was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDifference {
    /// Where, in words.
    pub place: String,
    /// Text that was signed there; blank: none.
    pub signed: String,
    /// Text that stands there now; blank: none.
    pub found: String,
}

/// Compares what was signed with what was found; the first differences.
pub fn differences(signed: &[ReadPiece], found: &[ReadPiece]) -> Vec<FigureDifference> {
    let mut told = Vec::new();
    let [mut one, mut other] = [0_usize; 2];
    while told.len() < TOLD_MAX && (one < signed.len() || other < found.len()) {
        if signed
            .get(one)
            .zip(found.get(other))
            .is_some_and(|(signed, found): (&ReadPiece, &ReadPiece)| signed.text == found.text)
        {
            one += 1;
            other += 1;
            continue;
        }
        let next = next_common(&signed[one..], &found[other..]);
        let [gone, come] = [&signed[one..one + next.signed], &found[other..other + next.found]];
        for place in 0..gone.len().max(come.len()) {
            let at = come.get(place).or_else(|| gone.get(place)).or_else(|| gone.last());
            told.push(FigureDifference {
                place: at.map(|piece| piece.place.clone()).unwrap_or_default(),
                signed: gone.get(place).map(|piece| piece.text.clone()).unwrap_or_default(),
                found: come.get(place).map(|piece| piece.text.clone()).unwrap_or_default(),
            });
        }
        one += next.signed;
        other += next.found;
    }
    told.truncate(TOLD_MAX);
    told
}

/// Pieces on both sides before the next common one.
struct SkippedPieces {
    signed: usize,
    found: usize,
}

fn next_common(signed: &[ReadPiece], found: &[ReadPiece]) -> SkippedPieces {
    let is_common = |one: usize, other: usize| {
        signed
            .get(one)
            .zip(found.get(other))
            .is_some_and(|(one, other): (&ReadPiece, &ReadPiece)| one.text == other.text)
    };
    // Most often a figure or a few took the place of as many others, and neighbours may be alike.
    if let Some(step) = (1..=IN_STEP).find(|step| is_common(*step, *step)) {
        return SkippedPieces { signed: step, found: step };
    }
    for distance in 1..AHEAD * 2 {
        for one in 0..=distance.min(AHEAD) {
            if is_common(one, distance - one) {
                return SkippedPieces { signed: one, found: distance - one };
            }
        }
    }
    SkippedPieces { signed: signed.len(), found: found.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(texts: &[&str]) -> Vec<ReadPiece> {
        texts.iter().enumerate().map(|(place, text)| ReadPiece::new(format!("sel {place}"), text)).collect()
    }

    #[test]
    fn a_changed_an_added_and_a_missing_piece_are_told() {
        let signed = pieces(&["Apotek", "81,5", "Klinik", "70,0", "Jumlah"]);
        let told = |texts: &[&str]| {
            let told = differences(&signed, &pieces(texts));
            told.into_iter().map(|one| format!("{}: {}>{}", one.place, one.signed, one.found)).collect::<Vec<_>>()
        };
        assert!(told(&["Apotek", "81,5", "Klinik", "70,0", "Jumlah"]).is_empty());
        assert_eq!(told(&["Apotek", "91,5", "Klinik", "70,0", "Jumlah"]), ["sel 1: 81,5>91,5"]);
        assert_eq!(told(&["Apotek", "81,5", "90,0", "Klinik", "70,0", "Jumlah"]), ["sel 2: >90,0"]);
        assert_eq!(told(&["Apotek", "Klinik", "70,0", "Jumlah"]), ["sel 1: 81,5>"]);
        assert_eq!(told(&[]).len(), 5);
        let alike = differences(&pieces(&["11", "21", "Jumlah"]), &pieces(&["21", "21", "Jumlah"]));
        assert_eq!(alike.len(), 1, "{alike:?}");
    }
}
