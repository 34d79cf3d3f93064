//! Which model is used where none is named: one rule for the program and for Python.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The variable that names a model file.
pub const VARIABLE: &str = "MIZAN_MODEL";

/// Most bytes of a model file.
pub const MAX_BYTES: u64 = 512 << 20;

/// Which model is used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelChoice {
    /// The caller names it.
    Named(PathBuf),
    /// The variable names it.
    Variable(PathBuf),
    /// The user installed it.
    Installed(PathBuf),
    /// It is the one inside the program.
    Embedded,
}

impl ModelChoice {
    /// The first of: the file that the caller names, the one in the value of [`VARIABLE`], the one
    /// that is installed, the model inside the program.
    pub fn new(
        named: Option<PathBuf>,
        variable: Option<OsString>,
        installed: Option<PathBuf>,
    ) -> Self {
        // An empty variable is how a shell unsets one for a single command.
        let variable = variable.filter(|path| !path.is_empty()).map(PathBuf::from);
        let named = named.map(Self::Named).or(variable.map(Self::Variable));
        named.or(installed.map(Self::Installed)).unwrap_or(Self::Embedded)
    }

    /// Where an installed model stands in a user's folder for data.
    pub fn installed_in(data: &Path) -> PathBuf {
        data.join("mizan").join("model.safetensors")
    }

    /// The file; `None` for the model inside the program.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Named(path) | Self::Variable(path) | Self::Installed(path) => Some(path),
            Self::Embedded => None,
        }
    }

    /// What the model is called in a comparison.
    pub fn name(&self) -> String {
        let path = self.path().map(|path| path.display().to_string());
        path.unwrap_or_else(|| "the one inside the program".to_owned())
    }

    /// Whether nobody would think of it: the caller does not name it, and it is not the one inside
    /// the program.
    pub fn is_unexpected(&self) -> bool {
        matches!(self, Self::Variable(_) | Self::Installed(_))
    }

    /// Where the model comes from, in words; `option` is how the caller names one.
    pub fn reason(&self, option: &str) -> String {
        match self {
            Self::Named(path) => format!("{option}{}", path.display()),
            Self::Variable(path) => format!("{VARIABLE}={}", path.display()),
            Self::Installed(path) => format!("installed as {}", path.display()),
            Self::Embedded => "inside the program".to_owned(),
        }
    }

    /// What is said before the reason why the model cannot be used.
    pub fn complaint(&self) -> String {
        match self {
            Self::Named(_) | Self::Embedded => "cannot use the model".to_owned(),
            Self::Variable(_) => format!("cannot use the model of {VARIABLE}; unset it"),
            Self::Installed(_) => {
                "cannot use the installed model; `mizan model --uninstall` removes it".to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_comes_first_and_an_empty_variable_is_none() {
        let path = |name: &str| Some(PathBuf::from(name));
        let variable = |value: &str| Some(OsString::from(value));
        let chosen = ModelChoice::new(path("a"), variable("b"), path("c"));
        assert_eq!(chosen, ModelChoice::Named("a".into()));
        assert!(!chosen.is_unexpected());
        let chosen = ModelChoice::new(None, variable("b"), path("c"));
        assert_eq!(chosen.reason("--model "), "MIZAN_MODEL=b");
        assert!(chosen.is_unexpected());
        let chosen = ModelChoice::new(None, variable(""), path("c"));
        assert_eq!(chosen.path(), Some(Path::new("c")));
        assert_eq!(ModelChoice::new(None, None, None), ModelChoice::Embedded);
    }
}
