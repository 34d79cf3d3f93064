//! Saved pages: quotations that elements mark, and which part of a page is its article.

use crate::common::{Workspace, json_lines};

const LNA: &str = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر \
    على أحيائها الجنوبية منذ أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من فلول الإرهابيين.";
const GNA: &str = "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت مدنيين \
    أبرياء. وتصدى أبطال بركان الغضب لعدوان مجرم الحرب ومرتزقة فاغنر.";
const ROAD: &str = "قال متحدث باسم البلدية إن الطريق الساحلي سيفتح يوم الخميس المقبل أمام حركة السير \
    بعد أعمال الصيانة في طرابلس وسرت.";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html dir=rtl><head><meta charset=utf-8><title>فتح الطريق</title>{head}\
         </head><body>{body}</body></html>"
    )
}

/// The stance toward the first camp, or the error.
#[track_caller]
fn stance(workspace: &Workspace, page: &str) -> String {
    workspace.write("p.html", page);
    let (_, stdout, _) = workspace.run(&["score", "p.html"]);
    let line = &json_lines(&stdout)[0];
    line["error"].as_str().or(line["lna"]["stance"].as_str()).unwrap().to_owned()
}

#[test]
fn what_elements_mark_as_quoted_is_read_as_quoted() {
    let workspace = Workspace::new();
    let around = |quoted: &str| {
        page(
            "",
            &format!("<article><h1>فتح الطريق</h1><p>{ROAD}</p>{quoted}<p>{ROAD}</p></article>"),
        )
    };
    assert_eq!(stance(&workspace, &around(&format!("<p>{LNA}</p>"))), "favor");
    for quoted in [
        format!("<p>«{LNA}»</p>"),
        format!("<p><q>{LNA}</q></p>"),
        format!("<p>وأضاف: <q cite='x'>{LNA}</q></p>"),
        format!("<blockquote>{LNA}</blockquote>"),
        format!("<blockquote>{LNA}<br><br>{LNA}</blockquote>"),
        format!("<blockquote><p>{LNA}</p><p>{LNA}</p><footer>— مسؤول</footer></blockquote>"),
        format!(
            "<blockquote class=\"twitter-tweet\"><p lang=\"ar\" dir=\"rtl\">{LNA} <a href=\"t\">\
             pic.twitter.com/x</a></p>&mdash; حساب (@a) <a href=\"s\">April 14, 2019</a></blockquote>"
        ),
        format!(
            "<div class=\"fb-post\" data-href=\"x\"><blockquote cite=\"x\"><p>{LNA}</p>Posted by \
             <a href=\"x\">حساب</a></blockquote></div>"
        ),
        format!(
            "<div class=\"tgme_widget_message\"><div class=\"tgme_widget_message_text\">{LNA}<br/>\
             {LNA}</div></div>"
        ),
        format!(
            "<blockquote class=\"instagram-media\"><div><p><a href=\"x\">{LNA}</a></p></div>\
             </blockquote>"
        ),
    ] {
        let found = stance(&workspace, &around(&quoted));
        assert!(found == "neutral" || found == "unrelated", "{found}: {quoted}");
    }
}

#[test]
fn a_page_that_indents_all_of_its_text_quotes_nothing() {
    let workspace = Workspace::new();
    let text = format!("<blockquote><p>{LNA}</p><p>{LNA}</p><p>{LNA}</p></blockquote>");
    assert_eq!(stance(&workspace, &page("", &format!("<article>{text}</article>"))), "favor");
}

#[test]
fn the_block_under_the_title_beats_a_longer_story_beside_it() {
    let workspace = Workspace::new();
    let long = format!("<p>{GNA}</p><p>{GNA} كما كان.</p>").repeat(4);
    for body in [
        format!(
            "<div><h1>فتح الطريق</h1><div><p>{LNA}</p></div></div><div><h2>خبر</h2>{long}</div>"
        ),
        format!(
            "<article><h1>فتح الطريق</h1><p>{LNA}</p></article><article><h1>خبر</h1>{long}</article>"
        ),
    ] {
        assert_eq!(stance(&workspace, &page("", &body)), "favor", "{body}");
    }
    // A summary in the page's head does not hide the story under it.
    let body = format!(
        "<header><h1>فتح الطريق</h1><p>{ROAD}</p></header><div>{}</div>",
        format!("<p>{LNA}</p>").repeat(4)
    );
    assert_eq!(stance(&workspace, &page("", &body)), "favor");
}

#[test]
fn the_article_that_a_page_describes_stands_in_for_a_body_without_one() {
    let workspace = Workspace::new();
    let notice = "<div id=root></div><noscript>يجب تفعيل جافا سكريبت في متصفحك.</noscript>\
        <div class=cookie>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع.</div>";
    let linked =
        |json: &str| page(&format!("<script type=\"application/ld+json\">{json}</script>"), notice);
    for json in [
        format!(
            "{{\"@type\": \"NewsArticle\", \"headline\": \"خبر\", \"articleBody\": \"{LNA}\"}}"
        ),
        format!(
            "{{\"@graph\": [{{\"@type\": \"WebSite\"}}, {{\"@type\": [\"NewsArticle\", \"Article\"], \
             \"articleBody\": \"&lt;p&gt;{LNA}&lt;/p&gt;\"}}]}}"
        ),
        format!(
            "[{{\"@type\": \"ReportageNewsArticle\", \"articleBody\": [\"{LNA}\", \"{LNA}\"]}}]"
        ),
        format!("{{\"@type\": \"BlogPosting\", \"articleBody\": \"{LNA}\n\n{LNA}\"}};"),
    ] {
        assert_eq!(stance(&workspace, &linked(&json)), "favor", "{json}");
    }
    for page in [page("", notice), linked("{\"@type\": \"NewsArticle\", \"headline\": \"خبر\"}")]
    {
        assert!(stance(&workspace, &page).starts_with("no article was found in the page"));
    }
    let menu = "<ul><li><a href=1>الرئيسية</a></li><li><a href=2>أخبار ليبيا</a></li>\
        <li><a href=3>طرابلس</a></li><li><a href=4>رياضة</a></li></ul>";
    assert!(stance(&workspace, &page("", menu)).starts_with("no article was found in the page"));
}

#[test]
fn comments_of_readers_are_not_scored_and_are_told() {
    let workspace = Workspace::new();
    let comment = "الله ينصر جيشنا البطل على مليشيات السراج الإرهابية";
    let comments = format!(
        "<div id=\"comments\" class=\"comments-area\"><h2>3 تعليقات على «فتح الطريق»</h2><div \
         class=\"comment\"><p>{comment}</p></div></div>"
    );
    let heading = "<h1>فتح الطريق</h1>";
    let long = format!("<p>{ROAD}</p>").repeat(8);
    for body in [
        format!("<div class=\"content\">{heading}<p>{ROAD}</p>{comments}</div>"),
        format!("<article>{heading}<p>{ROAD}</p></article>{comments}"),
        format!("<article>{heading}{long}{comments}</article>"),
    ] {
        assert_ne!(stance(&workspace, &page("", &body)), "favor", "{body}");
        let (_, stdout, _) = workspace.run(&["inspect", "--text", "p.html"]);
        let (read, kept) = stdout.split_once("kept\n").unwrap();
        assert!(!kept.contains(comment) && kept.contains("الطريق الساحلي"), "{stdout}");
        assert!(read.contains(&format!("readers' comments (comments): {comment}")), "{stdout}");
    }
    // The article itself in an element of that name.
    let opinion = format!("{heading}<div class=\"comment\"><p>{LNA}</p></div>");
    assert_eq!(stance(&workspace, &page("", &opinion)), "favor");
}

#[test]
fn the_publisher_in_a_graph_is_the_outlet() {
    let workspace = Workspace::new();
    let publisher =
        r#"{"@type": "Organization", "@id": "https://a.example/#org", "name": "صحيفة"}"#;
    let article = |publisher: &str| {
        format!(
            r#"{{"@type": "NewsArticle", "headline": "فتح الطريق", "datePublished": "2019-04-11",
                "publisher": {publisher}}}"#
        )
    };
    let referred = article(r#"{"@id": "https://a.example/#org"}"#);
    for json in [
        format!(r#"{{"@context": "https://schema.org", "@graph": [{referred}, {publisher}]}}"#),
        format!(r#"{{"@graph": [{publisher}, {referred}]}}"#),
        format!(r#"{{"@graph": [{}]}}"#, article(publisher)),
        article(publisher),
        article("\"صحيفة\""),
    ] {
        let head = format!("<script type=\"application/ld+json\">{json}</script>");
        let body = format!("<article><h1>فتح الطريق</h1><p>{ROAD}</p><p>{ROAD}</p></article>");
        workspace.write("g.html", page(&head, &body));
        let (_, stdout, _) = workspace.run(&["score", "g.html"]);
        let found = &json_lines(&stdout)[0];
        assert_eq!(
            (&found["outlet"], &found["date"]),
            (&"صحيفة".into(), &"2019-04-11".into()),
            "{json}"
        );
    }
}

#[test]
fn a_channel_that_telegram_exports_is_read_message_by_message() {
    let workspace = Workspace::new();
    let message = |id: u8, text: &str| {
        format!(
            "<div class=\"message default clearfix\" id=\"message{id}\"><div class=\"body\"><div \
             class=\"pull_right date details\" title=\"14.04.2019 10:30:00 UTC+02:00\">10:30</div>\
             <div class=\"text\"><strong>عاجل</strong><br>{text}</div></div></div>"
        )
    };
    workspace.write(
        "messages.html",
        format!(
            "<!DOCTYPE html><html><body><div class=\"page_wrap\"><div class=\"page_header\"><div \
             class=\"text bold\">\nقناة تجريبية </div></div><div class=\"history\">{}{}</div></div>\
             </body></html>",
            message(1, LNA),
            message(2, GNA)
        ),
    );
    let (_, stdout, _) = workspace.run(&["score", "messages.html"]);
    let lines = json_lines(&stdout);
    assert_eq!((lines[0]["id"].as_str(), lines[1]["id"].as_str()), (Some("1"), Some("2")));
    assert_eq!(
        (&lines[0]["lna"]["stance"], &lines[1]["lna"]["stance"]),
        (&"favor".into(), &"against".into())
    );
    assert!(
        lines.iter().all(|line| line["date"] == "2019-04-14" && line["outlet"] == "قناة تجريبية")
    );
}
