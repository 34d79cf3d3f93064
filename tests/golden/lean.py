#!/usr/bin/env python3
"""Makes lean.json: what statsmodels 0.15.0 and SciPy 1.17.1 give for means over clusters of articles and for outlets beside each other.

    pip install statsmodels==0.15.0 scipy==1.17.1
    python3 tests/golden/lean.py

`means`: the mean of clustered values by an ordinary regression on a constant alone, with cluster-robust standard errors and t with G - 1
degrees of freedom. `outlets`: random effects by DerSimonian and Laird (`combine_effects`, chi2).
"""
import json
from pathlib import Path

import numpy
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.stats import t
from statsmodels.stats.meta_analysis import combine_effects

assert (statsmodels.__version__, scipy.__version__) == ("0.15.0", "1.17.1"), (statsmodels.__version__, scipy.__version__)

random = numpy.random.default_rng(2026)


def mean(sizes, spread, noise):
    clusters = [numpy.clip(random.normal(0.1, spread) + random.normal(0, noise, size), -1, 1).round(6) for size in sizes]
    values = numpy.concatenate(clusters)
    groups = numpy.repeat(numpy.arange(len(sizes)), sizes)
    fit = sm.OLS(values, numpy.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    low, high = fit.conf_int()[0]
    half = t.ppf(0.975, len(sizes) - 1) * fit.bse[0]
    assert numpy.allclose([low, high], [fit.params[0] - half, fit.params[0] + half])
    told = [[round(float(value), 6) for value in cluster] for cluster in clusters]
    return {"clusters": told, "mean": float(fit.params[0]), "error": float(fit.bse[0]), "interval": [float(low), float(high)]}


def outlets(effects, errors):
    found = combine_effects(numpy.array(effects), numpy.array(errors) ** 2, method_re="chi2")
    # statsmodels does not cut a negative tau2 to 0, which makes random effects fixed ones.
    fixed = found.tau2 < 0
    low, high = found.conf_int()[0 if fixed else 1]
    return {
        "effects": effects, "errors": errors, "tau2": 0.0 if fixed else float(found.tau2),
        "mean": float(found.mean_effect_fe if fixed else found.mean_effect_re),
        "error": float(found.sd_eff_w_fe if fixed else found.sd_eff_w_re), "interval": [float(low), float(high)],
    }  # fmt: skip


golden = {
    "statsmodels": statsmodels.__version__,
    "scipy": scipy.__version__,
    "means": [
        mean([1, 1, 1, 1, 1], 0.3, 0.1),
        mean([3, 1, 7, 2], 0.3, 0.1),
        mean([20, 5, 5, 5, 1, 1, 1, 12], 0.1, 0.3),
        mean([2, 2], 0.02, 0.02),
        mean([1 + number % 4 for number in range(40)], 0.2, 0.2),
    ],
    "outlets": [
        outlets([0.4, 0.1, -0.2, 0.3], [0.05, 0.08, 0.1, 0.2]),
        outlets([0.1, 0.12, 0.09, 0.11], [0.05, 0.05, 0.02, 0.03]),
        outlets([0.6, 0.2, 0.05, -0.3, -0.1, 0.0, 0.15], [0.2, 0.03, 0.01, 0.15, 0.06, 0.02, 0.04]),
    ],
}
with open(Path(__file__).with_suffix(".json"), "w", encoding="utf-8") as file:
    told = ",\n".join(f'"{key}": {json.dumps(golden[key])}'.replace("}, {", "},\n {") for key in golden)
    file.write(f"{{{told}}}\n")
