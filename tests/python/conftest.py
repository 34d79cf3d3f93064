"""What the tests of the Python package share. `pytest tests/python --mizan PROGRAM` compares it with the program, too; with
`--dump FILE`, on the articles of a file that is no part of this project."""
import json
import os
import subprocess
import tempfile
from pathlib import Path

import mizan
import pytest

REPOSITORY = Path(__file__).parents[2]
ARTICLES = REPOSITORY / "labeled" / "articles"


# The model that a user has installed, or named, is not what is tested.
os.environ.pop("MIZAN_MODEL", None)
HOME = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = HOME.name


def pytest_addoption(parser):
    parser.addoption("--mizan", help="the program, to compare with; tests that need it are left out without it")
    parser.addoption("--dump", default=os.environ.get("MIZAN_DUMP"), help="a file of articles whose scores are compared, too [MIZAN_DUMP]")


@pytest.fixture(scope="session")
def scorer():
    return mizan.Scorer()


@pytest.fixture(scope="session")
def texts():
    """The texts of the labelled set, without their headlines, in the order of the program."""
    return [article.text for article in mizan.read(ARTICLES)]


@pytest.fixture
def dump(request):
    path = request.config.getoption("--dump")
    if not path:
        pytest.skip("no --dump FILE, nor MIZAN_DUMP: only the labelled articles are compared")
    return path


@pytest.fixture
def program(request):
    path = request.config.getoption("--mizan")
    if path is None:
        pytest.skip("no --mizan")

    def run(*arguments):
        """Its output; an exit code of 1 says that something is wrong with an article, and 3 that a file is cut."""
        done = subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1, 3), done.stderr
        return done.stdout

    return run


@pytest.fixture
def lines(program):
    return lambda *arguments: [json.loads(line) for line in program("score", "--format", "jsonl", *arguments).splitlines()]
