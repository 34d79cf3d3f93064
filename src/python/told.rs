//! What the package tells, where the program writes to standard error.

use std::ffi::CString;

use pyo3::exceptions::PyUserWarning;
use pyo3::prelude::*;

/// Logs what nobody would think of, under the name `mizan`.
pub(super) fn logged(py: Python<'_>, message: String) -> PyResult<()> {
    let logger = py.import("logging")?.call_method1("getLogger", ("mizan",))?;
    // With an argument, so that a `%` in a name is no format.
    logger.call_method1("warning", ("%s", message))?;
    Ok(())
}

/// Warns of what is probably a mistake of the caller.
pub(super) fn warned(py: Python<'_>, message: &str) -> PyResult<()> {
    let category = py.get_type::<PyUserWarning>();
    let message = CString::new(message.replace('\0', ""))?;
    PyErr::warn(py, &category, &message, 1)
}
