//! Words that say something only in their place, and where what is said ends.

use super::super::lemmas;
use super::zones;

#[track_caller]
fn assert_read(cases: &[(&str, &str)]) {
    for (text, read) in cases {
        assert_eq!(zones(text), *read);
    }
}

#[test]
fn a_word_of_another_meaning_says_something_only_in_its_place() {
    assert_read(&[
        ("ثمن مجلس المشايخ تضحيات الجنود", "(ثمن مجلس المشايخ) [تضحيات الجنود]"),
        ("ودفع المواطن ثمن الخبز", "ودفع المواطن ثمن الخبز"),
        ("وعقب بأن القوة القاهرة قائمة", "(وعقب بأن) [القوة القاهرة قائمة]"),
        ("ووقع الهجوم عقب الجلسة بساعة", "ووقع الهجوم عقب الجلسة بساعة"),
    ]);
}

#[test]
fn who_does_not_deny_says_something_and_who_does_not_say_says_nothing() {
    assert_read(&[
        ("ولم ينف ضابط إصابة ثلاث شاحنات", "ولم (ينف ضابط) [إصابة ثلاث شاحنات]"),
        ("ولم يقل الوزير إن الحرب انتهت", "ولم يقل الوزير إن الحرب انتهت"),
        // The writer's own earlier word (Z11).
        ("قلت لابنتي إن أباها لم يمت", "قلت لابنتي إن أباها لم يمت"),
    ]);
}

#[test]
fn who_condemns_says_something_and_who_begs_does_not() {
    assert_read(&[
        ("دانت المنظمة قصف الحي", "(دانت المنظمة) [قصف الحي]"),
        ("وصل المتمرد يستجدي مزيدا من السلاح", "وصل المتمرد يستجدي مزيدا من السلاح"),
    ]);
}

#[test]
fn an_object_behind_asides_is_what_is_said() {
    assert_read(&[
        (
            "أدانت وزارة الصحة، السبت، بأشد العبارات استهداف سيارتي إسعاف",
            "(أدانت وزارة الصحة السبت بأشد العبارات) [استهداف سيارتي إسعاف]",
        ),
        ("رحبت الوزارة بما أبداه الأهالي", "(رحبت الوزارة) [بما أبداه الأهالي]"),
        ("نددت الوزارة بما سمته العدوان", "نددت الوزارة بما (سمته) [العدوان]"),
    ]);
}

#[test]
fn the_newsroom_tells_on_behind_what_is_said() {
    assert_read(&[
        (
            "أعلن المتحدث أن القوات دخلت المدينة، وسمعت أصوات في الحي",
            "(أعلن المتحدث أن) [القوات دخلت المدينة] وسمعت أصوات في الحي",
        ),
        (
            "وبينما طالبت المنظمة بتحقيق عاجل، اكتفى المبعوث بالصمت",
            "وبينما (طالبت المنظمة) [بتحقيق عاجل] اكتفى المبعوث بالصمت",
        ),
        (
            "مصدر في الرئاسة: الطيران قصف الموقع. ولم يرد الجيش على الاتصال",
            "(مصدر في الرئاسة) [الطيران قصف الموقع] ولم يرد الجيش على الاتصال",
        ),
        (
            "المتحدث العسكري: جيشنا حرر المطار. وغادر السكان المدينة. والمدينة هادئة.",
            "(المتحدث العسكري) [جيشنا حرر المطار] وغادر السكان المدينة والمدينة هادئة",
        ),
    ]);
}

#[test]
fn every_word_of_a_phrase_has_a_number_of_its_own() {
    let words = lemmas::read(include_str!(concat!(env!("OUT_DIR"), "/speech.json"))).unwrap();
    // As many as the bits behind the roles hold.
    assert!(words.n_numbers < 1 << 9, "{} words in phrases", words.n_numbers);
}
