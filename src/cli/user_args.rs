//! Command line of `user`: verbs and flags, in Indonesian. Decides nothing, opens nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::access::Role;

/// `user …`.
#[derive(Debug, Subcommand)]
pub enum UserVerb {
    /// Semua akun: peran, keadaan, sesi
    List {
        /// Bentuk keluaran: teks (bawaan) atau json
        #[arg(long, value_enum, default_value_t = UserListFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
        format: UserListFormat,
    },
    /// Buat akun; tertulis kode sekali pakai untuk memilih kata sandi
    Add(UserAddArgs),
    /// Beri akun satu peran lagi
    Grant(UserRoleArgs),
    /// Cabut satu peran; tanpa tempat: peran itu di semua tempat
    Revoke(UserRoleArgs),
    /// Kata sandi dilupakan dan semua sesi berakhir; tertulis kode sekali pakai untuk memilih yang baru
    Reset {
        #[command(flatten)]
        user: UserName,
        /// Hapus juga kode dua langkah, bila ponselnya hilang
        #[arg(long)]
        totp: bool,
    },
    /// Nonaktifkan akun; semua sesinya berakhir
    Disable(UserName),
    /// Aktifkan lagi akun yang dinonaktifkan
    Enable(UserName),
    /// Sesi yang berlaku dan tempat yang dikenal
    Sessions {
        #[command(flatten)]
        user: UserName,
        /// Akhiri semuanya
        #[arg(long)]
        end: bool,
    },
    /// Semua yang disimpan tentang orangnya, sebagai JSON
    Export {
        #[command(flatten)]
        user: UserName,
        /// Berkas yang ditulis; tanpa ini: keluaran standar
        #[arg(long, value_name = "BERKAS")]
        out: Option<PathBuf>,
    },
    /// Hapus data orangnya; catatan tentang apa yang dikerjakan tetap, dengan nama lain. Tidak dapat dibatalkan
    Erase {
        #[command(flatten)]
        user: UserName,
        /// Nama akun sekali lagi, supaya tidak keliru
        #[arg(long, value_name = "NAMA")]
        confirm: String,
    },
}

/// Name of an account.
#[derive(Debug, Args)]
pub struct UserName {
    /// Nama akun
    #[arg(value_name = "NAMA")]
    pub name: String,
}

/// `user add`.
#[derive(Debug, Args)]
pub struct UserAddArgs {
    #[command(flatten)]
    pub role: UserRoleArgs,
    /// Nama lengkap dan gelar
    #[arg(long, value_name = "NAMA LENGKAP", default_value = "", hide_default_value = true)]
    pub full_name: String,
    /// Jabatan
    #[arg(long, alias = "jabatan", value_name = "JABATAN", default_value = "", hide_default_value = true)]
    pub title: String,
}

/// An account, a role and its place.
#[derive(Debug, Args)]
pub struct UserRoleArgs {
    #[command(flatten)]
    pub user: UserName,
    /// Peran: admin, kepala, koordinator, pengelola, faskes, pembaca, tpcb atau dinas
    #[arg(long, alias = "peran", value_name = "PERAN", value_parser = parse_role)]
    pub role: Role,
    /// Puskesmas, untuk kepala, koordinator, pengelola, faskes dan pembaca
    #[arg(long, value_name = "NAMA", default_value = "", hide_default_value = true)]
    pub puskesmas: String,
    /// Faskes, untuk faskes
    #[arg(long, alias = "faskes", value_name = "NAMA", default_value = "", hide_default_value = true)]
    pub facility: String,
    /// Cluster, untuk tpcb
    #[arg(long, value_name = "NAMA", default_value = "", hide_default_value = true)]
    pub cluster: String,
    /// Kode indikator layanan, untuk pengelola, misalnya K1,K4
    #[arg(long, alias = "indikator", value_name = "KODE", value_delimiter = ',')]
    pub services: Vec<String>,
}

/// Output of `user list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UserListFormat {
    /// Dibaca orang
    #[value(alias = "text")]
    Teks,
    /// Dibaca program
    Json,
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::from_code(&text.trim().to_lowercase()).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        format!("yang ada: {}", known.join(", "))
    })
}
