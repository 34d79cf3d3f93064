use super::*;

#[test]
fn pages_are_known_whatever_stands_before_their_first_element() {
    for page in [
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD\" \"x\">\n<html>",
        "<!-- saved from url=(0022)http://a.example/1 -->\r\n<HTML>",
        "\u{FEFF}  \n<!DOCTYPE HTML>",
        "<p dir=rtl>نص",
        "<div class=x><p>نص",
        "<article>نص",
        "<!-- a long comment",
    ] {
        assert_eq!(Kind::from_start(page.as_bytes()), Kind::Format(Format::Html), "{page}");
    }
    for text in ["<<نص>> قال", "< نص", "<اسم>", "a < b", "نص <p>"] {
        assert_eq!(Kind::from_start(text.as_bytes()), Kind::Unknown, "{text}");
    }
}

#[test]
fn what_is_not_read_is_named_with_its_cure() {
    let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xFF\xFF\xFF,\x00\x00";
    let elf = [&b"\x7FELF\x02\x01\x01"[..], &[0; 64]].concat();
    for (bytes, kind, cure) in [
        (&b"%PDF-1.7\n"[..], "PDF", "pdftotext -enc UTF-8"),
        (b"{\\rtf1\\ansi", "RTF", "soffice"),
        (gif, "image (gif)", "text"),
        (b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01", "image (jpg)", "text"),
        (b"\xFD7zXZ\x00\x00\x04\xE6\xD6", "archive", "xz -dk"),
        (&elf, "program", "text"),
        (b"SQLite format 3\x00\x10\x00\x01\x01\x00\x40", "(sqlite)", "csv"),
        (b"<?xml version='1.0'?><urlset xmlns='x'>", "sitemap", "pages"),
        (b"<?xml version='1.0'?><nitf><body/></nitf>", "<nitf>", "JSON lines"),
        (b"<DOC id='1'>\n<TEXT>a</TEXT>\n</DOC>", "<doc>", "JSON lines"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x81\x92", "binary", "text"),
    ] {
        let Kind::Other(found, how) = Kind::from_start(bytes) else { panic!("{kind}") };
        assert!(found.contains(kind) && how.contains(cure), "{found}; {how}");
    }
}

#[test]
fn texts_that_begin_like_signatures_are_texts() {
    let text = "نص عن البلاد والعباد ".repeat(20);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [utf16, format!("BMW {text}").into_bytes(), format!("MZ {text}").into_bytes()] {
        assert_eq!(Kind::from_start(&bytes), Kind::Unknown);
        assert!(is_arabic(&bytes));
    }
    assert!(!is_arabic(b"body { color: red }") && !is_arabic("نص".as_bytes()));
}

#[test]
fn many_articles_in_one_file_are_known_by_their_first_lines() {
    let mail = "MIME-Version: 1.0\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nنص";
    let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example\r\n\
        Subject: x\r\nDate: Sun, 14 Apr 2019\r\nMIME-Version: 1.0\r\n";
    for (start, format) in [
        ("<?xml version='1.0'?><rss version='2.0'>", Format::Feed),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
        ("WARC/1.1\r\nWARC-Type: warcinfo", Format::Warc),
        (mail, Format::Mail),
        (saved, Format::Mail),
        ("From a@b Thu Jan  1 00:00:00 1970\nFrom: a\nSubject: b\n", Format::Mail),
        ("[\n  {\"id\": 1", Format::Jsonl),
    ] {
        assert_eq!(Kind::from_start(start.as_bytes()), Kind::Format(format), "{start}");
    }
    assert_eq!(Kind::from_start("From: a\nقال".as_bytes()), Kind::Unknown);
    assert_eq!(Kind::from_start(b"id: 1\ntitle: x\n\ntext"), Kind::Unknown);
}
