"""What the tests of the Python package share. `pytest tests/python --mizan PROGRAM` compares it with the program, too."""
import json
import subprocess
from pathlib import Path

import mizan
import pytest

REPOSITORY = Path(__file__).parents[2]
ARTICLES = REPOSITORY / "labeled" / "articles"


def pytest_addoption(parser):
    parser.addoption("--mizan", help="the program, to compare with; tests that need it are left out without it")


@pytest.fixture(scope="session")
def scorer():
    return mizan.Scorer()


@pytest.fixture(scope="session")
def files():
    """All files of the labelled set, in the order of the program."""
    return sorted(ARTICLES.rglob("*.txt"))


@pytest.fixture(scope="session")
def texts(files):
    return [file.read_text("utf-8") for file in files]


@pytest.fixture
def program(request):
    path = request.config.getoption("--mizan")
    if path is None:
        pytest.skip("no --mizan")

    def run(*arguments):
        """Its output; an exit code of 1 says that something is wrong with an article."""
        done = subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return run


@pytest.fixture
def lines(program):
    return lambda *arguments: [json.loads(line) for line in program("score", "--format", "jsonl", *arguments).splitlines()]
