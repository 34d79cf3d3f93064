"""Estimators for scikit-learn."""
import warnings
from numbers import Number, Real

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from ._frame import is_missing
from ._mizan import MizanError, TextClassifier
from ._tfidf import TfidfVectorizer, checked

__all__ = ["StanceClassifier", "TfidfVectorizer"]

# What a StanceClassifier is given.
TEXTS = "StanceClassifier takes texts and makes features of its own: leave the vectorizer out"


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """Texts to labels of any kind: what `mizan train --from` trains, as an estimator.

    Words, runs of characters and stems are weighed by a logistic regression. It is pickled as the bytes of a model file
    (safetensors), in which nothing is executed.

    Args:
        alpha: The strength of the L2 penalty, above 0 (scikit-learn's `1 / C`); the default of `mizan train` without it.
        calibrated: Whether probabilities and decisions are learned from texts that are held out, in 5 folds: better, and six
            times as long to fit. Without, probabilities are those of the regression, and the most probable label is given.

    Attributes:
        classes_: The labels, ascending; shape `(n_classes)`.
    """

    def __init__(self, alpha=None, calibrated=True):
        self.alpha = alpha
        self.calibrated = calibrated

    def fit(self, X, y, groups=None):
        """Trains on texts and labels.

        Args:
            X: Texts, shape `(n_texts)`.
            y: Labels of one type, shape `(n_texts)`: of two kinds at least.
            groups: The group of each text (outlet, author); calibration holds out whole groups. Without them, texts that are
                nearly copies of each other are held out together.

        Raises:
            ValueError: A label or group is missing, labels are of several types, or there are not as many as texts.
            MizanError: There is nothing to learn, or nothing that calibration can hold out.
            TypeError: A setting is of another type.
            KeyboardInterrupt: Ctrl-C, heard within a tenth of a second; what was fitted before stays.
        """
        texts, y = checked(X, TEXTS), labels_of(y)
        self._check_settings()
        check_classification_targets(y)
        if len(texts) != len(y):
            raise ValueError(f"Found input variables with inconsistent numbers of samples: [{len(texts)}, {len(y)}]")
        classes, numbers = np.unique(y, return_inverse=True)
        if len(classes) == 1:
            raise MizanError(f"every label is {classes.tolist()[0]!r}: at least two different ones are needed to learn from")
        if texts and not any(text.strip() for text in texts):
            raise MizanError(f"all {len(texts)} texts are empty: there is nothing to learn from")
        if groups is not None:
            groups = [str(group) for group in items(groups, "group")]
            if len(groups) != len(texts):
                raise ValueError(f"there are {len(groups)} groups for {len(texts)} texts: give one for each")
        # By their rank, so that the order of the labels is that of their type.
        labels = [f"{number:06}" for number in numbers]
        alpha = None if self.alpha is None else float(self.alpha)
        model = TextClassifier(texts, labels, groups, alpha, bool(self.calibrated))
        # Together: what is interrupted leaves the classifier as it was.
        self.classes_, self._model = classes, model
        return self

    def _check_settings(self):
        if self.alpha is not None and (not isinstance(self.alpha, Real) or isinstance(self.alpha, bool)):
            raise TypeError(f"alpha={self.alpha!r}: give a number above 0, or None")
        if not isinstance(self.calibrated, (bool, np.bool_)):
            raise TypeError(f"calibrated={self.calibrated!r}: give True or False")

    def _judged(self, X):
        """The probabilities and the decided classes of texts, with a warning of those that say nothing to the model."""
        check_is_fitted(self)
        texts = checked(X, TEXTS)
        probabilities, decided, n_unknown = self._model.probabilities(texts)
        if n_unknown:
            warnings.warn(f"{n_unknown} of {len(texts)} texts have nothing that the model knows: they are given the prior", stacklevel=3)
        return probabilities, decided

    def predict_proba(self, X):
        """The probabilities of the labels, in the order of `classes_`; shape `(n_texts, n_classes)`.

        A text without anything that the model knows, as an empty one, has the prior: what the model says of no text at all. A
        `UserWarning` tells how many there are.
        """
        return self._judged(X)[0].reshape(-1, len(self.classes_))

    def predict(self, X):
        """The labels of texts, shape `(n_texts)`. A text without anything that the model knows is given the label of the prior,
        and a `UserWarning` tells how many there are.
        """
        return self.classes_[self._judged(X)[1]]

    def __sklearn_is_fitted__(self):
        return hasattr(self, "_model")

    def __getstate__(self):
        state = dict(super().__getstate__())
        if "_model" in state:
            state["_model"] = state["_model"].to_bytes()
        return state

    def __setstate__(self, state):
        state = dict(state)
        if "_model" in state:
            state["_model"] = TextClassifier.from_bytes(state["_model"])
        super().__setstate__(state)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


def items(values, name):
    """A list of one value for each text, of which none is missing."""
    if not hasattr(values, "__len__") and hasattr(values, "__iter__"):
        values = list(values)
    column = np.asarray(values, dtype=object)
    if column.ndim == 2 and column.shape[1] == 1:
        column = column.ravel()
    if column.ndim == 2:
        raise ValueError(f"{name}s have {column.shape[1]} columns: give one {name} for each text")
    if column.ndim != 1:
        raise ValueError(f"{name}s: give a list of one {name} for each text, not {type(values).__name__}")
    for number, value in enumerate(column):
        if is_missing(value):
            raise ValueError(f"{name} {number} is missing ({value}): leave the text out, or give its {name}")
    return column.tolist()


def labels_of(y):
    """Labels as an array of their type."""
    first = None
    for number, label in enumerate(labels := items(y, "label")):
        kind = next((kind for kind in (str, (bool, np.bool_), Number) if isinstance(label, kind)), type(label))
        if first is None:
            first = kind
        elif kind != first:
            types = (type(label).__name__, type(labels[0]).__name__)
            raise ValueError(f"label {number} ({label!r}) is of type {types[0]} and label 0 ({labels[0]!r}) of type {types[1]}: give one type")
    array = np.asarray(y if hasattr(y, "__len__") else labels)
    return array.ravel()
