#!/usr/bin/env python3
"""Writes corpus/: small inputs of each fuzz target, all of invented text. `python3 tests/fuzz/seeds.py target/debug/mizan`

A first byte that chooses (`src/targets/`) is a digit here. Parts of an input stand between lines `====`.
"""
import gzip
import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GOLDEN = ROOT / "tests/golden"

OWN = "وطهرت القوات المسلحة الباسلة مدينة بنغازي من الإرهابيين."
REPORTED = "وقالت حكومة الوفاق الوطني إن ميليشيات حفتر «قصفت العاصمة طرابلس»، بحسب بيان."
BETWEEN = "\n====\n"

PAGE = (
    "<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8><title>خبر | صحيفة</title>"
    '<meta property="article:published_time" content="2019-04-06T10:00:00Z">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"خبر","datePublished":"2019-04-06"}</script></head>'
    f"<body><nav><a href=/>الرئيسية</a></nav><article><h1>خبر</h1><p>{OWN}</p><blockquote>{REPORTED}</blockquote>"
    f"<ul><li>x</ul><table><tr><td>1</table><p>{REPORTED * 3}</p></article></body></html>"
)
MAIL = (
    "From: a@b\r\nSubject: =?utf-8?B?2K7YqNix?=\r\nDate: Sat, 06 Apr 2019 09:26:57 +0200\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    f"{REPORTED}\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>=D8=AE=D8=A8=D8=B1</p>\r\n--x--\r\n"
)
MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x/\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    f"Content-Location: http://x/\r\n\r\n{PAGE}\r\n--b--\r\n"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>'
    "<item><title>خبر</title><guid>1</guid><pubDate>Sat, 06 Apr 2019 09:26:57 +0200</pubDate>"
    f"<description>{OWN}</description><content:encoded><![CDATA[<p>{REPORTED}</p>]]></content:encoded></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id><title>خبر</title><updated>2019-04-06T10:00:00Z</updated>'
    f'<content type="html">&lt;p&gt;{OWN}&lt;/p&gt;</content></entry></feed>'
)
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}"
WARC = (
    "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n"
    f"WARC-Target-URI: http://x/\r\nWARC-Date: 2019-04-06T10:00:00Z\r\nContent-Length: {len(HTTP.encode())}\r\n\r\n{HTTP}\r\n\r\n"
)
CSV = f'id,title,text,date\n1,"خبر, ""قصير""","{OWN}\n{REPORTED}",2019-04-06\n2,x,{REPORTED},6/4/2019\n'
JSONL = "".join(
    json.dumps(line, ensure_ascii=False) + "\n"
    for line in ({"id": 1, "text": OWN, "date": 1554508800}, {"id": "2", "title": "خبر", "body": REPORTED, "meta": {"author": None}})
)
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>خبر</w:t></w:r></w:p>'
    f"<w:p><w:r><w:t>{OWN}</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p></w:body></w:document>"
)
ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    f'<text:h text:outline-level="1">خبر</text:h><text:p>{OWN}<text:s text:c="3"/>{REPORTED}</text:p></office:text></office:body>'
    "</office:document-content>"
)
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="s"><table:table-row><table:table-cell><text:p>id</text:p></table:table-cell>'
    '<table:table-cell><text:p>text</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2">'
    f'<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>{OWN}</text:p>'
    "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B2"/><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>text</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>1</v></c></row></sheetData></worksheet>'
)
STRINGS = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si><si><t>{OWN}</t></si></sst>'


def stance(favor, against):
    neutral = round(1 - favor - against, 6)
    stance = max((favor, "favor"), (neutral, "neutral"), (against, "against"))[1]
    return {
        "stance": stance, "score": round(favor - against, 6), "favor": favor, "neutral": neutral, "against": against,
        "words": [{"word": "الباسلة", "weight": 1.5}],
    }


def cut(value, most=3):
    """The same with short lists of names."""
    if isinstance(value, dict):
        return {key: cut(inner, most) for key, inner in value.items()}
    if isinstance(value, list) and len(value) > most and all(isinstance(inner, (str, dict, list)) for inner in value):
        return [cut(inner, most) for inner in value[:most]]
    return [cut(inner, most) for inner in value] if isinstance(value, list) else value


def model():
    """The shipped model with four terms in each block. Its checksum is made right by the target."""
    shipped = (ROOT / "models/libya.safetensors").read_bytes()
    end = 8 + struct.unpack("<Q", shipped[:8])[0]
    header = json.loads(shipped[8:end])
    metadata = header.pop("__metadata__")
    bytes_of = {name: shipped[end:][slice(*tensor["data_offsets"])] for name, tensor in header.items()}
    keep = 4
    for prefix, heads in (("", [name for name in header if name.startswith("heads.") and name.endswith("weights")]), ("sentences.", ["sentences.weights"])):
        sizes, number = [], 0
        while f"{prefix}blocks.{number}.idf" in header:
            name = f"{prefix}blocks.{number}."
            sizes.append(len(bytes_of[name + "idf"]) // 8)
            bytes_of[name + "idf"] = bytes_of[name + "idf"][: keep * 8]
            terms = bytes_of[name + "vocabulary"].split(b"\n")[:keep]
            bytes_of[name + "vocabulary"] = b"".join(term + b"\n" for term in terms)
            number += 1
        for name in heads:
            rows, columns = header[name]["shape"]
            row = 4 * columns
            kept, start = b"", 0
            for size in sizes:
                kept += bytes_of[name][start * row : (start + min(keep, size)) * row]
                start += size
            bytes_of[name] = kept + bytes_of[name][start * row :]
    card = json.loads(metadata["mizan"])
    card["provenance"]["labels"] = {}
    metadata["mizan"] = json.dumps(cut(card), ensure_ascii=False, separators=(",", ":"))
    out, data = {"__metadata__": metadata}, b""
    for name, tensor in header.items():
        size = {"U8": 1, "F32": 4, "F64": 8}[tensor["dtype"]]
        shape = tensor["shape"]
        n = len(bytes_of[name]) // size
        shape = [n] if len(shape) == 1 else [n // shape[1], shape[1]]
        out[name] = {"dtype": tensor["dtype"], "shape": shape, "data_offsets": [len(data), len(data) + len(bytes_of[name])]}
        data += bytes_of[name]
    text = json.dumps(out, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


HEAD = "id: fasher-1\ntitle: خبر\ndate: 2024-05-01\nevent: fasher\noutlet: wire\ngenre: report\n\n"
FAMILY = f"title = \"خبر\"\ndate = \"2024-05-01\"\nevent = \"fasher\"\noutlet = \"wire\"\ngenre = \"report\"\ntext = '''\n{OWN}\n'''\n\n[[variant]]\nid = \"b\"\nedits = [[\"الباسلة\", \"الغازية\"]]\n"
SET = [
    "article,annotator,saf,rsf,date,note\nfasher-1,a,favor,against,2026-01-02,x\nfasher-1,b,neutral,against,2026-01-02,\n",
    f"article,annotator,camp,stance,sentence,expressions\nfasher-1,a,saf,favor,{OWN},الباسلة\n",
    HEAD + OWN + "\n" + REPORTED,
    FAMILY,
]
STRING = 'office:value-type="string"'
ANSWER = '{"article":0,"hash":"#0","seen":null,"stances":["favor","neutral"],"note":"x","marks":[{"camp":0,"sentence":1,"expressions":[[1,2]]}],"order":"random","seconds":1.5}'
RECORD = {
    "id": "1", "outlet": "x", "date": "2019-04-06", "event": "e", "model": "libya@1a2b3c4d", "version": "0.1.0",
    "lna": stance(0.9, 0.02), "gna": stance(0.1, 0.7), "lean": 0.74, "unrelated": 0.01, "known": 0.9,
}


def lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


CORPUS = {
    "text": [HEAD + OWN, REPORTED, f"Document 1 of 2\n\nخبر\n\n{OWN}\n\nDocument 2 of 2\n\nخبر\n\n{REPORTED}\n", "ﺔﻴﺒﻴﻠﻟﺍ ﺔﻣﻮﻜﺤﻟﺍ ﻦﻠﻋﺃ", OWN.encode("cp1256").decode("latin-1")],
    "decoding": ["0" + OWN, b"1" + OWN.encode("cp1256"), b"2" + "خبر من طرابلس".encode("iso-8859-6"), b"3" + OWN.encode("utf-16le"), b"7\xfe\xff" + OWN.encode("utf-16be"), "7\ufeffخبر\r\nx\r"],
    "dates": ["2019-04-06", "٦ أبريل ٢٠١٩", "Sat, 06 Apr 2019 09:26:57 +0200", "6/4/2019", "1554508800", "25/4/2019 10:15", "نيسان 2019", "April 6, 2019", "20190406101500", "Sat Apr 06 09:26:57 +0000 2019", "2019-04-06T10:00:00.000Z"],
    "page": [PAGE, "<!--><template><svg><style></svg><b><i></b>x</i><table><p>" + OWN, "<p>" + OWN],
    "tables": ["0" + CSV, "1" + CSV.replace(",", "\t"), "0" + CSV.replace(",", ";"), "0text\n\"x\n"],
    "json": [JSONL, json.dumps({"articles": [{"title": "خبر", "content": OWN}]}, ensure_ascii=False), "[\n" + JSONL.replace("}\n", "},\n") + "]", '{"text": "\\u062e\\ud83d", "a": [[[1e999]]]}'],
    "packed": ["0" + OWN, "8" + JSONL, "1" + REPORTED, "2" + HEAD + OWN, "4" + PAGE, b"3" + gzip.compress(JSONL.encode(), 9, mtime=0)],
    "zip": ["0" + HEAD + OWN + BETWEEN + "1" + PAGE + BETWEEN + "2" + JSONL + BETWEEN + "3" + CSV, GOLDEN / "many_in_one/zipfile.zip"],
    "tar": ["0" + HEAD + OWN + BETWEEN + "1" + PAGE + BETWEEN + "9x", gzip.decompress((GOLDEN / "many_in_one/tarfile.tar.gz").read_bytes())[:4096]],
    "warc": [WARC, "WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"],
    "mail": ["0" + MAIL, "1From a@b Thu Jan  1 00:00:00 2019\n" + MAIL + "\nFrom c@d Fri Jan  2 00:00:00 2019\n" + MAIL, "2" + MHTML],
    "feed": ["0" + FEED, "1" + ATOM],
    "office": ["0" + WORD, "1" + ODT, "2" + ODS, "3" + SHEET + BETWEEN + STRINGS, b"4" + (GOLDEN / "workbooks/xlwt.xls").read_bytes(), b"5" + (GOLDEN / "workbooks/openpyxl.xlsx").read_bytes(), b"7" + (GOLDEN / "many_in_one/odfpy.odt").read_bytes()],
    "reading": [OWN + "\n" + REPORTED, f"«{REPORTED}» وأضاف: \"{OWN}\"؟ ثم أكّد ــــ LNA ٢٠١٩", "عاجل: الجيش يتقدم.. ووصفه بـ«المجرم»\u202e\u200f ﻻ"],
    "boilerplate": [f"خبر - صحيفة الوسط\n{OWN}\nاقرأ أيضا\nخبر آخر\n{REPORTED}\nشارك هذا الخبر\nتابعونا على فيسبوك\nالوسوم: ليبيا\n", f"x\nالمصدر: وكالات\n{OWN} (قناة ليبيا)\nجميع الحقوق محفوظة"],
    "features": [OWN + "\n" + REPORTED, (OWN + " " + REPORTED) * 3],
    "model": [model()],
    "labels": [BETWEEN.join(SET), BETWEEN.join(SET[:1] + [""] + SET[2:3]), '{"id": "a", "saf": "favor", "rsf": "neutral"}\n', "article,saf,rsf\na,Favor,\"[\"\"neutral\"\"]\"\n"],
    "camps": [(ROOT / "labeled/sudan/camps.toml").read_bytes(), 'conflict = "x"\n[[camp]]\nid = "a"\nname_en = "A"\nname_ar = "أ"\naliases = ["الجيش", "حفتر"]\n[[camp]]\nid = "b"\nname_en = "B"\nname_ar = "ب"\naliases = ["الوفاق*"]\n'],
    "scored": [lines(RECORD, RECORD | {"id": "2", "outlet": "y", "lean": -0.2, "unrelated": 0.7}, {"id": "3", "error": "it is empty"}), "id,outlet,lean\n1,x,0.5\n"],
    "server": [
        BETWEEN.join(["0api/next?order=random", "1api/answer\n" + ANSWER, "1api/undo", "0api/progress"]),
        BETWEEN.join(["0api/article?number=1", '1api/skip\n{"article":1,"order":"unlike"}', "0api/next?order=uncertain&by_outlet=true", "0api/disagreements", "0api/training", '1api/training\n{"request":"start"}']),
        BETWEEN.join(["1api/settle\n" + ANSWER, "<api/next?order=second", "0", "0label.js", "3api/answer"]),
    ],
}

# What once broke a target.
FOUND = {
    "office": [
        "2" + ODS.replace("<text:p>id", f"<text:p><text:s text:c='99999999999'/>id").replace("<table:table-cell><", f"<table:table-cell {STRING}><"),
        "2" + ODS.replace('repeated="2"', 'repeated="99999999"').replace("<table:table-cell ", f"<table:table-cell {STRING} "),
    ],
    "page": ["".join(f"<b a={number}>" for number in range(300)) + "<p>x" * 300],
}


def main(mizan):
    scored = "".join(CORPUS["scored"][:1])
    CORPUS["sums"] = [subprocess.run([mizan, "aggregate"], input=scored.encode(), capture_output=True).stdout]
    shutil.rmtree(HERE / "corpus", ignore_errors=True)
    for target, seeds in CORPUS.items():
        folder = HERE / "corpus" / target
        folder.mkdir(parents=True)
        for number, seed in enumerate(seeds + FOUND.get(target, []), 1):
            content = seed.read_bytes() if isinstance(seed, Path) else seed.encode() if isinstance(seed, str) else seed
            (folder / str(number)).write_bytes(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
