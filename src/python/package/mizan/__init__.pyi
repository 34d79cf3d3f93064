from . import sklearn as sklearn
from ._mizan import Article as Article
from ._mizan import Articles as Articles
from ._mizan import CampScore as CampScore
from ._mizan import Evidence as Evidence
from ._mizan import Explanation as Explanation
from ._mizan import MizanError as MizanError
from ._mizan import Score as Score
from ._mizan import SentenceCamp as SentenceCamp
from ._mizan import SentenceScore as SentenceScore
from ._mizan import __version__ as __version__
from ._mizan import evaluate as evaluate
from ._mizan import report as report
from ._mizan import terms as terms
from ._read import read as read
from ._scorer import Scorer as Scorer
from ._tfidf import TfidfVectorizer as TfidfVectorizer
from .sklearn import StanceClassifier as StanceClassifier

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
