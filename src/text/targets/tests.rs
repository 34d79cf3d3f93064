use crate::camp::Camps;
use crate::text::TextReader;

/// The targets of all expressions of a text: the word, the referent, the role.
fn targets(text: &str) -> Vec<(String, String, &'static str)> {
    let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
    let read = TextReader::with_camps(&camps).read_text(text.to_owned());
    let mut targets = Vec::new();
    for hit in &read.findings.hits {
        for target in hit.targets.into_iter().flatten() {
            let party = read.findings.mentions[target.mention].party.name(&read.camps);
            targets.push((read.words(&hit.tokens), party, target.role.name()));
        }
    }
    targets
}

/// Those that are about a camp.
fn of_camps(text: &str) -> Vec<(String, String, &'static str)> {
    let mut targets = targets(text);
    targets.retain(|(_, party, _)| ["lna", "gna"].contains(&party.as_str()));
    targets
}

#[track_caller]
fn assert_has(text: &str, word: &str, referent: &str, role: &str) {
    let found = targets(text);
    let is_it = |(words, party, its): &(String, String, &str)| {
        words.contains(word) && party == referent && *its == role
    };
    assert!(found.iter().any(is_it), "{found:?}");
}

#[test]
fn an_epithet_is_of_the_name_behind_or_the_noun_before() {
    assert_has("قصفت ميليشيات السراج المطار", "ميليشيات", "gna", "epithet");
    assert_has("قال خليفة حفتر إن قواتنا الباسلة تقدمت", "الباسلة", "lna", "epithet");
}

#[test]
fn a_noun_of_what_one_does_has_an_agent() {
    assert_has("أشاد الوزير بصمود قوات الوفاق", "بصمود", "gna", "agent");
    assert_has("ندد الوزير بعدوان مليشيات حفتر على طرابلس", "بعدوان", "lna", "agent");
}

#[test]
fn a_noun_of_a_fight_has_its_opponent_behind_it() {
    let text = "أعلنت قوات الوفاق دحر مليشيات حفتر";
    assert_has(text, "دحر", "lna", "opponent");
    assert_has(text, "دحر", "gna", "agent");
    assert_has("تم تطهير المدينة من مليشيات السراج", "تطهير", "gna", "opponent");
}

#[test]
fn a_verb_of_a_fight_has_its_agent_before_or_behind_it() {
    assert_has("طهرت قوات حفتر المدينة من داعش", "طهرت", "lna", "agent");
    assert_has("طهرت قوات حفتر المدينة من داعش", "طهرت", "jihadist", "opponent");
}

#[test]
fn part_of_a_name_is_how_it_is_called() {
    let text = "قالت غرفة عمليات تحرير سرت الجفرة في بيان";
    assert_has(text, "تحرير", "gna", "epithet");
}

#[test]
fn the_name_of_a_street_praises_nobody() {
    assert!(targets("قالت حكومة الوفاق إن شارع الشهداء أغلق").is_empty());
}

#[test]
fn what_is_denied_is_said_of_nobody() {
    for text in [
        "ليس حفتر مجرم حرب",
        "ليست قوات السراج ميليشيات إرهابية كما يقول خصومها",
        "لم يحرر الجيش الوطني المدينة",
        "لن تطهر قوات الوفاق الحي",
    ] {
        assert!(targets(text).is_empty(), "{text}: {:?}", targets(text));
    }
    for (text, word) in [
        ("ليس حفتر إلا مجرم حرب", "مجرم"),
        ("ليس حفتر مجرم حرب فحسب", "مجرم"),
        ("حفتر مجرم حرب وليس رجل دولة", "مجرم"),
    ] {
        assert_has(text, word, "lna", "epithet");
    }
}

#[test]
fn a_slogan_against_something_denies_nothing() {
    let hits = |text: &str| targets(text).len();
    assert_eq!(hits("لا لميليشيات السراج"), hits("ميليشيات السراج"));
}

#[test]
fn a_word_that_is_taken_up_from_a_report_is_not_the_newsrooms() {
    let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
    let own = |text: &str| {
        let read = TextReader::with_camps(&camps).read_text(text.to_owned());
        let hits = read.findings.hits.iter();
        hits.map(|hit| read.findings.voices.own[hit.tokens.start]).collect::<Vec<_>>()
    };
    let reported = "قال المتحدث إن المرتزقة وصلوا إلى طرابلس. ";
    let taken_up = "وسيحرس هؤلاء المرتزقة الميناء.";
    assert_eq!(own(&format!("{reported}{taken_up} وغادر هؤلاء المرتزقة.")), [false; 3]);
    // Without the demonstrative it is a word of the newsroom's own choice.
    assert_eq!(own(&format!("{reported}وسيحرس المرتزقة الميناء. {taken_up}")), [false, true, true]);
    assert_eq!(own(&format!("وصل المرتزقة إلى طرابلس. {taken_up}")), [true, true]);
}

#[test]
fn who_gives_no_confidence_is_not_whom_it_is_denied() {
    let of = |text: &str| {
        let found = targets(text).into_iter().filter(|(words, ..)| words.contains("ثقة"));
        found.map(|(_, party, _)| party).collect::<Vec<_>>()
    };
    assert_eq!(of("حكومة الوفاق التي لم تنل ثقة مجلس النواب تواصل عملها"), ["gna"]);
    assert_eq!(of("تحتمي العصابات بحكومة لم تحظ بثقة البرلمان في طبرق"), ["gna"]);
    // Nobody is named but who gives it.
    assert_eq!(of("لم تحصل على ثقة مجلس النواب"), [""; 0]);
}

#[test]
fn what_is_done_to_civilians_is_of_who_does_it() {
    let text = "قوات حكومة الوفاق تقصف المدنيين في طرابلس";
    assert_has(text, "تقصف المدنيين", "gna", "agent");
}

#[test]
fn the_armed_forces_are_not_called_armed_men() {
    let found = targets("تقدمت القوات المسلحة العربية الليبية نحو المدينة");
    assert!(found.iter().all(|(words, ..)| words != "المسلحة"), "{found:?}");
}

#[test]
fn praise_in_the_name_that_the_writer_gives_a_camp_is_praise() {
    assert_has("أبطال الجيش الوطني الليبي ينتصرون", "أبطال", "lna", "epithet");
    assert_has("تقدم أبطال بركان الغضب في المحور", "أبطال", "gna", "epithet");
    let text = "شهداء الواجب من أبناء القوات المسلحة العربية الليبية يوارون الثرى";
    assert_has(text, "شهداء الواجب", "lna", "epithet");
}

#[test]
fn whom_a_camp_arrests_is_not_the_camp() {
    for text in [
        "ضبطت قوات الردع التابعة لحكومة الوفاق عصابة تهرب المهاجرين",
        "فككت أجهزة الأمن التابعة للقيادة العامة عصابة لتزوير العملة",
        "ضبطت مديرية أمن طبرق، التابعة لوزارة الداخلية في الحكومة المؤقتة، عصابة من أربعة أشخاص",
        "أسرت قوات الوفاق مرتزقة من جنسيات مختلفة",
    ] {
        assert_eq!(of_camps(text), [], "{text}");
    }
    assert_has("قوات السراج عصابة من المجرمين", "عصابة", "gna", "epithet");
}

#[test]
fn usual_misspellings_of_militias_are_militias() {
    for word in ["ميليشات", "مليشات", "ملشيات", "ميليشا"] {
        assert_has(&format!("قصفت {word} حفتر المطار"), word, "lna", "epithet");
    }
}

#[test]
fn who_stands_behind_a_preposition_has_not_failed() {
    for text in [
        "فشلت محادثات جنيف بين وفدي حفتر والسراج في التوصل إلى اتفاق",
        "فشل المنتخب في التأهل وأعرب وزير الرياضة بحكومة الوفاق عن أسفه",
    ] {
        assert_eq!(targets(text), [], "{text}");
    }
    assert_has("فشلت محاولات قوات حفتر للتقدم", "فشلت", "lna", "agent");
    assert_has("فشلت الحملة التي شنها حفتر", "فشلت", "lna", "agent");
}

#[test]
fn praise_in_the_name_of_a_place_is_nobodys() {
    for text in [
        "سقطت قذيفة في حي الانتصار قرب مقر لحكومة الوفاق",
        "وصل وفد القيادة العامة إلى حي الأبطال",
        "ولا حول ولا قوة إلا بالله في ضحايا قوات الوفاق وقوات حفتر",
        "تحدث السراج باسم الشرعية",
    ] {
        assert_eq!(of_camps(text), [], "{text}");
    }
}
