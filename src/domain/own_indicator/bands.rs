//! Bands of an index (*sehat*, *pra-sehat*, *tidak sehat*), as text in the order in which they are tried: `>0,8 = Sehat;
//! >=0,5 = Pra-sehat; <0,5 = Tidak sehat`.

use crate::domain::exact::{Decimal, Exact};

/// Bands of an index, the first that holds a figure names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnBands(Vec<OwnBand>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct OwnBand {
    bound: BandBound,
    of: Exact,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BandBound {
    Above,
    From,
    Below,
    UpTo,
}

/// Signs of the bounds; those of two characters first.
const SIGNS: [(&str, BandBound); 6] = [
    (">=", BandBound::From),
    ("<=", BandBound::UpTo),
    ("≥", BandBound::From),
    ("≤", BandBound::UpTo),
    (">", BandBound::Above),
    ("<", BandBound::Below),
];

impl OwnBands {
    /// Reads the text of the bands; `None` where a part of it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(OwnBand::parse).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Returns the name of the band that holds a figure.
    pub fn name(&self, figure: &Exact) -> Option<&str> {
        self.0.iter().find(|band| band.holds(figure)).map(|band| band.name.as_str())
    }

    /// Returns the place of the band that holds a figure, from the best, and the number of bands.
    pub fn place(&self, figure: &Exact) -> Option<(usize, usize)> {
        self.0.iter().position(|band| band.holds(figure)).map(|place| (place, self.0.len()))
    }
}

impl OwnBand {
    fn parse(part: &str) -> Option<Self> {
        let (sign, bound) = SIGNS.into_iter().find(|(sign, _)| part.starts_with(sign))?;
        // The sign may hold the mark that stands before the name.
        let (number, name) = part[sign.len()..].split_once('=')?;
        let of = Decimal::parse(&number.trim().replace(',', "."))?.exact();
        let name = name.trim().to_owned();
        (!name.is_empty()).then_some(Self { bound, of, name })
    }

    fn holds(&self, figure: &Exact) -> bool {
        match self.bound {
            BandBound::Above => *figure > self.of,
            BandBound::From => *figure >= self.of,
            BandBound::Below => *figure < self.of,
            BandBound::UpTo => *figure <= self.of,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_of_the_family_index_hold_to_the_letter() {
        let bands = OwnBands::parse(">0,8 = Sehat; >=0,5 = Pra-sehat; <0,5 = Tidak sehat").unwrap();
        let name = |digits: &str| bands.name(&Decimal::parse(digits).unwrap().exact()).unwrap().to_owned();
        assert_eq!(
            [name("0.801"), name("0.8"), name("0.5"), name("0.499")],
            ["Sehat", "Pra-sehat", "Pra-sehat", "Tidak sehat"]
        );
        assert_eq!(bands.place(&Exact::zero()), Some((2, 3)));
        assert_eq!(OwnBands::parse("<=1 = A; ≥2=B").unwrap().name(&Exact::from(2)), Some("B"));
        for wrong in ["0,8 = Sehat", ">x = Sehat", ">0,8", ">0,8 ="] {
            assert_eq!(OwnBands::parse(wrong), None, "{wrong}");
        }
        assert_eq!(OwnBands::parse("").unwrap().name(&Exact::zero()), None);
    }
}
