//! Files as `WordPress`, crawlers and mail programs write them.

use crate::common::{Workspace, json_lines};

const TEXTS: [&str; 3] = [
    "طهرت القوات المسلحة الباسلة مدينة بنغازي الليبية من الإرهابيين يوم الأحد بعد معارك طويلة.",
    "حررت القوات المسلحة الباسلة مدينة درنة الليبية من الإرهابيين يوم السبت بعد معارك طويلة.",
    "دخلت القوات المسلحة الباسلة مدينة سرت الليبية يوم الخميس بعد معارك طويلة مع الإرهابيين.",
];

#[test]
fn an_export_of_wordpress_gives_its_articles_alone() {
    let item = |kind: &str, status: &str| {
        format!(
            "<item><title>خبر</title><content:encoded><![CDATA[{}]]></content:encoded>\
             <wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type></item>",
            TEXTS[0]
        )
    };
    let items = [
        item("post", "publish"),
        item("news", "publish"),
        item("page", "publish"),
        item("attachment", "inherit"),
        item("nav_menu_item", "publish"),
        item("revision", "inherit"),
        item("custom_css", "publish"),
        item("post", "trash"),
    ];
    let workspace = Workspace::new();
    workspace.write(
        "site.xml",
        format!(
            "<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>{}</channel></rss>",
            items.concat()
        ),
    );
    let (code, stdout, stderr) = workspace.run(&["score", "site.xml"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 3), "{stderr}");
    assert!(stderr.contains("attachments") && stderr.contains("trash"), "{stderr}");
}

#[test]
fn empty_lines_part_the_paragraphs_of_what_wordpress_keeps() {
    let [first, second, third] = TEXTS;
    let workspace = Workspace::new();
    workspace.write(
        "site.xml",
        format!(
            "<rss version=\"2.0\"><channel><item><title>خبر</title><content:encoded><![CDATA[{first}\n\n\
             <strong>{second}</strong>\n\n{third}]]></content:encoded></item></channel></rss>"
        ),
    );
    let (code, stdout, stderr) = workspace.run(&["inspect", "--text", "site.xml"]);
    assert_eq!(code, 0, "{stderr}");
    let lines: Vec<&str> = stdout.lines().map(str::trim).collect();
    assert!(TEXTS.iter().all(|text| lines.iter().any(|line| line.ends_with(text))), "{stdout}");
}

#[test]
fn what_a_crawler_notes_of_its_crawl_is_no_article() {
    let record = |uri: &str, of_type: &str, text: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {uri}\r\nContent-Type: {of_type}\r\n\
             Content-Length: {}\r\n\r\n{text}\r\n\r\n",
            text.len()
        )
    };
    let page = format!("<html><body><article><p>{}</p></article></body></html>", TEXTS[0]);
    let crawl = [
        record("https://a.example/1", "text/html; charset=utf-8", &page),
        record("urn:text:https://a.example/1", "text/plain; charset=utf-8", TEXTS[0]),
        record("metadata://gnu.org/software/wget/warc/wget.log", "text/plain", "Saving to: a"),
        record("https://a.example/robots.txt", "text/plain", "User-agent: *"),
    ];
    let workspace = Workspace::new();
    workspace.write("crawl.warc", crawl.concat());
    let (code, stdout, stderr) = workspace.run(&["score", "crawl.warc"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stderr}");
    assert!(stderr.contains("what a crawler notes"), "{stderr}");
}

#[test]
fn a_feed_of_atom_with_prefixes_is_read() {
    let workspace = Workspace::new();
    workspace.write(
        "feed.xml",
        format!(
            "<?xml version=\"1.0\"?><atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\"><atom:entry>\
             <atom:title>خبر</atom:title><atom:content>{}</atom:content></atom:entry></atom:feed>",
            TEXTS[0]
        ),
    );
    let (code, stdout, stderr) = workspace.run(&["score", "feed.xml"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stderr}");
}

#[test]
fn elements_of_a_feed_are_known_by_their_namespaces() {
    let workspace = Workspace::new();
    for (uri, name) in [
        ("http://purl.org/rss/1.0/modules/content/", "encoded"),
        ("http://news.yandex.ru", "full-text"),
    ] {
        workspace.write(
            "feed.xml",
            format!(
                "<rss version=\"2.0\" xmlns:x=\"{uri}\"><channel><item><title>خبر</title>\
                 <description>موجز</description><x:{name}>{}</x:{name}></item></channel></rss>",
                TEXTS[0]
            ),
        );
        let (code, stdout, stderr) = workspace.run(&["inspect", "--text", "feed.xml"]);
        assert!(code == 0 && stdout.contains("بنغازي"), "{name}: {stdout} {stderr}");
    }
}

#[test]
fn an_element_of_another_namespace_that_is_called_as_an_item_parts_none() {
    let workspace = Workspace::new();
    workspace.write(
        "feed.xml",
        format!(
            "<rss version=\"2.0\" xmlns:x=\"urn:x\"><channel><item><title>خبر</title><x:item>1</x:item>\
             <description>{}</description></item></channel></rss>",
            TEXTS[0]
        ),
    );
    let (code, stdout, stderr) = workspace.run(&["score", "feed.xml"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stderr}");
}

#[test]
fn a_headline_with_which_the_text_begins_is_weighed_once() {
    let [first, second, third] = TEXTS;
    let line = |text: &str| {
        serde_json::json!({ "id": "a", "title": first, "text": text }).to_string() + "\n"
    };
    let workspace = Workspace::new();
    workspace.write("once.jsonl", line(&format!("{second}\n\n{third}")));
    workspace.write("twice.jsonl", line(&format!("{first}\n\n{second}\n\n{third}")));
    let scored = |name: &str| json_lines(&workspace.run(&["score", name]).1)[0]["lean"].clone();
    assert_eq!(scored("twice.jsonl"), scored("once.jsonl"));
}

#[test]
fn a_line_of_a_message_that_begins_with_from_parts_none() {
    let message = format!(
        "From a@b.ly Mon Jan  1 00:00:00 2020\nSubject: خبر\nContent-Type: text/plain; charset=utf-8\n\n\
         {}\n\nFrom now on {}\n",
        TEXTS[0], TEXTS[1]
    );
    let workspace = Workspace::new();
    workspace.write("mail.mbox", message);
    let (code, stdout, stderr) = workspace.run(&["score", "mail.mbox"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stderr}");
}

/// Where a sentence goes on over the ends of lines, what is said in it is still somebody else's.
#[test]
fn lines_that_a_program_broke_are_read_as_whole_sentences() {
    let text = "قال المتحدث باسم حكومة الوفاق في مؤتمر صحفي عقده في طرابلس مساء اليوم إن قوات حفتر \
        المعتدية التي تهاجم العاصمة لم تحقق أي تقدم منذ أسابيع، وإن ميليشيات الرجمة ومرتزقتها تكبدت \
        خسائر فادحة في محاور القتال جنوب العاصمة، مضيفا أن مجرم الحرب حفتر لن يدخل طرابلس أبدا مهما \
        طال العدوان على المدنيين الآمنين في أحيائها";
    let mut wrapped = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length + 1 + letters > 60 {
            wrapped.push('\n');
            length = 0;
        } else if length > 0 {
            wrapped.push(' ');
        }
        wrapped.push_str(word);
        length += letters + 1;
    }
    let workspace = Workspace::new();
    workspace.write("whole.txt", text.split_whitespace().collect::<Vec<_>>().join(" "));
    workspace.write("wrapped.txt", &wrapped);
    workspace.write("mail.eml", format!("From: a@b.ly\nTo: c@d.ly\nSubject: \nMessage-ID: <1@b>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{wrapped}\n"));
    let scored = |name: &str| {
        let (code, stdout, stderr) = workspace.run(&["score", name]);
        assert_eq!(code, 0, "{stderr}");
        json_lines(&stdout)[0]["lna"].clone()
    };
    assert_eq!(scored("wrapped.txt"), scored("whole.txt"));
    assert_eq!(scored("mail.eml"), scored("whole.txt"));
}
