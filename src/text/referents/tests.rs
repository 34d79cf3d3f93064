use crate::camp::Camps;
use crate::text::{Resolution, TextReader};

/// The mentions of a text of a day: words, referent, and how it was found.
fn found_on(text: &str, day: Option<&str>) -> Vec<(String, String, Resolution)> {
    let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
    let day = day.map(|day| day.parse().unwrap());
    let read = TextReader::with_camps(&camps).read_dated(text.to_owned(), day);
    let mention = |mention: &crate::text::Mention| {
        let words = read.words(&mention.tokens);
        (words, mention.party.name(&read.camps), mention.resolution)
    };
    read.findings.mentions.iter().map(mention).collect()
}

/// The referent of some words of a text.
fn referent(text: &str, words: &str) -> Option<String> {
    let mut found = found_on(text, None).into_iter();
    found.find(|(found, ..)| found.contains(words)).map(|(_, referent, _)| referent)
}

#[track_caller]
fn assert_means(text: &str, words: &str, expected: &str) {
    assert_eq!(referent(text, words).as_deref(), Some(expected), "{:?}", found_on(text, None));
}

#[test]
fn a_seat_or_name_beside_a_noun_says_whose_it_is() {
    assert_means("اجتمعت الحكومة في طرابلس", "الحكومة", "gna");
    assert_means("قصفت القوات الموالية لحكومة الوفاق المطار", "القوات", "gna");
    assert_means("دخلت كتيبة من الجيش الوطني المدينة", "كتيبة", "lna");
    assert_means("وصلت كتائب فرنسية إلى الميناء", "كتائب", "state");
    assert_means("صرح المتحدث باسم قوات حفتر", "المتحدث", "lna");
}

#[test]
fn an_object_or_a_direction_is_no_attribute() {
    // The rebels in the middle of the capital are not the capital's.
    assert_means("سحق الجيش الليبي التمرد في وسط العاصمة", "التمرد", "lna");
    assert_means("تقدم الجيش للعاصمة", "الجيش", "lna");
}

#[test]
fn an_ordinary_word_is_no_party_without_its_article() {
    let text = "وقال حفتر في مؤتمر صحفي فجر الأحد إن العمل على ردع المخالفين مستمر بكرامة";
    let words: Vec<String> = found_on(text, None).into_iter().map(|(words, ..)| words).collect();
    assert_eq!(words, ["حفتر"]);
    assert_means("وفي طرابلس رفض المؤتمر القرار", "المؤتمر", "gna");
    let day = |text| found_on(text, Some("2015-03-01")).into_iter().map(|(words, ..)| words);
    assert!(day("عقد السراج مؤتمرا أمس").eq(["السراج"]));
    assert!(day("رفض المؤتمر القرار").eq(["المؤتمر"]));
}

#[test]
fn a_demonstrative_means_what_was_mentioned_before() {
    let text = "خطف مسلحون مجهولون مهندسا في الجنوب. وقالت الشرطة إن هذه العصابات معروفة";
    assert_means(text, "العصابات", "gang");
}

#[test]
fn what_a_speaker_calls_his_own_and_his_enemies_follows_the_speaker() {
    let text = "قال فائز السراج إن قواتنا تقدمت وإن الغزاة انسحبوا";
    assert_means(text, "قواتنا", "gna");
    assert_means(text, "الغزاة", "lna");
    let text = "قال خليفة حفتر إن قواتنا تقدمت وإن الميليشيات انسحبت";
    assert_means(text, "قواتنا", "lna");
    assert_means(text, "الميليشيات", "gna");
}

#[test]
fn the_own_voice_stands_against_whom_it_calls_by_hostile_names() {
    let text = "صدت القوات المسلحة هجوم عصابات السراج. ودحر الأبطال المرتزقة";
    assert_means(text, "الأبطال", "lna");
    let text = "هاجمت ميليشيات حفتر المطار. وصد الجيش الهجوم";
    assert_means(text, "الجيش", "gna");
}

#[test]
fn a_pronoun_means_the_side_mentioned_last_and_opponents_the_other() {
    assert_means("التقى حفتر ضيوفه. وأمر قواته بالتقدم", "قواته", "lna");
    assert_means("انتقد السراج خصومه", "خصومه", "lna");
    assert_means("دعا حفتر أنصاره إلى الهدوء", "أنصاره", "lna-ally");
}

#[test]
fn militias_of_whom_nothing_is_said_are_a_gang() {
    assert_means("سرقت ميليشيا سيارات في الحي", "ميليشيا", "gang");
    assert_means("قاتل الجيش الوطني الميليشيات", "الميليشيات", "gna");
}

#[test]
fn the_day_says_who_is_meant() {
    let on = |day| found_on("قال فتحي باشاغا في بيان", day)[0].1.clone();
    assert_eq!(on(Some("2019-05-01")), "gna");
    assert_eq!(on(Some("2022-05-01")), "lna");
    assert_eq!(on(None), "lna");
    let on = |day| found_on("أعلنت الحكومة المعترف بها دوليا بيانا", day)[0].1.clone();
    assert_eq!((on(Some("2015-01-01")), on(Some("2019-01-01"))), ("lna".into(), "gna".into()));
}

#[test]
fn a_name_of_the_country_or_of_a_camp_alone_ties_a_text_to_the_conflict() {
    let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
    let reader = TextReader::with_camps(&camps);
    let is_on_topic = |text: &str| reader.read_text(text.to_owned()).findings.on_topic;
    assert!(is_on_topic("زار الوفد مدينة بنغازي"));
    assert!(is_on_topic("أعلنت حكومة الوفاق بيانا"));
    assert!(is_on_topic("اللواء 128 يتقدم"));
    // Other countries have a parliament and an army too.
    assert!(!is_on_topic("ناقش مجلس النواب الموازنة وكرم القوات المسلحة"));
    assert!(!is_on_topic("تقدم الجيش في صنعاء"));
    // These hardly stand elsewhere, unless the country is named.
    assert!(is_on_topic("القيادة العامة تفتح الطريق"));
    assert!(is_on_topic("اجتماع رئيس المجلس الرئاسي بالسفير الإيطالي"));
    assert!(!is_on_topic("القيادة العامة لشرطة دبي تحتفل"));
    assert!(!is_on_topic("عاد رئيس المجلس الرئاسي اليمني إلى عدن"));
    assert!(!is_on_topic("حزب المؤتمر الوطني يعدل نظامه"));
    // A long text needs two.
    let words = "كلمة ".repeat(60);
    assert!(!is_on_topic(&format!("القيادة العامة تفتح الطريق {words}")));
    assert!(is_on_topic(&format!("القيادة العامة والحكومة المؤقتة {words}")));
}

#[test]
fn the_other_conflict_reads_too() {
    let camps = Camps::from_toml(include_str!("../../../labeled/sudan/camps.toml")).unwrap();
    let read = TextReader::with_camps(&camps).read_text("قال البرهان إن الجيش تقدم".to_owned());
    assert!(read.findings.mentions.iter().all(|mention| mention.camp() == Some(0)));
}

#[test]
fn whoever_attacks_a_camp_is_not_that_camp() {
    for (text, expected) in [
        ("هاجمت الميليشيات الإرهابية مواقع الجيش الوطني جنوب طرابلس", "gna"),
        ("هاجمت الميليشيات قوات حكومة الوفاق، وقال حفتر إن المعركة مستمرة", "lna"),
        ("شنت الميليشيات هجوما على قوات حكومة الوفاق قبل وصول حفتر", "lna"),
        ("الميليشيات تقصف مواقع قوات حكومة الوفاق بأوامر من حفتر", "lna"),
        ("تصدت قوات حكومة الوفاق لهجوم شنته الميليشيات على مواقعها. وكان حفتر قد توعد", "lna"),
        // Nothing ties them to the other camp: brigades of the capital fight each other as well.
        ("هاجمت الميليشيات مقر حكومة الوفاق في طرابلس", "gang"),
        // Not of one clause.
        ("توقفت الاشتباكات قرب مقر حكومة الوفاق وانسحبت الميليشيات", "gna"),
    ] {
        assert_means(text, "الميليشيات", expected);
    }
    assert_means("صدت قوات حكومة الوفاق هجوم العدو في عين زارة", "العدو", "lna");
    let and = "تعهد متحدث باسم حكومة الوفاق بدحر العدو والجيش الوطني يدعو إلى الهدنة";
    assert_means(and, "العدو", "lna");
}

#[test]
fn what_is_said_of_a_name_right_behind_it_is_of_the_name() {
    assert_means("قوات حفتر عصابة خارجة عن القانون", "عصابة", "lna");
    // "And" begins another.
    assert_means("تقاتلت قوات حفتر وعصابات في طرابلس", "وعصابات", "gna");
}
