#![doc = include_str!("ARCHITECTURE.md")]

pub mod analytics;
pub mod clock;
pub mod diagnostic;
pub mod domain;
pub mod store;
