//! Parts of what a training set is taught by.

use super::TrainingSet;

impl TrainingSet {
    /// The set with the labels of a share of its articles (0 to 1) only; the others stay in it
    /// without a label. Larger shares hold the smaller ones, and families stay
    /// together, but for one at the edge.
    #[must_use]
    pub fn with_part_of_labels(&self, share: f64) -> Self {
        let mut part = self.clone();
        for position in self.outside(share) {
            part.labels[position].fill(None);
        }
        part
    }

    /// The set with the rationales of a share of its articles (0 to 1) only, likewise.
    #[must_use]
    pub fn with_part_of_rationales(&self, share: f64) -> Self {
        let mut part = self.clone();
        for position in self.outside(share) {
            part.deciding[position].fill(Vec::new());
        }
        part
    }

    /// The positions that do not belong to a share of the articles: in the order of the hashes of
    /// their families, or ids.
    fn outside(&self, share: f64) -> Vec<usize> {
        let key = |position: usize| {
            let name = self.families[position].as_ref().unwrap_or(&self.ids[position]);
            *blake3::hash(name.as_bytes()).as_bytes()
        };
        let mut positions = self.positions();
        positions.sort_by_cached_key(|&position| (key(position), position));
        let taught = positions.len() as f64 * share.clamp(0.0, 1.0);
        let n_taught = (0..positions.len()).take_while(|&at| (at as f64) < taught).count();
        positions.split_off(n_taught)
    }
}
