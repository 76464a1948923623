//! RUK and RPK of a Puskesmas: proposals with their costs, what the district's team said of each, and the meetings about
//! them.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiResult;
use super::params::SubjectParams;
use crate::domain::annual_plan::{CostSum, PlanDocument, PlanProposal, PlanSession, PlanVerdict};
use crate::domain::plan_year::{YearPlan, sessions_of_year};
use crate::domain::{Date, PeriodKind};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// RUK and RPK that are spoken about in a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlansAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Year in which they are spoken about.
    pub year: i32,
    /// Day of the data.
    pub as_of: String,
    /// Plans of the year and of the next one, those without proposals left out.
    pub plans: Vec<PlanAnswer>,
    /// Meetings of the year, by day.
    pub sessions: Vec<PlanSessionAnswer>,
}

/// Plan of a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanAnswer {
    /// `ruk` or `rpk`.
    pub document: String,
    /// Year of the plan.
    pub year: i32,
    /// Costs of all proposals.
    pub cost: CostAnswer,
    /// Costs by source of money.
    pub funds: Vec<FundAnswer>,
    /// Proposals in the order of lists.
    pub proposals: Vec<PlanProposalAnswer>,
}

/// Sum of costs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CostAnswer {
    /// Number of proposals …
    pub proposals: usize,
    /// … of which so many state their cost.
    pub stated: usize,
    /// Whole rupiah as digits, exact; null where no cost is stated.
    pub rupiah: Option<String>,
}

/// Costs of one source of money.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FundAnswer {
    /// Source of money as it is written.
    pub name: String,
    /// Its costs.
    pub cost: CostAnswer,
}

/// Activity that a plan proposes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanProposalAnswer {
    /// Program.
    pub program: Option<String>,
    /// Activity.
    pub activity: String,
    /// People or places that it is for.
    pub group: Option<String>,
    /// Whole rupiah as digits, exact; null: not stated, which is not nothing.
    pub cost: Option<String>,
    /// Source of the money as it is written.
    pub fund: Option<String>,
    /// Item of the five-year plan that it serves.
    pub five_year_item: Option<String>,
    /// `accepted`, `to_change` or `refused`; null: nobody spoke of it by the as-of day.
    pub verdict: Option<String>,
    /// Reason of the verdict.
    pub note: Option<String>,
    /// Day of the verdict.
    pub reviewed: Option<String>,
    /// Answer of the Puskesmas by the as-of day.
    pub reply: Option<String>,
    /// Day of the answer.
    pub replied: Option<String>,
}

/// Meeting in which the district's team helps to draw plans up.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSessionAnswer {
    /// Day for which it is planned.
    pub planned: String,
    /// Plans that it is about, in words.
    pub document: String,
    /// Day on which it took place by the as-of day; null: not yet.
    pub held: Option<String>,
    /// True where its day has passed without it.
    pub overdue: bool,
    /// Number of the letter of assignment.
    pub letter: Option<String>,
    /// Outcome as it is written.
    pub outcome: Option<String>,
}

/// RUK and RPK with their reviews; without a period of the year of today.
#[utoipa::path(
    get,
    path = "/api/v1/plans",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Plans and meetings", content(
        (PlansAnswer = "application/json")
    ))),
)]
pub async fn plans(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need_latest(site, &query, &[PeriodKind::Year])?;
        let written = &chosen.snapshot.facts().written;
        let year = chosen.subject.period.year();
        let as_of = chosen.subject.as_of;
        let sessions = sessions_of_year(written, 0, year, as_of);
        let answer = PlansAnswer {
            puskesmas: chosen.puskesmas.clone(),
            year,
            as_of: as_of.to_string(),
            plans: YearPlan::of_year(written, 0, year).iter().map(|plan| plan_answer(plan, as_of)).collect(),
            sessions: sessions.into_iter().map(|row| session(row, as_of)).collect(),
        };
        Ok::<_, ApiError>(Json(answer).into_response())
    })
    .await
}

fn plan_answer(plan: &YearPlan<'_>, as_of: Date) -> PlanAnswer {
    let document = match plan.document {
        PlanDocument::Proposed => "ruk",
        PlanDocument::Carried => "rpk",
    };
    let funds = plan.cost_by_fund().into_iter();
    PlanAnswer {
        document: document.to_owned(),
        year: plan.year,
        cost: cost(&plan.cost()),
        funds: funds.map(|(name, sum)| FundAnswer { name, cost: cost(&sum) }).collect(),
        proposals: plan.proposals.iter().map(|row| proposal(row, as_of)).collect(),
    }
}

fn cost(sum: &CostSum) -> CostAnswer {
    CostAnswer {
        proposals: sum.proposals,
        stated: sum.stated,
        rupiah: sum.rupiah.as_ref().map(|sum| sum.digits().to_owned()),
    }
}

fn proposal(row: &PlanProposal, as_of: Date) -> PlanProposalAnswer {
    let verdict = row.verdict(as_of);
    let is_replied = row.is_replied(as_of);
    let code = |verdict| match verdict {
        PlanVerdict::Accepted => "accepted",
        PlanVerdict::ToChange => "to_change",
        PlanVerdict::Refused => "refused",
    };
    PlanProposalAnswer {
        program: row.program.clone(),
        activity: row.activity.clone(),
        group: row.group.clone(),
        cost: row.cost.as_ref().map(|cost| cost.digits().to_owned()),
        fund: row.fund.clone(),
        five_year_item: row.five_year_item.clone(),
        verdict: verdict.map(|verdict| code(verdict).to_owned()),
        note: row.note.clone().filter(|_| verdict.is_some()),
        reviewed: row.reviewed.filter(|_| verdict.is_some()).map(|day| day.to_string()),
        reply: row.reply.clone().filter(|_| is_replied),
        replied: row.replied.filter(|_| is_replied).map(|day| day.to_string()),
    }
}

fn session(row: &PlanSession, as_of: Date) -> PlanSessionAnswer {
    let is_held = row.is_held(as_of);
    PlanSessionAnswer {
        planned: row.planned.to_string(),
        document: row.document.clone(),
        held: row.held.filter(|_| is_held).map(|day| day.to_string()),
        overdue: row.is_overdue(as_of),
        letter: row.letter.clone(),
        outcome: row.outcome.clone().filter(|_| is_held),
    }
}
