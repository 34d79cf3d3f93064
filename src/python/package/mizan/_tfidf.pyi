from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

class TfidfVectorizer(TransformerMixin, BaseEstimator):
    vocabulary_: dict[str, int]
    idf_: NDArray[np.float64]
    def __init__(
        self,
        *,
        tokenizer: Callable[[str], Iterable[str]] | None = None,
        analyzer: str = "word",
        ngram_range: tuple[int, int] = (1, 1),
        min_df: int | float = 1,
        max_df: int | float = 1.0,
        max_features: int | None = None,
        sublinear_tf: bool = False,
        binary: bool = False,
        use_idf: bool = True,
        smooth_idf: bool = True,
        norm: str | None = "l2",
    ) -> None: ...
    def fit(self, raw_documents: Iterable[str], y: object = None) -> TfidfVectorizer: ...
    def fit_transform(self, raw_documents: Iterable[str], y: object = None) -> Any: ...
    def transform(self, raw_documents: Iterable[str]) -> Any: ...
    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]: ...
    def __sklearn_is_fitted__(self) -> bool: ...
    def __sklearn_tags__(self) -> Any: ...

def checked(raw_documents: Iterable[str], where: str = "") -> list[str]: ...
