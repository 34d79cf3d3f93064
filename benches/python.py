"""How fast mizan is from Python, beside `mizan bench` and what users would pick instead; and how much memory a long stream takes.

    pip install mizan pyarrow scikit-learn==1.9.1 PyStemmer==3.1.0 fasttext-numpy2==0.10.4
    python benches/python.py [FILE.jsonl[.gz]] [--mizan PROGRAM] [--cores 2]
    python benches/python.py --memory 30 300 1000

Articles are the field `text` of FILE, or those of labeled/articles. As in `mizan bench`, the first 2,000 (the first half, if there are
fewer than 4,000) are what the others are fitted to, and the next 3,000 are measured, by each on the same cores: threads of mizan,
processes of scikit-learn and fastText. All take turns, five rounds after one to warm up, so that what else the machine does hits them
alike. One JSON object a line: `mb_per_s` is the median, `min` and `max` the spread, in 10^6 bytes of UTF-8 text a second; `ratio` is the
median of mizan's speed from Python over this one's in the same round, with its spread. PROGRAM measures itself, from JSON lines to JSON
lines (`mizan bench`). Others give one label, where mizan gives two stances, the words and the sentences; their labels mean nothing.

--memory sends so many MB of text through `score_arrow`, made batch by batch and thrown away when scored, each in a process of its own,
and tells the most memory that the process took, and what it took when the first batch was scored.
"""
import argparse
import gzip
import json
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

MOST_FITTED, MOST_MEASURED, ROUNDS = 2_000, 3_000, 5
ROWS = 500
UNWRITTEN = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f]")
ARABIC_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")


def read_articles(path):
    if path is None:
        folder = Path(__file__).parent.parent / "labeled" / "articles"
        # A header, an empty line, the text.
        return [file.read_text("utf-8").partition("\n\n")[2] for file in sorted(folder.rglob("*.txt"))]
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def scikit_learn(texts, labels):
    import Stemmer
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    warnings.simplefilter("ignore", ConvergenceWarning)
    stemmer = Stemmer.Stemmer("arabic")
    stemmer.maxCacheSize = 100_000
    words = lambda text: stemmer.stemWords(ARABIC_WORD.findall(UNWRITTEN.sub("", text)))  # noqa: E731
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, tokenizer=words, token_pattern=None, ngram_range=(1, 2))
    classifier = LogisticRegression(max_iter=50).fit(vectorizer.fit_transform(texts), labels)
    return lambda texts: classifier.predict_proba(vectorizer.transform(texts))


def fast_text(texts, labels):
    import fasttext

    one_line = lambda text: " ".join(text.splitlines())  # noqa: E731
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(f"__label__{label} {one_line(text)}\n" for text, label in zip(texts, labels))
        file.flush()
        model = fasttext.train_supervised(file.name, epoch=1, wordNgrams=2, dim=50, thread=1, verbose=0)
    return lambda texts: model.predict([one_line(text) for text in texts], k=3)[1]


# What the processes of a pool find where they were forked.
SHARED = {}


def of_slice(name, start, stop):
    score, texts = SHARED[name]
    return score(texts[start:stop])


def on_cores(name, score, texts, n_cores):
    """`score` in one process for each core, which has the texts already: only what is found goes between processes."""
    SHARED[name] = (score, texts)
    pool = multiprocessing.get_context("fork").Pool(n_cores)
    bounds = [len(texts) * at // n_cores for at in range(n_cores + 1)]
    return lambda: pool.starmap(of_slice, [(name, *pair) for pair in zip(bounds, bounds[1:])])


def of_program(program, dump, n_cores):
    """Seconds that `mizan bench` says, from JSON lines to JSON lines on so many threads."""
    run = [program, "bench", "--json", "--seconds", "0", "--threads", str(n_cores), dump]
    told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    stage = next(stage for stage in told["stages"] if stage["stage"].startswith("JSON to JSON"))
    return told["bytes"] / stage["all_threads"]["mb_per_s"] / 1e6


def measure_speed(options):
    import mizan
    import pyarrow

    n_cores = options.cores or len(os.sched_getaffinity(0))
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:n_cores])
    articles = read_articles(options.file)
    fitted = min(MOST_FITTED, len(articles) // 2)
    texts = articles[fitted:][:MOST_MEASURED]
    n_bytes = sum(len(text.encode()) for text in texts)
    labels = [number % 3 for number in range(fitted)]
    # These fork: before mizan starts threads.
    others = {"scikit-learn, words 1-2, PyStemmer": scikit_learn, "fastText, words 1-2": fast_text}
    others = {name: on_cores(name, fit(articles[:fitted], labels), texts, n_cores) for name, fit in others.items()}

    def timed(work):
        def seconds():
            start = time.perf_counter()
            work()
            return time.perf_counter() - start

        return seconds

    scorer, table = mizan.Scorer(threads=n_cores), pyarrow.table({"text": texts})
    ours = "mizan from Python, list"
    seconds = {ours: timed(lambda: scorer.score(texts))}
    seconds["mizan from Python, Arrow"] = timed(lambda: scorer.score_arrow(table).read_all())
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as dump:
        for number, text in enumerate(articles[: fitted + len(texts)]):
            dump.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
        dump.flush()
        if options.mizan:
            seconds["mizan bench, JSON lines to JSON lines"] = lambda: of_program(options.mizan, dump.name, n_cores)
        seconds |= {name: timed(work) for name, work in others.items()}
        rounds = [{name: measure() for name, measure in seconds.items()} for _ in range(ROUNDS + 1)][1:]

    print(json.dumps({"articles": len(texts), "bytes": n_bytes, "cores": n_cores, "load": os.getloadavg()[0]}))
    for name in seconds:
        speeds = [n_bytes / of_round[name] / 1e6 for of_round in rounds]
        ratios = [of_round[name] / of_round[ours] for of_round in rounds]
        told = {"name": name, "mb_per_s": statistics.median(speeds), "min": min(speeds), "max": max(speeds)}
        told |= {"ratio": statistics.median(ratios), "ratio_min": min(ratios), "ratio_max": max(ratios)}
        print(json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in told.items()}))


def stream(megabytes):
    """Batches of articles, no two alike, until so many MB of text were given."""
    import pyarrow

    schema = pyarrow.schema({"id": pyarrow.string(), "text": pyarrow.string()})
    articles = read_articles(None)

    def batches():
        given = number = 0
        while given < megabytes * 1e6:
            numbers = range(number, number + ROWS)
            number += ROWS
            texts = [f"{articles[at % len(articles)]}\nرقم {at}" for at in numbers]
            given += sum(len(text.encode()) for text in texts)
            yield pyarrow.record_batch([list(map(str, numbers)), texts], schema=schema)

    return pyarrow.RecordBatchReader.from_batches(schema, batches())


def most_memory():
    # VmHWM is of this process alone, where ru_maxrss may be what the one that started it took.
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1)) * 1024 / 1e6


def measure_memory(megabytes):
    import mizan

    start, rows, first = time.perf_counter(), 0, 0.0
    for batch in mizan.Scorer().score_arrow(stream(megabytes)):
        rows += batch.num_rows
        first = first or most_memory()
    told = {"mb": megabytes, "rows": rows, "most_mb": most_memory(), "after_first_batch_mb": first}
    told["mb_per_s"] = megabytes / (time.perf_counter() - start)
    print(json.dumps({key: round(value, 1) for key, value in told.items()}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", metavar="FILE", help="JSON lines, or gzip of them [default: labeled/articles]")
    parser.add_argument("--mizan", metavar="PROGRAM", help="the program, of the same version and built like the package")
    parser.add_argument("--cores", type=int, help="how many cores each may use [default: all]")
    parser.add_argument("--memory", type=float, nargs="+", metavar="MB", help="measure memory instead")
    options = parser.parse_args()
    if not options.memory:
        measure_speed(options)
    elif len(options.memory) == 1:
        measure_memory(*options.memory)
    else:
        for megabytes in options.memory:
            subprocess.run([sys.executable, __file__, "--memory", str(megabytes)], check=True)


if __name__ == "__main__":
    main()
