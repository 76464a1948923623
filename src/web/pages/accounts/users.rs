//! *Pengguna*: all accounts, for administrators: made, given roles, reset, disabled, erased.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::words::{CodeView, kept_nowhere, moment};
use super::{CODE_PATH, USERS_PATH};
use crate::app::accounts::{AccountError, AccountRow, AccountService, GrantWish, NewPerson, grant_words};
use crate::domain::access::Role;
use crate::store::{AccountId, StoredAccount};
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, number};
use crate::web::identity::refusal_page;
use crate::web::pages::html;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// An account in the list.
struct UserRow {
    id: i64,
    name: String,
    full_name: String,
    title: String,
    roles: Vec<String>,
    /// Its state in words: *aktif*, *menunggu kata sandi*, *dinonaktifkan*, *dihapus*.
    state: &'static str,
    sessions: usize,
    has_totp: bool,
    has_identity: bool,
    made: String,
}

/// Roles that a form offers, with what each names besides.
struct RoleChoice {
    code: &'static str,
    label: &'static str,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "users.html")]
struct UsersPage {
    frame: PageFrame,
    users: Vec<UserRow>,
    roles: Vec<RoleChoice>,
    puskesmas: Vec<String>,
    form: UserForm,
    fault: String,
    handed: Option<CodeView>,
    code_path: &'static str,
    is_first: bool,
}

#[derive(Template)]
#[template(path = "user.html")]
struct UserPage {
    frame: PageFrame,
    user: UserRow,
    grants: Vec<(i64, String)>,
    roles: Vec<RoleChoice>,
    puskesmas: Vec<String>,
    notice: String,
    fault: String,
    handed: Option<CodeView>,
    code_path: &'static str,
}

/// An account that is asked for, or a change of one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UserForm {
    #[serde(rename = "nama")]
    name: String,
    #[serde(rename = "lengkap")]
    full_name: String,
    #[serde(rename = "jabatan")]
    title: String,
    #[serde(rename = "peran")]
    role: String,
    puskesmas: String,
    #[serde(rename = "faskes")]
    facility: String,
    cluster: String,
    #[serde(rename = "indikator")]
    services: String,
    #[serde(rename = "aksi")]
    action: UserAction,
    #[serde(rename = "nomor", deserialize_with = "number")]
    number: Option<i64>,
}

/// Things that an administrator does to an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
enum UserAction {
    #[serde(rename = "beri")]
    Grant,
    #[serde(rename = "cabut")]
    Revoke,
    #[serde(rename = "atur-ulang")]
    Reset,
    #[serde(rename = "nonaktifkan")]
    Disable,
    #[serde(rename = "aktifkan")]
    Enable,
    #[serde(rename = "dua-langkah")]
    RemoveTotp,
    #[serde(rename = "putus-identitas")]
    Unlink,
    #[serde(rename = "hapus")]
    Erase,
    #[default]
    #[serde(other)]
    SetPerson,
}

impl UserForm {
    fn wish(&self) -> Result<GrantWish, AccountError> {
        let role = Role::from_code(&self.role).ok_or(AccountError::GrantPlace("pilih peran dari daftarnya"))?;
        Ok(GrantWish {
            role,
            puskesmas: self.puskesmas.clone(),
            facility: self.facility.clone(),
            cluster: self.cluster.clone(),
            services: self.services.split([',', ';', ' ']).map(str::to_owned).collect(),
        })
    }
}

fn role_choices(chosen: &str) -> Vec<RoleChoice> {
    Role::ALL.map(|role| RoleChoice { code: role.code(), label: role.label(), is_chosen: role.code() == chosen }).into()
}

fn user_row(row: AccountRow) -> UserRow {
    let AccountRow { account, grants, sessions, has_totp, has_identity, .. } = row;
    UserRow {
        id: account.id.0,
        state: if has_identity && account.is_open() { "aktif" } else { state_words(&account) },
        roles: grants.iter().map(|held| grant_words(&held.grant)).collect(),
        made: moment(account.made.at),
        name: account.name,
        full_name: account.full_name,
        title: account.title,
        sessions,
        has_totp,
        has_identity,
    }
}

fn state_words(account: &StoredAccount) -> &'static str {
    match account {
        StoredAccount { erased: Some(_), .. } => "data orangnya dihapus",
        StoredAccount { disabled: Some(_), .. } => "dinonaktifkan",
        StoredAccount { has_password: false, .. } => "menunggu kata sandi",
        _ => "aktif",
    }
}

/// `GET /pengguna`: all accounts with their roles.
pub async fn users(site: Site) -> PageResult {
    site.compute(|site| list(site, UserForm::default(), String::new(), None)).await
}

fn list(site: &Site, form: UserForm, fault: String, handed: Option<CodeView>) -> PageResult {
    let users: Vec<UserRow> = site.app().accounts().list()?.into_iter().map(user_row).collect();
    let is_first = users.is_empty();
    let mut frame = PageFrame::new(site.app(), None, "Pengguna", USERS_PATH);
    "Siapa yang boleh masuk, dan apa yang boleh dikerjakannya".clone_into(&mut frame.subtitle);
    let chosen = if is_first { Role::Administrator.code() } else { form.role.as_str() };
    let page = UsersPage {
        frame,
        users,
        roles: role_choices(chosen),
        puskesmas: site.app().puskesmas()?,
        form,
        fault,
        handed,
        code_path: CODE_PATH,
        is_first,
    };
    html(&page).map(kept_nowhere)
}

/// `POST /pengguna`: makes an account and hands its code over.
pub async fn make_user(site: Site, Submitted(form): Submitted<UserForm>) -> PageResult {
    site.take_in(move |site| {
        let accounts = site.app().accounts();
        let made = form.wish().and_then(|wish| {
            let grant = accounts.grant_of(&wish)?;
            let person = NewPerson { name: &form.name, full_name: &form.full_name, title: &form.title };
            accounts.create(&person, &[grant])
        });
        match made {
            Ok((account, handed)) => {
                site.changed();
                list(site, UserForm::default(), String::new(), Some(CodeView::new(&account.name, &handed)))
            }
            Err(error) if error.is_failure() => Err(PageError::Fault(error.into())),
            Err(error) => {
                let page = list(site, form, sentence(&error.to_string()), None)?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    })
    .await
}

/// Sentences and a code that the page of an account shows after a change.
#[derive(Default)]
struct UserNews {
    notice: String,
    fault: String,
    handed: Option<CodeView>,
}

/// `GET /pengguna/{id}`: one account, its grants and what may be done to it.
pub async fn user(site: Site, Path(id): Path<i64>) -> PageResult {
    site.compute(move |site| detail(site, AccountId(id), UserNews::default())).await
}

fn detail(site: &Site, id: AccountId, news: UserNews) -> PageResult {
    let accounts = site.app().accounts();
    let row = accounts.list()?.into_iter().find(|row| row.account.id == id);
    let row = row.ok_or_else(|| PageError::not_found("Akun itu tidak ada. Pilih dari halaman Pengguna."))?;
    let grants = row.grants.iter().map(|held| (held.id, grant_words(&held.grant))).collect();
    let user = user_row(row);
    let mut frame = PageFrame::new(site.app(), None, &user.name, USERS_PATH);
    frame.crumbs = vec![("Pengguna".to_owned(), USERS_PATH.to_owned()), (user.name.clone(), String::new())];
    let UserNews { notice, fault, handed } = news;
    let page = UserPage {
        frame,
        user,
        grants,
        roles: role_choices(""),
        puskesmas: site.app().puskesmas()?,
        notice,
        fault,
        handed,
        code_path: CODE_PATH,
    };
    html(&page).map(kept_nowhere)
}

/// `POST /pengguna/{id}`: one of an administrator's actions.
pub async fn change_user(site: Site, Path(id): Path<i64>, Submitted(form): Submitted<UserForm>) -> PageResult {
    site.take_in(move |site| {
        let accounts = site.app().accounts();
        let account = accounts.account(AccountId(id)).map_err(refusal_page)?;
        match act(accounts, &account, &form) {
            Ok(news) => {
                site.changed();
                detail(site, account.id, news)
            }
            Err(error) if error.is_failure() => Err(PageError::Fault(error.into())),
            Err(error) => {
                let fault = sentence(&error.to_string());
                let page = detail(site, account.id, UserNews { fault, ..UserNews::default() })?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    })
    .await
}

fn act(accounts: AccountService<'_>, account: &StoredAccount, form: &UserForm) -> Result<UserNews, AccountError> {
    let id = account.id;
    let noted = |words: &str| UserNews { notice: words.to_owned(), ..UserNews::default() };
    match form.action {
        UserAction::Grant => {
            let grant = accounts.grant_of(&form.wish()?)?;
            accounts.grant(id, &grant)?;
            let doubts = accounts.grant_doubts(&grant)?.join("; ");
            let doubts = if doubts.is_empty() { String::new() } else { format!(" Perhatikan: {doubts}.") };
            Ok(noted(&format!("Peran {} diberikan.{doubts}", grant_words(&grant))))
        }
        UserAction::Revoke => {
            let number = form.number.ok_or_else(|| AccountError::NoSuchGrant(account.name.clone()))?;
            accounts.revoke_number(id, number)?;
            Ok(noted("Peran itu dicabut."))
        }
        UserAction::Reset => {
            let handed = accounts.reset_password(id)?;
            Ok(UserNews { handed: Some(CodeView::new(&account.name, &handed)), ..UserNews::default() })
        }
        UserAction::Disable => {
            accounts.disable(id)?;
            Ok(noted("Akun dinonaktifkan, dan semua sesinya diakhiri."))
        }
        UserAction::Enable => {
            accounts.enable(id)?;
            Ok(noted("Akun diaktifkan lagi."))
        }
        UserAction::RemoveTotp => {
            accounts.remove_totp_of(id)?;
            Ok(noted("Dua langkah akun ini dihapus."))
        }
        UserAction::Unlink => {
            accounts.unlink_identities(id)?;
            Ok(noted("Hubungan dengan penyedia identitas diputus, dan semua sesinya diakhiri."))
        }
        UserAction::Erase => {
            let name = accounts.erase(id)?;
            Ok(noted(&format!("Data orangnya dihapus; akun ini sekarang bernama {name}.")))
        }
        UserAction::SetPerson => {
            accounts.set_person(id, &form.full_name, &form.title)?;
            Ok(noted("Nama dan jabatan tersimpan."))
        }
    }
}
