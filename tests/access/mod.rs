//! Isolation: three Puskesmas on one server, one account of each role, and what each is shown, may do, and cannot.

mod annual_plans;
mod attacks;
mod attacks_data;
mod coaching;
mod coaching_year;
mod facility;
mod matrix;
mod matrix_expected;
mod matrix_foreign;
mod pkp_verification;
mod services;
mod store;
mod store_writes;
pub mod world;
