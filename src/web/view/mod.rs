//! Plain structs for the templates: everything formatted, every address written. They compute no figure.

pub mod chart;
pub mod district;
pub mod fold;
pub mod frame;
pub mod links;
pub mod pager;
pub mod panel;
pub mod picker;
pub mod run;
pub mod share;
pub mod symbol;
pub mod table;
pub mod time;
