from collections.abc import Iterable, Iterator
from os import PathLike

from ._mizan import Article

def read(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    text: str | None = None,
    title: str | None = None,
    id: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    event: str | None = None,
    keep: str | Iterable[str] = (),
) -> Iterator[Article]: ...
