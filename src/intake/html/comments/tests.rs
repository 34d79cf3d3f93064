use super::super::read;
use super::*;

const TITLE: &str = "سلامة يبحث الهدنة";
const TEXT: &str = "عقد المبعوث الأممي غسان سلامة في طرابلس اجتماعا مع ممثلين عن القيادة العامة \
    وحكومة الوفاق.";
const COMMENT: &str = "الله ينصر جيشنا البطل على مليشيات السراج الإرهابية ومن يقف معها في العاصمة";

fn page(body: &str) -> String {
    format!("<html lang=ar><meta charset=utf-8><title>x</title><body>{body}</body></html>")
}

/// A page with so many words in its article, and elements after its paragraphs or behind it.
fn with(n_words: usize, inside: &str, behind: &str) -> String {
    let words: Vec<&str> = TEXT.split_whitespace().cycle().take(n_words).collect();
    let text = words.join(" ");
    page(&format!("<article><h1>{TITLE}</h1><p>{text}</p>{inside}</article>{behind}"))
}

#[test]
fn comments_are_no_article_however_short_it_is() {
    let one = format!("<p>{COMMENT}</p>");
    let three = format!("<div class=comment>{one}</div>").repeat(3);
    let names = [
        format!("<div id=comments class=comments-area>{three}</div>"),
        format!("<div class=comments-area>{one}</div>"),
        format!("<ol class=comment-list><li>{one}</li><li>{one}</li></ol>"),
        format!("<ol class=commentlist><li class='comment even depth-1'>{one}</li></ol>"),
        format!("<ul class=comments-list><li>{one}</li></ul>"),
        format!("<div class=fb-comments><span>{one}</span></div>"),
        format!("<div class=fb-comments-plugin>{one}</div>"),
        format!("<div id=disqus_thread>{one}</div>"),
        format!("<div id=respond class=comment-respond>{one}<form><textarea></form></div>"),
        format!("<div itemprop=comment itemscope>{one}</div>"),
        format!("<div itemscope itemtype='https://schema.org/Comment'>{one}</div>"),
        format!("<section class=commentsSection>{one}</section>"),
        format!("<app-comments>{one}</app-comments>"),
        format!("<div class='post-comments'>{one}</div>"),
        format!("<article id=div-comment-12 class=comment-body>{one}</article>{three}"),
        format!("<div class='قسم-التعليقات التعليقات'>{one}</div>"),
        format!("<div class=comment-section><div class=comment>{one}{one}{one}</div></div>"),
        three,
    ];
    for comments in &names {
        for n_words in [16, 36, 120] {
            for html in [with(n_words, comments, ""), with(n_words, "", comments)] {
                let page = read(&html).unwrap();
                assert!(!page.text.contains("جيشنا"), "{n_words}: {html}\n{}", page.text);
                assert!(page.text.contains("المبعوث"), "{n_words}: {html}\n{}", page.text);
                let told = page.removals.iter().find(|removal| removal.text == COMMENT);
                assert_eq!(told.map(|removal| removal.rule), Some("comments"), "{html}");
            }
        }
    }
}

#[test]
fn an_article_in_elements_with_such_names_stays() {
    let long = format!("{TEXT} {TEXT} {TEXT}");
    for html in [
        format!("<div class=comment><h1>{TITLE}</h1><p>{long}</p></div>"),
        format!("<h1>{TITLE}</h1><div class=comment><p>{long}</p></div>"),
        format!("<h1>{TITLE}</h1><p>{TEXT}</p><div class=comment><p>{long}</p></div>"),
        format!(
            "<h1>{TITLE}</h1><div class=comment><p>{long}</p></div><div class=box>{}</div>",
            "<p>عقد في طرابلس اجتماع آخر بين ممثلين عن البلديات.</p>".repeat(12)
        ),
        format!("<section class=commentisfree><h1>{TITLE}</h1><p>{long}</p></section>"),
        format!("<div id=comments><h1>{TITLE}</h1><p>{long}</p></div>"),
        format!("<h1>{TITLE}</h1><div class=comment-section><p>{long}</p></div>"),
        format!("<h1>{TITLE}</h1><div class='post comments-open tag-comment'><p>{long}</p></div>"),
        format!("<main class=comments><h1>{TITLE}</h1><p>{long}</p></main>"),
        format!(
            "<h1>{TITLE}</h1><div class=comment><p>{long}</p></div>\
             <div id=comments><p>{COMMENT}</p></div>"
        ),
    ] {
        let found = read(&page(&html)).unwrap();
        assert!(found.text.contains(&long), "{html}\n{}", found.text);
        assert!(!found.text.contains("جيشنا"), "{html}\n{}", found.text);
    }
    // What it says of comments is not looked at.
    let about = "كتب القراء مئات التعليقات على الخبر، وأغلقت الصحيفة التعليقات بعد ساعة من نشره.";
    let found = read(&page(&format!("<h1>تعليقات القراء</h1><p>{about}</p>"))).unwrap();
    assert!(found.text.contains(about), "{}", found.text);
}

#[test]
fn names_are_read_word_by_word() {
    for (token, name) in [
        ("comments-area", Some(Name::Sure)),
        ("wp-block-comments", Some(Name::Sure)),
        ("commentList", Some(Name::Sure)),
        ("disqus_thread", Some(Name::Sure)),
        ("div-comment-12", Some(Name::Perhaps)),
        ("article-comment", Some(Name::Perhaps)),
        ("comments-open", None),
        ("has-comments", None),
        ("category-comment", None),
        ("recommended", None),
        ("commentisfree", None),
        ("commentary", None),
        ("fa-comment", None),
        ("post", None),
    ] {
        assert_eq!(of_name(token), name, "{token}");
    }
}

#[test]
fn many_comments_are_taken_out_in_time() {
    let one = format!("<div class=comment><div><p>{COMMENT}</p></div></div>");
    let nested = "<div class=comment>".repeat(900);
    let start = std::time::Instant::now();
    for html in [with(16, "", &one.repeat(20_000)), with(16, "", &(nested + &one.repeat(9_000)))] {
        let _ = read(&html);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
