//! Registered names without the degrees behind them: recaps leave degrees out or add them. Where two facilities differ
//! by them alone, a name without one is nobody's.

use std::collections::BTreeMap;

use crate::domain::name::{name_key, without_degrees};

/// Facilities by the key of their names without degrees; none where several have it.
#[derive(Clone, Debug, Default)]
pub(super) struct BareNames(BTreeMap<String, Option<String>>);

impl BareNames {
    pub(super) fn add(&mut self, name: &str) {
        let held = self.0.entry(name_key(without_degrees(name))).or_insert_with(|| Some(name.to_owned()));
        if held.as_deref() != Some(name) {
            *held = None;
        }
    }

    /// The one facility that a written name means, whatever degrees either has.
    pub(super) fn get(&self, written: &str) -> Option<&str> {
        self.0.get(&name_key(without_degrees(written)))?.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_alone_tell_two_persons_apart() {
        let mut names = BareNames::default();
        names.add("TPMB Nurhayati, S.Tr.Keb");
        assert_eq!(names.get("BPM Nurhayati"), Some("TPMB Nurhayati, S.Tr.Keb"));
        names.add("TPMB Nurhayati, Amd.Keb");
        assert_eq!(names.get("TPMB Nurhayati"), None);
    }
}
