//! The rooms of Simpul that read foreign bytes, and no others: with the whole program, typst and polars would be
//! built for the fuzzer too. That these rooms need no other is held by the table of layers in the main tests.

#[path = "../../src/diagnostic.rs"]
pub mod diagnostic;
#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/marked/mod.rs"]
pub mod marked;
#[path = "../../src/recap/mod.rs"]
pub mod recap;
pub mod targets;
#[path = "../../src/workbook/mod.rs"]
pub mod workbook;

/// What a parser that is not ours panics over is caught by the reader and becomes a sentence; a panic anywhere
/// else must end the fuzzer. For the targets' `init`, after which the fuzzer's own hook ends it for both.
pub fn forgive_foreign_panics() {
    let fuzzers_own = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_foreign = |file: &str| ["/calamine-", "/zip-"].iter().any(|library| file.contains(library));
        if !panic.location().is_some_and(|place| is_foreign(place.file())) {
            fuzzers_own(panic);
        }
    }));
}
