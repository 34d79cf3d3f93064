#!/usr/bin/env python3
"""Writes figures.json: what scikit-learn 1.9.1 and SciPy 1.17.1 make of a small table of answers, for tests/figures.rs.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn==1.9.1 scipy==1.17.1
    /tmp/golden/bin/python tests/golden/figures.py

The answers are invented: a label, and a probability for each of four classes; the most probable one is what is given. Class 3 is given
but never right, and class 2 is right but never given: there scikit-learn divides by nothing.
"""
import json
from pathlib import Path

import numpy
import scipy
import sklearn
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score, brier_score_loss, confusion_matrix, f1_score, precision_recall_fscore_support

assert (sklearn.__version__, scipy.__version__) == ("1.9.1", "1.17.1")

ANSWERS = [
    (0, [0.70, 0.20, 0.05, 0.05]), (0, [0.40, 0.35, 0.20, 0.05]), (0, [0.10, 0.80, 0.05, 0.05]), (0, [0.25, 0.15, 0.10, 0.50]),
    (0, [0.55, 0.25, 0.15, 0.05]), (1, [0.05, 0.90, 0.03, 0.02]), (1, [0.30, 0.60, 0.05, 0.05]), (1, [0.50, 0.45, 0.04, 0.01]),
    (1, [0.02, 0.96, 0.01, 0.01]), (1, [0.10, 0.20, 0.10, 0.60]), (1, [0.15, 0.65, 0.15, 0.05]), (1, [0.33, 0.34, 0.32, 0.01]),
    (2, [0.10, 0.70, 0.15, 0.05]), (2, [0.45, 0.05, 0.40, 0.10]), (2, [0.05, 0.50, 0.44, 0.01]),
]  # fmt: skip
CLASSES = [0, 1, 2, 3]
PAIRS = [(1, 3), (0, 5), (10, 2), (7, 21), (121, 59), (700, 800), (1500, 1700)]

labels = numpy.array([label for label, _ in ANSWERS])
probabilities = numpy.array([p for _, p in ANSWERS])
given = probabilities.argmax(axis=1)
precision, recall, f1, support = precision_recall_fscore_support(labels, given, labels=CLASSES, zero_division=0)
golden = {
    "scikit_learn": sklearn.__version__,
    "scipy": scipy.__version__,
    "answers": ANSWERS,
    "confusion": confusion_matrix(labels, given, labels=CLASSES).tolist(),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
    "labelled": support.tolist(),
    "accuracy": accuracy_score(labels, given),
    # The mean over all but the last class, as over favor, neutral and against.
    "macro_f1": f1_score(labels, given, labels=CLASSES[:3], average="macro", zero_division=0),
    # Of the largest scale: the sum over the classes, not half of it.
    "brier": brier_score_loss(labels, probabilities, labels=CLASSES, scale_by_half=False),
    "mcnemar": [[a, b, binomtest(min(a, b), a + b, 0.5).pvalue] for a, b in PAIRS],
}
with open(Path(__file__).with_suffix(".json"), "w", encoding="utf-8") as file:
    file.write(json.dumps(golden) + "\n")
print({name: value for name, value in golden.items() if name != "answers"})
