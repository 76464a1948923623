//! Grants as people ask for them: a role and the names of its place. What is not known yet is taken as written, since
//! accounts come before the first import, and told as a doubt.

use crate::accounts::name::AccountName;
use crate::domain::access::{Access, Grant, Origin, Role};
use crate::domain::name::{name_key, plain_words, puskesmas_key};
use crate::store::{AccountId, StoredAccount, StoredGrant};

use super::{AccountError, AccountService};

/// Characters of a name of a place.
const PLACE_CHARS_MAX: usize = 200;

/// A role and the names of its place, as somebody wrote them; names that the role does not need stay unread.
#[derive(Clone, Debug)]
pub struct GrantWish {
    /// Role.
    pub role: Role,
    /// Name of the Puskesmas; blank where the role has none.
    pub puskesmas: String,
    /// Name of the facility; blank where the role has none.
    pub facility: String,
    /// Name of the cluster; blank where the role has none.
    pub cluster: String,
    /// Codes of service indicators; empty where the role has none.
    pub services: Vec<String>,
}

impl AccountService<'_> {
    /// The grant that a wish asks for, with names as the store writes them where it knows them.
    pub fn grant_of(self, wish: &GrantWish) -> Result<Grant, AccountError> {
        let puskesmas = || self.puskesmas_of(&wish.puskesmas);
        Ok(match wish.role {
            Role::Administrator => Grant::Administrator,
            Role::District => Grant::District,
            Role::ClusterTeam => Grant::ClusterTeam {
                cluster: place(&wish.cluster, "peran ini perlu nama cluster; sebutkan, seperti di daftar Cluster")?,
            },
            Role::Head => Grant::Head { puskesmas: puskesmas()? },
            Role::Coordinator => Grant::Coordinator { puskesmas: puskesmas()? },
            Role::Viewer => Grant::Viewer { puskesmas: puskesmas()? },
            Role::ProgrammeHolder => {
                let codes = wish.services.iter().map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
                let services: std::collections::BTreeSet<String> = codes.collect();
                let is_bounded = services.iter().all(|code| is_place(code));
                if services.is_empty() || !is_bounded {
                    let told = "pengelola program perlu kode indikator layanannya; sebutkan, misalnya K1,K4";
                    return Err(AccountError::GrantPlace(told));
                }
                Grant::ProgrammeHolder { puskesmas: puskesmas()?, services }
            }
            Role::Facility => Grant::Facility {
                puskesmas: puskesmas()?,
                facility: place(
                    &wish.facility,
                    "peran faskes perlu nama faskesnya; sebutkan, seperti di Daftar Identifikasi",
                )?,
            },
        })
    }

    /// Sentences about names of a grant that are not known here: taken as written, and worth a second look.
    pub fn grant_doubts(self, grant: &Grant) -> Result<Vec<String>, AccountError> {
        if let Grant::ClusterTeam { cluster } = grant {
            let key = name_key(cluster);
            let is_known = self.app.clusters()?.iter().any(|member| name_key(&member.cluster) == key);
            let doubt =
                format!("cluster “{cluster}” belum ada di daftar Cluster; perannya berlaku begitu daftarnya masuk");
            return Ok(if is_known { Vec::new() } else { vec![doubt] });
        }
        let Some(puskesmas) = grant.puskesmas() else { return Ok(Vec::new()) };
        let key = puskesmas_key(puskesmas);
        let Some(known) = self.app.puskesmas()?.into_iter().find(|name| puskesmas_key(name) == key) else {
            return Ok(vec![format!(
                "belum ada data Puskesmas “{puskesmas}” di sini; perannya berlaku begitu rekap pertamanya masuk. Periksa ejaannya"
            )]);
        };
        let snapshot = self.app.snapshot(&known)?;
        let facts = snapshot.facts();
        let mut doubts = Vec::new();
        match grant {
            Grant::Facility { facility, .. } => {
                let is_known = facts.facilities.iter().any(|one| name_key(&one.name) == name_key(facility));
                doubts.extend((!is_known).then(|| {
                    format!("faskes “{facility}” belum ada di Daftar Identifikasi {known}; periksa ejaannya")
                }));
            }
            Grant::ProgrammeHolder { services, .. } => {
                let is_known =
                    |code: &str| facts.services.iter().any(|one| plain_words(&one.code) == plain_words(code));
                let unknown = services.iter().filter(|code| !is_known(code));
                doubts.extend(
                    unknown.map(|code| format!("indikator layanan “{code}” belum ada di {known}; periksa kodenya")),
                );
            }
            _ => {}
        }
        Ok(doubts)
    }

    /// Gives an account a role. For administrators.
    pub fn grant(self, id: AccountId, grant: &Grant) -> Result<(), AccountError> {
        self.require_administrator()?;
        let account = self.open_account(id)?;
        if self.book().give_grant(id, grant, self.by())? { Ok(()) } else { Err(AccountError::GrantHeld(account.name)) }
    }

    /// Takes a role back, in all places that the wish leaves open; gives what was taken back. The last administrator
    /// keeps the role. For administrators.
    pub fn revoke(self, id: AccountId, wish: &GrantWish) -> Result<Vec<Grant>, AccountError> {
        self.require_administrator()?;
        let account = self.account(id)?;
        let meant = self.grants(id)?.into_iter().filter(|held| is_meant(&held.grant, wish));
        self.take_back(&account, meant.collect())
    }

    /// Takes the grant of a number back; the last administrator keeps the role. For administrators.
    pub fn revoke_number(self, id: AccountId, number: i64) -> Result<Vec<Grant>, AccountError> {
        self.require_administrator()?;
        let account = self.account(id)?;
        let meant = self.grants(id)?.into_iter().filter(|held| held.id == number);
        self.take_back(&account, meant.collect())
    }

    /// Grants of an account that count.
    pub fn grants(self, id: AccountId) -> Result<Vec<StoredGrant>, AccountError> {
        self.require_own(id)?;
        let mut grants = self.book().grants(id)?;
        grants.retain(|grant| grant.revoked.is_none());
        Ok(grants)
    }

    /// An account at work.
    pub(super) fn access_of(
        self,
        account: &StoredAccount,
        origin: Origin,
        held: Vec<StoredGrant>,
    ) -> Result<Access, AccountError> {
        let grants: Vec<Grant> = held.into_iter().map(|held| held.grant).collect();
        let needs_clusters = grants.iter().any(|grant| matches!(grant, Grant::ClusterTeam { .. }));
        let clusters = if needs_clusters { self.app.clusters()? } else { Vec::new() };
        Ok(Access::of_account(account.name.clone(), origin, grants, &clusters))
    }

    /// An account that may be worked with: neither disabled nor erased.
    pub(super) fn open_account(self, id: AccountId) -> Result<StoredAccount, AccountError> {
        let account = self.account(id)?;
        match &account {
            StoredAccount { erased: Some(_), .. } => Err(AccountError::Erased(account.name)),
            StoredAccount { disabled: Some(_), .. } => Err(AccountError::Disabled(account.name)),
            _ => Ok(account),
        }
    }

    fn take_back(self, account: &StoredAccount, meant: Vec<StoredGrant>) -> Result<Vec<Grant>, AccountError> {
        if meant.is_empty() {
            return Err(AccountError::NoSuchGrant(account.name.clone()));
        }
        let numbers: Vec<i64> = meant.iter().map(|held| held.id).collect();
        if !self.book().revoke_grants(account.id, &numbers, self.by())? {
            return Err(AccountError::LastAdministrator(account.name.clone()));
        }
        Ok(meant.into_iter().map(|held| held.grant).collect())
    }

    /// Name of a Puskesmas, as the store writes it where it knows it.
    pub(super) fn puskesmas_of(self, written: &str) -> Result<String, AccountError> {
        let written = place(written, "peran ini perlu nama Puskesmas; sebutkan")?;
        let key = puskesmas_key(&written);
        if key.is_empty() {
            return Err(AccountError::GrantPlace(
                "nama Puskesmas itu tidak menyebut Puskesmas yang mana; tulis lengkap",
            ));
        }
        let known = self.app.puskesmas()?.into_iter().find(|name| puskesmas_key(name) == key);
        Ok(known.unwrap_or(written))
    }
}

fn is_place(name: &str) -> bool {
    name.chars().count() <= PLACE_CHARS_MAX && !name.chars().any(char::is_control)
}

fn place(written: &str, missing: &'static str) -> Result<String, AccountError> {
    let name = written.trim();
    match name {
        "" => Err(AccountError::GrantPlace(missing)),
        _ if !is_place(name) => Err(AccountError::GrantPlace(
            "nama Puskesmas, faskes atau cluster harus satu baris, paling banyak 200 karakter",
        )),
        _ => Ok(name.to_owned()),
    }
}

/// Reports whether a grant is of the role, and of the places where the wish names them.
fn is_meant(grant: &Grant, wish: &GrantWish) -> bool {
    let is_open_or = |named: &str, is_same: bool| named.trim().is_empty() || is_same;
    let same_puskesmas = grant.puskesmas().is_some_and(|name| puskesmas_key(name) == puskesmas_key(&wish.puskesmas));
    let same_place = match grant {
        Grant::Facility { facility, .. } => is_open_or(&wish.facility, name_key(facility) == name_key(&wish.facility)),
        Grant::ClusterTeam { cluster } => is_open_or(&wish.cluster, name_key(cluster) == name_key(&wish.cluster)),
        Grant::ProgrammeHolder { services, .. } => {
            wish.services.is_empty() || wish.services.iter().any(|code| services.contains(code.trim()))
        }
        _ => true,
    };
    grant.role() == wish.role && is_open_or(&wish.puskesmas, same_puskesmas) && same_place
}

/// The name of an account that is kept: always in its normal form, but of an erased one.
pub(super) fn kept_name(account: &StoredAccount) -> Result<AccountName, AccountError> {
    Ok(AccountName::parse(&account.name)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_place_is_one_line_and_bounded() {
        assert!(place(&"x".repeat(PLACE_CHARS_MAX), "").is_ok());
        for wrong in ["x".repeat(PLACE_CHARS_MAX + 1), "dua\nbaris".to_owned(), " ".to_owned()] {
            assert!(matches!(place(&wrong, ""), Err(AccountError::GrantPlace(_))), "{wrong}");
        }
    }
}
