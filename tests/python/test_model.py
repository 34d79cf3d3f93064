"""Which model is used: by the rule of the program, and told."""
import csv
import json
import os
from pathlib import Path

import mizan
import pytest
from conftest import ARTICLES, REPOSITORY

SHIPPED = REPOSITORY / "models" / "libya.safetensors"
NOTE = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس"


@pytest.fixture
def installed():
    """The file of an installed model, which is the shipped one."""
    path = Path(os.environ["XDG_DATA_HOME"]) / "mizan" / "model.safetensors"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(SHIPPED.read_bytes())
    yield path
    path.unlink()


def test_the_model_is_named_by_scorer_and_scores(scorer):
    assert scorer.model == scorer.score(NOTE).model and scorer.model.startswith("libya@")
    assert scorer.model_origin == "inside the program"
    assert repr(scorer) == f"Scorer({scorer.model}, inside the program)"
    given = mizan.Scorer(SHIPPED)
    assert given.model == scorer.model and given.model_origin == f"model {SHIPPED}"
    assert mizan.Scorer(SHIPPED.read_bytes()).model_origin == "model of bytes"


def test_settings_are_told(scorer):
    assert scorer.max_error is None and scorer.threads is None
    careful = mizan.Scorer(max_error=0.05, threads=2)
    assert (careful.max_error, careful.threads) == (0.05, 2)
    assert repr(careful) == f"Scorer({scorer.model}, inside the program, max_error=0.05, threads=2)"
    with pytest.raises(AttributeError):
        careful.max_error = 0.1


def test_the_caller_comes_first_then_the_variable_then_the_installed_one(installed, monkeypatch, caplog):
    scorer = mizan.Scorer()
    assert scorer.model_origin == f"installed as {installed}"
    assert caplog.messages == [f"model {scorer.model}, installed as {installed}"]
    monkeypatch.setenv("MIZAN_MODEL", str(SHIPPED))
    assert mizan.Scorer().model_origin == f"MIZAN_MODEL={SHIPPED}"
    assert caplog.messages[1:] == [f"model {scorer.model}, MIZAN_MODEL={SHIPPED}"]
    assert mizan.Scorer(installed).model_origin == f"model {installed}"
    monkeypatch.setenv("MIZAN_MODEL", "")
    assert mizan.Scorer().model_origin == f"installed as {installed}"
    assert len(caplog.messages) == 3


def test_a_model_that_cannot_be_used_is_told_with_the_cure(installed, monkeypatch):
    installed.write_bytes(b"no model")
    with pytest.raises(mizan.MizanError, match="installed model; `mizan model --uninstall` removes it: model .*model.safetensors: "):
        mizan.Scorer()
    with pytest.raises(mizan.MizanError, match="installed model"):
        mizan.evaluate([NOTE], [("favor", "against")])
    monkeypatch.setenv("MIZAN_MODEL", "gone.safetensors")
    with pytest.raises(mizan.MizanError, match="cannot use the model of MIZAN_MODEL; unset it: model gone.safetensors: "):
        mizan.Scorer()
    with pytest.raises(mizan.MizanError, match="cannot use the model: model gone.safetensors: "):
        mizan.Scorer("gone.safetensors")


def test_another_model_scores_as_in_the_program(scorer, program, lines, monkeypatch, tmp_path):
    chosen = sorted((ARTICLES / "tripoli-2019").rglob("*.txt"))
    table, dump, model = tmp_path / "labels.csv", tmp_path / "articles.jsonl", tmp_path / "adapted.safetensors"
    articles = [next(mizan.read(file)) for file in chosen]
    scores = scorer.score(articles)
    # Of the articles that it was trained on, nothing is learned: these are others.
    with open(ARTICLES.parent / "unseen.csv", encoding="utf-8-sig", newline="") as file:
        unseen = [row for row in csv.DictReader(file) if len(row["text"].split()) > 25]
    unseen = unseen[:: len(unseen) // 60][:60]
    rows = (f"{row['id']},{row['lna']},{row['gna']}\n" for row in unseen)
    table.write_text("id,lna,gna\n" + "".join(rows), "utf-8")
    with open(dump, "w", encoding="utf-8") as out:
        for row in unseen:
            out.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
    program("adapt", "--labels", table, "-o", model, dump)
    monkeypatch.setenv("MIZAN_MODEL", str(model))
    ours = mizan.Scorer()
    assert ours.model != scorer.model
    again = ours.score(articles)
    assert {score.model for score in again} == {ours.model} and again != scores
    assert [score.to_dict() for score in again] == lines(*chosen)
