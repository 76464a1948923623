//! Files into one ZIP, in their order and without the clock.

use std::io::{Cursor, Seek, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::ReportError;

/// Packs files in their order, without the clock. Pictures are packed in themselves: they are stored as they are.
pub(super) fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ReportError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let is_picture = Path::new(name).extension().is_some_and(|ending| ending == "png");
        let method = if is_picture { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        put(&mut writer, name, bytes, method)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Puts one file in.
pub(super) fn put<W: Write + Seek>(
    writer: &mut ZipWriter<W>,
    path: &str,
    bytes: &[u8],
    method: CompressionMethod,
) -> Result<(), ReportError> {
    let options = SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
    writer.start_file(path, options)?;
    Ok(writer.write_all(bytes)?)
}
