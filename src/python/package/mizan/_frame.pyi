from typing import Any

class Frame:
    df: Any
    text: Any
    id: Any
    keep: list[Any]
    is_polars: bool
    def __init__(self, df: Any, text: Any, id: Any, keep: Any) -> None: ...
    def articles(self, arrow: Any) -> tuple[Any, dict[int, str]]: ...
    def with_scores(self, scores: Any) -> Any: ...
