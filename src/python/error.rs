//! Errors of the library → exceptions, with the same words.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
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

/// The number that an argument is.
///
/// # Errors
/// Names the argument and its value, and says what to give (`cure`): `TypeError` of another type,
/// `MizanError` where it is out of the range of `T`.
pub(super) fn number<'py, T: for<'a> FromPyObject<'a, 'py, Error = PyErr>>(
    name: &str,
    given: &Bound<'py, PyAny>,
    cure: &str,
) -> PyResult<T> {
    given.extract::<T>().map_err(|error: PyErr| {
        let shown = given.repr().map_or_else(|_| String::new(), |shown| shown.to_string());
        let message = format!("{name}={shown}: give {cure}");
        if error.is_instance_of::<PyTypeError>(given.py()) {
            PyTypeError::new_err(message)
        } else {
            MizanError::new_err(message)
        }
    })
}
