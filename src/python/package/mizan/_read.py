"""`mizan.read`: files and folders of articles."""
import os
from pathlib import Path

from ._mizan import Articles


def read(path, *, format=None, encoding=None, text=None, title=None, id=None, outlet=None, date=None, event=None, keep=()):
    """Reads the articles of a file, or of the files of a folder, one after the other.

    Of a folder, the files are read that the program reads: those that are articles by their names or first bytes. What is
    passed over is told through the logger `mizan`. Hidden folders are not entered; links are followed.

    Args:
        path: A file of any kind that the program reads: text, saved page, Word file, workbook, CSV, JSON lines, Parquet,
            feed, WARC, mail, ZIP, tar …, packed with gzip or zstd or not; or a folder of them.
        format: The format as the ending of a file (`"jsonl"`); found out without it.
        encoding: The encoding (`"windows-1256"`); found out without it.
        text, title, id, outlet, date, event: The fields or columns of records; found by their usual names without them.
        keep: Names of fields whose values are kept.

    Returns:
        An iterator of `Article`, which is read once: a second pass takes a second `read`, or a list. One that cannot be read has an `error`, and so has a file of a folder that cannot be opened;
        the next one follows. Where there is no article at all (a table without rows), a `UserWarning` says so at the end.

    Raises:
        TypeError: It is no path.
        MizanError: The path does not exist, nothing of the file that is named can be read, or no file of the folder is an
            article.
    """
    if not isinstance(path, (str, bytes, os.PathLike)):
        raise TypeError(f"read takes the path of one file or folder, not {type(path).__name__}")
    path = os.fsdecode(path)
    parts = dict(text=text, title=title, id=id, outlet=outlet, date=date, event=event)
    fields = {part: name for part, name in parts.items() if name is not None}
    keep = [keep] if isinstance(keep, str) else list(keep or ())
    is_folder = os.path.isdir(path)
    return Articles(_files(path) if is_folder else [path], path if is_folder else None, format, encoding, fields, keep)


def _files(folder):
    """The files under a folder, and what cannot be entered, in order of their names."""
    found, entered = [], set()
    for at, folders, files in os.walk(folder, followlinks=True, onerror=lambda error: found.append(error.filename)):
        status = os.stat(at)
        # A link may lead back.
        if (status.st_dev, status.st_ino) in entered:
            folders.clear()
            continue
        entered.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (os.path.join(at, name) for name in files)
        # No pipes and devices. A link that leads nowhere is told when it is its turn.
        found += (path for path in paths if os.path.isfile(path) or not os.path.exists(path))
    return sorted(found, key=lambda path: Path(path).parts)
