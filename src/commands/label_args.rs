//! Arguments that name the fields of a table of labels.

use std::path::PathBuf;

use crate::engine::data_set::LabelFields;

/// Which columns or fields of a table hold labels of any kind.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Labels of any kind")]
pub struct LabelArgs {
    /// Table or dump of texts with a label each, instead of a labelled set
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub from: Vec<PathBuf>,

    /// Field or column of the label
    #[arg(long, value_name = "NAME", default_value = "label")]
    pub label_field: String,

    /// Field or column of the target of the label, if there are several targets
    #[arg(long, value_name = "NAME")]
    pub target_field: Option<String>,

    /// Field or column of a group (outlet, author, thread) that folds must keep together
    #[arg(long, value_name = "NAME")]
    pub group_field: Option<String>,
}

impl LabelArgs {
    /// The fields, as the library takes them.
    pub fn fields(&self) -> LabelFields {
        LabelFields {
            label: self.label_field.clone(),
            target: self.target_field.clone(),
            group: self.group_field.clone(),
        }
    }
}
