//! The population stability index, and how large chance makes it.

/// How often articles are divided at random.
pub const DRAWS: usize = 1_000;

/// Where the chance begins, so that the same articles give the same figures.
const SEED: u64 = 2_026;

/// The population stability index of two histograms over the same bins.
pub fn index(reference: &[u32], articles: &[u32]) -> f64 {
    let bins: Vec<(f64, f64)> = reference
        .iter()
        .zip(articles)
        .filter(|(e, a)| **e + **a > 0)
        .map(|(&e, &a)| (f64::from(e) + 0.5, f64::from(a) + 0.5))
        .collect();
    let (all_e, all_a) = bins.iter().fold((0.0, 0.0), |(e, a), bin| (e + bin.0, a + bin.1));
    bins.into_iter().map(|(e, a)| (a / all_a - e / all_e) * ((a / all_a) / (e / all_e)).ln()).sum()
}

/// The index that a random division of all articles exceeds once in a hundred.
pub fn by_chance(reference: &[u32], articles: &[u32]) -> f64 {
    let all: Vec<u32> = reference.iter().zip(articles).map(|(e, a)| e + a).collect();
    // The smaller side is drawn; the other is what is left.
    let sum = |counts: &[u32]| counts.iter().sum::<u32>();
    let drawn = sum(reference).min(sum(articles));
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut indices: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let (mut left, mut n_left, mut side) = (all.clone(), sum(&all), vec![0; all.len()]);
            for _ in 0..drawn {
                let mut at = random.u32(..n_left);
                let bin = left
                    .iter()
                    .position(|&n| {
                        at < n || {
                            at -= n;
                            false
                        }
                    })
                    .unwrap_or_default();
                left[bin] -= 1;
                side[bin] += 1;
                n_left -= 1;
            }
            index(&left, &side)
        })
        .collect();
    indices.sort_by(f64::total_cmp);
    indices[DRAWS * 99 / 100]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares with half an article more in each bin: 10.5 and 30.5 of 41, 30.5 and 10.5 of 41. (20
    /// / 41) · ln(30.5 / 10.5), twice.
    #[test]
    fn the_index_is_as_worked_out_by_hand() {
        let expected = 2.0 * (20.0 / 41.0) * (30.5_f64 / 10.5).ln();
        assert!((index(&[10, 30], &[30, 10]) - expected).abs() < 1e-12);
        assert!(
            (index(&[10, 0, 30], &[30, 0, 10]) - expected).abs() < 1e-12,
            "a bin that is empty in both says nothing"
        );
        assert!(index(&[7, 5, 9], &[7, 5, 9]).abs() < 1e-12);
        assert!(index(&[], &[]).abs() < 1e-12);
    }

    /// For halves of one population, the index times n·m/(n + m) is about χ² with one degree of
    /// freedom in two bins (Yurdakul and Naranjo 2020, "Statistical properties of the population
    /// stability index"): the 99th percentile is 6.63, here 6.63 / 500.
    #[test]
    fn chance_is_as_large_as_theory_says() {
        let chance = by_chance(&[500, 500], &[500, 500]);
        assert!((chance - 6.63 / 500.0).abs() < 0.004, "{chance}");
        assert!(
            by_chance(&[500, 500], &[5, 5]) > 10.0 * chance,
            "few articles leave more to chance"
        );
    }
}
