//! The command-line contract, through the built binary: worked cases in, expected results out; exit statuses;
//! JSON exactly of the promised shape.

mod alias;
mod approval;
mod audit;
mod contract;
mod facts;
mod limits;
mod recaps;
mod tools;
mod users;
mod words;
mod worked_cases;
