#!/usr/bin/env python3
"""Scores a Parquet table of articles with mizan's Python package on Apache Spark, by mapInArrow: an example to copy.

    spark-submit score_arrow.py --articles hdfs:///articles --scores hdfs:///scores

Checked with Spark 4.3. The executors need Python with mizan, pyarrow and pandas (Spark asks for it); score_table.py needs nothing there,
as it ships the program. Here no article becomes JSON on its way: what Spark read stays in columns, and the scores are columns, too. They
are the same to the last digit; only `reading.format` says `arrow`.

--scores DIR    a Parquet table with a row for each article, with the columns that `mizan score -o scores.parquet` writes
--keep NAMES    columns of the table that it has in `kept`, separated by commas

The table has a column of texts and one of ids (`text` and `id`, or what --text-field and --id-field say), and may have `title`, `outlet`,
`date` and `event`. Give ids that are not null: a row without one is called by its number in its partition. An article that cannot be
scored has an `error` in its row and fails no job.
"""
import argparse
import itertools

import pyarrow
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

import mizan


def scores(table, model=None, max_error=None, **options):
    """The scores of the rows of `table`, lazily; options are those of `Scorer.score_arrow`. `model` is bytes, which go to the executors."""

    def score(batches):
        # One thread: Spark runs a task for each core already. A scorer is made for each partition, which takes 30 ms.
        first = next(batches, None)
        if first is not None:
            rows = pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], batches))
            yield from mizan.Scorer(model, max_error, threads=1).score_arrow(rows, **options)

    # Of no rows: what is wrong with the columns is said here, before a job begins.
    none = to_arrow_schema(table.schema).empty_table()
    columns = mizan.Scorer(model, max_error).score_arrow(none, **options).schema
    return table.mapInArrow(score, from_arrow_schema(columns))


def session(master=None):
    builder = SparkSession.builder.appName("mizan: score a table of articles in columns")
    # In a table whose folders are called outlet=007 and the like, and all so, the outlets would be read as numbers: 7.
    builder = builder.config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    # Of 10,000 articles a batch may take 100 MB.
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
    return (builder.master(master) if master else builder).getOrCreate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--master", help="Spark's master [default: what spark-submit says]")
    parser.add_argument("--articles", metavar="DIR", required=True, help="Parquet table to read")
    parser.add_argument("--scores", metavar="DIR", required=True, help="Parquet table of scores to write")
    parser.add_argument("--max-error", type=float, metavar="SHARE", help="say `uncertain` where more than this share would be wrong")
    parser.add_argument("--keep", default="", metavar="NAMES")
    parser.add_argument("--text-field", metavar="NAME")
    parser.add_argument("--id-field", metavar="NAME")
    options = parser.parse_args()
    spark = session(options.master)
    table = spark.read.parquet(options.articles)
    keep = [name for name in options.keep.split(",") if name]
    try:
        made = scores(table, max_error=options.max_error, text=options.text_field, id=options.id_field, keep=keep)
    except mizan.MizanError as error:
        parser.error(f"{options.articles}: {error}")
    made.write.parquet(options.scores)
    spark.stop()


if __name__ == "__main__":
    main()
