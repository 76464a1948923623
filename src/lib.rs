#![doc = include_str!("ARCHITECTURE.md")]

pub mod analytics;
pub mod app;
pub mod charts;
pub mod clock;
pub mod definitions;
pub mod diagnostic;
pub mod domain;
pub mod recap;
pub mod store;
pub mod template;
pub mod workbook;
