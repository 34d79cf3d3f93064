#!/usr/bin/env python3
"""Scores a Parquet table of articles with mizan on Apache Spark, and tells the mean lean of each outlet: an example to copy.

    spark-submit score_table.py --mizan /opt/mizan/mizan --articles hdfs:///articles --scores hdfs:///scores --outlets hdfs:///outlets

Checked with Spark 4.3. The executors need nothing but bash, as the program is shipped to them. Without a cluster, on two cores:

    python3 score_table.py --master 'local[2]' --mizan target/release/mizan --articles articles --scores scores --outlets outlets

--scores DIR    a Parquet table with a row for each article, as `mizan score` tells it (SCHEMA below)
--outlets DIR   a Parquet table with a row for each outlet, by SQL; the figures are those of `mizan report`
--sums DIR      partial sums, from which one machine makes the whole report: mizan report DIR/part-* --output report.html
--by pipe       through RDD.pipe instead of SQL's TRANSFORM: as fast, but the executors need Python. It tells more where the table cannot be
                read: then TRANSFORM says `Stream closed`, and what was wrong stands in the log of the executor.

The table has a column of texts and one of ids (`text` and `id`, or what --text-field and --id-field say), and may have `title`, `outlet`,
`date` and `event`. Give ids that are not null: mizan names a record without one by its place in the stream, as `-:7`, and each partition is
a stream of its own. So it names a record, too, whose line is longer than 16 MB, as it is not read:

    SELECT id FROM articles LEFT ANTI JOIN scores USING (id)

The folders must not be there yet; a job that fails leaves an empty one, which must go before the next. Exit codes: 0 when all was
written, whether or not every article could be scored (the column `error` says why not), 1 when a job failed, 2 for wrong options.
"""
import argparse
import shlex

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

FIELDS = ["id", "title", "outlet", "date", "event", "text"]

# What a line of scores may hold: src/output/jsonl.rs. lna and gna are the camps of the model inside the program.
CAMP = """STRUCT<stance: STRING, score: DOUBLE, favor: DOUBLE, neutral: DOUBLE, against: DOUBLE,
    words: ARRAY<STRUCT<word: STRING, weight: DOUBLE>>,
    evidence: ARRAY<STRUCT<text: STRING, span: ARRAY<BIGINT>, stance: STRING, probability: DOUBLE>>,
    guess: STRING, doubt: STRING>"""
SCHEMA = f"""id STRING, outlet STRING, date STRING, event STRING, lna {CAMP}, gna {CAMP}, lean DOUBLE, unrelated DOUBLE, known DOUBLE,
    error STRING, model STRING, version STRING, reading STRUCT<format: STRING, encoding: STRING, replaced: BIGINT, removed: BIGINT,
        mended: STRING>"""

# Nulls stay, so that the first line names every field: mizan looks there for them, and would say that it misses one.
TO_JSON = "to_json(struct(*), map('ignoreNullFields', 'false'))"

# Which articles are averaged, and how, is as in `mizan report`. Scores have six decimals, so their sums in millionths are whole numbers,
# the same in whatever order Spark adds them.
OUTLETS = """
    SELECT outlet, count(*) AS articles, count_if(weighed) AS weighed, count_if(error IS NULL AND NOT weighed) AS unrelated,
           count_if(error IS NOT NULL) AS errors, count_if(weighed AND 'uncertain' IN (lna.stance, gna.stance)) AS uncertain,
           sum(CAST(round(lean * 1e6) AS BIGINT)) FILTER (WHERE weighed) / 1e6 / nullif(count_if(weighed), 0) AS lean
    FROM (SELECT *, error IS NULL AND unrelated < 0.5 AS weighed FROM {scores})
    GROUP BY outlet"""


def session(mizan, master=None):
    """A session whose executors have the program; `master` is what spark-submit was told, if it is not given."""
    builder = SparkSession.builder.appName("mizan: score a table of articles")
    # In a table whose folders are called outlet=007 and the like, and all so, the outlets would be read as numbers: 7.
    builder = builder.config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    spark = (builder.master(master) if master else builder).getOrCreate()
    # Every task finds it in its working directory, under the name of the file, and may run it.
    spark.sparkContext.addFile(mizan)
    return spark


def articles(table, names=None):
    """The columns of `table` that mizan reads, under the names that it knows; `names` says what they are called in the table."""
    names = {field: (names or {}).get(field, field) for field in FIELDS}
    return table.select([col(f"`{name}`").alias(field) for field, name in names.items() if name in table.columns])


def command(spark, table, *more):
    """The command that scores a partition: a line out for each line in, in order. `more` are further options of `mizan score`."""
    options = ["score", "--format", "jsonl", "--input-format", "jsonl"]
    # Each partition is a stream of its own. Nothing may be found out from its first lines, or one partition could be read otherwise than
    # another: not the encoding, not what is the text.
    options += ["--encoding", "utf-8"]
    options += [option for field in table.columns for option in (f"--{field}-field", field)]
    # An article that cannot be scored has its `error` in its line. With exit code 1, one of them would fail the whole job.
    options += ["--exit-zero"]
    # Spark runs a task for each core already (or for as many cores as spark.task.cpus says), mizan a thread for each core of the machine:
    # sixteen tasks on sixteen cores would be 256 threads. The scores do not depend on it.
    options += ["--threads", spark.sparkContext.getConf().get("spark.task.cpus", "1")]
    return shlex.join(["./mizan", *options, *more])


def scored_lines(spark, table, by="transform", more=()):
    """The lines that mizan writes for `table`, which has the columns of FIELDS: one column, `line`."""
    program = command(spark, table, *more)
    if by == "transform":
        # If mizan ends before its input does, as with a wrong option, Spark may tell of a closed stream only. Where the rest is read, it
        # tells what mizan said.
        program += " || (code=$?; cat >/dev/null; exit $code)"
        literal = program.replace("\\", "\\\\").replace("'", "\\'")
        return spark.sql(f"SELECT TRANSFORM({TO_JSON}) USING '{literal}' AS (line STRING) FROM {{table}}", table=table)
    # Where driver and executor are one, pipe starts the command where the driver was started, and not where the files are.
    if spark.sparkContext.master.startswith("local") and not spark.sparkContext.master.startswith("local-cluster"):
        program = program.replace("./mizan", shlex.quote(SparkFiles.get("mizan")), 1)
    # Without checkCode, a command that fails gives an empty result.
    lines = table.selectExpr(TO_JSON).rdd.map(lambda row: row[0]).pipe(program, checkCode=True)
    return spark.createDataFrame(lines.map(lambda line: (line,)), "line STRING")


def scores(lines):
    """The lines as a table. One that is no JSON fails the job, rather than to become a row of nulls."""
    return lines.selectExpr(f"inline(array(from_json(line, '{SCHEMA}', map('mode', 'FAILFAST'))))")


def sums(spark, scores):
    """Partial sums, one JSON line for each partition: what is not null of a row makes the line that it was read from."""
    return spark.sql("SELECT TRANSFORM(to_json(struct(*))) USING './mizan aggregate' AS (sums STRING) FROM {scores}", scores=scores)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mizan", metavar="FILE", required=True, help="the program, for the executors' system; its name must be mizan")
    parser.add_argument("--master", help="Spark's master [default: what spark-submit says]")
    parser.add_argument("--articles", metavar="DIR", required=True, help="Parquet table to read")
    parser.add_argument("--scores", metavar="DIR", required=True, help="Parquet table of scores to write")
    parser.add_argument("--outlets", metavar="DIR", help="Parquet table of outlets to write")
    parser.add_argument("--sums", metavar="DIR", help="partial sums for `mizan report` to write")
    parser.add_argument("--by", choices=["transform", "pipe"], default="transform", help="how lines get to mizan [default: %(default)s]")
    parser.add_argument("--max-error", metavar="SHARE", help="say `uncertain` wherever more than this share of the answers would be wrong")
    for field in FIELDS:
        parser.add_argument(f"--{field}-field", metavar="NAME", default=field, help="column of the table [default: %(default)s]")
    options = parser.parse_args()
    if options.mizan.rsplit("/", 1)[-1] != "mizan":
        parser.error(f"--mizan {options.mizan}: the file must be called mizan, since executors find it under its name")

    spark = session(options.mizan, options.master)
    table = spark.read.parquet(options.articles)
    names = {field: getattr(options, f"{field}_field") for field in FIELDS}
    if absent := [names[field] for field in ("id", "text") if names[field] not in table.columns]:
        parser.error(f"{options.articles} has no column {' and no '.join(absent)}; it has {', '.join(table.columns)}")

    more = ["--max-error", options.max_error] if options.max_error else []
    scores(scored_lines(spark, articles(table, names), options.by, more)).write.parquet(options.scores)
    # What follows reads what was written: on the lines above it would score all articles again.
    written = spark.read.schema(SCHEMA).parquet(options.scores)
    if options.outlets:
        spark.sql(OUTLETS, scores=written).coalesce(1).write.parquet(options.outlets)
        spark.read.parquet(options.outlets).orderBy(col("lean").desc_nulls_last()).show(1000, truncate=False)
    if options.sums:
        sums(spark, written).write.text(options.sums)
    spark.stop()


if __name__ == "__main__":
    main()
