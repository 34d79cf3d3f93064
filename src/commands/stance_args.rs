//! Arguments that name the fields of a table of stances.

use crate::engine::stance_table::StanceFields;

/// The heading of these options in a command's help.
pub const STANCES: &str = "Stances in a table";

/// Which columns or fields of a table hold stances toward the two camps.
#[expect(clippy::struct_field_names, reason = "the options are called so")]
#[derive(Debug, clap::Args)]
#[command(next_help_heading = STANCES)]
pub struct StanceArgs {
    /// Field or column of the stance toward lna, in a table that --from names
    #[arg(long, value_name = "NAME", requires_all = ["from", "gna_field"])]
    pub lna_field: Option<String>,

    /// Field or column of the stance toward gna
    #[arg(long, value_name = "NAME", requires = "lna_field")]
    pub gna_field: Option<String>,

    /// Field or column of the stance, in a table with a row for each camp; --target-field has the
    /// camp
    #[arg(
        long,
        value_name = "NAME",
        requires_all = ["from", "target_field"],
        conflicts_with = "lna_field"
    )]
    pub stance_field: Option<String>,
}

impl StanceArgs {
    /// The fields, as the library takes them; `None` if the labels are of another kind.
    pub fn fields(&self, target: Option<&String>) -> Option<StanceFields> {
        match (&self.lna_field, &self.gna_field, &self.stance_field, target) {
            (Some(lna), Some(gna), ..) => Some(StanceFields::ByCamp([lna.clone(), gna.clone()])),
            (_, _, Some(stance), Some(target)) => {
                let (stance, target) = (stance.clone(), target.clone());
                Some(StanceFields::ByTarget { stance, target })
            }
            _ => None,
        }
    }
}
