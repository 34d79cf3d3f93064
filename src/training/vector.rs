//! Vectors of parameters, with the arithmetic that argmin's solvers ask for.
//!
//! argmin brings it for arrays of ndarray, too; there each operation is a `Zip`, whose steps are
//! calls wherever the compiler puts it into another unit than they are in. So it was in a build of
//! 32 units, which trained 2.6 times as long. These are loops over slices.

use argmin_math::{
    ArgminAdd, ArgminDot, ArgminL1Norm, ArgminL2Norm, ArgminMinMax, ArgminMul, ArgminScaledAdd,
    ArgminSignum, ArgminSub, ArgminZeroLike,
};
use ndarray::aview1;

/// Parameters, a gradient or a direction: as many numbers as the function has parameters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Vector(pub(super) Vec<f64>);

impl Vector {
    fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        Self(self.0.iter().map(|&own| of(own)).collect())
    }

    fn zip(&self, other: &Self, of: impl Fn(f64, f64) -> f64) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(&own, &other)| of(own, other)).collect())
    }
}

impl ArgminAdd<Self, Self> for Vector {
    fn add(&self, other: &Self) -> Self {
        self.zip(other, |own, other| own + other)
    }
}

impl ArgminAdd<f64, Self> for Vector {
    fn add(&self, other: &f64) -> Self {
        self.map(|own| own + other)
    }
}

impl ArgminSub<Self, Self> for Vector {
    fn sub(&self, other: &Self) -> Self {
        self.zip(other, |own, other| own - other)
    }
}

impl ArgminSub<f64, Self> for Vector {
    fn sub(&self, other: &f64) -> Self {
        self.map(|own| own - other)
    }
}

impl ArgminMul<Self, Self> for Vector {
    fn mul(&self, other: &Self) -> Self {
        self.zip(other, |own, other| own * other)
    }
}

impl ArgminMul<f64, Self> for Vector {
    fn mul(&self, other: &f64) -> Self {
        self.map(|own| own * other)
    }
}

impl ArgminScaledAdd<Self, f64, Self> for Vector {
    fn scaled_add(&self, factor: &f64, other: &Self) -> Self {
        self.zip(other, |own, other| own + factor * other)
    }
}

impl ArgminDot<Self, f64> for Vector {
    fn dot(&self, other: &Self) -> f64 {
        aview1(&self.0).dot(&aview1(&other.0))
    }
}

impl ArgminL2Norm<f64> for Vector {
    fn l2_norm(&self) -> f64 {
        self.dot(self).sqrt()
    }
}

// What follows is for penalties on absolute values, which nothing here has.

impl ArgminL1Norm<f64> for Vector {
    fn l1_norm(&self) -> f64 {
        self.0.iter().map(|own| own.abs()).sum()
    }
}

impl ArgminSignum for Vector {
    fn signum(self) -> Self {
        self.map(f64::signum)
    }
}

impl ArgminZeroLike for Vector {
    fn zero_like(&self) -> Self {
        Self(vec![0.0; self.0.len()])
    }
}

impl ArgminMinMax for Vector {
    fn min(x: &Self, y: &Self) -> Self {
        x.zip(y, f64::min)
    }

    fn max(x: &Self, y: &Self) -> Self {
        x.zip(y, f64::max)
    }
}
