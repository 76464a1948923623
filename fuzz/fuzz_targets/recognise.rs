//! Any workbook in lines of text → recognised tables and issues; never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| simpul_fuzz::targets::recognise_lines(bytes));
