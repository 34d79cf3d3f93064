"""Frames of pandas and Polars: articles out of them, scores into them."""
import sys

from ._mizan import MizanError, article_columns, complaint


class Frame:
    """A frame, and which of its columns are read and kept."""

    def __init__(self, df, text, id, keep):
        self.df, self.id = df, id
        keep = () if keep is None else keep
        self.keep = [keep] if isinstance(keep, str) or not hasattr(keep, "__iter__") else list(keep)
        self.is_polars = _is_a(df, "polars", "DataFrame")
        if not self.is_polars and not _is_a(df, "pandas", "DataFrame"):
            raise TypeError(_no_frame(df))
        columns = list(df.columns)
        self.text = text = _text_column(columns) if text is None else text
        for column in [text, *([] if id is None else [id]), *self.keep]:
            count = columns.count(column)
            if count == 0:
                raise MizanError(f"there is no column {column!r}; there are: {', '.join(map(str, columns))}")
            if count > 1:
                raise MizanError(f"there are {count} columns {column!r}: rename all but one")

    def articles(self, arrow):
        """A table of Arrow of the columns that make articles, and what is wrong with the texts, by row."""
        texts, complaints = [], {}
        for row, value in enumerate(self.df[self.text].to_list()):
            if isinstance(value, str):
                # Half of a pair of UTF-16, which is no character: Arrow has none.
                texts.append(value.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
            else:
                texts.append(None)
                complaints[row] = complaint(f'row {row} of "{self.text}"', value)
        columns = {str(self.text): arrow.array(texts, arrow.large_string())}
        by_name = {}
        for column in self.df.columns:
            by_name.setdefault(str(column), column)
        id = None if self.id is None else str(self.id)
        for part, name in article_columns(list(by_name), str(self.text), id).items():
            if name not in columns:
                column = self._column(arrow, by_name[name])
                columns[name] = _whole(arrow, column) if part == "id" else column
        return arrow.table(columns), complaints

    def _column(self, arrow, name):
        """A column as Arrow has it; one of several types in words."""
        column = self.df[name]
        if len(column.shape) > 1:
            raise MizanError(f"there are {column.shape[1]} columns {name!r}: rename all but one")
        is_mixed = self.is_polars and str(column.dtype) == "Object"
        if not is_mixed:
            try:
                return column.to_arrow() if self.is_polars else arrow.array(column, from_pandas=True)
            except (arrow.ArrowException, TypeError, ValueError):
                pass
        return arrow.array([_written(value) for value in column.to_list()], arrow.large_string())

    def with_scores(self, scores):
        """The kept columns beside those of the scores, a table of Arrow."""
        kept = set(self.keep)
        for column in scores.column_names:
            if column in kept and column != "id":
                raise MizanError(f"the scores have a column {column!r}, too: rename yours, or do not keep it")
        # The id is that of the frame, in its own type.
        scores = scores.drop_columns(["id"] if "id" in kept else [])
        if self.is_polars:
            import polars

            made = polars.DataFrame(scores)
            return self.df.select(self.keep).with_columns(made) if kept else made
        import pandas

        made = scores.to_pandas().set_index(self.df.index)
        return pandas.concat([self.df[self.keep], made], axis=1) if kept else made


def _text_column(columns):
    """The column of the text, by its usual names."""
    words = [str(column) for column in columns]
    name = article_columns(words, None, None).get("text")
    if name is None:
        raise MizanError(f"no column is called as texts are (text, body, content …): give text=…; there are: {', '.join(words)}")
    return columns[words.index(name)]


def _whole(arrow, ids):
    """Ids as whole numbers where they are: pandas makes 1.0 of 1 in a column in which some are missing."""
    if not arrow.types.is_floating(ids.type):
        return ids
    ids = [f"{id:.0f}" if id is not None and id == id // 1 else _written(id) for id in ids.to_pylist()]
    return arrow.array(ids, arrow.large_string())


def _is_a(value, library, name):
    """Whether a value is of a class of a library that may not be installed; derived classes are."""
    return library in sys.modules and isinstance(value, getattr(sys.modules[library], name, ()))


def _no_frame(value):
    """What to do with what is no frame."""
    if hasattr(type(value), "collect"):
        return "a LazyFrame has no rows yet: collect() it first"
    name = type(value).__name__
    cure = "; score(…) scores the texts of a column" if hasattr(value, "to_list") else ""
    return f"{name}: give a frame of pandas or Polars{cure}"


def is_missing(value):
    """Whether it stands where a value is missing."""
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)


def _written(value):
    """A value in words; `None` if it is missing."""
    if is_missing(value):
        return None
    return str(value).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
