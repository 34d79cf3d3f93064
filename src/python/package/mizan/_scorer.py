"""`mizan.Scorer`: the scorer of the engine, and tables."""
from . import _mizan
from ._mizan import MizanError

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
                date and event. A row without an id is called by its number, from 0.
            keep: Names of columns whose values are kept, in the column `kept`.
            sentences: Whether there is a column of every sentence.
            progress: Called as `progress(n_done, None)` after each batch.

        Returns:
            A `pyarrow.RecordBatchReader`, which has `__arrow_c_stream__` too, with one row for each that goes in, in order,
            and the fields and types of the Parquet tables that `mizan score` writes. It scores as it is read.

        Raises:
            MizanError: A named column is missing, or none holds the text.
            ImportError: pyarrow is not installed.
        """
        arrow = pyarrow()
        keep = [keep] if isinstance(keep, str) else list(keep)
        rows = arrow.RecordBatchReader.from_stream(stream)
        schema = self._schema(keep, sentences)
        # What is wrong with the columns is said now, not when the first batch is read.
        self._score_batch(arrow.RecordBatch.from_pylist([], rows.schema), 0, text, id, keep, sentences)

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

    def score_frame(self, df, text="text", *, id=None, keep=(), progress=None):
        """Scores the rows of a frame of pandas or Polars.

        Args:
            df: The frame, shape `(n_articles, n_columns)`.
            text, id: The columns of the text and of the id. Title, outlet, date and event are found by their usual names.
            keep: Names of columns that the result has too, as they are.
            progress: Called as `progress(n_done, n_articles)` after each batch.

        Returns:
            A frame of the same kind with one row for each, in order, and in pandas with the same index: the kept columns;
            `lean`, `unrelated`; for each camp `CAMP_stance`, `CAMP_score`, `CAMP_favor`, `CAMP_neutral`, `CAMP_against`,
            `CAMP_words`, `CAMP_doubt`; `error`, and `model`: the names of the program's CSV tables.

        Raises:
            TypeError: It is no frame of pandas or Polars.
            MizanError: A named column is missing.
            ImportError: pyarrow is not installed.
        """
        arrow = pyarrow()
        library = type(df).__module__.partition(".")[0]
        if hasattr(df, "collect"):
            raise TypeError("a LazyFrame has no rows yet: collect() it first")
        if library not in ("pandas", "polars") or not hasattr(df, "columns"):
            raise TypeError(f"{type(df).__name__}: give a frame of pandas or Polars")
        keep = [keep] if isinstance(keep, str) else list(keep)
        columns = [str(column) for column in df.columns]
        for column in [text, *([id] if id else []), *keep]:
            if column not in columns:
                raise MizanError(f"there is no column {column!r}; there are: {', '.join(columns)}")
        if progress is None:
            told = None
        else:
            told = lambda done, _: progress(done, len(df))  # noqa: E731
        wanted = df[_article_columns(df, text, id)]
        rows = _stream(arrow, wanted, library, text)
        scores = self.score_arrow(rows, text=text, id=id, progress=told).read_all()
        flat = _flat(arrow, scores, self.camps)
        flat = flat.drop_columns([column for column in keep if column in flat.column_names])
        if library == "polars":
            import polars

            made = polars.DataFrame(flat)
            return df.select(keep).with_columns(made) if keep else made
        import pandas

        made = flat.to_pandas().set_index(df.index)
        return pandas.concat([df[keep], made], axis=1) if keep else made


def _article_columns(df, text, id):
    """The columns that may say something of an article: those of texts and dates, not of objects that Arrow cannot take."""
    known = {"id", "title", "headline", "outlet", "source", "date", "published", "event"}
    named = [text, *([id] if id and id != text else [])]
    return named + [column for column in df.columns if str(column).lower() in known and column not in named]


def _stream(arrow, df, library, text):
    """The columns as Arrow. A column of texts with other values among them is refused by its row."""
    if library == "polars":
        return df
    try:
        return arrow.Table.from_pandas(df, preserve_index=False)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError):
        for number, value in enumerate(df[text]):
            if not isinstance(value, str) and value is not None and value == value:
                raise TypeError(f"row {number} of {text!r} is of type {type(value).__name__}: give str") from None
        raise


def _flat(arrow, scores, camps):
    """A column for each number and word."""
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
    columns |= {name: scores[name] for name in ("error", "model")}
    return arrow.table(columns)
