#!/usr/bin/env python3
"""Writes many_in_one/: what real programs make of two articles, for tests/integration/commands/collections.rs and kinds.rs.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install warcio==1.8.1 python-docx==1.2.0 odfpy==1.4.1 websocket-client==1.9.2
    /tmp/golden/bin/python tests/golden/many_in_one.py

zipfile, tarfile and mailbox are Python's. chromium.mhtml is written only where `chromium` is installed.
"""
import io
import json
import mailbox
import shutil
import subprocess
import tarfile
import tempfile
import time
import urllib.request
import zipfile
from email.mime.text import MIMEText
from email.utils import formataddr
from pathlib import Path

OUT = Path(__file__).parent / "many_in_one"
LNA = (
    "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر على أحيائها الجنوبية منذ أشهر. "
    "وطهرت القوات المسلحة الباسلة محيط المطار من فلول الإرهابيين."
)
GNA = (
    "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت مدنيين أبرياء. "
    "وتصدى أبطال بركان الغضب لعدوان مجرم الحرب ومرتزقة فاغنر."
)


def page(text, charset="utf-8"):
    return (
        f"<!DOCTYPE html><html dir=rtl><head><meta charset={charset}><title>خبر</title></head><body><nav><a href=/>الرئيسية</a></nav>"
        f"<article><h1>خبر</h1><p>{text}</p></article></body></html>"
    ).encode(charset)


def zipped(members):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in members:
            file.writestr(zipfile.ZipInfo(name, (2019, 4, 14, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)
    return archive.getvalue()


def zips():
    members = [("x/1.txt", LNA), ("x/style.css", "a{}"), ("../../2.html", page(GNA)), ("README", "hello")]
    (OUT / "zipfile.zip").write_bytes(zipped(members))
    inner = zipped([("in/1.txt", GNA), ("deeper.zip", zipped([("deep.txt", LNA)]))])
    members = [("bomb.txt", b"a" * (20 << 20)), ("inner.zip", inner), ("a.txt", LNA)]
    (OUT / "nested.zip").write_bytes(zipped(members))


def tars():
    with tarfile.open(OUT / "tarfile.tar.gz", "w:gz") as file:
        for name, content in [("أخبار/1.txt", LNA.encode()), ("x/i.png", b"\x89PNG\r\n\x1a\n\0\0"), ("x/2.html", page(GNA))]:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)


def mails():
    path = OUT / "mailbox.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for number, (text, charset) in enumerate([(LNA, "windows-1256"), (GNA, "utf-8")], 1):
        message = MIMEText(text, "plain", charset)
        message["From"] = formataddr(("صحيفة", "a@b.example"))
        message["Subject"] = f"خبر {number}"
        message["Date"] = "Sun, 14 Apr 2019 10:30:00 +0200"
        message["Message-ID"] = f"<m{number}@b.example>"
        message = mailbox.mboxMessage(message)
        message.set_from("MAILER-DAEMON", time.gmtime(0))
        box.add(message)
    box.flush()


def crawl():
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(OUT / "warcio.warc.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("x", {"software": "warcio"}))

        def add(address, body, status="200 OK", kind="text/html", *more):
            headers = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
            record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
            writer.write_record(record)

        add("https://a.example/1", page(LNA, "windows-1256"))
        chunks = [page(GNA)[:100], page(GNA)[100:]]
        body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
        add("https://a.example/2", body, "200 OK", "text/html", ("Transfer-Encoding", "chunked"))
        add("https://a.example/404", page("غير موجود"), "404 Not Found")
        add("https://a.example/i.png", b"\x89PNG", "200 OK", "image/png")


def documents():
    import docx
    from odf.opendocument import OpenDocumentText
    from odf.text import H, Note, NoteBody, NoteCitation, P

    word = docx.Document()
    word.core_properties.title = "عنوان"
    word.add_heading("تحرير المدينة", 0)
    word.add_paragraph(LNA)
    word.sections[0].header.paragraphs[0].text = GNA
    word.save(OUT / "python-docx.docx")
    text = OpenDocumentText()
    text.text.addElement(H(outlinelevel=1, text="تحرير المدينة"))
    paragraph = P(text=LNA)
    note = Note(id="1", noteclass="footnote")
    note.addElement(NoteCitation(text="1"))
    body = NoteBody()
    body.addElement(P(text=GNA))
    note.addElement(body)
    paragraph.addElement(note)
    text.text.addElement(paragraph)
    text.save(OUT / "odfpy.odt")


def saved():
    import websocket

    chromium = shutil.which("chromium")
    if not chromium:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_bytes(page(LNA, "windows-1256"))
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=9333", "--remote-allow-origins=*"]
        browser = subprocess.Popen(
            [chromium, *arguments, f"--user-data-dir={folder}/profile", source.as_uri()],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(60):
                time.sleep(0.5)
                try:
                    pages = json.load(urllib.request.urlopen("http://127.0.0.1:9333/json"))
                    break
                except OSError:
                    pass
            address = next(tab for tab in pages if tab["type"] == "page")["webSocketDebuggerUrl"]
            socket = websocket.create_connection(address)
            time.sleep(1)
            socket.send(json.dumps({"id": 1, "method": "Page.captureSnapshot", "params": {"format": "mhtml"}}))
            while (answer := json.loads(socket.recv())).get("id") != 1:
                pass
            data = answer["result"]["data"].replace(source.as_uri(), "https://a.example/1")
            (OUT / "chromium.mhtml").write_bytes(data.encode())
        finally:
            browser.terminate()
            browser.wait()


OUT.mkdir(exist_ok=True)
for write in (zips, tars, mails, crawl, documents, saved):
    write()
