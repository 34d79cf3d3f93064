#!/usr/bin/env python3
"""mizan on Apache Spark gives what mizan alone gives: `bash .ci/spark`, or, where there are pyspark and Java 17,

    python3 tests/spark/check.py [MIZAN]

Thousands of articles, and rows that no article can be read from, are scored by one process, and by score_table.py on a driver and two
executors, which are processes of their own. The lines of TRANSFORM, of pipe, and of TRANSFORM while an executor is killed must be those of
the one process, byte for byte, in whatever order. Then score_table.py runs as a user runs it: the scores in Parquet must be those lines,
the outlets by SQL those of `mizan report --format csv`, and the report of the sums, byte for byte, that of the lines.

One difference is known, and taken out before lines are compared (PLACE): a record that cannot be read is told with its place in the
stream, `-:7: …`, and one without an id that can be read is called by it, `-:7`. Each partition is a stream of its own.
"""
import csv
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = Path(__file__).with_name("score_table.py")
CLUSTER = "local-cluster[2,1,1024]"
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


def started_here():
    """The command lines of the processes that this one started, and those that they started."""
    parents, commands = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(process.name)] = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            commands[int(process.name)] = (process / "cmdline").read_bytes()
        except OSError:
            pass  # It has ended.
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {process: commands[process] for process in found if process in commands}


def while_killed(spark, job):
    """What `job` gives, while an executor is killed once a quarter of the tasks has ended, and others run; and how that went, or nothing
    where no task was lost: it was between two."""
    tracker = spark.sparkContext.statusTracker()
    result, stage, completed = [], None, None
    thread = threading.Thread(target=lambda: result.append(job()))
    thread.start()
    while thread.is_alive() and completed is None:
        for number in tracker.getActiveStageIds():
            now = tracker.getStageInfo(number)
            if now and now.numTasks > 8 and now.numCompletedTasks >= now.numTasks / 4 and now.numActiveTasks >= 2:
                victim = min(process for process, command in started_here().items() if b"CoarseGrainedExecutorBackend" in command)
                os.kill(victim, signal.SIGKILL)
                stage, completed = number, now.numCompletedTasks
                break
        time.sleep(0.01)
    thread.join()
    assert result, "the job did not survive"
    told = stage is not None and tracker.getStageInfo(stage)
    if not told or told.numFailedTasks == 0:
        return result[0], None
    found = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    lost = sum(not found.apply(at).isActive() for at in range(found.size()))
    assert lost > 0, "tasks failed, but not for the executor"
    return result[0], f"after {completed} of {told.numTasks} tasks, of which {told.numFailedTasks} failed and ran again"


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
        found, told = while_killed(spark, lambda: collected("transform"))
        same(found, alone, "executor killed")
        if told:
            break
    assert told, "no task was ever lost with its executor"
    print(f"transform, an executor killed {told}: {time.monotonic() - begun:.1f} s")
    deadline = time.monotonic() + 10
    while left := [command for command in started_here().values() if b"--exit-zero" in command]:
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
    launcher = [sys.executable] if by is None else [by, "--master", CLUSTER]
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
        if row["row"] == "outlet":
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


def set_up(home, pyspark):
    """A home of Spark in a temporary folder, where its workers leave their files, with settings that are about this check."""
    for entry in pyspark.iterdir():
        (home / entry.name).symlink_to(entry)
    (home / "conf").mkdir()
    # A short run is over before the second compiler pays: this halves the time.
    java = f"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir={home}"
    settings = {
        # Python's share and the JVM's own must fit into the 1,024 MB of a worker, too.
        "spark.executor.memory": "768m",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Files are small; this makes enough tasks of them that an executor can be killed between two.
        "spark.sql.files.maxPartitionBytes": "512k",
        "spark.sql.files.openCostInBytes": "128k",
        "spark.driver.extraJavaOptions": java,
        "spark.executor.extraJavaOptions": java,
    }
    (home / "conf/spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    # Executors that are killed and commands that fail fill pages. What fails this check comes as an exception.
    (home / "conf/log4j2.properties").write_text(
        "rootLogger.level = off\nrootLogger.appenderRef.none.ref = none\nappender.none.type = Null\nappender.none.name = none\n"
    )
    os.environ |= {
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(home / "conf"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(home),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def main(program=None):
    begun = time.monotonic()
    sys.stdout.reconfigure(line_buffering=True)
    program = program or Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/mizan"
    sys.dont_write_bytecode = True
    import pyspark

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "home").mkdir()
        set_up(folder / "home", Path(pyspark.__file__).parent)
        import score_table as example

        # Its name must be mizan, whatever the file is called that is checked.
        program = shutil.copy(program, f"{folder}/mizan")
        spark = example.session(program, CLUSTER)
        java = spark._jvm.java.lang.System.getProperty("java.version")
        print(f"Spark {spark.version}, Java {java}, Python {sys.version.split()[0]}, {CLUSTER}")
        try:
            alone = check_lines(spark, example, program, folder)
            check_example(spark, example, program, folder, alone)
        finally:
            spark.stop()
    print(f"all as alone; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
