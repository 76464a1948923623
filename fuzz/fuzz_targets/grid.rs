//! Any bytes → a grid within its limits or a sentence; never a crash, never a hang.
#![no_main]

use simpul_fuzz::{forgive_foreign_panics, targets};

libfuzzer_sys::fuzz_target!(init: forgive_foreign_panics(), |bytes: &[u8]| targets::grid(bytes));
