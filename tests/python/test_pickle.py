"""A scorer in other processes: pickled as its model and settings."""
import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import joblib
import mizan
import pytest
from conftest import REPOSITORY


@pytest.mark.parametrize("copied", [lambda it: pickle.loads(pickle.dumps(it)), copy.deepcopy, copy.copy], ids=["pickle", "deepcopy", "copy"])
def test_a_copy_has_the_same_scores_and_settings(texts, copied):
    scorer = mizan.Scorer(max_error=0.05, threads=1)
    again = copied(scorer)
    chosen = [*texts[::20], "نص", None]
    assert [score.to_json() for score in again.score(chosen)] == [score.to_json() for score in scorer.score(chosen)]
    assert again.__getnewargs__() == scorer.__getnewargs__() and scorer.__getnewargs__()[1:] == (0.05, 1)
    assert type(again) is mizan.Scorer and again.model == scorer.model and again.model_origin == "model of bytes"


def test_the_pickle_holds_the_model_file(scorer):
    model, *settings = scorer.__getnewargs__()
    assert model == (REPOSITORY / "models" / "libya.safetensors").read_bytes() and settings == [None, None]


def test_a_pickle_needs_no_model_where_it_is_read(scorer, monkeypatch):
    pickled = pickle.dumps(scorer)
    monkeypatch.setenv("MIZAN_MODEL", "gone.safetensors")
    assert pickle.loads(pickled).model == scorer.model
    damaged = pickled.replace(b"__metadata__", b"__metabata__")
    with pytest.raises(mizan.MizanError):
        pickle.loads(damaged)


class Named(mizan.Scorer):
    """A scorer with something of its own."""

    def __init__(self, *arguments, name=None):
        self.name = name


def test_a_derived_scorer_stays_one(texts):
    scorer = Named(None, 0.1)
    scorer.name = "mine"
    again = pickle.loads(pickle.dumps(scorer))
    assert type(again) is Named and again.name == "mine" and again.score(texts[:9]) == scorer.score(texts[:9])


def test_other_processes_give_the_same_scores(scorer, texts):
    parts = [texts[at : at + 40] for at in range(0, 160, 40)]
    expected = [scorer.score(part) for part in parts]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processes:
        assert list(processes.map(scorer.score, parts)) == expected
    assert joblib.Parallel(n_jobs=2)(joblib.delayed(scorer.score)(part) for part in parts) == expected
