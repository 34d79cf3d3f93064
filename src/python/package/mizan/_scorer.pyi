from collections.abc import Callable, Hashable, Iterable
from typing import Any, Protocol, TypeVar

from . import _mizan

_Frame = TypeVar("_Frame")

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

BATCH: int

def pyarrow() -> Any: ...

class Scorer(_mizan.Scorer):
    def score_arrow(
        self,
        stream: _ArrowStream,
        *,
        text: str | None = None,
        id: str | None = None,
        keep: str | Iterable[str] | None = (),
        sentences: bool = False,
        progress: Callable[[int, int | None], object] | None = None,
    ) -> Any: ...
    def score_frame(
        self,
        df: _Frame,
        text: Hashable | None = None,
        *,
        id: Hashable | None = None,
        keep: Hashable | Iterable[Hashable] | None = (),
        sentences: bool = False,
        progress: Callable[[int, int], object] | None = None,
    ) -> _Frame: ...
