//! Passwords, keys and certificates in `rahasia/`, below the data folder: read bounded, and what is secret only where
//! nobody else on this machine can read it. Knows nothing of what they open.

use std::fs;
use std::path::Path;

/// Folder of passwords and certificates, below the data folder; no backup holds it.
pub const SECRETS: &str = "rahasia";
/// Bytes of a password or a certificate.
const SECRET_BYTES_MAX: u64 = 64 << 10;

/// Text of a file that others may read, as a certificate; else a sentence that says why it cannot be read.
pub fn secret(path: &Path) -> Result<String, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let failed = |error: &dyn std::fmt::Display| format!("{SECRETS}/{name} tidak terbaca: {error}");
    let size = fs::metadata(path).map_err(|error| failed(&error))?.len();
    if size > SECRET_BYTES_MAX {
        return Err(failed(&format!("lebih besar dari {SECRET_BYTES_MAX} bita")));
    }
    fs::read_to_string(path).map_err(|error| failed(&error))
}

/// Text of a file for its owner alone, without the end of its line; refused where others can read it.
pub fn own_secret(path: &Path) -> Result<String, String> {
    let text = secret(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let rights = fs::metadata(path).map_err(|error| format!("{SECRETS}/{name} tidak terbaca: {error}"))?;
        if rights.permissions().mode() & 0o077 != 0 {
            let advice = format!("chmod 600 {}", path.display());
            return Err(format!("{SECRETS}/{name} dapat dibaca pengguna lain; jalankan: {advice}"));
        }
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_bounded_in_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kata-sandi");
        let with = |bytes: u64| {
            fs::write(&path, vec![b'x'; usize::try_from(bytes).unwrap()]).unwrap();
            secret(&path).map(|text| text.len())
        };
        assert_eq!(with(SECRET_BYTES_MAX).unwrap(), 64 << 10);
        let refused = with(SECRET_BYTES_MAX + 1).unwrap_err();
        assert!(refused.contains("kata-sandi tidak terbaca: lebih besar dari 65536 bita"), "{refused}");
    }
}
