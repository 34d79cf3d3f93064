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
    "TfidfVectorizer",
    "__version__",
    "evaluate",
    "read",
    "report",
    "terms",
]


def __getattr__(name):
    # It takes scikit-learn and SciPy, which scoring does not.
    if name == "TfidfVectorizer":
        from ._tfidf import TfidfVectorizer

        return TfidfVectorizer
    raise AttributeError(f"module 'mizan' has no attribute {name!r}")
