//! The stages of the pipeline.

/// A stage of the pipeline from bytes to a verdict, or several stages at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// UTF-8 validation: the reference.
    Validate,
    /// Bytes → text: encoding detection and decoding.
    Decode,
    /// Saved page → article: each text is put into the paragraphs of a small page.
    Extract,
    /// Text → text without boilerplate.
    Clean,
    /// Text → words, segmented and packed.
    Cut,
    /// Text → words, each normalised.
    Normalise,
    /// Text → words, each normalised and stemmed, without a cache.
    Stem,
    /// Text → vector of stems and bigrams of stems.
    VectoriseWords,
    /// Text → probabilities of three classes from stems and bigrams of stems, for comparison with
    /// other tools.
    ScoreWords,
    /// Text → feature vector of the model.
    Vectorise,
    /// Article → verdict of the model, with its words.
    Score,
    /// JSON line → JSON line: read, clean, score, write.
    Whole,
}

impl Stage {
    /// All stages, in the order of a report.
    pub const ALL: [Self; 12] = [
        Self::Validate,
        Self::Decode,
        Self::Extract,
        Self::Clean,
        Self::Cut,
        Self::Normalise,
        Self::Stem,
        Self::VectoriseWords,
        Self::ScoreWords,
        Self::Vectorise,
        Self::Score,
        Self::Whole,
    ];

    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Validate => "validate UTF-8",
            Self::Decode => "decode",
            Self::Extract => "extract from a page",
            Self::Clean => "take leftovers out",
            Self::Cut => "cut into words",
            Self::Normalise => "cut, normalise",
            Self::Stem => "cut, normalise, stem",
            Self::VectoriseWords => "vectorise, words 1-2",
            Self::ScoreWords => "score, words 1-2",
            Self::Vectorise => "vectorise, model",
            Self::Score => "score, model",
            Self::Whole => "JSON to JSON, model",
        }
    }
}
