"""How fast mizan is from Python: a list of texts to scores. `pip install mizan scikit-learn PyStemmer`, then

    python benches/python.py [FILE.jsonl[.gz]] [--mizan PROGRAM]

Articles are the field `text` of FILE, or those of labeled/articles; the first 3,000 are measured. One JSON object a line:
`mb_per_s` is the median of five runs after one to warm up, in 10^6 bytes of UTF-8 text a second. With PROGRAM,
`mizan bench` measures the second half of the same articles from JSON lines to JSON lines. scikit-learn with PyStemmer is fitted to half of them; it gives one label, where mizan
gives two stances, the words and the sentences.
"""
import argparse
import gzip
import json
import re
import statistics
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import mizan
import pyarrow
import Stemmer
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

MOST_MEASURED, RUNS = 3_000, 5
UNWRITTEN = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f]")
ARABIC_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")


def read_articles(path):
    if path is None:
        folder = Path(__file__).parent.parent / "labeled" / "articles"
        # A header, an empty line, the text.
        return [file.read_text("utf-8").partition("\n\n")[2] for file in sorted(folder.rglob("*.txt"))]
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def scikit_learn(texts):
    stemmer = Stemmer.Stemmer("arabic")
    stemmer.maxCacheSize = 100_000
    words = lambda text: stemmer.stemWords(ARABIC_WORD.findall(UNWRITTEN.sub("", text)))  # noqa: E731
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, tokenizer=words, token_pattern=None, ngram_range=(1, 2))
    labels = [number % 3 for number in range(len(texts))]
    classifier = LogisticRegression(max_iter=50).fit(vectorizer.fit_transform(texts), labels)
    return lambda texts: classifier.predict_proba(vectorizer.transform(texts))


def of_program(program, texts):
    """What `mizan bench` says of the way from JSON lines to JSON lines, on one thread and on all."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as dump:
        dump.writelines(json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(texts))
        dump.flush()
        told = subprocess.run([program, "bench", "--json", dump.name], capture_output=True, text=True, check=True).stdout
    return next(stage for stage in json.loads(told)["stages"] if stage["stage"].startswith("JSON to JSON"))


def seconds(score, texts):
    start = time.perf_counter()
    score(texts)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?")
    parser.add_argument("--mizan")
    options = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    texts = read_articles(options.file)[:MOST_MEASURED]
    n_bytes = sum(len(text.encode()) for text in texts)

    def tell(name, runs):
        speeds = [n_bytes / run / 1e6 for run in runs]
        figures = {"mb_per_s": statistics.median(speeds), "min": min(speeds), "max": max(speeds)}
        figures = {key: round(value, 2) for key, value in figures.items()}
        print(json.dumps({"name": name, **figures, "articles": len(texts), "bytes": n_bytes}), flush=True)

    one, all_cores = mizan.Scorer(threads=1), mizan.Scorer()
    table = pyarrow.table({"text": texts})
    programs = {
        "mizan from Python, 1 thread": one.score,
        "mizan from Python, all threads": all_cores.score,
        "mizan from Python, Arrow, all threads": lambda _: all_cores.score_arrow(table).read_all(),
        "scikit-learn, words 1-2, PyStemmer": scikit_learn(texts[: len(texts) // 2]),
    }
    for name, score in programs.items():
        seconds(score, texts)
        tell(name, [seconds(score, texts) for _ in range(RUNS)])
    if options.mizan:
        stage = of_program(options.mizan, texts)
        for threads in ("one_thread", "all_threads"):
            figures = {key: round(stage[threads][key], 2) for key in ("mb_per_s", "min", "max")}
            print(json.dumps({"name": f"mizan bench, {stage['stage']}, {threads}", **figures}), flush=True)


if __name__ == "__main__":
    main()
