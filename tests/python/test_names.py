"""The names of the package, and what is loaded when they are asked for."""
import inspect
import subprocess
import sys

import mizan
import pytest

# A Python in which scikit-learn is not installed.
WITHOUT = """
import importlib.util, sys
sys.modules["sklearn"] = None
find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "sklearn" else find_spec(name, *more)
import mizan
"""


def run(script):
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_takes_scikit_learn_is_loaded_when_it_is_asked_for():
    script = "import mizan, sys; before = 'sklearn' in sys.modules; mizan.{0}; print(before, 'sklearn' in sys.modules)"
    for name in ("sklearn", "StanceClassifier", "TfidfVectorizer", "sklearn.StanceClassifier"):
        assert run(script.format(name)) == "False True"
    assert mizan.StanceClassifier is mizan.sklearn.StanceClassifier and mizan.TfidfVectorizer is mizan.sklearn.TfidfVectorizer
    with pytest.raises(AttributeError, match="module 'mizan' has no attribute 'foo'"):
        mizan.foo


def test_all_names_are_listed():
    assert {*mizan.__all__, "sklearn"} <= {*dir(mizan)} and {"StanceClassifier", "TfidfVectorizer"} <= {*mizan.__all__}
    assert {*mizan.__all__} <= {name for name, _ in inspect.getmembers(mizan)}
    assert run("import sklearn; from mizan import *; print(sklearn.__name__, StanceClassifier.__name__)") == "sklearn StanceClassifier"


def test_without_scikit_learn_scoring_works_and_the_rest_says_what_to_install():
    script = WITHOUT + "import inspect, pydoc; inspect.getmembers(mizan); pydoc.render_doc(mizan); print(mizan.Scorer().camps, 'sklearn' in dir(mizan))"
    assert run(script) == "['lna', 'gna'] False"
    for name in ("sklearn", "StanceClassifier", "TfidfVectorizer"):
        told = run(WITHOUT + f"try:\n    mizan.{name}\nexcept ImportError as error:\n    print(error)")
        assert told.startswith(f"mizan.{name} takes scikit-learn: pip install 'mizan[sklearn]'")
