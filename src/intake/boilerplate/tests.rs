use super::*;

const BEFORE: &str =
    "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة بحضور أكثر من مئة نائب.";
const AFTER: &str =
    "وقال عضو في اللجنة المنظمة إن الجلسة ستستمر يومين وإن التصويت سيجري بعدها في القاعة الكبرى.";

fn article(text: &str) -> Article {
    Article { id: "a".to_owned(), text: text.to_owned(), ..Article::default() }
}

/// Text and rule of what is taken out of `text`, and what is left.
fn cleaned(text: &str) -> (String, Vec<(String, &'static str)>) {
    let mut article = article(text);
    let removals = clean(&mut article);
    (article.text, removals.into_iter().map(|removal| (removal.text, removal.rule)).collect())
}

#[test]
fn every_rule_drops_what_it_says_and_keeps_what_it_says() {
    let (mut examples, mut wrong) = (0, Vec::new());
    for rule in RULES.iter() {
        for example in &rule.drops {
            examples += 1;
            let (line, left) = match rule.kind {
                RuleKind::Line | RuleKind::Heading => {
                    (example.as_str(), format!("{BEFORE}\n\n{AFTER}"))
                }
                RuleKind::Rest => (example.as_str(), BEFORE.to_owned()),
                RuleKind::Inline => {
                    let (line, left) = example.split_once(" => ").expect("before => after");
                    (line, format!("{BEFORE}\n\n{left}\n\n{AFTER}"))
                }
            };
            let (found, taken) = cleaned(&format!("{BEFORE}\n\n{line}\n\n{AFTER}"));
            if found != left || !taken.iter().all(|(_, by)| *by == rule.id) {
                wrong.push(format!("{} should drop {line:?}: {taken:?}", rule.id));
            }
        }
        for line in &rule.keeps {
            examples += 1;
            let text = format!("{BEFORE}\n\n{line}\n\n{AFTER}");
            let (found, taken) = cleaned(&text);
            if found != text {
                wrong.push(format!("{} should keep {line:?}: {taken:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(examples >= 100, "{examples}");
}

#[test]
fn a_list_of_other_stories_goes_with_its_heading() {
    let teasers = "اقرأ أيضا:\n\nمدينة ساحلية تستعد لموسم الصيد\n\nافتتاح معرض الكتاب غدا\n\n";
    let (left, taken) = cleaned(&format!("{BEFORE}\n\n{teasers}{AFTER}"));
    assert_eq!((left, taken.len()), (format!("{BEFORE}\n\n{AFTER}"), 3));
}

#[test]
fn readers_comments_go_whatever_they_say() {
    let comments = "التعليقات (2)\n\nأبو خالد: مليشيات تحكمنا ولا حول ولا قوة إلا \
        بالله.\n\nسالم: الله ينصر قواتنا المسلحة!";
    let (left, taken) = cleaned(&format!("{BEFORE}\n\n{AFTER}\n\n{comments}"));
    assert_eq!(left, format!("{BEFORE}\n\n{AFTER}"));
    assert_eq!(taken.len(), 3);
}

#[test]
fn newsrooms_are_masked_and_words_like_them_are_not() {
    for (line, left) in [
        ("وقال مصدر لسكاي نيوز عربية إن الجلسة تأجلت.", "وقال مصدر   إن الجلسة تأجلت."),
        ("نقلت وكالة رويترز عن مسؤول أن الوفد غادر.", "نقلت   عن مسؤول أن الوفد غادر."),
        ("وأضاف في تصريح لـ “العرب” أن الوفد غادر.", "وأضاف في تصريح   أن الوفد غادر."),
        ("وذكرت صحيفة الشرق الأوسط أن الوفد غادر.", "وذكرت   أن الوفد غادر."),
    ] {
        let (found, taken) = cleaned(line);
        assert_eq!(found, left);
        assert_eq!(taken[0].1, "newsroom");
    }
    for line in [
        "تتجه الأنظار إلى الشرق الأوسط.",
        "قالت القوات العربية إن الجزيرة هادئة.",
        "القيادة العامة للقوات المسلحة العربية الليبية",
    ] {
        assert_eq!(cleaned(line), (line.to_owned(), vec![]));
    }
}

#[test]
fn an_article_that_is_all_boilerplate_is_left_whole() {
    assert_eq!(cleaned("اترك تعليقا"), ("اترك تعليقا".to_owned(), vec![]));
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    let text = format!(
        "الرئيسية / أخبار\n\n{BEFORE}\n\nاقرأ أيضا\n\nخبر آخر\n\n{AFTER} \
            (وكالات)\n\nمشاركة :\n\nالتعليقات\n\nكلام"
    );
    let (once, _) = cleaned(&text);
    assert_eq!(cleaned(&once), (once.clone(), vec![]));
}

#[test]
fn what_a_name_leaves_of_a_line_is_looked_at_again() {
    // Without the newsroom's name, "in ·" is nothing but what a page leaves.
    let text = format!("{BEFORE}\n\nالجزيرة نت in · \n\n{AFTER}");
    let (once, removals) = cleaned(&text);
    assert_eq!(once, format!("{BEFORE}\n\n{AFTER}"), "{removals:?}");
    assert_eq!(cleaned(&once), (once.clone(), vec![]));
}

#[test]
fn a_newsroom_that_its_own_last_line_names_does_not_begin_the_text() {
    let text = "جسر الترجمات – عاد الهدوء إلى المدينة بعد أيام.\n\nالمصدر: جسر الترجمات";
    let (left, removals) = cleaned(text);
    assert_eq!(left, "عاد الهدوء إلى المدينة بعد أيام.");
    assert_eq!(removals.iter().filter(|(_, rule)| *rule == "byline").count(), 2);
    let other = "طرابلس – عاد الهدوء إلى المدينة بعد أيام.\n\nالمصدر: جسر الترجمات";
    assert_eq!(cleaned(other).0, "طرابلس – عاد الهدوء إلى المدينة بعد أيام.");
}

#[test]
fn a_count_of_comments_or_a_link_under_the_headline_takes_no_article() {
    let body = "قصفت قوة مجهولة أحياء العاصمة ليلا وسقط عدد من القتلى\n\nوقال سكان إن القصف استمر حتى الفجر ولم \
        تصل فرق الإسعاف إلى الحي إلا في الصباح\n\nوتواصل فرق الإنقاذ البحث عن ناجين تحت الأنقاض";
    for line in ["0 تعليق", "التعليقات", "اترك تعليقا", "Comments", "اقرأ أيضا"]
    {
        let text = format!("ليبيا اليوم: اشتباكات في جنوب طرابلس\n\n{line}\n\n{body}");
        let mut article = Article::new("", text);
        let removals = clean(&mut article);
        assert_eq!(removals.len(), 1, "{line}: {removals:?}");
        assert!(article.text.ends_with(body.rsplit('\n').next().unwrap()), "{line}");
        // Behind the article, what follows is no part of it.
        let text = format!("{body}\n\n{line}\n\nأحسنتم النشر\n\nبارك الله فيكم");
        let mut article = Article::new("", text);
        clean(&mut article);
        assert_eq!(article.text, body, "{line}");
    }
}

#[test]
fn a_title_does_not_begin_with_what_parted_a_name_from_it() {
    let mut article = Article::new("a", "اجتمع المجلس في سرت.").with_title("رويترز: اجتماع في سرت");
    clean(&mut article);
    assert_eq!(article.title.as_deref(), Some("اجتماع في سرت"));
}
