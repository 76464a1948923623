//! The service beyond loopback: accounts, names, proxies, https and bounds, over real sockets.

mod bounds;
mod console;
mod doors;
mod first_start;
mod https;
mod oidc;
mod operators;
pub mod provider;
mod proxies;
pub mod service;
