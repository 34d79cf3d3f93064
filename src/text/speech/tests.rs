//! Tests of the voice engine, pattern by pattern.

mod homographs;
mod news;

use super::lemmas;
use super::{ReportedSpeechTagger, SpeechWord, Voices, Zone};
use crate::text::cut::{Cut, Cuts};
use crate::text::phrase_words::one_spelling;

/// The voices of a text.
fn voices(text: &str) -> Voices {
    let (mut tagger, mut voices, mut end) = (ReportedSpeechTagger::default(), Voices::default(), 0);
    for Cut { span, kind, .. } in Cuts::new(text) {
        let word = SpeechWord::for_word(&one_spelling(&text[span.clone()]));
        tagger.push(&text[end..span.start], kind, word);
        end = span.end;
    }
    tagger.finish(&text[end..], &mut voices);
    voices
}

#[test]
fn the_numbers_of_words_in_phrases_fit_into_their_bits() {
    assert!(lemmas::WORDS.n_numbers <= super::words::MAX_NUMBER, "{}", lemmas::WORDS.n_numbers);
}

/// The words of a text with their zones: `own (frame) [reported] <aim>`.
pub(super) fn zones(text: &str) -> String {
    let voices = voices(text);
    let words: Vec<&str> = Cuts::new(text).map(|cut| &text[cut.span]).collect();
    assert_eq!(voices.zones.len(), words.len());
    let sentences: usize = voices.sentences.iter().map(ExactSizeIterator::len).sum();
    assert_eq!(sentences, words.len());
    let mut out: Vec<String> = Vec::new();
    for group in voices.zones.chunk_by(|a, b| a == b) {
        let first: usize = out.iter().map(|part| part.split(' ').count()).sum();
        let part = words[first..first + group.len()].join(" ");
        out.push(match group[0] {
            Zone::Own => part,
            Zone::Frame => format!("({part})"),
            Zone::Reported => format!("[{part}]"),
            Zone::Aim => format!("<{part}>"),
        });
    }
    out.join(" ")
}

#[test]
fn the_file_reads() {
    lemmas::read(include_str!(concat!(env!("OUT_DIR"), "/speech.json"))).unwrap();
}

#[test]
fn a_verb_and_its_particle_in_any_person() {
    for (text, read) in [
        ("وقال المتحدث إن المدينة هادئة", "(وقال المتحدث إن) [المدينة هادئة]"),
        ("وأكدت الوزارة أنها سيطرت على الحقل", "(وأكدت الوزارة أنها) [سيطرت على الحقل]"),
        ("يقولون إنهم وصلوا", "(يقولون إنهم) [وصلوا]"),
        ("وأفاد مصدر بأن القوات انسحبت", "(وأفاد مصدر بأن) [القوات انسحبت]"),
        ("سألها الصحفي لماذا غادرت", "(سألها الصحفي) [لماذا غادرت]"),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn a_verb_and_its_preposition_or_object() {
    for (text, read) in [
        ("شدد الوزير على ضرورة وقف القتال", "(شدد الوزير على) [ضرورة وقف القتال]"),
        ("وتعهد القائد بملاحقة الفلول", "(وتعهد القائد) [بملاحقة الفلول]"),
        ("اتهمت الوزارة خصومها بقصف الحي", "(اتهمت الوزارة خصومها) [بقصف الحي]"),
        ("أكد المجلس الرئاسي أهمية الحوار", "(أكد المجلس الرئاسي) [أهمية الحوار]"),
        ("أدانت الحكومة القصف العشوائي", "(أدانت الحكومة) [القصف العشوائي]"),
        ("عبر المجلس عن رفضه للعودة", "(عبر المجلس عن) [رفضه للعودة]"),
        ("مجلس النواب يدين اقتحام المقر", "(مجلس النواب يدين) [اقتحام المقر]"),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn participles_and_nouns_of_saying() {
    for (text, read) in [
        ("زار الوزير الميناء، مؤكدا أهمية الأمن", "(زار الوزير الميناء مؤكدا) [أهمية الأمن]"),
        ("غادر القاعة، لافتا إلى أن الوضع صعب", "غادر القاعة (لافتا إلى أن) [الوضع صعب]"),
        ("تتزايد المخاوف من أن تعود الحرب", "تتزايد (المخاوف من أن) [تعود الحرب]"),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn a_source_behind_its_clause_reaches_back() {
    assert_eq!(
        zones("انسحبت الميليشيات من المدينة، بحسب مصادر محلية"),
        "[انسحبت الميليشيات من المدينة] (بحسب مصادر محلية)"
    );
    assert_eq!(
        zones("وبحسب مصادر محلية، انسحبت الميليشيات"),
        "(وبحسب مصادر محلية) [انسحبت الميليشيات]"
    );
    assert_eq!(zones("وزعت المقاعد وفق القانون"), "وزعت المقاعد وفق القانون");
}

#[test]
fn a_complement_ends_where_the_newsroom_speaks_again() {
    for (text, read) in [
        (
            "قال الوزير إن الميناء مفتوح، فيما دخلت القوات المدينة",
            "(قال الوزير إن) [الميناء مفتوح] فيما دخلت القوات المدينة",
        ),
        ("أشاد القائد بجنوده، وقرر صرف مكافأة لهم", "(أشاد القائد) [بجنوده] وقرر صرف مكافأة لهم"),
        (
            "قال الشيخ إن الصلح قريب، وأكد أن الطريق مفتوح",
            "(قال الشيخ إن) [الصلح قريب] (وأكد أن) [الطريق مفتوح]",
        ),
        (
            "قال الوزير إن الحكومة باقية وإن الجيش معها",
            "(قال الوزير إن) [الحكومة باقية وإن الجيش معها]",
        ),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn quotations_are_pairs_whichever_way_their_marks_face() {
    let said = "قال القائد: “لن نترك هذه الأرض لهم”، وغادر القاعة";
    let read = "(قال القائد) [لن نترك هذه الأرض لهم] وغادر القاعة";
    for (open, close) in
        [("“", "”"), ("”", "“"), ("«", "»"), ("»", "«"), ("((", "))"), ("\"", "\""), ("<<", ">>")]
    {
        let text = said.replace('“', "\u{1}").replace('”', close).replace('\u{1}', open);
        assert_eq!(zones(&text), read, "{text}");
    }
}

#[test]
fn an_open_quotation_ends_with_its_sentence() {
    assert_eq!(
        zones("قال: \"لا نريد الحرب في مدينتنا. ودخلت القوات المدينة"),
        "(قال) [لا نريد الحرب في مدينتنا] ودخلت القوات المدينة"
    );
    assert_eq!(
        zones("قال: \"لا نريد الحرب في مدينتنا.\"\nودخلت القوات المدينة"),
        "(قال) [لا نريد الحرب في مدينتنا] ودخلت القوات المدينة"
    );
}

#[test]
fn marks_around_a_word_or_a_whole_post_quote_nobody() {
    assert_eq!(
        zones("عقد «المجلس» جلسة في المدينة"),
        "عقد «المجلس» جلسة في المدينة".replace(['«', '»'], "")
    );
    assert_eq!(zones("«دخلت القوات المدينة فجر اليوم»"), "دخلت القوات المدينة فجر اليوم");
}

#[test]
fn somebody_before_a_colon_speaks() {
    assert_eq!(
        zones("عاجل: دخلت القوات المدينة\n\nنص الخبر هنا"),
        "عاجل دخلت القوات المدينة نص الخبر هنا"
    );
    assert_eq!(
        zones("المسماري: الميليشيات تنهار\nدخلت القوات المدينة"),
        "(المسماري) [الميليشيات تنهار] دخلت القوات المدينة"
    );
    for (text, read) in [
        (
            "RT @name: عاجل | الوزير للقناة: الطريق مفتوح",
            "(RT name عاجل الوزير للقناة) [الطريق مفتوح]",
        ),
        ("RT @name: عاجل | المسماري: العدو ينهار", "(RT name عاجل المسماري) [العدو ينهار]"),
        ("RT @name: العدو ينهار", "RT name العدو ينهار"),
    ] {
        assert_eq!(zones(text), read);
    }
    assert_eq!(
        zones("ومضى النهار.\nالناطق باسم غرفة العمليات: الطريق مفتوح"),
        "ومضى النهار (الناطق باسم غرفة العمليات) [الطريق مفتوح]"
    );
}

#[test]
fn what_somebody_is_called_is_his_and_what_is_so_called_is_scorn() {
    assert_eq!(zones("هاجموا من سماهم الخوارج"), "هاجموا من (سماهم) [الخوارج]");
    assert_eq!(zones("حكومة ما يسمى بالوفاق"), "حكومة ما يسمى بالوفاق");
}

#[test]
fn what_is_not_said_is_nobodys_speech() {
    for text in [
        "لم يقل الوزير إن الحرب انتهت",
        "رأيت الناس وأعرف أن الحرب قريبة",
        "يذكر أن المدينة محاصرة",
    ] {
        assert_eq!(zones(text), text);
    }
}

#[test]
fn an_aim_is_the_actors() {
    assert_eq!(
        zones("بدأت القوات عملية لتطهير المدينة من الإرهاب، ودخلت الحي"),
        "بدأت القوات عملية <لتطهير المدينة من الإرهاب> ودخلت الحي"
    );
}

#[test]
fn a_missing_space_ends_a_sentence_and_a_decimal_point_does_not() {
    assert_eq!(zones("قال إن المدينة هادئة.ودخلت القوات"), "(قال إن) [المدينة هادئة] ودخلت القوات");
    assert_eq!(zones("قال إن النسبة 3.5 بالمئة"), "(قال إن) [النسبة 3 5 بالمئة]");
}

#[test]
fn long_texts_of_any_words_are_read_in_time_that_grows_with_their_length() {
    // Each would take minutes if a word cost a look at all words before it.
    for word in ["عن اعتزازه ", "وقال ", "بحسب ", "ودخلت ", "«قال ", "وأن ", "، وقال إن ", "(( \" "]
    {
        let text = word.repeat(40_000);
        assert_eq!(voices(&text).zones.len(), Cuts::new(&text).count());
    }
}

#[test]
fn a_comma_stands_for_that_after_a_verb_of_saying() {
    for (text, read) in [
        ("وأضاف، الحرب لن تقف عند المدينة", "(وأضاف) [الحرب لن تقف عند المدينة]"),
        ("وقال، في بيان، إن المعركة انتهت", "(وقال في بيان إن) [المعركة انتهت]"),
        ("وأضاف، في مؤتمر صحفي", "وأضاف في مؤتمر صحفي"),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn a_quoted_name_in_a_frame_is_no_speech() {
    for (text, read) in [
        (
            "وقال الوزير لقناة «نور الشرق الأولى» أمس إن الهدنة انهارت",
            "(وقال الوزير لقناة نور الشرق الأولى أمس إن) [الهدنة انهارت]",
        ),
        ("نائب لـ«نقد ومداد»: لن نعترف بهم", "(نائب لـ نقد ومداد) [لن نعترف بهم]"),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn a_source_between_commas_stands_within_what_is_said() {
    for (text, read) in [
        (
            "تشمل المبادئ، بحسب البيان، الحفاظ على وحدة البلاد",
            "[تشمل المبادئ] (بحسب البيان) [الحفاظ على وحدة البلاد]",
        ),
        (
            "قتل خمسة، بحسب مصادر طبية، وتواصلت المعارك",
            "[قتل خمسة] (بحسب مصادر طبية) وتواصلت المعارك",
        ),
    ] {
        assert_eq!(zones(text), read);
    }
}

#[test]
fn whom_a_speaker_describes_or_accuses_is_named_in_his_words() {
    for (text, read) in [
        (
            "وتحدث النائب، واصفا حكومة الوفاق بحكومة العار",
            "(وتحدث النائب واصفا) [حكومة الوفاق بحكومة العار]",
        ),
        ("وغادر الوفد متهما فلول النظام بالغدر", "(وغادر الوفد متهما) [فلول النظام بالغدر]"),
        ("وغادر الوفد منوها بصبر الأهالي", "(وغادر الوفد منوها) [بصبر الأهالي]"),
    ] {
        assert_eq!(zones(text), read);
    }
}
