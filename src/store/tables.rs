//! From a table to the record that its rows are, for everything that does the same with each of them. Achievements, which
//! are no [`Stored`](super::rows::Stored) record, have a branch of their own.

/// Evaluates an expression with the record type of a table.
macro_rules! with_record {
    ($table:expr, $Record:ident => $done:expr, achievements => $other:expr) => {
        $crate::domain::table::each_table!([$crate::store::tables::record_arms] ($table) $Record ($done) ($other))
    };
}

/// The arms of [`with_record`].
macro_rules! record_arms {
    ([($table:expr) $Record:ident ($done:expr) ($other:expr)]
        figures { $($(#[$doc:meta])* $Figures:ident($FiguresRecord:ty): $($words:literal),*;)* }
        counted { $(#[$counted_doc:meta])* $Counted:ident($CountedRecord:ty): $($counted_words:literal),*; }
        written { $($(#[$written_doc:meta])* $Written:ident($WrittenRecord:ty): $($written_words:literal),*;)* }
    ) => {
        match $table {
            $($crate::domain::Table::$Figures => {
                type $Record = $FiguresRecord;
                $done
            })*
            $crate::domain::Table::$Counted => $other,
            $($crate::domain::Table::$Written => {
                type $Record = $WrittenRecord;
                $done
            })*
        }
    };
}

/// Evaluates an expression with the rows of a recap, whichever record they are.
macro_rules! with_rows {
    ($rows:expr, $list:ident => $done:expr, achievements => $other:expr) => {
        $crate::domain::table::each_table!([$crate::store::tables::rows_arms] ($rows) $list ($done) ($other))
    };
}

/// The arms of [`with_rows`].
macro_rules! rows_arms {
    ([($rows:expr) $list:ident ($done:expr) ($other:expr)]
        figures { $($(#[$doc:meta])* $Figures:ident($FiguresRecord:ty): $($words:literal),*;)* }
        counted { $(#[$counted_doc:meta])* $Counted:ident($CountedRecord:ty): $($counted_words:literal),*; }
        written { $($(#[$written_doc:meta])* $Written:ident($WrittenRecord:ty): $($written_words:literal),*;)* }
    ) => {
        match $rows {
            $($crate::domain::records::Rows::$Figures($list) => $done,)*
            $crate::domain::records::Rows::$Counted($list) => $other,
            $($crate::domain::records::Rows::$Written($list) => $done,)*
        }
    };
}

pub(super) use {record_arms, rows_arms, with_record, with_rows};
