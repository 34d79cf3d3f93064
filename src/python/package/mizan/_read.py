"""`mizan.read`: files and folders of articles."""
import os
from pathlib import Path

from ._mizan import Articles


def read(path, *, format=None, encoding=None, text=None, title=None, id=None, outlet=None, date=None, event=None, keep=()):
    """Reads the articles of a file, or of the files of a folder, one after the other.

    Args:
        path: A file of any kind that the program reads: text, saved page, Word file, workbook, CSV, JSON lines, Parquet,
            feed, WARC, mail, ZIP, tar …, packed with gzip or zstd or not; or a folder of them.
        format: The format as the ending of a file (`"jsonl"`); found out without it.
        encoding: The encoding (`"windows-1256"`); found out without it.
        text, title, id, outlet, date, event: The fields or columns of records; found by their usual names without them.
        keep: Names of fields whose values are kept.

    Returns:
        An iterator of `Article`. One that cannot be read has an `error`; the next one follows.

    Raises:
        MizanError: Nothing of the file can be read.
    """
    parts = dict(text=text, title=title, id=id, outlet=outlet, date=date, event=event)
    fields = {part: name for part, name in parts.items() if name is not None}
    keep = [keep] if isinstance(keep, str) else list(keep)
    if not os.path.isdir(path):
        return Articles(path, format, encoding, fields, keep)
    files = sorted(file for file in Path(path).rglob("*") if file.is_file() and not file.name.startswith("."))
    return (article for file in files for article in Articles(file, format, encoding, fields, keep))
