//! Rules of accounts: names, passwords and their hashes, secrets that are handed out, second factors, slowing down of
//! guesses, and how long a session lasts. Pure: randomness and time are passed in; knows no SQL, no HTTP and no clock.

pub mod device;
pub mod hashing;
pub mod name;
pub mod password;
pub mod sealing;
pub mod secrets;
pub mod session;
pub mod throttle;
pub mod totp;
