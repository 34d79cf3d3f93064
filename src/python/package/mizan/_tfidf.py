"""`mizan.TfidfVectorizer`: TF-IDF under scikit-learn's names."""
from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ._mizan import Vectorizer, complaint, terms


class TfidfVectorizer(TransformerMixin, BaseEstimator):
    """Texts to rows of TF-IDF, by scikit-learn's formulas and under its names.

    Without a `tokenizer`, words are those that mizan counts (`mizan.terms`): Arabic words normalised and stemmed, without
    function words. With one, rows are those of scikit-learn to the last digits.

    Args:
        tokenizer: A callable from a text to a list of words.
        analyzer: `"word"`, or `"char_wb"` for runs of characters inside words.
        ngram_range: The shortest and the longest run, from 1 to 8.
        min_df, max_df: In how many texts a term must, and may, stand: an `int`, or a share as a `float`.
        max_features: How many terms stay at most: those that occur most often.
        sublinear_tf, binary, use_idf, smooth_idf, norm: As in scikit-learn.

    Attributes:
        vocabulary_: The column of each term.
        idf_: The inverse document frequencies, shape `(n_features)`.
    """

    def __init__(
        self,
        *,
        tokenizer=None,
        analyzer="word",
        ngram_range=(1, 1),
        min_df=1,
        max_df=1.0,
        max_features=None,
        sublinear_tf=False,
        binary=False,
        use_idf=True,
        smooth_idf=True,
        norm="l2",
    ):
        self.tokenizer = tokenizer
        self.analyzer = analyzer
        self.ngram_range = ngram_range
        self.min_df = min_df
        self.max_df = max_df
        self.max_features = max_features
        self.sublinear_tf = sublinear_tf
        self.binary = binary
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.norm = norm

    def _words(self, raw_documents):
        texts = checked(raw_documents)
        return terms(texts) if self.tokenizer is None else [list(self.tokenizer(text)) for text in texts]

    def _fit(self, words):
        settings = self.get_params(deep=False)
        del settings["tokenizer"]
        self._fitted = Vectorizer(words, **settings)
        self.idf_ = self._fitted.idf
        self.vocabulary_ = {term: column for column, term in enumerate(self._fitted.terms)}
        return self

    def fit(self, raw_documents, y=None):
        """Learns vocabulary and idf from texts, shape `(n_texts)`."""
        return self._fit(self._words(raw_documents))

    def fit_transform(self, raw_documents, y=None):
        """Learns from texts, shape `(n_texts)`, and gives their rows."""
        words = self._words(raw_documents)
        return self._fit(words)._rows(words)

    def transform(self, raw_documents):
        """The rows of texts as a `csr_matrix` of shape `(n_texts, n_features)`; unknown terms are left out."""
        check_is_fitted(self)
        return self._rows(self._words(raw_documents))

    def _rows(self, words):
        values, columns, starts = self._fitted.transform(words)
        shape = (len(starts) - 1, len(self.idf_))
        return csr_matrix((values, columns, starts), shape=shape, copy=False)

    def get_feature_names_out(self, input_features=None):
        """The terms, by column; shape `(n_features)`."""
        check_is_fitted(self)
        return np.asarray(self._fitted.terms, dtype=object)

    def __sklearn_is_fitted__(self):
        return hasattr(self, "_fitted")

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


def checked(raw_documents):
    """A list of texts; what is none is refused by its position, as scikit-learn does: a row less would not fit the labels."""
    if isinstance(raw_documents, str):
        raise ValueError("Iterable over raw text documents expected, string object received.")
    if hasattr(type(raw_documents), "columns"):
        raise ValueError("Iterable over raw text documents expected, frame received: give one column of it, as df['text'].")
    if isinstance(raw_documents, Mapping) or not hasattr(raw_documents, "__iter__"):
        raise TypeError(f"Iterable over raw text documents expected, {type(raw_documents).__name__} object received.")
    texts = list(raw_documents)
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(complaint(f"text {number}", text))
    return [str(text) for text in texts]
