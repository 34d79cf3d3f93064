"""Ctrl-C ends every long call in its middle."""
import signal
import subprocess
import sys
import time

import pytest
from conftest import ARTICLES

# Each would go on for minutes, or for ever.
CALLS = {
    "score": "scorer.score(itertools.cycle([text]))",
    "score, long articles": "scorer.score([text * 500] * 512)",
    "score_arrow": "scorer.score_arrow(pyarrow.table({'text': [text * 500] * 512})).read_all()",
    "terms": "mizan.terms([text] * 1_000_000)",
    "fit": "StanceClassifier().fit([f'{text} {n % 9}' for n in range(30_000)], [n % 9 for n in range(30_000)])",
    "fit, vectorizer": "TfidfVectorizer(tokenizer=lambda text: [f'{text}{n}' for n in range(1000)]).fit(map(str, range(100_000)))",
    "transform": "TfidfVectorizer().fit([text]).transform([text] * 1_000_000)",
    "predict": "pickle.loads(pickle.dumps(small)).predict([text] * 1_000_000)",
    "evaluate": "mizan.evaluate(itertools.repeat(text), [('favor', 'against')] * 10_000_000)",
    "report": "mizan.report(itertools.repeat(scorer.score(text)))",
    "read": "sum(1 for _ in itertools.repeat(0) for _ in mizan.read(sys.argv[1]))",
}
SCRIPT = """
import itertools, mizan, pickle, pyarrow, sys
from mizan.sklearn import StanceClassifier, TfidfVectorizer
scorer = mizan.Scorer()
text = next(mizan.read(sys.argv[1])).text
small = StanceClassifier(calibrated=False).fit([f"{word} {n}" for n in range(20) for word in ("سفينة", "ملعب")], ["a", "b"] * 20)
print("begins", flush=True)
try:
    %s
finally:
    # What was there before is there still.
    assert scorer.score(text).error is None and small.predict(["سفينة"])[0] == "a"
"""


@pytest.mark.parametrize("call", CALLS)
def test_ctrl_c_ends_it_in_the_middle(call):
    article = next(ARTICLES.rglob("*.txt"))
    script = SCRIPT % CALLS[call]
    run = subprocess.Popen([sys.executable, "-c", script, article], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "begins\n"
    # So that it is in the middle; it is right without, too.
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    try:
        _, complaint = run.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        run.kill()
        raise
    assert complaint.rstrip().endswith("KeyboardInterrupt") and run.returncode != 0, complaint


def test_an_interrupted_fit_leaves_what_was_fitted_before():
    script = """
import sys, threading, signal
from mizan.sklearn import StanceClassifier
texts, labels = [f"{word} {n}" for n in range(20) for word in ("سفينة", "ملعب")], ["a", "b"] * 20
classifier = StanceClassifier(calibrated=False).fit(texts, labels)
threading.Timer(0.5, signal.raise_signal, [signal.SIGINT]).start()
try:
    classifier.fit([f"{text} {n}" for n in range(2000) for text in texts], [f"{n % 7}" for n in range(80_000)])
except KeyboardInterrupt:
    print(*classifier.classes_, *classifier.predict(["سفينة"]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout == "a b a\n", done.stderr
