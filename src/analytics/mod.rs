//! polars: facts in, results out. Never sees a file path, a batch, an HTTP type or the clock.

pub mod results;
