"""mizan weighs the stance of Arabic news articles toward the two rival Libyan camps.

    import mizan
    scorer = mizan.Scorer()
    score = scorer.score("أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس")
    score.lean, score.gna.stance, score.gna.probabilities

It is the engine of the program `mizan`, not a copy: the same text has the same score to the last digit. Scores are readings
of wording, and one side in five is wrong: see README for what they may be used for.
"""
from ._mizan import (
    Article,
    Articles,
    CampScore,
    Evidence,
    Explanation,
    MizanError,
    Score,
    SentenceCamp,
    SentenceScore,
    __version__,
    evaluate,
    report,
    terms,
)
from ._read import read
from ._scorer import Scorer

__all__ = [
    "Article",
    "Articles",
    "CampScore",
    "Evidence",
    "Explanation",
    "MizanError",
    "Score",
    "Scorer",
    "SentenceCamp",
    "SentenceScore",
    "StanceClassifier",
    "TfidfVectorizer",
    "__version__",
    "evaluate",
    "read",
    "report",
    "terms",
]


# They take scikit-learn and SciPy, which scoring does not, so they are loaded when they are asked for. The module `sklearn` is not
# in `__all__`: it would stand in the place of scikit-learn's own name.
_LAZY = ("StanceClassifier", "TfidfVectorizer", "sklearn")


def __getattr__(name):
    if name not in _LAZY:
        raise AttributeError(f"module 'mizan' has no attribute {name!r}")
    # By its name: `from . import sklearn` would ask here again.
    from importlib import import_module

    try:
        module = import_module("mizan.sklearn")
    except ImportError as error:
        raise ImportError(f"mizan.{name} takes scikit-learn: pip install 'mizan[sklearn]' ({error})") from error
    return module if name == "sklearn" else getattr(module, name)


def __dir__():
    from importlib.util import find_spec

    # What looks at all names, as `help` does, must not stumble over them where they cannot be loaded.
    return sorted({*globals(), *_LAZY} if find_spec("sklearn") else {*globals()} - {*_LAZY})
