//! Accepted files: their marked copies, the rows around a cell, and taking one back.

pub mod around;
pub mod marking;
pub mod undo;
