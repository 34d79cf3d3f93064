from collections.abc import Iterable
from os import PathLike

from ._mizan import Articles

def read(
    path: str | bytes | PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    text: str | None = None,
    title: str | None = None,
    id: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    event: str | None = None,
    keep: str | Iterable[str] | None = (),
) -> Articles: ...
