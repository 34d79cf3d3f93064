#!/usr/bin/env python3
"""mizan on Apache Spark gives what mizan alone gives: `bash .ci/spark`, or, where there are pyspark and Java 17,

    python3 tests/spark/check.py [MIZAN]

Thousands of articles, and rows that no article can be read from, are scored by one process, and by score_table.py on a driver and two
executors, which are processes of their own. The lines of TRANSFORM, of pipe, and of TRANSFORM while an executor is killed must be those of
the one process, byte for byte, in whatever order. Then score_table.py runs as a user runs it: the scores in Parquet must be those lines,
the outlets by SQL those of `mizan report --format csv`, and the report of the sums, byte for byte, that of the lines. A mizan that was
built with `--features parquet` must read the tables that Spark wrote, of articles and of scores, and write one that Spark reads.

One difference is known, and taken out before lines are compared (PLACE): a record that cannot be read is told with its place in the
stream, `-:7: …`, and one without an id that can be read is called by it, `-:7`. Each partition is a stream of its own.
"""
import csv
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cluster

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = Path(__file__).with_name("score_table.py")
BEGINNINGS = 12
# Within a string, quotation marks have a backslash before them: this stands nowhere else in a line.
PLACE = re.compile(r'(^\{"id":|"error":)"-:[0-9]+(?=[":])')


def the_rows():
    """Of each field of score_table.FIELDS, a value or None: labelled articles and their beginnings, and what else a table may hold."""
    rows = []
    for file in sorted((ROOT / "labeled/articles").rglob("*.txt")):
        header, _, text = file.read_text("utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in header.splitlines())
        for number in range(BEGINNINGS):
            # Beginnings of them, too: where little is said, it is not so clear what an article is about, and which count.
            part = text[: 150 * number] if number else text
            rows.append((f"{fields['id']} {number}", *(fields.get(name) for name in ("title", "outlet", "date", "event")), part))
    good = rows[0][5]
    odd = 'tab\t lines\n\r\n "quoted" \\ \\n \\N \' \0 \x1b[31m \u202e\u2066 \u2028\u2029 \ufeff {} 😀 '
    weather = "توقعت الأرصاد الجوية أمطارا غزيرة وانخفاضا في درجات الحرارة على الساحل خلال الأيام المقبلة مع رياح نشطة."
    others = {
        "null text": (None, "qaws-review", "2019-04-06", None, None),
        "empty text": ("", "qaws-review", "2019-04-06", None, ""),
        "spaces": (" ", " ", " ", " ", " \n\t"),
        "too short": (None, "naqd-daily", None, None, "كلمة"),
        "English": ("Title", "naqd-daily", "2019-04-06", "e", "This text is not in Arabic, and long enough to be weighed if it were."),
        "all null": (None,) * 5,
        "null outlet": ("عنوان", None, "2019-04-06", None, good),
        "empty outlet": ("عنوان", "", "no date", "", good),
        f"odd {odd}": (odd, 'o/p=q %"\\\' ع', odd, odd, odd + good.replace(" ", "\t", 9).replace("\n", "\u2028", 1)),
        "number": ("1", "007", "2019-04", "1e3", good),
        "longer than 16 MB": (None, "007", None, None, "نص " * 3_500_000),
        # What it is called hangs on where it stands, and a report names articles that are about the conflict: this one is not.
        None: (None, "007", None, None, weather),
    }
    return rows + [(article, *fields) for article, fields in others.items()]


def without_place(line):
    return PLACE.sub(r'\1"-:#', line)


def mizan(program, *arguments, stdin=None):
    """What mizan alone prints. It ends with 1, where it could not read or score something."""
    run = subprocess.run([program, *arguments], stdin=stdin, capture_output=True)
    assert run.returncode in (0, 1), run.stderr.decode()[-2000:]
    return run.stdout.decode()


def same(found, expected, what):
    found, expected = sorted(map(without_place, found)), sorted(map(without_place, expected))
    assert len(found) == len(expected), f"{what}: {len(found)} lines for {len(expected)}"
    for one, other in zip(found, expected):
        assert one == other, f"{what}:\n{one[:2000]}\nalone:\n{other[:2000]}"


def fails(job, *signs):
    try:
        job()
    except Exception as error:
        assert all(sign in str(error) for sign in signs), str(error)[-3000:]
    else:
        raise AssertionError("a command that fails did not fail the job")


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def six(number):
    """A number with six decimals, as mizan writes it."""
    return None if number is None else math.copysign(math.floor(abs(number) * 1e6 + 0.5) / 1e6, number) + 0.0


def check_lines(spark, example, program, folder):
    """The lines of each way are those of the one process, which are returned."""
    names = {"text": "body"}
    schema = ", ".join(f"{names.get(field, field)} STRING" for field in example.FIELDS)
    rows = the_rows()
    # Both are written from the rows of Python: Spark writes no line that the one process reads.
    spark.createDataFrame(rows, schema).repartition(4).write.partitionBy("outlet").parquet(f"{folder}/articles")
    with open(folder / "articles.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(dict(zip(example.FIELDS, row)), ensure_ascii=False) + "\n")
    begun = time.monotonic()
    with open(folder / "articles.jsonl", "rb") as lines:
        # With nothing but what is needed: the options of the example's command may change nothing.
        alone = mizan(program, "score", "--input-format", "jsonl", stdin=lines).splitlines()
    assert len(alone) == len(rows)
    n_errors = sum("error" in json.loads(line) for line in alone)
    size = (folder / "articles.jsonl").stat().st_size / 1e6
    print(f"{len(rows)} rows, {size:.0f} MB, {n_errors} of which have an error; alone: {time.monotonic() - begun:.1f} s")

    table = example.articles(spark.read.parquet(f"{folder}/articles"), names)

    def collected(by, more=()):
        return [row.line for row in example.scored_lines(spark, table, by, more).collect()]

    for by in ["transform", "pipe"]:
        begun = time.monotonic()
        found = collected(by)
        print(f"{by}: {time.monotonic() - begun:.1f} s")
        same(found, alone, by)
    for _ in range(5):
        begun = time.monotonic()
        found, told = cluster.while_killed(spark, lambda: collected("transform"))
        same(found, alone, "executor killed")
        if told:
            break
    assert told, "no task was ever lost with its executor"
    print(f"transform, an executor killed {told}: {time.monotonic() - begun:.1f} s")
    deadline = time.monotonic() + 10
    while left := [command for command in cluster.started_here().values() if b"--exit-zero" in command]:
        assert time.monotonic() < deadline, f"still runs: {left}"
        time.sleep(0.1)

    numbers = spark.createDataFrame([("a", "007", "نص")], "id STRING, outlet STRING, text STRING")
    numbers.write.partitionBy("outlet").parquet(f"{folder}/numbers")
    [line] = example.scored_lines(spark, example.articles(spark.read.parquet(f"{folder}/numbers"))).collect()
    assert json.loads(line.line)["outlet"] == "007", line

    fails(lambda: collected("transform", ["--model", "none"]), "exited with status 2", "none")
    fails(lambda: collected("pipe", ["--model", "none"]), "exited with error code 2")
    print("a command that fails fails the job: transform, pipe")
    return alone


def run_example(*arguments, by=None):
    launcher = [sys.executable] if by is None else [by, "--master", cluster.MASTER]
    return subprocess.run([*launcher, EXAMPLE, *arguments], capture_output=True, text=True)


def check_example(spark, example, program, folder, alone):
    """The example as a process of its own: what it writes, and its exit codes."""
    common = ["--mizan", program, "--articles", f"{folder}/articles", "--text-field", "body"]
    outlets, sums = f"{folder}/outlets", f"{folder}/sums"
    for name, by, options in [
        ("cluster", f"{os.environ['SPARK_HOME']}/bin/spark-submit", ["--outlets", outlets, "--sums", sums]),
        ("local", None, ["--master", "local[2]", "--by", "pipe"]),
    ]:
        begun = time.monotonic()
        run = run_example(*common, "--scores", f"{folder}/{name}", *options, by=by)
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-5000:]
        assert name == "local" or "qaws-review" in run.stdout, run.stdout
        seconds = time.monotonic() - begun
        scores = spark.read.schema(example.SCHEMA).parquet(f"{folder}/{name}").collect()
        found = [json.dumps(without_nulls(row.asDict(True)), separators=(",", ":")) for row in scores]
        # The same fields in the same order, every number to its last digit; only escapes are written alike.
        same(found, [json.dumps(json.loads(line), separators=(",", ":")) for line in alone], "scores in Parquet")
        print(f"score_table.py, {name}: {seconds:.1f} s; {len(found)} scores in Parquet")

    (folder / "alone.jsonl").write_text("".join(line + "\n" for line in alone), "utf-8")
    of_mizan = {}
    for row in csv.DictReader(mizan(program, "report", "--format", "csv", folder / "alone.jsonl").splitlines()):
        counts = [int(row[count]) for count in ("articles", "weighed", "unrelated", "failed", "uncertain")]
        of_mizan[row["outlet"]] = (*counts, float(row["lean"]) if row["lean"] else None)
    of_sql = {
        row.outlet or "(no outlet named)": (row.articles, row.weighed, row.unrelated, row.errors, row.uncertain, six(row.lean))
        for row in spark.read.parquet(outlets).collect()
    }
    assert of_sql == of_mizan, f"{of_sql}\n{of_mizan}"
    parts = sorted(Path(sums).glob("part-*"))
    of_sums = mizan(program, "report", "--format", "json", *parts)
    assert of_sums == mizan(program, "report", "--format", "json", folder / "alone.jsonl"), "the report of the sums is another"
    n_sums = sum(part.read_text("utf-8").count("\n") for part in parts)
    assert n_sums > 1, "there was nothing to add up"
    print(f"{len(of_sql)} outlets by SQL, and the report of {n_sums} partial sums: as mizan's own report")

    needed = ["--master", "local[1]", "--articles", f"{folder}/articles", "--scores", f"{folder}/none"]
    wrong = [
        (2, ["--mizan", EXAMPLE], "must be called mizan"),
        (2, ["--mizan", program], "has no column text; it has id, title, "),
        (1, ["--mizan", program, "--text-field", "body", "--max-error", "7"], "give a number from 0.01 to 0.50"),
    ]
    with ThreadPoolExecutor() as pool:
        for (code, _, sign), run in zip(wrong, pool.map(lambda case: run_example(*needed, *case[1]), wrong)):
            assert run.returncode == code and sign in run.stderr, f"{run.returncode} {run.stderr[-3000:]}"
    assert not list(folder.glob("none/*")), "what a failed job wrote is there"
    print("score_table.py: exit codes")


def check_parquet(spark, example, program, folder, alone):
    """Tables of Spark are read by mizan alone, and one of mizan by Spark."""
    probe = subprocess.run([program, "score", "none.parquet"], capture_output=True, text=True)
    if "lacks the feature `parquet`" in probe.stderr:
        print("Parquet without Spark: not checked, as this mizan was built without it")
        return

    # A row is not told with the same place, and none is too long; so those are left out that are called by their place, or hold it.
    def told(lines, form):
        read = [line for line in map(json.loads, lines) if "reading" in line and not line["id"].startswith("-:")]
        return {line["id"]: line | {"reading": line["reading"] | {"format": form}} for line in read}

    of_table = mizan(program, "score", "--text-field", "body", folder / "articles").splitlines()
    expected, found = told(alone, "parquet"), told(of_table, "parquet")
    assert len(of_table) == len(alone) and len(expected) > 1000
    for article, line in expected.items():
        assert found[article] == line, f"{found[article]}\nof lines:\n{line}"

    of_scores, of_lines = (mizan(program, "report", "--format", "json", folder / name) for name in ("cluster", "alone.jsonl"))
    assert of_scores == of_lines, "the report of Spark's scores is another"

    with open(folder / "articles.jsonl", "rb") as lines:
        mizan(program, "score", "--input-format", "jsonl", "--output", folder / "scores.parquet", stdin=lines)
    rows = spark.read.schema(example.SCHEMA).parquet(f"{folder}/scores.parquet").collect()
    read = told((json.dumps(without_nulls(row.asDict(True))) for row in rows), "jsonl")
    assert len(rows) == len(alone) and read == told(alone, "jsonl"), "Spark reads other scores than mizan wrote"
    print(f"Parquet without Spark: {len(found)} articles of Spark's table, its scores, and mizan's scores in Spark")


def main(program=None):
    begun = time.monotonic()
    sys.stdout.reconfigure(line_buffering=True)
    program = program or Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/mizan"
    import pyspark

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "home").mkdir()
        cluster.set_up(folder / "home", Path(pyspark.__file__).parent)
        import score_table as example

        # Its name must be mizan, whatever the file is called that is checked.
        program = shutil.copy(program, f"{folder}/mizan")
        spark = example.session(program, cluster.MASTER)
        java = spark._jvm.java.lang.System.getProperty("java.version")
        print(f"Spark {spark.version}, Java {java}, Python {sys.version.split()[0]}, {cluster.MASTER}")
        try:
            alone = check_lines(spark, example, program, folder)
            check_example(spark, example, program, folder, alone)
            check_parquet(spark, example, program, folder, alone)
        finally:
            spark.stop()
    print(f"all as alone; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
