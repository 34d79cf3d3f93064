"""Texts to scores: equal to the program's, on any number of threads, stopped by Ctrl-C."""
import json
import math
import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import mizan
import pandas
import polars
import pyarrow
import pytest
from conftest import ARTICLES, REPOSITORY

NOTE = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس"
PARTISAN = "عقد المجلس جلسة في بنغازي اليوم. وطهرت القوات المسلحة الباسلة المدينة من الإرهابيين."


def test_the_whole_labelled_set_has_the_programs_scores(scorer, lines):
    from_program = lines(ARTICLES)
    scores = scorer.score(mizan.read(ARTICLES))
    assert len(from_program) == len(scores) > 900
    assert [score.to_dict() for score in scores] == from_program


def test_a_whole_dump_has_the_programs_scores(scorer, program, dump, tmp_path):
    told = tmp_path / "scores.jsonl"
    program("score", dump, "-o", told)
    with open(told, encoding="utf-8") as lines:
        scores = zip(scorer.score(mizan.read(dump)), lines, strict=True)
        n_equal = sum(score.to_json() == line.rstrip("\n") for score, line in scores)
    assert n_equal == told.read_text("utf-8").count("\n") > 0
    print(f"{n_equal} scores of {dump} are the program's, byte for byte")


def test_what_is_read_has_the_programs_scores_too(scorer, lines, tmp_path):
    dump = tmp_path / "dump.jsonl"
    records = [{"id": "a", "text": NOTE, "author": "x", "published": "6/4/2019"}, {"id": "b", "text": ""}, {"id": "c"}]
    dump.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\nnot JSON\n", "utf-8")
    for path in [dump, REPOSITORY / "tests" / "golden" / "many_in_one" / "warcio.warc.gz"]:
        scores = scorer.score(mizan.read(path, keep=["author"]))
        # The program adds what to do about an error.
        told = lines("--keep", "author", path)
        for of_program in told:
            if "error" in of_program:
                of_program["error"] = of_program["error"].split(";")[0]
        ours = [score.to_dict() for score in scores]
        for score in ours:
            if "error" in score:
                score["error"] = score["error"].split(";")[0]
        assert ours == told


HEADED = f"id: a-1\noutlet: b.example\ntitle: تطهير المدينة من الإرهابيين\n\n{NOTE}"


def test_a_str_is_the_text_and_nothing_of_it_a_header(scorer, tmp_path):
    of_list, _ = scorer.score([HEADED, NOTE])
    assert of_list.id == "0" and of_list.outlet is None and of_list.lean != scorer.score(NOTE).lean
    (row,) = scorer.score_arrow(pyarrow.table({"text": [HEADED]})).read_all().to_pylist()
    assert row["id"] == "0" and row["outlet"] is None and row["lean"] == of_list.lean
    assert scorer.score_frame(pandas.DataFrame({"text": [HEADED]}))["lean"][0] == of_list.lean
    explanation = scorer.explain(HEADED)
    assert explanation.score == of_list == scorer.score(HEADED) and explanation.text.startswith("id: a-1")
    assert scorer.score_sentences(HEADED)[0].text.startswith("id: a-1")
    # In a file it is one.
    (tmp_path / "a.txt").write_text(HEADED, "utf-8")
    (of_file,) = scorer.score(mizan.read(tmp_path / "a.txt"))
    assert of_file.id == "a-1" and of_file.outlet == "b.example" and of_file.lean != of_list.lean


@pytest.mark.parametrize("text", [f"<p>{NOTE}</p>", f"\ufeff{NOTE}\r\n\r\n{PARTISAN}", f"  {NOTE}&nbsp;\n", "", "نص", "<p></p>", PARTISAN], ids=range(7))
def test_a_text_has_the_same_score_in_a_list_and_in_a_column(scorer, text):
    score = scorer.score(text)
    (row,) = scorer.score_arrow(pyarrow.table({"text": [text]})).read_all().to_pylist()
    assert (row["lean"], row["error"]) == (score.lean, score.error)
    frame = scorer.score_frame(polars.DataFrame({"text": [text]}))
    assert (frame["lean"][0], frame["error"][0]) == (score.lean, score.error)


def test_ids_that_are_given_come_before_all_others(scorer, tmp_path):
    (tmp_path / "a.txt").write_text(HEADED, "utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": "b-1"}', "utf-8")
    articles = list(mizan.read(tmp_path))
    assert [score.id for score in scorer.score(articles)] == ["a-1", "b-1"]
    assert [score.id for score in scorer.score([*articles, HEADED, None], ids="wxyz")] == list("wxyz")
    assert scorer.score(articles[0], ids="k").id == scorer.score(HEADED, ids="k").id == "k"
    assert [article.id for article in articles] == ["a-1", "b-1"]


def test_one_thread_and_many_give_the_same(texts):
    one, many = (mizan.Scorer(threads=threads).score(texts) for threads in (1, 5))
    assert one == many
    scorer = mizan.Scorer()
    with ThreadPoolExecutor(4) as threads:
        scores = threads.map(lambda number: scorer.score(texts[number], ids=number), range(200))
        assert list(scores) == one[:200]


def test_a_score_has_typed_parts(scorer):
    score = scorer.score(PARTISAN)
    assert isinstance(score, mizan.Score) and score.error is None and score.id == "0"
    assert scorer.camps == list(score.camps) == ["lna", "gna"]
    assert score["lna"] == score.lna == score.camps["lna"]
    assert score.lna.stance == "favor" and score.lna.probabilities.keys() == {"favor", "neutral", "against"}
    assert math.isclose(sum(score.lna.probabilities.values()), 1, abs_tol=2e-6)
    assert math.isclose(score.lean, (score.lna.score - score.gna.score) / 2, abs_tol=2e-6)
    evidence = score.lna.evidence[0]
    assert PARTISAN.encode()[slice(*evidence.span)].decode() == evidence.text
    assert score.model.startswith("libya@") and score.version == mizan.__version__
    assert score.to_dict() == json.loads(score.to_json())
    assert pickle.loads(pickle.dumps(score)) == score == mizan.Score.from_json(score.to_json())
    assert repr(score).startswith('Score("0", lna=favor')
    with pytest.raises(AttributeError, match="foo"):
        score.foo
    with pytest.raises(KeyError):
        score["foo"]


def test_what_cannot_be_scored_says_why_in_its_place(scorer):
    short, missing, nan, surrogate, good = scorer.score(["نص", None, float("nan"), "\ud800 " + NOTE, NOTE], ids="abcde")
    assert [short.id, good.id] == ["a", "e"]
    assert "Arabic word" in short.error and short.lean is None and short.camps == {}
    assert missing.error == "article 1 is missing (None): leave it out, or give its text" and "article 2 is missing (nan)" in nan.error
    assert surrogate.error is None and good.error is None
    with pytest.raises(AttributeError, match="Arabic word"):
        short.lna
    with pytest.raises(KeyError, match="lna: no scores: .*Arabic word"):
        short["lna"]


def test_errors_have_the_programs_words(scorer, tmp_path):
    with pytest.raises(mizan.MizanError, match="the maximum error rate 0.7 is outside 0.01 to 0.50"):
        mizan.Scorer(max_error=0.7)
    assert issubclass(mizan.MizanError, ValueError)
    for threads in (0, -1, 100_000):
        with pytest.raises(mizan.MizanError, match=f"threads={threads}: give a number from 1 to 1024"):
            mizan.Scorer(threads=threads)
    for setting in ({"max_error": "a"}, {"threads": "a"}, {"threads": 1.5}):
        with pytest.raises(TypeError, match=f"{next(iter(setting))}={next(iter(setting.values()))!r}: give a number from "):
            mizan.Scorer(**setting)
    with pytest.raises(mizan.MizanError, match="threads=1000000000000000000000: give a number"):
        mizan.Scorer(threads=10**21)
    explanation = scorer.explain(NOTE)
    for top in (-1, 10**30):
        with pytest.raises(mizan.MizanError, match=f"top={top}: give a number from 0"):
            explanation.to_html(top=top)
    with pytest.raises(TypeError, match="top='a': give a number from 0"):
        explanation.to_html("a")
    assert explanation.to_html() == explanation.to_html(8) != explanation.to_html(0)
    damaged = tmp_path / "m.safetensors"
    damaged.write_bytes(b"no model")
    with pytest.raises(mizan.MizanError, match="m.safetensors"):
        mizan.Scorer(damaged)
    for ids, told in [(["a"], "there are 1 ids for 2 articles"), ("abc", "there are 3 ids for 2 articles")]:
        with pytest.raises(TypeError, match=told):
            scorer.score([NOTE, NOTE], ids=ids)
    with pytest.raises(TypeError, match="there are 1 ids for more than 1 articles"):
        scorer.score(iter([NOTE, NOTE]), ids=["a"])
    with pytest.raises(TypeError, match="there are more than 2 ids for 2 articles"):
        scorer.score(iter([NOTE, NOTE]), ids="abc")
    with pytest.raises(mizan.MizanError, match="Arabic word"):
        scorer.explain("نص")


def test_a_model_is_read_from_a_file_and_from_bytes(scorer):
    path = REPOSITORY / "models" / "libya.safetensors"
    assert mizan.Scorer(path).model == mizan.Scorer(path.read_bytes()).model == scorer.model


def test_a_cautious_scorer_abstains(texts, lines):
    scores = mizan.Scorer(max_error=0.02).score(texts[:600])
    uncertain = [score for score in scores if score.is_uncertain]
    assert uncertain
    camp = next(camp for camp in uncertain[0].camps.values() if camp.is_uncertain)
    assert camp.stance == "uncertain" and camp.guess and camp.doubt


def test_sentences(scorer):
    dry, partisan = scorer.score_sentences(PARTISAN)
    assert partisan["lna"].stance == "favor" and partisan["lna"].pull > 0 and partisan.reported == 0
    assert PARTISAN.encode()[slice(*dry.span)].decode() == dry.text
    score = scorer.score(PARTISAN, sentences=True)
    assert score.sentences == [dry, partisan] and score.lean == scorer.score(PARTISAN).lean


def test_contributions_add_up_to_the_score(scorer, texts):
    for text in texts[:40:4]:
        explanation = scorer.explain(text)
        assert explanation.score == scorer.score(text)
        for name, head in explanation.heads.items():
            for at, logit in enumerate(head["logit"]):
                parts = [feature[name]["contribution"][at] for feature in explanation.features if name in feature]
                assert math.isclose(math.fsum([head["intercept"][at], *parts]), logit, abs_tol=1e-9)


def test_a_notebook_shows_the_article_right_to_left(scorer, program, tmp_path):
    explanation = scorer.explain(PARTISAN)
    shown = explanation._repr_html_()
    assert shown.startswith("<iframe sandbox") and "dir=&quot;rtl&quot;" in shown and "<script" not in shown
    article, page = tmp_path / "0", tmp_path / "why.html"
    article.write_text(PARTISAN, "utf-8")
    program("explain", "-o", page, "--input-format", "text", article)
    assert page.read_text("utf-8").replace(str(article), "0") == explanation.to_html()


def test_progress_is_told_and_may_stop_it(scorer, texts):
    told = []
    scorer.score(texts[:900], progress=lambda done, n: told.append((done, n)))
    assert told == [(512, 900), (900, 900)]

    def stop(done, n):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        scorer.score(texts[:900], progress=stop)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_process_scores_on_threads_of_its_own(scorer, texts):
    before = scorer.score(texts[:100])
    child = os.fork()
    if child == 0:
        os._exit(0 if scorer.score(texts[:100]) == before else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_report_is_the_programs_page(scorer, program, tmp_path):
    scores, page = tmp_path / "scores.jsonl", tmp_path / "report.html"
    found = scorer.score(mizan.read(ARTICLES))
    scores.write_text("".join(score.to_json() + "\n" for score in found), "utf-8")
    program("report", scores, "-o", page)
    assert mizan.report(found) == page.read_text("utf-8")
    assert "<title>Leans" in mizan.report(found, title="Leans")
    with pytest.raises(mizan.MizanError, match="no article has scores"):
        mizan.report([])


def test_figures_are_the_programs(scorer, program, tmp_path):
    chosen = sorted((ARTICLES / "tripoli-2019").rglob("*.txt"))
    articles = [next(mizan.read(file)) for file in chosen]
    # Unrelated is unrelated toward both camps.
    toward = [score.lna.stance for score in scorer.score(articles)]
    other = ["neutral" if at % 3 else "favor" for at in range(len(toward))]
    labels = [(lna, lna if lna == "unrelated" else gna) for lna, gna in zip(toward, other)]
    table = tmp_path / "labels.csv"
    rows = (f"{article.id},{lna},{gna}\n" for article, (lna, gna) in zip(articles, labels))
    table.write_text("id,lna,gna\n" + "".join(rows), "utf-8")
    told = json.loads(program("evaluate", "--json", "--labels", table, *chosen))
    ours = mizan.evaluate(articles, labels)
    assert ours["articles"] == len(chosen) == told["articles"] and ours["sides"] == told["sides"]
    assert ours["figures"] == told["figures"]
    with pytest.raises(mizan.MizanError, match="label 0 is 'good'|label 0 is \"good\""):
        mizan.evaluate(articles[:1], [("good", "favor")])
    with pytest.raises(mizan.MizanError, match="1 labels for 2 articles|1 labels for more"):
        mizan.evaluate(articles[:2], labels[:1])


def test_what_cannot_be_scored_stands_outside_the_figures(scorer, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a"}', "utf-8")
    (unread,) = mizan.read(tmp_path / "a.jsonl")
    english = "The weather is fine today and nothing else happened in the whole country."
    labels = [("favor", "neutral"), ("neutral", "favor")]
    expected = mizan.evaluate([PARTISAN, NOTE], labels)
    assert (expected["articles"], expected["unscored"]) == (2, 0)
    for bad in (english, "", "نص", unread):
        with pytest.warns(UserWarning, match="1 of 3 articles cannot be scored and are in no figure; article 1: ."):
            found = mizan.evaluate([PARTISAN, bad, NOTE], [labels[0], ("unrelated", "unrelated"), labels[1]])
        assert found == expected | {"unscored": 1}
    with pytest.raises(mizan.MizanError, match="none of the 2 articles can be scored.*article 0: it is not in Arabic"):
        mizan.evaluate([english, english], [("unrelated", "unrelated")] * 2)
