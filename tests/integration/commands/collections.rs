//! Many articles in one file: feeds, crawls, messages, archives, exports of press databases.

use std::io::{Cursor, Write};

use serde_json::Value;

use crate::common::{Workspace, json_lines, repository};

const LNA: &str = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر \
    على أحيائها الجنوبية منذ أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من فلول الإرهابيين.";
const GNA: &str = "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت مدنيين \
    أبرياء. وتصدى أبطال بركان الغضب لعدوان مجرم الحرب ومرتزقة فاغنر.";

/// What `mizan score` says of a file: ids with stances toward both camps, or errors; and messages.
fn scored(workspace: &Workspace, name: &str) -> (Vec<String>, String) {
    let (_, stdout, stderr) = workspace.run(&["score", name]);
    let told = |line: &Value| match line["error"].as_str() {
        Some(error) => format!("{}: {error}", line["id"].as_str().unwrap()),
        None => format!(
            "{}: {} {}",
            line["id"].as_str().unwrap(),
            line["lna"]["stance"].as_str().unwrap(),
            line["gna"]["stance"].as_str().unwrap()
        ),
    };
    (json_lines(&stdout).iter().map(told).collect(), stderr)
}

/// The golden files, by the script beside them, hold the same two articles.
#[track_caller]
fn assert_golden(name: &str, ids: [&str; 2]) -> String {
    let workspace = Workspace::new();
    workspace
        .write(name, std::fs::read(repository("tests/golden/many_in_one").join(name)).unwrap());
    let (told, stderr) = scored(&workspace, name);
    assert_eq!(told, [format!("{}: favor neutral", ids[0]), format!("{}: against favor", ids[1])]);
    stderr
}

#[test]
fn feeds_of_every_kind_are_read_item_by_item() {
    let workspace = Workspace::new();
    let item = |n: u8, text: &str| {
        format!("<item><title>خبر</title><link>https://a.example/{n}</link>{text}</item>")
    };
    let description = |text: &str| format!("<description><![CDATA[<p>{text}</p>]]></description>");
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>صحيفة</title>{}{}</channel></rss>",
        item(1, &description(LNA)),
        item(2, &description(GNA)),
    );
    // WordPress exports the whole text beside a summary.
    let encoded = |text: &str| {
        format!(
            "<description>موجز</description><content:encoded><![CDATA[<!-- wp:paragraph --><p>{text}</p>]]></content:encoded>"
        )
    };
    let export = format!(
        "<?xml version=\"1.0\"?>\n<!-- generator -->\n<rss xmlns:content=\"c\"><channel><title>صحيفة</title>{}{}</channel></rss>",
        item(1, &encoded(LNA)),
        item(2, &encoded(GNA)),
    );
    let entry = |n: u8, content: &str| {
        format!(
            "<entry><title>خبر</title><link href='https://a.example/{n}'/><id>urn:{n}</id>{content}</entry>"
        )
    };
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>صحيفة</title>{}{}</feed>",
        entry(1, &format!("<content type='xhtml'><div><p>{LNA}</p></div></content>")),
        entry(2, &format!("<content type='html'>&lt;p&gt;{GNA}&lt;/p&gt;&nbsp;</content>")),
    );
    let rdf = format!(
        "<rdf:RDF xmlns:rdf='r'><channel><title>صحيفة</title></channel>{}{}</rdf:RDF>",
        item(1, &description(LNA)),
        item(2, &description(GNA)),
    );
    for (name, feed) in [("a.xml", rss), ("b.xml", export), ("c.atom", atom), ("d.rdf", rdf)] {
        workspace.write(name, &feed);
        let (told, stderr) = scored(&workspace, name);
        let right = ["https://a.example/1: favor neutral", "https://a.example/2: against favor"];
        assert_eq!((told, stderr), (right.map(str::to_owned).to_vec(), String::new()), "{name}");
        let (_, stdout, _) = workspace.run(&["score", name]);
        assert!(json_lines(&stdout).iter().all(|line| line["outlet"] == "صحيفة"));
    }
}

#[test]
fn a_feed_that_is_cut_off_gives_what_is_whole_and_says_so() {
    let workspace = Workspace::new();
    workspace.write(
        "cut.xml",
        format!("<rss><channel><item><link>https://a.example/1</link><description>{LNA}</description></item><item><title>خ"),
    );
    let (told, stderr) = scored(&workspace, "cut.xml");
    assert_eq!(told[0], "https://a.example/1: favor neutral");
    assert_eq!(told[1], "cut.xml:2: it breaks off: the feed ends within an item");
    assert!(stderr.contains("cut.xml:2"), "{stderr}");
}

#[test]
fn hostile_feeds_are_refused_or_harmless() {
    let workspace = Workspace::new();
    workspace.write("deep.xml", format!("<rss><channel><item>{}", "<a>".repeat(100_000)));
    let entities = "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    workspace.write(
        "laughs.xml",
        format!("<?xml version=\"1.0\"?>{entities}<rss><channel><item><link>l</link><description>&b;{LNA}</description></item></channel></rss>"),
    );
    workspace.write("map.xml", "<?xml version=\"1.0\"?><urlset><url><loc>x</loc></url></urlset>");
    workspace.write("none.xml", "<rss><channel><title>صحيفة</title></channel></rss>");
    assert_eq!(scored(&workspace, "deep.xml").0, ["deep.xml:1: elements nested deeper than 256"]);
    assert_eq!(scored(&workspace, "laughs.xml").0, ["l: favor neutral"]);
    assert!(scored(&workspace, "map.xml").0[0].contains("sitemap"));
    assert!(scored(&workspace, "none.xml").0[0].contains("feed without items"));
}

#[test]
fn what_real_programs_write_is_read() {
    let stderr = assert_golden("warcio.warc.gz", ["https://a.example/1", "https://a.example/2"]);
    assert!(stderr.contains("1 responses of status 404 (https://a.example/404)"), "{stderr}");
    let stderr = assert_golden("zipfile.zip", ["x/1.txt", "../../2.html"]);
    assert!(stderr.contains("2 passed over") && stderr.contains("x/style.css"), "{stderr}");
    let stderr = assert_golden("tarfile.tar.gz", ["أخبار/1.txt", "x/2.html"]);
    assert!(stderr.contains("x/i.png"), "{stderr}");
    assert_golden("mailbox.mbox", ["m1@b.example", "m2@b.example"]);
}

#[test]
fn a_crawl_is_read_whatever_its_lengths_say() {
    let workspace = Workspace::new();
    let page = |text: &str| format!("<!DOCTYPE html><html><body><p>{text}</p></body></html>");
    let record = |n: u8, text: &str, more: isize| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(text));
        let length = block.len().checked_add_signed(more).unwrap();
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\n\
             Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    for more in [0, 60, -100] {
        workspace.write("c.warc", &(record(1, LNA, more) + &record(2, GNA, 0)));
        let right = ["https://a.example/1: favor neutral", "https://a.example/2: against favor"];
        assert_eq!(scored(&workspace, "c.warc").0, right, "{more}");
    }
    let cut = record(1, LNA, 0) + &record(2, GNA, 0)[..170];
    workspace.write("cut.warc", &cut);
    let (told, _) = scored(&workspace, "cut.warc");
    assert_eq!(told[0], "https://a.example/1: favor neutral");
    assert!(told[1].contains("ends within its record 2"), "{}", told[1]);
}

#[test]
fn messages_and_pages_saved_as_messages_are_read() {
    let workspace = Workspace::new();
    workspace.write(
        "a.eml",
        format!("From: =?utf-8?B?2LXYrdmK2YHYqQ==?= <a@b.example>\r\nSubject: news\r\nMessage-ID: <x@b>\r\n\
            MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{LNA}\r\n"),
    );
    // The form of Chromium: no encoding in the part's header.
    let quoted: Vec<String> = GNA.bytes().map(|byte| format!("={byte:02X}=\r\n")).collect();
    let quoted = quoted.concat();
    workspace.write(
        "b.mhtml",
        format!("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nSubject: x\r\n\
            Date: Sun, 14 Apr 2019 10:30:00 -0000\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B--\"\r\n\r\n\r\n\
            ----B--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Location: https://a.example/1\r\n\r\n<html><body><p>{quoted}</p></body></html>\r\n\
            ----B--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
            ----B----\r\n"),
    );
    let (_, stdout, stderr) = workspace.run(&["score", "a.eml", "b.mhtml"]);
    let lines = json_lines(&stdout);
    assert_eq!(stderr, "");
    assert_eq!(lines[0]["outlet"], "صحيفة");
    assert_eq!(lines[0]["lna"]["stance"], "favor");
    assert_eq!(lines[1]["lna"]["stance"], "against");
    assert_eq!(lines[1]["reading"]["format"], "html");
}

#[test]
fn an_export_of_a_press_database_is_read_document_by_document_and_told() {
    let workspace = Workspace::new();
    let factiva = format!(
        "عنوان\n40 words\n{LNA}\n\nDocument ABCD000020190414ef4e00001\n\n\nعنوان\n{GNA}\n\nDocument ABCD000020190415ef4f00002\n"
    );
    workspace.write("factiva.txt", &factiva);
    let (told, stderr) = scored(&workspace, "factiva.txt");
    assert_eq!(told, ["factiva.txt:1: favor neutral", "factiva.txt:2: against favor"]);
    assert!(stderr.contains("2 documents"), "{stderr}");
    let (_, stdout, _) = workspace.run(&["score", "factiva.txt", "--input-format", "text"]);
    assert_eq!(json_lines(&stdout).len(), 1);
}

/// They were passed over, with the exit code of a run in which every article is scored.
#[test]
fn members_and_records_that_exceed_a_limit_fail_if_they_may_be_articles() {
    let workspace = Workspace::new();
    let long = vec![b'a'; 65 << 20];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in [("long.html", &long[..]), ("film.mp4", &long), ("a.txt", LNA.as_bytes())]
    {
        archive.start_file(name, stored).unwrap();
        archive.write_all(bytes).unwrap();
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes).unwrap();
    }
    workspace.write("a.zip", archive.finish().unwrap().into_inner());
    workspace.write("a.tar", tar.into_inner().unwrap());
    let response = |id: &str, media_type: &str, body: &[u8], n_more: usize| {
        let block =
            [format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n").as_bytes(), body]
                .concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {id}\r\nContent-Length: {}\r\n\r\n",
            block.len() + n_more
        );
        [head.as_bytes(), &block, b"\r\n\r\n"].concat()
    };
    let text = "text/plain; charset=utf-8";
    workspace.write(
        "a.warc",
        [
            response("long.html", "text/html", &long, 0),
            response("film.mp4", "video/mp4", &long, 0),
            response("a.txt", text, LNA.as_bytes(), 0),
            // Longer than it is, by its header: the next one is not lost with it.
            response("cut", text, b"a", 80 << 20),
            response("b.txt", text, GNA.as_bytes(), 0),
        ]
        .concat(),
    );
    for (name, n_failed) in [("a.zip", 1), ("a.tar", 1), ("a.warc", 2)] {
        let (code, stdout, stderr) = workspace.run(&["score", name]);
        assert_eq!(code, 1, "{name}: {stderr}");
        let lines = json_lines(&stdout);
        let (failed, answered): (Vec<_>, Vec<_>) =
            lines.iter().partition(|line| line["error"].is_string());
        assert_eq!((failed.len(), answered.len()), (n_failed, n_failed), "{name}: {stdout}");
        assert!(failed[0]["id"] == "long.html" && stderr.contains("longer than 64 MB"), "{stderr}");
        assert!(stderr.contains("1 passed over") && stderr.contains("film.mp4"), "{stderr}");
    }
}

#[test]
fn bombs_and_archives_of_archives_are_told() {
    let workspace = Workspace::new();
    let nested = std::fs::read(repository("tests/golden/many_in_one/nested.zip")).unwrap();
    workspace.write("outer.zip", &nested);
    let (told, stderr) = scored(&workspace, "outer.zip");
    assert!(told[0].starts_with("bomb.txt: ") && told[0].contains("100 times"), "{}", told[0]);
    assert_eq!(told[1], "in/1.txt: against favor");
    assert!(told[2].starts_with("deeper.zip: ") && told[2].contains("unpack it"), "{}", told[2]);
    assert_eq!(told[3], "a.txt: favor neutral");
    assert!(stderr.contains("bomb.txt: outer.zip: "), "{stderr}");
    workspace.write("cut.zip", &nested[..nested.len() / 2]);
    assert!(scored(&workspace, "cut.zip").0[0].contains("the ZIP archive"));
}
