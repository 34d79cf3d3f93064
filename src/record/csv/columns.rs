//! The columns of a table of score records: the one list that header, writer and reader share.

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Lean,
    Unrelated,
    /// A column of the first or second camp.
    Camp(usize, CampColumn),
    Error,
    Outlet,
    Date,
    Event,
    /// A field of the input that was kept, by its position.
    Kept(usize),
    Model,
    Version,
    /// The sentence that decides most toward a camp.
    Evidence(usize),
}

/// A column that each camp has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CampColumn {
    Stance,
    Score,
    Favor,
    Neutral,
    Against,
    Words,
    Doubt,
}

impl CampColumn {
    const ALL: [Self; 7] = [
        Self::Stance,
        Self::Score,
        Self::Favor,
        Self::Neutral,
        Self::Against,
        Self::Words,
        Self::Doubt,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Stance => "stance",
            Self::Score => "score",
            Self::Favor => "favor",
            Self::Neutral => "neutral",
            Self::Against => "against",
            Self::Words => "words",
            Self::Doubt => "doubt",
        }
    }
}

/// What stands before the names of kept fields.
pub(super) const KEPT_PREFIX: &str = "kept_";

impl Column {
    /// The columns of a table whose records keep `n_kept` fields, in order.
    pub(super) fn all(n_kept: usize) -> impl Iterator<Item = Self> {
        let camps = (0..2).flat_map(|camp| CampColumn::ALL.map(|column| Self::Camp(camp, column)));
        [Self::Id, Self::Lean, Self::Unrelated]
            .into_iter()
            .chain(camps)
            .chain([Self::Error, Self::Outlet, Self::Date, Self::Event])
            .chain((0..n_kept).map(Self::Kept))
            .chain([Self::Model, Self::Version, Self::Evidence(0), Self::Evidence(1)])
    }

    /// The name of the column in the header.
    pub(super) fn name(self, camps: [&str; 2], kept: &[String]) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Lean => "lean".to_owned(),
            Self::Unrelated => "unrelated".to_owned(),
            Self::Camp(camp, column) => format!("{}_{}", camps[camp], column.name()),
            Self::Error => "error".to_owned(),
            Self::Outlet => "outlet".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Event => "event".to_owned(),
            Self::Kept(number) => format!("{KEPT_PREFIX}{}", kept[number]),
            Self::Model => "model".to_owned(),
            Self::Version => "version".to_owned(),
            Self::Evidence(camp) => format!("{}_evidence", camps[camp]),
        }
    }
}
