//! Errors of the library → exceptions, with the same words.

use pyo3::exceptions::PyValueError;
use pyo3::{PyErr, create_exception};

create_exception!(
    mizan,
    MizanError,
    PyValueError,
    "What mizan cannot do, in the words that the program says it with."
);

/// The exception that says what an error says, and what it comes from.
pub(super) fn raised(error: impl std::error::Error) -> PyErr {
    MizanError::new_err(error.to_string())
}
