//! The rooms of the house, for this project's own tests, benchmarks and fuzz targets. Nothing here
//! is part of the library's interface: it changes without notice.

#![allow(missing_docs)]

pub mod article {
    pub use crate::article::*;
}
pub mod camp {
    pub use crate::camp::*;
}
pub mod text {
    pub use crate::text::*;
}
pub mod intake {
    pub use crate::intake::*;
}
pub mod features {
    pub use crate::features::*;
}
pub mod model {
    pub use crate::model::*;
}
pub mod scoring {
    pub use crate::scoring::*;
}
pub mod record {
    pub use crate::record::*;
}
#[cfg(feature = "train")]
pub mod labels {
    pub use crate::labels::*;
}
pub mod engine {
    pub use crate::engine::*;
}
#[cfg(feature = "train")]
pub mod training {
    pub use crate::training::*;
}
#[cfg(feature = "train")]
pub mod evaluation {
    pub use crate::evaluation::*;
}
#[cfg(feature = "report")]
pub mod outlets {
    pub use crate::outlets::*;
}
#[cfg(feature = "cli")]
pub mod output {
    pub use crate::output::*;
}
#[cfg(feature = "label")]
pub mod labelling {
    pub use crate::labelling::*;
}
