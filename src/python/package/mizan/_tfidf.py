"""`mizan.TfidfVectorizer`: TF-IDF under scikit-learn's names."""
import operator
from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ._mizan import MizanError, Vectorizer, complaint, terms


class TfidfVectorizer(TransformerMixin, BaseEstimator):
    """Texts to rows of TF-IDF, by scikit-learn's formulas and under its names.

    Without a `tokenizer`, words are those that mizan counts (`mizan.terms`): Arabic words normalised and stemmed, without
    function words. With one, rows are those of scikit-learn with `lowercase=False` to the last digits. There are no other
    parameters than these: no `input`, `encoding`, `decode_error`, `strip_accents`, `lowercase`, `preprocessor`, `stop_words`,
    `token_pattern`, `vocabulary` and `dtype`, and no `analyzer` `"char"` or function.

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
        if self.tokenizer is not None and not callable(self.tokenizer):
            raise TypeError(f"tokenizer={self.tokenizer!r}: give a function from a text to a list of words, or None")
        return terms(texts) if self.tokenizer is None else [list(self.tokenizer(text)) for text in texts]

    def _fit(self, words):
        self._fitted = Vectorizer(words, **self._settings())
        self.idf_ = self._fitted.idf
        self.vocabulary_ = {term: column for column, term in enumerate(self._fitted.terms)}
        return self

    def _settings(self):
        """The parameters of `Vectorizer`; the error names the one that is wrong."""
        settings = self.get_params(deep=False)
        del settings["tokenizer"]
        for name in ("sublinear_tf", "binary", "use_idf", "smooth_idf"):
            if not isinstance(settings[name], (bool, np.bool_)):
                raise TypeError(f"{name}={settings[name]!r}: give True or False")
            settings[name] = bool(settings[name])
        for name, words in {"analyzer": '"word" or "char_wb"', "norm": '"l1", "l2" or None'}.items():
            value = settings[name]
            if not isinstance(value, str) and (name, value) != ("norm", None):
                raise TypeError(f"{name}={value!r}: give {words}")
        most, given = settings["max_features"], settings["ngram_range"]
        if most is not None and (_count(most, "max_features", "a number from 1, or None to keep all") < 1):
            raise MizanError(f"max_features={most!r}: give a number from 1, or None to keep all")
        cure = "a pair of numbers from 1 to 8, as (1, 2)"
        pair = tuple(given) if hasattr(given, "__iter__") and not isinstance(given, str) else ()
        if len(pair) != 2:
            raise TypeError(f"ngram_range={given!r}: give {cure}")
        if min(_count(length, "ngram_range", cure) for length in pair) < 1:
            raise MizanError(f"ngram_range={given!r}: give {cure}")
        return settings | {"ngram_range": pair}

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


def _count(value, name, cure):
    """A whole number."""
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name}={value!r}: give {cure}") from None


def checked(raw_documents, where=""):
    """A list of texts; what is none is refused by its position, as scikit-learn does: a row less would not fit the labels.
    `where` is said of what is no text but rows of numbers.
    """
    if isinstance(raw_documents, str):
        raise ValueError("Iterable over raw text documents expected, string object received.")
    if hasattr(type(raw_documents), "columns"):
        raise ValueError("Iterable over raw text documents expected, frame received: give one column of it, as df['text'].")
    if len(getattr(raw_documents, "shape", ())) > 1:
        shape = " × ".join(map(str, raw_documents.shape))
        raise ValueError(f"Iterable over raw text documents expected, matrix of {shape} received{where and '; '}{where}.")
    if isinstance(raw_documents, Mapping) or not hasattr(raw_documents, "__iter__"):
        raise TypeError(f"Iterable over raw text documents expected, {type(raw_documents).__name__} object received.")
    texts = list(raw_documents)
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(complaint(f"text {number}", text))
    return [str(text) for text in texts]
