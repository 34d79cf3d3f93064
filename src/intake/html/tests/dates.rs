//! Tests of the dates of pages.

use super::*;

/// A page with something in its head, before its heading, under it, and after its text.
fn dated(head: &str, before: &str, under: &str, after: &str) -> ExtractedPage {
    let html = format!(
        "<html><head><meta charset=utf-8><title>اجتماع في سرت</title>{head}</head><body>{before}\
         <article><h1>اجتماع في سرت</h1>{under}<p>{FIRST}</p><p>{SECOND}</p>{after}</article>\
         </body></html>"
    );
    read(&html).unwrap()
}

#[test]
fn a_page_tells_its_date_in_many_ways() {
    for (head, under) in [
        ("<meta name=date content=2019-04-11>", ""),
        ("<meta name='DC.date.issued' content=2019-04-11>", ""),
        ("<meta property='og:article:published_time' content='2019-04-11T10:00:00+02:00'>", ""),
        ("<meta itemprop=datePublished content='11 April 2019'>", ""),
        ("<link rel=canonical href='https://a.example/2019/04/11/n1'>", ""),
        ("<meta property='og:url' content='https://a.example/2019-04-11-n'>", ""),
        ("", "<time datetime='2019-04-11T10:00'>11 أبريل</time>"),
        (
            "",
            "<time class=updated datetime=2019-04-12>12</time><time datetime=2019-04-11>11</time>",
        ),
        ("", "<span itemprop=datePublished content=2019-04-11>أمس</span>"),
        ("", "<abbr class=published title=2019-04-11>أمس</abbr>"),
        ("", "<span class=post-date>11 أبريل، 2019</span>"),
        (
            "",
            "<span class=posted-on>نشر في <a href=/2019><time class=published \
             datetime=2019-04-11>11 أبريل 2019</time> <time class=updated \
             datetime=2019-05-02>2 مايو 2019</time></a></span>",
        ),
        ("", "<span class=entry-date>نُشر في: الخميس 11 نيسان 2019 | 14:20</span>"),
        ("", "<div>سالم محمد</div><div>الخميس 11 أبريل 2019</div>"),
        ("", "<div>الخميس 11 أبريل 2019<br>سالم محمد</div>"),
        ("", "<ul class=meta><li>سالم محمد</li><li><i></i> ١١ أبريل ٢٠١٩</li></ul>"),
        ("", "<div>تاريخ النشر: 2019/4/11 - 10:30</div><div>آخر تحديث: 13 أبريل 2019</div>"),
        ("", "<div>آخر تحديث: 11 أبريل 2019</div>"),
        (
            "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"NewsArticle\", \
             \"headline\": \"اجتماع في سرت\", \"datePublished\": \"2019-04-11\"}]}</script>",
            "",
        ),
    ] {
        let page = dated(head, "", under, "");
        let day = page.date.as_deref().and_then(|date| date.get(..10));
        assert_eq!(day, Some("2019-04-11"), "{head}{under}");
        for date in ["أبريل", "نيسان", "2019"] {
            // Lines that are dates go with the boilerplate.
            let is_line = under.contains("<div>") || under.contains("<li>");
            assert!(!page.text.contains(date) || is_line, "{under}: {}", page.text);
            assert!(!page.text.contains("نشر في"), "{under}: {}", page.text);
        }
    }
}

#[test]
fn a_date_whose_order_is_not_known_is_the_last_choice_and_stays_as_it_is() {
    let shown = "<div class=meta><span class=date>11/04/2019</span></div>";
    assert_eq!(dated("", "", shown, "").date.as_deref(), Some("11/04/2019"));
    let address = "<link rel=canonical href='https://a.example/2019/04/11/n1'>";
    assert_eq!(dated(address, "", shown, "").date.as_deref(), Some("2019-04-11"));
}

#[test]
fn dates_of_today_of_changes_and_of_other_stories_are_not_taken() {
    for (head, before, after) in [
        ("", "<div class=date>الإثنين 30 نوفمبر 2026</div>", ""),
        ("", "<header><span class=date>30 نوفمبر 2026</span></header>", ""),
        ("", "<header><time datetime=2026-11-30>اليوم</time></header>", ""),
        ("<meta property='article:modified_time' content=2026-11-30>", "", ""),
        ("<meta name=lastmod content=2026-11-30>", "", ""),
        ("", "", "<aside><time datetime=2026-11-30>30</time></aside>"),
        ("", "", "<div class=related><span class=date>30 نوفمبر 2026</span></div>"),
        ("", "", "<h3>اقرأ أيضا</h3><div class=card><time datetime=2026-11-30>30</time></div>"),
        (
            "",
            "",
            "<div class=item><a href=/2>خبر آخر عن الطقس في المدينة</a>\
             <span class=date>30 نوفمبر 2026</span></div>",
        ),
        (
            "",
            "",
            "<p>وقع الاتفاق في <time datetime=2026-11-30>30 نوفمبر</time> بين الطرفين في \
                  قاعة البلدية بحضور عدد كبير من الأهالي والضيوف، ثم غادر الجميع المدينة بعد أن \
                  انتهت المراسم التي دامت ساعتين كاملتين دون انقطاع.</p>",
        ),
        ("<link rel=canonical href='https://a.example/1440/08/03/n1'>", "", ""),
    ] {
        assert_eq!(dated(head, before, "", after).date, None, "{head}{before}{after}");
    }
    // A short page, all of which is little more than the heading.
    let html = format!("<div class=date>30 نوفمبر 2026</div><h1>خبر</h1><p>{FIRST}</p>");
    assert_eq!(read(&html).unwrap().date, None);
}

#[test]
fn a_date_before_the_heading_counts_where_it_is_in_the_same_element() {
    let html = |masthead: &str| {
        format!(
            "<title>اجتماع في سرت</title><div class=today>30 نوفمبر 2026</div>{masthead}\
             <main><div class=head><span class=date>11 أبريل 2019</span><h1>اجتماع في سرت</h1>\
             </div><p>{FIRST}</p><p>{SECOND}</p></main>"
        )
    };
    assert_eq!(read(&html("")).unwrap().date.as_deref(), Some("2019-04-11"));
}

#[test]
fn a_line_break_parts_a_date_from_what_follows() {
    let page = dated("", "", "<p>22 أيار 2019<br>وصف قصير للخبر</p>", "");
    assert!(!page.text.contains("2019وصف"), "{}", page.text);
    assert_eq!(page.date.as_deref(), Some("2019-05-22"));
    let headed = format!(
        "<title>اجتماع في سرت</title><body><table><tr><td><h2>اجتماع في سرت</h2>\
         <p>22 أيار 2019<br>{FIRST}</p></td></tr></table><div><p>{SECOND}</p></div>"
    );
    assert!(!read(&headed).unwrap().text.contains("2019بدأت"));
}

#[test]
fn pages_full_of_dates_are_read_in_time() {
    let start = std::time::Instant::now();
    let nested = "<span class=date>".repeat(900) + &"<i></i>".repeat(90_000);
    for under in [
        nested,
        "<time datetime=x>11 أبريل 2019</time>".repeat(40_000),
        "<div class=date><a>خ</a></div>".repeat(40_000),
        "<meta name=date content=x>".repeat(90_000),
        format!("<div class=date>{}</div>", "11 أبريل 2019 ".repeat(100_000)),
    ] {
        let html = format!("<title>خبر من سرت</title><h1>خبر من سرت</h1>{under}<p>{FIRST}</p>");
        let _ = read(&html);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
