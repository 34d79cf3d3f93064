"""Estimators for scikit-learn."""
import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from ._mizan import TextClassifier
from ._tfidf import TfidfVectorizer, checked

__all__ = ["StanceClassifier", "TfidfVectorizer"]


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
            groups: The group of each text (outlet, author); calibration holds out whole groups.

        Raises:
            MizanError: There is nothing to learn.
            KeyboardInterrupt: Ctrl-C, heard within a tenth of a second; what was fitted before stays.
        """
        texts, y = checked(X), np.asarray(y)
        if y.ndim == 2 and y.shape[1] == 1:
            y = y.ravel()
        check_classification_targets(y)
        if len(texts) != len(y):
            raise ValueError(f"Found input variables with inconsistent numbers of samples: [{len(texts)}, {len(y)}]")
        classes, numbers = np.unique(y, return_inverse=True)
        # By their rank, so that the order of the labels is that of their type.
        labels = [f"{number:06}" for number in numbers]
        groups = None if groups is None else [str(group) for group in groups]
        model = TextClassifier(texts, labels, groups, self.alpha, self.calibrated)
        # Together: what is interrupted leaves the classifier as it was.
        self.classes_, self._model = classes, model
        return self

    def predict_proba(self, X):
        """The probabilities of the labels, in the order of `classes_`; shape `(n_texts, n_classes)`."""
        check_is_fitted(self)
        return self._model.probabilities(checked(X))[0].reshape(-1, len(self.classes_))

    def predict(self, X):
        """The labels of texts, shape `(n_texts)`."""
        check_is_fitted(self)
        return self.classes_[self._model.probabilities(checked(X))[1]]

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
