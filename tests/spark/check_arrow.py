#!/usr/bin/env python3
"""mizan's Python package on Apache Spark gives what the program gives: `bash .ci/spark --arrow WHEEL [MIZAN]`.

Thousands of articles, and rows that no article can be read from, go through score_arrow.py on two cores, as a user runs it. Its table
must hold what one process of the program says of the same rows, every number to its last digit. Three differences are known, and taken
out: the format (`arrow`, not `jsonl`), in an error what the program advises, what the column is called and how a missing text is told, and
the place in the stream by which a row without an id is called. The row that is longer than a line of JSON may be is left out.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import check
import cluster
import score_table

EXAMPLE = Path(__file__).with_name("score_arrow.py")
PLACE = "(place)"
NO_TEXT = "(no text)"


def comparable(record):
    """A record without what is known to differ."""
    record = check.without_nulls(record)
    if "reading" in record:
        assert record["reading"].pop("format") in ("arrow", "jsonl")
    if "error" in record:
        told = re.sub(r"^(-:|row )?[0-9]+: ", "", record["error"]).split(";")[0]
        record["error"] = NO_TEXT if re.search(r"has no value|is missing \(null\)", told) else told.replace('"body"', '"text"')
    if record["id"].startswith(("-:", "row ")) or record["id"].isdecimal():
        record["id"] = PLACE
    return record


def lines(records):
    return sorted(json.dumps(comparable(record), ensure_ascii=False, sort_keys=True) for record in records)


def main(program=None):
    begun = time.monotonic()
    program = program or Path(os.environ.get("CARGO_TARGET_DIR", check.ROOT / "target")) / "release/mizan"
    import pyspark
    import score_arrow

    rows = [row for row in check.the_rows() if row[0] != "longer than 16 MB"]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with open(folder / "articles.jsonl", "w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(dict(zip(score_table.FIELDS, row)), ensure_ascii=False) + "\n")
        with open(folder / "articles.jsonl", "rb") as dump:
            alone = [json.loads(line) for line in check.mizan(program, "score", "--input-format", "jsonl", stdin=dump).splitlines()]
        (folder / "home").mkdir()
        cluster.set_up(folder / "home", Path(pyspark.__file__).parent)
        spark = score_arrow.session("local[2]")
        names = ", ".join(f"{'body' if field == 'text' else field} STRING" for field in score_table.FIELDS)
        spark.createDataFrame(rows, names).repartition(4).write.partitionBy("outlet").parquet(f"{folder}/articles")
        example = [sys.executable, EXAMPLE, "--master", "local[2]", "--articles", f"{folder}/articles"]
        ran = time.monotonic()
        run = subprocess.run([*example, "--text-field", "body", "--scores", f"{folder}/scores"], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-5000:]
        ran = time.monotonic() - ran
        found = [row.asDict(True) for row in spark.read.parquet(f"{folder}/scores").collect()]
        expected, found = lines(alone), lines(found)
        assert len(found) == len(expected) == len(rows)
        for one, other in zip(found, expected):
            assert one == other, f"score_arrow.py:\n{one[:2000]}\nthe program:\n{other[:2000]}"
        run = subprocess.run([*example, "--text-field", "story", "--scores", f"{folder}/none"], capture_output=True, text=True)
        assert run.returncode == 2 and "story" in run.stderr and "body" in run.stderr, run.stderr[-3000:]
        print(f"Spark {spark.version}: score_arrow.py gives the program's scores of {len(rows)} rows; {ran:.1f} s")
        spark.stop()
    print(f"all as the program; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
