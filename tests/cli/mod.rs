//! The command-line contract, through the built binary: worked cases in, expected results out; exit statuses;
//! JSON exactly of the promised shape.

mod alias;
mod approval;
mod contract;
mod facts;
mod limits;
mod recaps;
mod words;
mod worked_cases;
