"""Files to articles."""
import gzip
import json
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
