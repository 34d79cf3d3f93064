#!/usr/bin/env python3
"""Writes articles.parquet: what pyarrow 26.0.1 makes of three labelled articles, for tests/integration/commands/parquet.rs.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install pyarrow==26.0.1
    /tmp/golden/bin/python tests/golden/parquet.py

Two row groups; numbers for ids, days and times, a text that is no UTF-8 in a column of bytes, columns that nobody wants.
"""
import datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet

assert pyarrow.__version__ == "26.0.1", pyarrow.__version__
HERE = Path(__file__).parent
ARTICLES = sorted((HERE.parent.parent / "labeled/articles/abu-sitta-2016").glob("*.txt"))[:3]

texts = [article.read_bytes().partition(b"\n\n")[2].strip() for article in ARTICLES]
texts[1] += b" \xff"
noon = datetime.datetime(2016, 3, 30, 12, tzinfo=datetime.timezone.utc)
table = pyarrow.table(
    {
        "id": pyarrow.array([1, 2, 3], pyarrow.int64()),
        "body": pyarrow.array(texts, pyarrow.binary()),
        "headline": pyarrow.array(["عنوان", None, "عنوان"]).dictionary_encode(),
        "published": pyarrow.array([noon] * 3, pyarrow.timestamp("us", "UTC")),
        "day": pyarrow.array([noon.date(), None, noon.date()], pyarrow.date32()),
        "price": pyarrow.array(["1.50", "2.00", None]).cast(pyarrow.decimal128(5, 2)),
        "unwanted": pyarrow.array([{"a": [1]}, {"a": []}, None]),
    }
)
pyarrow.parquet.write_table(table, HERE / "articles.parquet", row_group_size=2, compression="zstd")
