"""What is no text, where texts are expected: an error in its place, or an exception that says what to give."""
import pathlib

import mizan
import numpy
import pandas
import polars
import pyarrow
import pytest

NOTE = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس"
ITEMS = {
    "int": (5, "is no text but of type int (5): give a str"),
    "bool": (True, "is no text but of type bool (True): give a str"),
    "list": ([NOTE], "is no text but of type list: give a str"),
    "bytes": (NOTE.encode(), "is no text but of type bytes: give a str"),
    "path": (pathlib.PurePosixPath("a.txt"), "is no text but of type PurePosixPath: give a str"),
    "none": (None, "is missing (None): leave it out, or give its text"),
    "nan": (float("nan"), "is missing (nan): leave it out, or give its text"),
    "numpy's nan": (numpy.float64("nan"), "is missing (nan): leave it out, or give its text"),
    "pandas.NA": (pandas.NA, "is missing (<NA>): leave it out, or give its text"),
    "pandas.NaT": (pandas.NaT, "is missing (NaT): leave it out, or give its text"),
}


def test_a_list_in_a_list_says_what_it_is(scorer):
    (score,) = scorer.score([[NOTE, NOTE]])
    assert score.error == "article 0 is no text but of type list: give a str, or an Article that mizan.read gives"


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_that_is_no_text_has_an_error_and_the_others_their_scores(scorer, name):
    item, complaint = ITEMS[name]
    before, wrong, after = scorer.score([NOTE, item, NOTE], ids="abc")
    assert before.lean == after.lean == scorer.score(NOTE).lean
    assert wrong.error.startswith(f"article 1 {complaint}") and wrong.id == "b" and wrong.model == scorer.model
    assert mizan.Score.from_json(wrong.to_json()) == wrong
    frame = scorer.score_frame(pandas.DataFrame({"body": pandas.Series([NOTE, item, NOTE], dtype=object)}), "body")
    assert frame["error"][1].startswith(f'row 1 of "body" {complaint}')
    assert frame["lean"][0] == frame["lean"][2] == before.lean and frame["error"].isna().tolist() == [True, False, True]


def test_a_frame_of_polars_and_columns_of_arrow_tell_it_too(scorer):
    lean = scorer.score(NOTE).lean
    frame = polars.DataFrame({"text": [NOTE, None, NOTE]})
    missing = 'row 1 of "text" is missing'
    assert scorer.score_frame(frame)["error"].to_list() == [None, f"{missing} (None): leave it out, or give its text", None]
    scores = scorer.score_arrow(frame, sentences=True).read_all()
    assert scores["error"].to_pylist() == [None, f"{missing} (null): leave it out, or give its text", None]
    assert scores["lean"].to_pylist() == [lean, None, lean]
    mixed = polars.DataFrame({"text": pandas.Series([NOTE, 5], dtype=object).to_list()}, schema={"text": polars.Object})
    assert scorer.score_frame(mixed)["error"][1] == 'row 1 of "text" is no text but of type int (5): give a str'
    numbers = scorer.score_arrow(pyarrow.table({"text": [1, None]})).read_all()
    assert numbers["error"].to_pylist() == ['row 0 of "text" is no text but of type Int64: give strings', f"{missing} (null): leave it out, or give its text"]
    for column in (pyarrow.nulls(2), pyarrow.array([[NOTE], None])):
        assert scorer.score_arrow(pyarrow.table({"text": column})).read_all()["error"].null_count == 0
    frame = scorer.score_frame(polars.DataFrame({"text": [1, 2]}))
    assert frame["error"][1] == 'row 1 of "text" is no text but of type int (2): give a str'


def test_columns_of_all_kinds_of_text_are_read(scorer):
    lean = scorer.score(NOTE).lean
    kinds = ["object", "string", "category", "string[pyarrow]"]
    for df in [pandas.DataFrame({"text": pandas.Series([NOTE, NOTE], dtype=kind)}) for kind in kinds]:
        assert scorer.score_frame(df)["lean"].tolist() == [lean, lean]
        assert scorer.score_arrow(df).read_all()["lean"].to_pylist() == [lean, lean]
        assert [score.lean for score in scorer.score(df["text"])] == [lean, lean]
    for kind in [polars.String, polars.Categorical, polars.Enum([NOTE])]:
        frame = polars.DataFrame({"text": polars.Series([NOTE, NOTE], dtype=kind)})
        assert scorer.score_frame(frame)["lean"].to_list() == [lean, lean]
        assert scorer.score_arrow(frame).read_all()["lean"].to_pylist() == [lean, lean]
    arrow = pyarrow.array([NOTE])
    encoded = [arrow.cast(kind) for kind in (pyarrow.large_string(), pyarrow.string_view(), pyarrow.binary(), pyarrow.large_binary())]
    for column in [arrow, arrow.dictionary_encode(), *encoded]:
        assert scorer.score_arrow(pyarrow.table({"text": column})).read_all()["lean"].to_pylist() == [lean]
    assert scorer.score(arrow)[0].lean == scorer.score(numpy.array([NOTE]))[0].lean == lean
    assert scorer.score(pyarrow.array([NOTE, None]))[1].error.startswith("article 1 is missing (None)")
    half = pandas.DataFrame({"text": pandas.Series([f"\ud800 {NOTE}"], dtype=object)})
    assert scorer.score_frame(half)["lean"][0] == scorer.score(f"\ud800 {NOTE}").lean


def test_titles_and_ids_of_a_frame_may_be_of_any_kind(scorer):
    df = pandas.DataFrame({"text": [NOTE] * 3, "id": ["a", 2, None], "العنوان": ["تطهير المدينة من الإرهابيين", 3.5, None], 7: [1, 2, 3]})
    made = scorer.score_frame(df)
    assert made["id"].tolist() == ["a", "2", "row 2"] and made["error"].isna().all()
    as_arrow = scorer.score_arrow(pyarrow.table({"text": df["text"], "العنوان": df["العنوان"].astype(str)})).read_all()
    assert made["lean"][0] == as_arrow["lean"][0].as_py() != scorer.score(NOTE).lean
    assert scorer.score_frame(df, keep=None)["lean"].equals(made["lean"])
    numbered = pandas.DataFrame([[NOTE, "k"]])
    assert scorer.score_frame(numbered, 0, id=1, keep=1)["id"].tolist() == ["k"]


class Derived(pandas.DataFrame):
    """As GeoPandas has one."""

    __module__ = "elsewhere"


def test_a_frame_keeps_its_rows(scorer):
    df = Derived({"text": [NOTE, None], "n": [1, 2]}, index=["twice", "twice"])
    made = scorer.score_frame(df, keep="n")
    assert made.index.tolist() == ["twice", "twice"] and made["n"].tolist() == [1, 2]
    many = pandas.DataFrame({"text": [NOTE]}, index=pandas.MultiIndex.from_tuples([("a", 1)], names=["x", "y"]))
    assert scorer.score_frame(many).index.equals(many.index)


ARGUMENTS = {
    "none": (None, "give a text .str., an Article that mizan.read gives, or an iterable of them; this is of type NoneType"),
    "int": (5, "this is of type int"),
    "bytes": (NOTE.encode(), "of type bytes; decode it"),
    "dict": ({"a": NOTE}, "of type dict; its values"),
    "path": (pathlib.Path("a.txt"), "Path; mizan.read"),
    "frame": (pandas.DataFrame({"text": [NOTE]}), "score_frame"),
    "polars": (polars.DataFrame({"text": [NOTE]}), "score_frame"),
    "table": (pyarrow.table({"text": [NOTE]}), "type Table; .*score_arrow"),
    "reader": (pyarrow.table({"text": [NOTE]}).to_reader(), "type RecordBatchReader; .*score_arrow"),
    "open file": (open(__file__, encoding="utf-8"), "TextIOWrapper; mizan.read.path. reads the articles of a file"),
    "array of nothing": (numpy.array(NOTE), "type ndarray"),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_what_is_no_iterable_of_texts_is_refused_in_words(scorer, name):
    given, complaint = ARGUMENTS[name]
    with pytest.raises(TypeError, match=complaint):
        scorer.score(given)
    with pytest.raises(TypeError):
        mizan.evaluate(given, [("favor", "against")])
    with pytest.raises(TypeError, match="Scores"):
        mizan.report(given)
    with pytest.raises(TypeError):
        mizan.terms(given)


@pytest.mark.parametrize("function", ["explain", "score_sentences"])
def test_one_article_is_no_list_and_no_number(scorer, function):
    for given, complaint in [(None, "the article is missing"), (5, "of type int .5."), ([NOTE], "of type list: .*; many are scored by score"), (open(__file__, encoding="utf-8"), "mizan.read")]:
        with pytest.raises(TypeError, match=complaint):
            getattr(scorer, function)(given)


def test_labels_are_pairs_of_words_in_any_container(scorer):
    pairs = [("against", "favor"), ("neutral", "neutral")]
    expected = mizan.evaluate([NOTE, NOTE], pairs)
    frame = pandas.DataFrame(pairs)
    for labels in (map(list, pairs), numpy.array(pairs), frame.to_numpy(), frame.itertuples(index=False), iter(pairs)):
        assert mizan.evaluate(iter([NOTE, NOTE]), labels) == expected
    for labels, complaint in [(["favor", "favor"], "label 0 .favor. is no pair"), ([("favor",)] * 2, "no pair"), ([(1, 2)] * 2, "no pair"), ([None] * 2, "None. is no pair")]:
        with pytest.raises(TypeError, match=complaint):
            mizan.evaluate([NOTE, NOTE], labels)
    with pytest.raises(TypeError, match="article 1 is missing"):
        mizan.evaluate([NOTE, None], pairs)


def test_a_report_takes_scores_alone(scorer):
    with pytest.raises(TypeError, match="score 0 is of type str; give an iterable of Scores"):
        mizan.report(["a"])
    for given in ("scores.jsonl", scorer.score(NOTE)):
        with pytest.raises(TypeError, match="Scores.*one stands in a list"):
            mizan.report(given)
    with pytest.raises(TypeError, match="text 1 is missing"):
        mizan.terms([NOTE, None])
    assert mizan.terms(iter([NOTE])) == mizan.terms([NOTE])
