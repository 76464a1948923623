//! Daftar Identifikasi, Indikator Layanan and the decree: they make names and codes known, so nothing is
//! looked up here.

mod codes;
mod coordinates;
mod decree;
mod facilities;
mod fill;
mod papers;
mod programmes;
mod services;
mod target;
mod titles;

pub(super) use decree::decree;
pub(in crate::recap) use decree::indicator_named;
pub(in crate::recap) use facilities::assumed_kind;
pub(super) use facilities::facilities;
pub(super) use services::services;
