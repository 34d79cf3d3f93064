use super::*;

mod dates;

/// A page as many newsrooms make it: menu, article, share buttons, teasers, comments, footer.
fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8>\
         <title>اجتماع في سرت - بوابة تجريبية</title>\
         <meta property='og:title' content='اجتماع في سرت'>\
         <meta property='og:site_name' content='بوابة تجريبية'>\
         <meta property='article:published_time' content='2021-03-10T09:00:00Z'></head><body>\
         <nav><ul><li><a href=/>الرئيسية</a><li><a href=/s>رياضة</a>\
         <li><a href=/e>اقتصاد</a></ul></nav>\
         <article><h1>اجتماع في سرت</h1>{body}</article>\
         <aside class=related><h3>اقرأ أيضا</h3>\
         <ul><li><a href=/1>خبر آخر عن الطقس</a><li><a href=/2>خبر ثالث</a></ul></aside>\
         <footer>جميع الحقوق محفوظة</footer></body></html>"
    )
}

const FIRST: &str = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة، \
    بحضور أكثر من مئة نائب وصلوا على متن رحلات خاصة من عدة مدن.";
const SECOND: &str = "وقال عضو في اللجنة المنظمة إن الجلسة ستستمر يومين، وإن التصويت \
    سيجري بعد الاستماع إلى رئيس الحكومة المكلف وأسئلة النواب في القاعة الكبرى.";

#[test]
fn the_article_comes_out_and_what_stands_around_it_does_not() {
    let page = read(&page(&format!("<p>{FIRST}</p><p>{SECOND}</p>"))).unwrap();
    assert_eq!(page.text, format!("{FIRST}\n\n{SECOND}"));
    assert_eq!(page.title.as_deref(), Some("اجتماع في سرت"));
    assert_eq!(page.outlet.as_deref(), Some("بوابة تجريبية"));
    assert_eq!(page.date.as_deref(), Some("2021-03-10T09:00:00Z"));
}

#[test]
fn lists_drawings_and_scripts_are_no_hostility() {
    let drawing = "<svg>".to_owned() + &"<path d='M0 0'/>".repeat(3_000) + "</svg>";
    let script = "<script>if (a<b) { document.write('<div><div>') }</script>".repeat(2_000);
    let list = "<ul>".to_owned() + &"<li>بند".repeat(3_000) + "</ul>";
    assert!(read(&page(&format!("<p>{FIRST}</p><p>{SECOND}</p>{drawing}{script}{list}"))).is_ok());
}

#[test]
fn data_in_tags_costs_no_article() {
    let state = "{&quot;a&quot;: [1, 2, 3]} / ".repeat(20_000);
    for bulk in [
        format!("<div data-props=\"{state}\"></div><div data-page='{state}'></div>"),
        format!("<svg><path d=\"{}\"/></svg>", "M 1 2 L 3 4 ".repeat(20_000)),
        format!("<!-- {} -->", "a comment of a program ".repeat(20_000)),
    ] {
        let page = read(&page(&format!("{bulk}<p>{FIRST}</p><p>{SECOND}</p>{bulk}"))).unwrap();
        assert_eq!(page.text, format!("{FIRST}\n\n{SECOND}"));
    }
}

#[test]
fn what_the_parser_does_not_nest_is_not_counted_as_nested() {
    // It keeps three of the same formatting, however often that is opened.
    let html = format!("{}<p>{FIRST}</p><p>{SECOND}</p>", "<i><p>خبر من المدينة ".repeat(5_000));
    assert!(fragment(&html).is_ok());
}

#[test]
fn pages_made_to_be_slow_are_refused() {
    let attributes: String =
        (0..100_000).fold(String::new(), |all, n| all + " a" + &n.to_string() + "=1");
    let formats: String =
        (0..900).fold(String::new(), |all, n| all + "<b a=" + &n.to_string() + ">");
    for (body, says) in [
        ("<div>".repeat(10_000), "nested deeper than 1000"),
        ("<b/>".repeat(10_000), "nested deeper than 1000"),
        // A whole comment, for those who know the rules of comments.
        (format!("<!-->{}", "<div>".repeat(10_000)), "nested deeper than 1000"),
        (format!("<!--->{}", "<div>".repeat(10_000)), "nested deeper than 1000"),
        (format!("<!--a--!>{}", "<div>".repeat(10_000)), "nested deeper than 1000"),
        (format!("<svg><style>{}", "<g>".repeat(10_000)), "nested deeper than 1000"),
        ("<template>".repeat(10_000), "nested deeper than 1000"),
        (format!("{}{}", "<b a=1>".repeat(900), "<p>x".repeat(30_000)), "for how deep they are"),
        (formats + &"<p>x".repeat(9_000), "for how deep they are"),
        ("<div>".repeat(980) + &"<p>x".repeat(100_000), "for how deep they are nested"),
        ("<div>".repeat(980) + &"</x>".repeat(500_000), "for how deep they are nested"),
        (format!("<svg><style><p{}", " a b c".repeat(100_000)), "parts"),
        (format!("<p{attributes}>{FIRST}</p>"), "a tag or a comment of more than 20000"),
        (
            format!("<p{}>{FIRST}</p>", attributes.get(..20_000).unwrap()),
            "more than 1000 attributes",
        ),
        ("<br>".repeat(300_000), "more than 200000 elements"),
        (format!("<p>{}</p>", "نص ".repeat(10 << 20)), "MB of HTML"),
    ] {
        let error = read(&page(&body)).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn a_page_without_an_article_says_so() {
    assert_eq!(read("<html><body></body></html>").unwrap_err(), IntakeError::NoArticle);
}

#[test]
fn the_declared_encoding_is_found_in_both_forms() {
    let name = |html: &str| declared_encoding(html.as_bytes()).map(Encoding::name);
    assert_eq!(name("<meta charset=\"windows-1256\">"), Some("windows-1256"));
    assert_eq!(
        name("<META http-equiv=Content-Type content='text/html; charset=ISO-8859-6'>"),
        Some("ISO-8859-6")
    );
    assert_eq!(name("<p>"), None);
}

#[test]
fn pages_made_of_quotations_and_headings_are_read_in_time() {
    let quotes = format!("<blockquote><p>{FIRST}</p></blockquote><q>{SECOND}</q>").repeat(5_000);
    let nested = "<div class=cookie><h1>عنوان</h1><blockquote>".repeat(400);
    let start = std::time::Instant::now();
    for body in [quotes, format!("{nested}<p>{FIRST}</p>"), "<h1>اجتماع في سرت</h1>".repeat(20_000)]
    {
        let _ = read(&page(&body));
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn text_that_stands_in_a_tag_or_comment_without_end_is_not_lost_in_silence() {
    let rest = format!("{SECOND} {SECOND} {FIRST}");
    for opens in ["<a href=\"x>", "<!-- ", "<p title='", "<!--><!--", "<img alt=\"<p>"] {
        let html = format!("<body>\n<p>{FIRST}\n{SECOND}{opens}\n<p>{rest}</p>");
        let error = read(&html).unwrap_err();
        assert_eq!(error, IntakeError::Unclosed { line: 3 }, "{opens}");
        assert!(fragment(&format!("{opens} {rest}")).is_err(), "{opens}");
    }
    // A page that is cut in a tag or comment, one whose tags are not closed, and a sign alone.
    for html in [
        format!("<p>{FIRST}<p>{SECOND}<a href=\"https://example.org/a-long-"),
        format!("<p>{FIRST}<p>{SECOND}<!-- تعليق"),
        format!("<div><p>{FIRST}<b>{SECOND}"),
        format!("<p>{FIRST} 1 < 2 {SECOND}"),
        format!("<p>{FIRST}<b \n<p>{SECOND}"),
    ] {
        assert!(read(&html).is_ok(), "{html}");
    }
}
