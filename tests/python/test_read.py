"""Files to articles."""
import gzip
import json
import os
import zipfile

import mizan
import pytest

NOTE = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس"


def test_kinds_of_files(tmp_path):
    (tmp_path / "a.txt").write_text(f"id: a-1\ndate: 2019-04-06\n\n{NOTE}\n", "utf-8")
    (tmp_path / "b.html").write_text(f"<html><body><article><h1>خبر</h1><p>{NOTE}</p></article></body></html>", "utf-8")
    (tmp_path / "c.csv").write_text(f"id,text,author\nc-1,{NOTE},x\nc-2,,y\n", "windows-1256")
    with gzip.open(tmp_path / "d.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "d-1", "body": NOTE}) + "\n")
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("in.txt", NOTE)
    for name, ids in {"a.txt": ["a-1"], "c.csv": ["c-1", "c-2"], "d.jsonl.gz": ["d-1"]}.items():
        assert [article.id for article in mizan.read(tmp_path / name)] == ids
    good, empty = mizan.read(tmp_path / "c.csv", keep=["author"])
    assert good.text == NOTE and good.encoding == "windows-1256" and good.kept == {"author": "x"} and good.error is None
    assert empty.error and empty.text == "" and empty.kept == {"author": "y"}
    assert next(mizan.read(str(tmp_path / "a.txt"))).date == "2019-04-06"
    articles = list(mizan.read(tmp_path))
    assert len(articles) == 6 and sum(NOTE in article.text for article in articles) == 5


def test_fields_are_named_and_errors_say_what_is_there(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(f"key,story\n7,{NOTE}\n", "utf-8")
    (article,) = mizan.read(table, text="story", id="key")
    assert (article.id, article.text) == ("7", NOTE)
    with pytest.raises(mizan.MizanError, match="t.csv.*body.*key"):
        mizan.read(table, text="body")
    with pytest.raises(mizan.MizanError, match="format"):
        mizan.read(table, format="docm5")
    with pytest.raises(mizan.MizanError, match="gone.csv"):
        mizan.read(tmp_path / "gone.csv")
    assert [article.id for article in mizan.read(os.fsencode(table), text="story", id="key")] == ["7"]
    for no_path in (None, [table], 5):
        with pytest.raises(TypeError, match="the path of one file or folder, not"):
            mizan.read(no_path)


def fill_with_bad_files(folder):
    (folder / "a.txt").write_text(NOTE, "utf-8")
    (folder / "b.docx").write_bytes(b"PK\x03\x04 torn")
    (folder / "c.jsonl").write_text('{"n": 1}\n' + json.dumps({"text": NOTE}) + "\n", "utf-8")
    (folder / "d.txt").symlink_to(folder / "nowhere.txt")
    (folder / "e.parquet").write_bytes(b"no table")
    (folder / "f.txt").write_text(NOTE, "utf-8")


def fill_with_all_kinds(folder):
    for name in ["b/a.txt", "a.txt", "c.txt", ".git/HEAD.txt", "b/.hidden.txt", "README"]:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(NOTE, "utf-8")
    (folder / "style.css").write_text("p {}", "utf-8")
    (folder / "b" / "up").symlink_to(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")


@pytest.mark.parametrize("fill", [fill_with_bad_files, fill_with_all_kinds])
@pytest.mark.parametrize("folder", ["{}", "./in/", "in"])
def test_a_folder_is_read_as_by_the_program(tmp_path, monkeypatch, scorer, lines, fill, folder):
    (tmp_path / "in").mkdir()
    fill(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    folder = folder.format(tmp_path / "in")
    of_program = [(line["id"], line.get("lean"), line.get("error", "")) for line in lines(folder)]
    ours = [(score.id, score.lean, score.error or "") for score in scorer.score(mizan.read(folder))]
    assert [line[:2] for line in ours] == [line[:2] for line in of_program]
    # The program adds what to do, and may be built without Parquet.
    lacks = "this build lacks the feature `parquet`"
    assert all(error.startswith(said) or lacks in error for (_, _, said), (_, _, error) in zip(ours, of_program))


def test_a_bad_file_of_a_folder_is_told_in_its_place(tmp_path, scorer):
    fill_with_bad_files(tmp_path)
    articles = list(mizan.read(tmp_path, keep="author"))
    assert [article.error is None for article in articles] == [True, False, False, True, False, False, True]
    assert articles[1].id.endswith("b.docx") and articles[1].text == "" and articles[1].kept == {"author": None}
    assert "No such file" in articles[4].error and "Parquet" in articles[5].error
    scores = scorer.score(articles)
    assert [score.error is None for score in scores] == [article.error is None for article in articles]
    # A named file that cannot be opened is an exception at once.
    with pytest.raises(mizan.MizanError, match="e.parquet.*Parquet"):
        mizan.read(tmp_path / "e.parquet")


def test_a_folder_has_the_files_that_the_program_reads(tmp_path, caplog):
    fill_with_all_kinds(tmp_path)
    articles = [article.id for article in mizan.read(tmp_path)]
    assert articles == [f"{tmp_path}/{name}" for name in ["a.txt", "b/a.txt", "c.txt"]]
    (told,) = caplog.messages
    assert told.startswith(f"{tmp_path}: 3 passed over: ") and "style.css" in told and "README" in told


def test_what_holds_no_article_is_told(tmp_path):
    with pytest.raises(mizan.MizanError, match="nothing to read: .*: no file in this folder ends in txt"):
        mizan.read(tmp_path)
    (tmp_path / "t.csv").write_text("id,text\n", "utf-8")
    for path in (tmp_path, tmp_path / "t.csv"):
        with pytest.warns(UserWarning, match="no articles found in .*" + path.name):
            assert list(mizan.read(path)) == []


def test_what_is_read_says_where_it_stands(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": NOTE}) + "\n", "utf-8")
    articles = mizan.read(path)
    assert repr(articles) == f'Articles("{path}")' and iter(articles) is articles
    assert len(list(articles)) == 1 and repr(articles) == f'Articles("{path}", read to the end)'
    # Pieces are taken of it until there are none.
    assert list(articles) == [] and len(list(mizan.read(path))) == 1
    assert repr(mizan.read(tmp_path)) == f'Articles("{tmp_path}")'


def test_dates_are_read_or_stay_as_they_are_written(tmp_path, scorer, lines):
    path = tmp_path / "a.jsonl"
    dates = {"2019-04-06T10:00:00Z": "2019-04-06", "6 April 2019": "2019-04-06", "6/4/2019": "6/4/2019", "أمس": "أمس"}
    path.write_text("".join(json.dumps({"text": NOTE, "date": date}) + "\n" for date in dates), "utf-8")
    assert [article.date for article in mizan.read(path)] == list(dates.values())
    assert [score.date for score in scorer.score(mizan.read(path))] == [line["date"] for line in lines(path)] == list(dates.values())
