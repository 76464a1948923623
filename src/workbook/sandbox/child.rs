//! The child's side: takes an order and a file, confines itself, parses, streams. Touches nothing else.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use super::super::read::read_into;
use super::confine::confine;
use super::wire::{Encoder, ReadOrder};

/// Runs the program under [`VERB`](super::VERB), before it has looked at anything else: no flag, no
/// configuration, no log. Whatever goes wrong, nothing but the stream is written.
pub fn child_main(stdin: &mut dyn Read, stdout: &mut dyn Write) -> ExitCode {
    std::panic::set_hook(Box::new(|_panic| {}));
    match serve(stdin, stdout) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_error) => ExitCode::FAILURE,
    }
}

fn serve(stdin: &mut dyn Read, stdout: &mut dyn Write) -> io::Result<()> {
    let order = ReadOrder::read(stdin)?;
    let size = order.bytes.min(order.limits.file_bytes);
    confine(&order.limits);
    let mut bytes = Vec::with_capacity(usize::try_from(size).map_err(io::Error::other)?);
    stdin.take(size).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != order.bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut encoder = Encoder::new(stdout)?;
    let read = read_into(&order.file, &bytes, &order.limits, &mut encoder);
    encoder.finish(read)
}
