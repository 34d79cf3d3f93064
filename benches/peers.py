"""How fast others do what mizan does: text to features to probabilities, on one core. `bash benches/peers.sh` runs it.

    python peers.py [FILE.jsonl[.gz]]

Articles are the field `text` of FILE, or those of labeled/articles. Each program is fitted to the first 2,000 of them (the first
half, if there are fewer than 4,000) and measured on the next 3,000. One JSON object a line: `mb_per_s` is the median of five runs
after one to warm up, `min` and `max` their spread, in 10^6 bytes of UTF-8 text a second.

The labels mean nothing: only time is measured.
"""
import gzip
import json
import re
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

import fasttext
import Stemmer
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

MOST_FITTED, MOST_MEASURED, RUNS = 2_000, 3_000, 5
UNWRITTEN = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f]")
ARABIC_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")


def read_articles(path):
    if path is None:
        folder = Path(__file__).parent.parent / "labeled" / "articles"
        # A header, an empty line, the text.
        return [file.read_text("utf-8").partition("\n\n")[2] for file in sorted(folder.rglob("*.txt"))]
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def stems():
    stemmer = Stemmer.Stemmer("arabic")
    stemmer.maxCacheSize = 100_000
    return lambda text: stemmer.stemWords(ARABIC_WORD.findall(UNWRITTEN.sub("", text)))


def scikit_learn(articles, labels, **settings):
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, **settings)
    classifier = LogisticRegression(max_iter=50).fit(vectorizer.fit_transform(articles), labels)
    return lambda texts: classifier.predict_proba(vectorizer.transform(texts))


def fast_text(articles, labels):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(f"__label__{label} {one_line(article)}\n" for article, label in zip(articles, labels))
        file.flush()
        model = fasttext.train_supervised(file.name, epoch=1, wordNgrams=2, dim=50, thread=1, verbose=0)
    # One line at a time, `predict` breaks with NumPy 2; a list it takes.
    return lambda texts: model.predict([one_line(text) for text in texts], k=3)


def one_line(text):
    return " ".join(text.splitlines())


def programs(articles, labels):
    """Names, and programs fitted only when their turn comes."""
    yield "scikit-learn, words", scikit_learn(articles, labels)
    yield "scikit-learn, words 1-2", scikit_learn(articles, labels, ngram_range=(1, 2))
    stemmed = {"tokenizer": stems(), "token_pattern": None, "ngram_range": (1, 2)}
    yield "scikit-learn, words 1-2, PyStemmer", scikit_learn(articles, labels, **stemmed)
    yield "scikit-learn, characters 3-5", scikit_learn(articles, labels, analyzer="char_wb", ngram_range=(3, 5))
    yield "fastText, words 1-2", fast_text(articles, labels)


def seconds(score, texts):
    start = time.perf_counter()
    score(texts)
    return time.perf_counter() - start


def main(path=None):
    warnings.simplefilter("ignore", ConvergenceWarning)
    articles = read_articles(path)
    fitted = min(MOST_FITTED, len(articles) // 2)
    texts = articles[fitted:][:MOST_MEASURED]
    n_bytes = sum(len(text.encode()) for text in texts)
    for name, score in programs(articles[:fitted], [number % 3 for number in range(fitted)]):
        seconds(score, texts)
        speeds = [n_bytes / seconds(score, texts) / 1e6 for _ in range(RUNS)]
        figures = {"mb_per_s": statistics.median(speeds), "min": min(speeds), "max": max(speeds)}
        figures = {key: round(value, 2) for key, value in figures.items()}
        print(json.dumps({"name": name, **figures, "articles": len(texts), "bytes": n_bytes}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
