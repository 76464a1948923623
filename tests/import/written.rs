//! What people write beside the figures: from a workbook through the store to what papers print.

use simpul::app::import::Upload;
use simpul::app::receipt::FileStatus;
