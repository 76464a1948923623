//! The service beyond loopback: accounts, names, proxies, https and bounds, over real sockets.

mod bounds;
mod console;
mod doors;
mod first_start;
mod https;
mod oidc;
pub mod provider;
mod operators;
mod proxies;
pub mod service;
