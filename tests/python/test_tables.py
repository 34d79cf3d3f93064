"""Frames and columns: pandas, Polars, Arrow."""
import math

import mizan
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from conftest import REPOSITORY

NUMBERS = [f"{camp}_{part}" for camp in ("lna", "gna") for part in ("stance", "score", "favor", "neutral", "against")]


@pytest.fixture(scope="module")
def table(texts):
    """Some articles with their ids, one without a text."""
    chosen = [*texts[::40], None]
    return {"key": [f"k{number}" for number in range(len(chosen))], "text": chosen, "n": list(range(len(chosen)))}


def test_rows_of_arrow_have_the_fields_and_scores_of_the_programs_parquet(scorer, table, program, tmp_path):
    given, made = tmp_path / "articles.parquet", tmp_path / "scores.parquet"
    pyarrow.parquet.write_table(pyarrow.table(table), given)
    scores = scorer.score_arrow(pyarrow.table(table), id="key", keep=["n"]).read_all()
    try:
        program("score", given, "--id-field", "key", "--keep", "n", "-o", made)
    except AssertionError as error:
        if "parquet" in str(error):
            pytest.skip("a program without Parquet")
        raise
    expected = pyarrow.parquet.read_table(made)
    assert scores.schema.equals(expected.schema)
    # Columns in memory have been no file.
    told = scores["reading"].combine_chunks().field("format").drop_null(), expected["reading"].combine_chunks().field("format").drop_null()
    assert [set(formats.to_pylist()) for formats in told] == [{"arrow"}, {"parquet"}]
    without = ["error", "reading"]
    assert scores.drop_columns(without).equals(expected.drop_columns(without))
    reading = [[row and row | {"format": None} for row in table["reading"].to_pylist()] for table in (scores, expected)]
    assert reading[0] == reading[1]


def test_any_stream_of_arrow_is_scored_in_batches(scorer, table):
    one = scorer.score_arrow(pyarrow.table(table), id="key").read_all()
    for stream in (polars.DataFrame(table), pandas.DataFrame(table), pyarrow.table(table).to_reader(7)):
        scores = scorer.score_arrow(stream, id="key")
        assert hasattr(scores, "__arrow_c_stream__")
        assert pyarrow.Table.from_batches(scores).combine_chunks().equals(one.combine_chunks())
    again = polars.from_arrow(scorer.score_arrow(polars.DataFrame(table), id="key"))
    assert again.height == len(table["text"]) and again["lna"].struct.field("stance")[0] is not None


def test_batches_come_as_they_are_read(scorer, texts):
    taken = []

    def batches():
        for number in range(1000):
            taken.append(number)
            yield pyarrow.record_batch({"text": texts[:10]})

    stream = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"text": pyarrow.string()}), batches())
    scores = scorer.score_arrow(stream)
    first, second = scores.read_next_batch(), scores.read_next_batch()
    assert len(taken) <= 3 and first["id"].to_pylist() != second["id"].to_pylist()


def test_what_was_mended_of_a_row_is_told(scorer, texts):
    whole = texts[0]
    # As old programs take text from a PDF file: lines from left to right.
    damaged = "\n".join(line[::-1] for line in whole.splitlines())
    scores = scorer.score_arrow(pyarrow.table({"text": [whole, damaged]})).read_all()
    assert [reading["mended"] for reading in scores["reading"].to_pylist()] == [None, "visual-order"]
    assert scores["lean"][0] == scores["lean"][1]


def test_sentences_and_progress(scorer, table):
    told = []
    scores = scorer.score_arrow(pyarrow.table(table), sentences=True, progress=lambda done, n: told.append(done)).read_all()
    assert told == [len(table["text"])]
    assert scores["sentences"][0].as_py()[0].keys() == {"text", "span", "reported", "lna", "gna"}


def test_a_frame_of_pandas_keeps_its_index(scorer, table):
    df = pandas.DataFrame(table, index=[f"r{number}" for number in table["n"]])
    made = scorer.score_frame(df, keep=["n", "key"])
    assert isinstance(made, pandas.DataFrame) and made.index.equals(df.index)
    assert list(made.columns[:2]) == ["n", "key"] and set(NUMBERS) <= set(made.columns)
    assert made["error"].notna().sum() == 1 and made["error"].notna().iloc[-1]
    expected = scorer.score(table["text"])
    for at, score in enumerate(expected[:-1]):
        assert made["lean"].iloc[at] == score.lean and made["lna_stance"].iloc[at] == score.lna.stance
    joined = df.join(made[NUMBERS])
    assert len(joined) == len(df)


def test_a_frame_of_polars_stays_one(scorer, table):
    made = scorer.score_frame(polars.DataFrame(table), id="key", keep="n")
    assert isinstance(made, polars.DataFrame) and made["id"].to_list() == table["key"] and made["n"].to_list() == table["n"]
    of_pandas = scorer.score_frame(pandas.DataFrame(table), id="key")
    for column in NUMBERS:
        pairs = zip(made[column].to_list(), of_pandas[column].tolist())
        assert all(a == b or (a is None and (b is None or math.isnan(b))) for a, b in pairs), column


def test_ids_of_rows_are_their_own(scorer):
    texts = ["نص"] * 4
    whole = pandas.DataFrame({"text": texts, "id": [2, None, 0, None]})
    assert whole["id"].dtype == float
    for made in (scorer.score_frame(whole), scorer.score_frame(whole.rename(columns={"id": "key"}), id="key")):
        assert made["id"].tolist() == ["2", "row 1", "0", "row 3"]
    half = pandas.DataFrame({"text": texts, "id": [2.5, None, 1e20, 3]})
    assert scorer.score_frame(half)["id"].tolist() == ["2.5", "row 1", "1" + "0" * 20, "3"]
    assert scorer.score_frame(polars.DataFrame({"text": texts, "id": [2, None, 0, 7]}))["id"].to_list() == ["2", "row 1", "0", "7"]
    given = pyarrow.table({"text": texts, "id": ["2", None, "", "x"]})
    assert scorer.score_arrow(given).read_all()["id"].to_pylist() == ["2", "row 1", "row 2", "x"]
    # Without a column of ids, they are the numbers.
    assert scorer.score_arrow(given.select(["text"])).read_all()["id"].to_pylist() == list("0123")


def test_the_column_of_the_text_is_found_by_its_usual_names(scorer, table):
    expected = scorer.score_frame(pandas.DataFrame(table))["lean"]
    for name in ("body", "Content", "النص"):
        for df in (pandas.DataFrame(table), polars.DataFrame(table)):
            df = df.rename(columns={"text": name}) if isinstance(df, pandas.DataFrame) else df.rename({"text": name})
            for made in (scorer.score_frame(df), scorer.score_frame(df, None), scorer.score_frame(df, name)):
                assert made["lean"].to_list()[:-1] == expected.tolist()[:-1]
                assert made["error"].to_list()[-1].startswith(f'row {len(df) - 1} of "{name}" is missing')
    both = pandas.DataFrame(table).assign(body="نص")
    assert scorer.score_frame(both)["lean"].equals(expected)
    with pytest.raises(mizan.MizanError, match="no column is called as texts are .*: give text=…; there are: key, story, 7"):
        scorer.score_frame(pandas.DataFrame({"key": ["a"], "story": ["نص"], 7: [1]}))


def test_a_column_that_is_there_twice_is_refused(scorer):
    twice = pyarrow.table([["نص"], ["نص"], ["k"]], names=["text", "text", "id"])
    for given in ({}, {"text": "text"}, {"keep": "text"}):
        with pytest.raises(mizan.MizanError, match="there are 2 columns 'text': rename all but one"):
            scorer.score_arrow(twice, **given)
    # What is not read may be.
    other = pyarrow.table([["نص"], [1], [2]], names=["text", "n", "n"])
    assert scorer.score_arrow(other).read_all().num_rows == 1


def test_sentences_of_a_frame(scorer, table):
    for df in (pandas.DataFrame(table), polars.DataFrame(table)):
        made = scorer.score_frame(df, sentences=True)
        assert made["sentences"][0][0].keys() == {"text", "span", "reported", "lna", "gna"} and made["sentences"].to_list()[-1] is None
        assert "sentences" not in scorer.score_frame(df).columns


def test_dates_and_outlets_of_a_frame_are_read(scorer, table):
    df = pandas.DataFrame(table).assign(date=pandas.Timestamp("2019-04-06"), outlet="a.example")
    scores = scorer.score_arrow(df, id="key").read_all()
    assert scores["date"][0].as_py().startswith("2019-04-06") and scores["outlet"][0].as_py() == "a.example"


@pytest.mark.parametrize("zone", [None, "UTC", "Africa/Tripoli", "+02:00"])
def test_days_of_any_time_zone_are_read(scorer, table, zone):
    day = pandas.Timestamp("2019-04-06 12:00", tz=zone)
    df = pandas.DataFrame(table).assign(date=day)
    for stream in (df, polars.from_pandas(df)):
        assert scorer.score_arrow(stream, id="key").read_all()["date"][0].as_py().startswith("2019-04-06")
        assert scorer.score_frame(stream)["lean"][0] is not None


def test_what_is_wrong_with_a_frame_is_said_at_once(scorer, table):
    df = pandas.DataFrame(table)
    with pytest.raises(mizan.MizanError, match="'body'.*key, text, n"):
        scorer.score_frame(df, "body")
    with pytest.raises(mizan.MizanError, match="body"):
        scorer.score_arrow(df, text="body")
    with pytest.raises(mizan.MizanError):
        scorer.score_arrow(pyarrow.table({"n": [1]}))
    with pytest.raises(TypeError, match="pandas or Polars"):
        scorer.score_frame(table)
    for score in (scorer.score_frame, scorer.score_arrow):
        with pytest.raises(TypeError, match="collect"):
            score(polars.LazyFrame(table))
    with pytest.raises(TypeError, match="Series: give a frame.*score"):
        scorer.score_frame(df["text"])
    with pytest.raises(mizan.MizanError, match="2 columns 'text': rename"):
        scorer.score_frame(pandas.DataFrame([["نص", "نص"]], columns=["text", "text"]))
    with pytest.raises(mizan.MizanError, match="the scores have a column 'lean', too"):
        scorer.score_frame(df.assign(lean=0), keep=["lean"])
    assert len(scorer.score_frame(df.iloc[:0])) == 0


def test_the_golden_table_is_read(scorer):
    articles = list(mizan.read(REPOSITORY / "tests" / "golden" / "articles.parquet"))
    assert articles and all(article.text for article in articles if article.error is None)
