//! From a table to the record that its rows are: the one place that pairs them, for everything that does the same with
//! each of them. Achievements, which are no [`Stored`](super::rows::Stored) record, have a branch of their own.

/// Evaluates an expression with the record type of a table.
macro_rules! with_record {
    ($table:expr, $Record:ident => $done:expr, achievements => $other:expr) => {
        match $table {
            $crate::domain::Table::Facilities => {
                type $Record = $crate::domain::records::FacilityRow;
                $done
            }
            $crate::domain::Table::ServiceIndicators => {
                type $Record = $crate::domain::ServiceDefinition;
                $done
            }
            $crate::domain::Table::Decree => {
                type $Record = $crate::domain::records::DecreeRecord;
                $done
            }
            $crate::domain::Table::Schedule => {
                type $Record = $crate::domain::records::SlotRow;
                $done
            }
            $crate::domain::Table::ScheduleChanges => {
                type $Record = $crate::domain::records::ChangeRow;
                $done
            }
            $crate::domain::Table::Visits => {
                type $Record = $crate::domain::records::VisitRow;
                $done
            }
            $crate::domain::Table::FollowUps => {
                type $Record = $crate::domain::records::FollowUpRow;
                $done
            }
            $crate::domain::Table::Lokmin => {
                type $Record = $crate::domain::records::LokminRow;
                $done
            }
            $crate::domain::Table::MonthlyReports => {
                type $Record = $crate::domain::records::ReportRow;
                $done
            }
            $crate::domain::Table::Achievements => $other,
            $crate::domain::Table::Problems => {
                type $Record = $crate::domain::written::Problem;
                $done
            }
            $crate::domain::Table::Decisions => {
                type $Record = $crate::domain::written::Decision;
                $done
            }
            $crate::domain::Table::Clusters => {
                type $Record = $crate::domain::written::ClusterMember;
                $done
            }
            $crate::domain::Table::DistrictVisits => {
                type $Record = $crate::domain::written::DistrictVisit;
                $done
            }
            $crate::domain::Table::DistrictFollowUps => {
                type $Record = $crate::domain::written::DistrictFollowUp;
                $done
            }
        }
    };
}

/// Evaluates an expression with the rows of a recap, whichever record they are.
macro_rules! with_rows {
    ($rows:expr, $list:ident => $done:expr, achievements => $other:expr) => {
        match $rows {
            $crate::domain::records::Rows::Facilities($list) => $done,
            $crate::domain::records::Rows::ServiceIndicators($list) => $done,
            $crate::domain::records::Rows::Decree($list) => $done,
            $crate::domain::records::Rows::Schedule($list) => $done,
            $crate::domain::records::Rows::ScheduleChanges($list) => $done,
            $crate::domain::records::Rows::Visits($list) => $done,
            $crate::domain::records::Rows::FollowUps($list) => $done,
            $crate::domain::records::Rows::Lokmin($list) => $done,
            $crate::domain::records::Rows::MonthlyReports($list) => $done,
            $crate::domain::records::Rows::Achievements($list) => $other,
            $crate::domain::records::Rows::Problems($list) => $done,
            $crate::domain::records::Rows::Decisions($list) => $done,
            $crate::domain::records::Rows::Clusters($list) => $done,
            $crate::domain::records::Rows::DistrictVisits($list) => $done,
            $crate::domain::records::Rows::DistrictFollowUps($list) => $done,
        }
    };
}

pub(super) use with_record;
pub(super) use with_rows;
