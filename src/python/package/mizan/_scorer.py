"""`mizan.Scorer`: the scorer of the engine, and tables."""
from . import _mizan
from ._frame import Frame

# Rows that are scored together. Memory does not grow with the table.
BATCH = 4096


def pyarrow():
    """The package pyarrow, or what to do where it is missing."""
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("tables take pyarrow: pip install pyarrow") from error
    return pyarrow


class Scorer(_mizan.Scorer):
    __doc__ = _mizan.Scorer.__doc__
    __slots__ = ()

    def score_arrow(self, stream, *, text=None, id=None, keep=(), sentences=False, progress=None):
        """Scores the rows of a table, batch by batch.

        Args:
            stream: Anything with `__arrow_c_stream__`: a table or reader of pyarrow, a frame of pandas or Polars, a relation
                of DuckDB.
            text, id: The columns of the text and of the id; found by their usual names without them, as are title, outlet,
                date and event. Without a column of ids, rows are called by their numbers, from 0; a row without an id in
                one is called `row N`.
            keep: Names of columns whose values are kept, in the column `kept`.
            sentences: Whether there is a column of every sentence.
            progress: Called as `progress(n_done, None)` after each batch.

        Returns:
            A `pyarrow.RecordBatchReader`, which has `__arrow_c_stream__` too, with one row for each that goes in, in order,
            and the fields and types of the Parquet tables that `mizan score` writes. It scores as it is read. A row whose
            text is null, or in a column of another type, has an `error`.

        Raises:
            MizanError: A named column is missing, none holds the text, or one that is read is there twice.
            TypeError: It has no `__arrow_c_stream__`.
            ImportError: pyarrow is not installed.
        """
        arrow = pyarrow()
        keep = [keep] if isinstance(keep, str) else list(keep or ())
        if hasattr(type(stream), "collect") and not hasattr(stream, "__arrow_c_stream__"):
            raise TypeError("a LazyFrame has no rows yet: collect() it first")
        rows = arrow.RecordBatchReader.from_stream(stream)
        columns = rows.schema.names
        for name in [*_mizan.article_columns(columns, text, id).values(), *keep]:
            if columns.count(name) > 1:
                raise _mizan.MizanError(f"there are {columns.count(name)} columns {name!r}: rename all but one")
        schema = self._schema(rows.schema, text, id, keep, sentences)

        def batches():
            done = 0
            for batch in rows:
                for start in range(0, batch.num_rows, BATCH):
                    part = batch.slice(start, BATCH)
                    yield self._score_batch(part, done, text, id, keep, sentences)
                    done += part.num_rows
                    if progress is not None:
                        progress(done, None)

        return arrow.RecordBatchReader.from_batches(schema, batches())

    def score_frame(self, df, text=None, *, id=None, keep=(), sentences=False, progress=None):
        """Scores the rows of a frame of pandas or Polars.

        Args:
            df: The frame, shape `(n_articles, n_columns)`.
            text, id: The columns of the text and of the id; found by their usual names without them, as are title, outlet,
                date and event. Without a column of ids, rows are called by their numbers, from 0; a row without an id in
                one is called `row N`. Whole numbers are ids without `.0`.
            keep: Names of columns that the result has too, as they are.
            sentences: Whether there is a column `sentences` of every sentence, each a dict (in Polars a struct).
            progress: Called as `progress(n_done, n_articles)` after each batch.

        Returns:
            A frame of the same kind with one row for each, in order, and in pandas with the same index: the kept columns;
            `lean`, `unrelated`; for each camp `CAMP_stance`, `CAMP_score`, `CAMP_favor`, `CAMP_neutral`, `CAMP_against`,
            `CAMP_words`, `CAMP_doubt`; `error`, and `model`: the names of the program's CSV tables. A row whose text is
            missing (`None`, NaN, `pandas.NA`) or no `str` has an `error` that names its number, from 0.

        Raises:
            TypeError: It is no frame of pandas or Polars.
            MizanError: A named column is missing or there twice, none holds the text, or one that is kept is called as one of
                the scores.
            ImportError: pyarrow is not installed.
        """
        arrow = pyarrow()
        frame = Frame(df, text, id, keep)
        told = None if progress is None else lambda done, _: progress(done, len(df))
        rows, complaints = frame.articles(arrow)
        names = {"text": str(frame.text), "id": None if id is None else str(id)}
        scores = self.score_arrow(rows, **names, sentences=sentences, progress=told).read_all()
        return frame.with_scores(_flat(arrow, scores, self.camps, complaints))


def _flat(arrow, scores, camps, complaints):
    """A column for each number and word; `complaints` are errors by row."""
    columns = {name: scores[name] for name in ("id", "lean", "unrelated")}
    for camp in camps:
        fields = {field.name: number for number, field in enumerate(scores.schema.field(camp).type)}
        parts = scores[camp].combine_chunks().flatten()
        for name in ("stance", "score", "favor", "neutral", "against"):
            columns[f"{camp}_{name}"] = parts[fields[name]]
        words = parts[fields["words"]].to_pylist()
        words = ["؛ ".join(word["word"] for word in row) if row is not None else None for row in words]
        columns[f"{camp}_words"] = arrow.array(words, arrow.string())
        columns[f"{camp}_doubt"] = parts[fields["doubt"]]
    columns |= {name: scores[name] for name in ("sentences", "error", "model") if name in scores.column_names}
    if complaints:
        errors = [complaints.get(row, error) for row, error in enumerate(scores["error"].to_pylist())]
        columns["error"] = arrow.array(errors, scores["error"].type)
    return arrow.table(columns)
