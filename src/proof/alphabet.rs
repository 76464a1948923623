//! Bytes in capitals and figures, five bits a letter: what a QR code holds most tightly and people type without taking one
//! letter for another (Crockford's alphabet, without I, L, O and U).

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Writes bytes.
pub(super) fn spelled(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let mut held = 0_u32;
    let mut bits = 0;
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(letter(held << (5 - bits)));
    }
    text
}

fn letter(value: u32) -> char {
    char::from(LETTERS[(value & 31) as usize])
}

/// Reads exactly so many bytes; `None` where the text is no such.
pub(super) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = Vec::with_capacity(N);
    let mut held = 0_u32;
    let mut bits = 0;
    for letter in text.bytes().filter(|letter| *letter != b'-') {
        let letter = match letter.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let value = LETTERS.iter().position(|known| *known == letter)?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    // What is left over fills the last letter with nothing.
    if held != 0 || bits >= 5 {
        return None;
    }
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in prop::array::uniform20(any::<u8>())) {
            let text = spelled(&bytes);
            prop_assert_eq!(text.len(), 32);
            prop_assert_eq!(read::<20>(&text), Some(bytes));
            prop_assert_eq!(read::<20>(&text.to_lowercase()), Some(bytes));
            prop_assert_eq!(read::<19>(&text), None);
        }
    }

    #[test]
    fn letters_that_look_alike_are_taken_for_the_figures() {
        assert_eq!(read::<5>("O1IL-0000"), read::<5>("01110000"));
        assert_eq!(read::<5>("U0000000"), None);
    }
}
