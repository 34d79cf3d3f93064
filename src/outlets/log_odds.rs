//! How much more frequent a term is in one place than in another.

/// How much more frequent a term is in one place than in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// The log-odds ratio δ.
    pub log_odds: f64,
    /// δ over its standard error.
    pub z: f64,
}

/// The log-odds ratio of a term with an informative Dirichlet prior, and its z-score (Monroe,
/// Colaresi and Quinn 2008, "Fightin' Words", equations 16, 22 and 23), given the counts of the
/// term and of all terms here and elsewhere.
///
/// With y the counts of the term here (i) and elsewhere (j), n the counts of all terms, and the
/// prior α proportional to the term's count in both, in sum α₀ = `prior_weight`: δ = log((yᵢ + α) /
/// (nᵢ + α₀ − yᵢ − α)) − log((yⱼ + α) / (nⱼ + α₀ − yⱼ − α)), σ² ≈ 1/(yᵢ + α) + 1/(yⱼ + α), z = δ /
/// σ.
pub fn log_odds(here: (u64, u64), elsewhere: (u64, u64), prior_weight: f64) -> LogOdds {
    let everywhere = (here.0 + elsewhere.0) as f64;
    let prior = prior_weight * everywhere / (here.1 + elsewhere.1) as f64;
    let odds = |(count, total): (u64, u64)| {
        let count = count as f64 + prior;
        (count / (total as f64 + prior_weight - count)).ln()
    };
    let log_odds = odds(here) - odds(elsewhere);
    let variance = 1.0 / (here.0 as f64 + prior) + 1.0 / (elsewhere.0 as f64 + prior);
    LogOdds { log_odds, z: log_odds / variance.sqrt() }
}
