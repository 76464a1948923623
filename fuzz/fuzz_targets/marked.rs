//! Any package → a marked copy that reads as the package does, or a refusal.
#![no_main]

use simpul_fuzz::{forgive_foreign_panics, targets};

libfuzzer_sys::fuzz_target!(init: forgive_foreign_panics(), |bytes: &[u8]| targets::marked(bytes));
