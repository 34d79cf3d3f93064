//! Families of inputs that grow, all of invented text, and what reads them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use mizan::internals::intake::boilerplate;
use mizan::internals::labelling::words::WordCounter;
use mizan::internals::labels::{duplicates, external};
use mizan::internals::outlets::tally_file;
use mizan::internals::text::TextReader;
use mizan::parts::{LabelAggregation, LabelledFiles, SourceText};
use mizan::{
    Article, ArticleReader, Camps, IntakeOptions, LabelledSet, Model, OutletReport, RecordReader,
    Scorer, Tally,
};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A kind of input: its name, its smallest size, how it is made, and what reads it.
pub struct Family {
    pub name: &'static str,
    pub size: usize,
    pub make: fn(usize) -> Vec<u8>,
    pub read: fn(&[u8]),
}

const fn family(
    name: &'static str,
    size: usize,
    make: fn(usize) -> Vec<u8>,
    read: fn(&[u8]),
) -> Family {
    Family { name, size, make, read }
}

pub const FAMILIES: &[Family] = &[
    family("page of paragraphs", 400, page_of_paragraphs, page),
    family("page of nested elements", 60, page_of_nested, page),
    // The parser opens them all again in each paragraph; the page is refused where it is too much.
    family("page of open formatting", 1_000, page_of_formatting, page),
    family("page of formatting to repeat", 5_000, page_of_formatting_to_repeat, page),
    family("page of short paragraphs", 10_000, |n| html(&"<p>x".repeat(n)), page),
    family("page of deep elements", 1_100, page_of_deep, page),
    family("page of comments", 800, page_of_comments, page),
    family("page of attributes", 100, page_of_attributes, page),
    family("page of table cells", 400, page_of_cells, page),
    family("page of entities", 2_000, page_of_entities, page),
    family("page of quotations", 200, page_of_quotations, page),
    family("page of one long text", 20_000, |n| html(&format!("<p>{}", "«".repeat(n))), page),
    family("page of text in a table", 20_000, |n| html(&format!("<table>{}", "«".repeat(n))), page),
    family("page of ampersands", 20_000, |n| html(&format!("<p>{}", "&".repeat(n))), page),
    family("page of structured data", 200, page_of_structured_data, page),
    family("table of rows", 400, table_of_rows, table),
    family("table of columns", 1_000, table_of_columns, table),
    family("table of columns and rows", 60, table_of_both, table),
    family("table of open quotations", 2_000, table_of_quotations, table),
    family("JSON lines", 400, json_lines, json),
    family("JSON after empty lines", 20_000, json_after_empty_lines, json),
    family("JSON of many fields", 1_000, json_of_fields, json),
    family("JSON of open tags", 10_000, json_of_open_tags, json),
    family("JSON of depth", 1_000, json_of_depth, json),
    family("JSON list", 400, json_list, json),
    family("JSON escapes", 4_000, json_of_escapes, json),
    family("text of one sentence", 200, text_of_one_sentence, scored),
    family("text of sentences", 100, text_of_sentences, scored),
    family("text of quotations", 100, text_of_quotations, scored),
    family("text of pronouns", 100, text_of_pronouns, scored),
    family("text of framing words", 100, text_of_sentences, counted),
    family("text of one word", 20_000, text_of_one_word, scored),
    family("text of marks", 10_000, text_of_marks, scored),
    family("text of verbs of speech", 200, text_of_speech, scored),
    family("boilerplate lines", 200, boilerplate_lines, cleaned),
    family("boilerplate in a line", 200, boilerplate_in_a_line, cleaned),
    family("text of empty lines", 4_000, |n| "\n".repeat(n).into_bytes(), text),
    family("text from PDF", 200, pdf_text, text),
    family("text of press documents", 100, press_documents, text),
    family("near-duplicates", 50, near_duplicates, compared),
    family(
        "equal texts",
        50,
        |n| "نص واحد قصير في خبر من طرابلس\n".repeat(n).into_bytes(),
        compared,
    ),
    family("archive of members", 100, zip_of_members, |bytes| read("a.zip", bytes)),
    family("tar of members", 100, tar_of_members, |bytes| read("a.tar", bytes)),
    family("crawl of cut headers", 2_000, crawl_of_cut_headers, |bytes| read("a.warc", bytes)),
    family("crawl of long lengths", 500, crawl_of_long_lengths, |bytes| read("a.warc", bytes)),
    family("crawl", 100, crawl, |bytes| read("a.warc", bytes)),
    family("mailbox", 100, mailbox, |bytes| read("a.mbox", bytes)),
    family("mail of parts", 100, mail_of_parts, |bytes| read("a.eml", bytes)),
    family("mail of headers", 400, mail_of_headers, |bytes| read("a.eml", bytes)),
    family("feed", 100, feed, |bytes| read("a.rss", bytes)),
    family("document of Word", 400, word, |bytes| read("a.docx", bytes)),
    family("workbook", 1_000, workbook, |bytes| read("a.xlsx", bytes)),
    family("label rows", 200, label_rows, labelled),
    family("labels with mistakes", 200, label_mistakes, labelled),
    family("labels that stand alone", 400, labels_alone, |bytes| {
        let _ = external::read(&String::from_utf8_lossy(bytes), &CAMPS);
    }),
    family("names of camps", 100, names_of_camps, camps),
    family("scored lines", 200, scored_lines, added_up),
    family("scored lines of outlets", 200, scored_lines_of_outlets, added_up),
    family("sums", 50, sums, |bytes| {
        let mut whole = Tally::default();
        for (_, tally) in tally_file::read(bytes).flatten() {
            let _ = whole.merge(tally);
        }
    }),
];

const OWN: &str = "وطهرت القوات المسلحة الباسلة مدينة بنغازي من الإرهابيين.";
const REPORTED: &str = "وقالت حكومة الوفاق الوطني إن ميليشيات حفتر «قصفت العاصمة طرابلس».";

static CAMPS: LazyLock<Camps> = LazyLock::new(|| {
    Camps::from_toml(include_str!("../../labeled/camps.toml")).expect("camps of this project")
});
static SCORER: LazyLock<Scorer> = LazyLock::new(|| {
    let model = Model::embedded().expect("the embedded model");
    Scorer::new(model).expect("a model of stances")
});

/// Reads all articles of a file.
fn read(name: &str, bytes: &[u8]) {
    let options = IntakeOptions::default();
    if let Ok(articles) = ArticleReader::new(name, bytes, &options) {
        articles.for_each(drop);
    }
}

fn page(bytes: &[u8]) {
    read("a.html", bytes);
}

fn table(bytes: &[u8]) {
    read("a.csv", bytes);
}

fn json(bytes: &[u8]) {
    read("a.jsonl", bytes);
}

fn text(bytes: &[u8]) {
    read("a.txt", bytes);
}

/// Scores a text, and each of its sentences.
fn scored(bytes: &[u8]) {
    let article = Article::new("a", String::from_utf8_lossy(bytes));
    let _ = SCORER.score_with_sentences(&article);
}

fn cleaned(bytes: &[u8]) {
    boilerplate::clean(&mut Article::new("a", String::from_utf8_lossy(bytes)));
}

/// Counts the words that may be framing words, as `mizan words` does.
fn counted(bytes: &[u8]) {
    let camps = include_str!("../../labeled/camps.toml");
    let mut counter = WordCounter::new(&Camps::from_toml(camps).expect("camps"), &[], 1);
    counter.add(&[Article::new("a", String::from_utf8_lossy(bytes))]);
    let _ = counter.ranked(50, |_| false);
}

/// Compares the lines with each other.
fn compared(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let texts: Vec<&str> = text.lines().collect();
    duplicates::near_duplicates(&texts, |_, _| true);
}

/// Reads a set in which the same article has many labels.
fn labelled(bytes: &[u8]) {
    let text = "id: e-1\ntitle: خبر\ndate: 2019-04-06\nevent: e\noutlet: o\ngenre: report\n\n";
    let article = SourceText::new("articles/e/e-1.txt", format!("{text}{OWN}"));
    let files = LabelledFiles {
        camps: SourceText::new("camps.toml", include_str!("../../labeled/camps.toml")),
        events: SourceText::new("events.toml", "[e]\ndate = \"2019-04\"\nabout = \"x\"\n"),
        outlets: SourceText::new("outlets.toml", "[o]\nname = \"x\"\nstyle = \"x\"\n"),
        labels: SourceText::new("labels.csv", String::from_utf8_lossy(bytes)),
        rationales: None,
        articles: vec![article],
        pool: Vec::new(),
        families: Vec::new(),
        lexicon: None,
        passages: None,
        aggregation: LabelAggregation::default(),
    };
    match LabelledSet::from_files(&files) {
        Ok(set) => drop(set.disputes()),
        Err(error) => drop(error.to_string()),
    }
}

fn camps(bytes: &[u8]) {
    let camps = Camps::from_toml(&String::from_utf8_lossy(bytes)).expect("camps");
    TextReader::with_camps(&camps).read_text(OWN.to_owned());
}

fn added_up(bytes: &[u8]) {
    let mut tally = Tally::default();
    for record in RecordReader::new("s.jsonl", bytes).expect("records") {
        tally.add(&record.expect("a record")).expect("the same camps");
    }
    OutletReport::from_tally(&tally);
}

/// Lines, or other pieces, numbered.
fn pieces(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect()
}

fn html(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><title>خبر</title><body><article><p>{OWN}</p>{body}</article>").into()
}

fn page_of_paragraphs(n: usize) -> Vec<u8> {
    html(&pieces(n, |number| format!("<p>{number} {OWN}</p>")))
}

fn page_of_nested(n: usize) -> Vec<u8> {
    let block = format!("{}{OWN}{}", "<div>".repeat(20), "</div>".repeat(20));
    html(&block.repeat(n))
}

fn page_of_formatting(n: usize) -> Vec<u8> {
    html(&pieces(n, |number| format!("<p><b a={number}>{OWN}")))
}

fn page_of_formatting_to_repeat(n: usize) -> Vec<u8> {
    html(&format!("{}{}", pieces(900, |number| format!("<b a={number}>")), "<p>x".repeat(n)))
}

fn page_of_deep(n: usize) -> Vec<u8> {
    html(&"<div><!-->".repeat(n))
}

fn page_of_comments(n: usize) -> Vec<u8> {
    html(&pieces(n, |number| format!("<!--{number}-->x<!-->")))
}

fn page_of_attributes(n: usize) -> Vec<u8> {
    html(&format!("<p {}>{OWN}", pieces(n, |number| format!("a{number}=x "))))
}

fn page_of_cells(n: usize) -> Vec<u8> {
    html(&format!("<table>{}</table>", "<tr><td>x<td>y".repeat(n)))
}

fn page_of_entities(n: usize) -> Vec<u8> {
    html(&format!("<p>{}", "&amp;&#x62d;&lt;b&gt;".repeat(n)))
}

fn page_of_quotations(n: usize) -> Vec<u8> {
    html(&format!("<blockquote>{REPORTED}</blockquote><p>{OWN}</p>").repeat(n))
}

fn page_of_structured_data(n: usize) -> Vec<u8> {
    let part =
        pieces(n, |number| format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{number}\"}},"));
    html(&format!("<script type=\"application/ld+json\">[{part}{{}}]</script>"))
}

fn table_of_rows(n: usize) -> Vec<u8> {
    format!("id,text\n{}", pieces(n, |number| format!("{number},\"{OWN}\"\n"))).into()
}

fn table_of_columns(n: usize) -> Vec<u8> {
    let header = pieces(n, |number| format!(",c{number}"));
    format!("text{header}\n{OWN}{}\n", ",x".repeat(n)).into()
}

/// Ten times as many rows as columns would be a square: the columns are as many in all sizes.
fn table_of_both(n: usize) -> Vec<u8> {
    let header = pieces(300, |number| format!(",c{number}"));
    format!("text{header}\n{}", format!("{OWN}{}\n", ",x".repeat(300)).repeat(n)).into()
}

fn table_of_quotations(n: usize) -> Vec<u8> {
    format!("id,text\n{}", "1,\"x\n".repeat(n)).into()
}

fn json_lines(n: usize) -> Vec<u8> {
    pieces(n, |number| format!("{{\"id\": {number}, \"text\": \"{OWN}\"}}\n")).into()
}

fn json_after_empty_lines(n: usize) -> Vec<u8> {
    [&b"\n".repeat(n)[..], &json_lines(1)].concat()
}

fn json_of_fields(n: usize) -> Vec<u8> {
    let fields = pieces(n, |number| format!(", \"f{number}\": {number}"));
    format!("{{\"text\": \"{OWN}\"{fields}}}\n").into()
}

fn json_of_open_tags(n: usize) -> Vec<u8> {
    format!("{{\"text\": \"{OWN} {}\"}}\n", "<p ".repeat(n)).into()
}

fn json_of_depth(n: usize) -> Vec<u8> {
    format!("{{\"text\": \"{OWN}\", \"a\": {}{}}}\n", "[".repeat(n), "]".repeat(n)).into()
}

fn json_list(n: usize) -> Vec<u8> {
    let items = pieces(n, |number| format!("{{\"id\": {number}, \"text\": \"{OWN}\"}},\n"));
    format!("[{items}{{\"id\": \"x\", \"text\": \"{OWN}\"}}]").into()
}

fn json_of_escapes(n: usize) -> Vec<u8> {
    format!("{{\"text\": \"{}\"}}\n", "\\u062d\\n\\\\".repeat(n)).into()
}

fn text_of_one_sentence(n: usize) -> Vec<u8> {
    "قصفت ميليشيات حفتر الإرهابية حكومة الوفاق والجيش الوطني في طرابلس ، ".repeat(n).into()
}

fn text_of_sentences(n: usize) -> Vec<u8> {
    format!("{OWN} {REPORTED}\n\n").repeat(n).into()
}

fn text_of_quotations(n: usize) -> Vec<u8> {
    "وقال حفتر إن «الإرهابيين ".repeat(n).into()
}

fn text_of_pronouns(n: usize) -> Vec<u8> {
    "أعلن حفتر أنه سيحررها وقواته معه وهم يقاتلونهم ".repeat(n).into()
}

fn text_of_one_word(n: usize) -> Vec<u8> {
    "وال".repeat(n).into()
}

fn text_of_marks(n: usize) -> Vec<u8> {
    "حـَُ\u{200f}".repeat(n).into()
}

fn text_of_speech(n: usize) -> Vec<u8> {
    "قال إن ذكر أن أكد أن بحسب ما نقلت عنه ".repeat(n).into()
}

fn boilerplate_lines(n: usize) -> Vec<u8> {
    format!("{OWN}\nاقرأ أيضا\nخبر آخر\nشارك هذا الخبر\nالوسوم: ليبيا\n").repeat(n).into()
}

fn boilerplate_in_a_line(n: usize) -> Vec<u8> {
    format!("{OWN} {}", "قناة ليبيا الأحرار - (رويترز) اقرأ أيضا ".repeat(n)).into()
}

fn pdf_text(n: usize) -> Vec<u8> {
    "ﺔﻴﺒﻴﻠﻟﺍ ﺔﻣﻮﻜﺤﻟﺍ ﺖﻨﻠﻋﺃ ﺲﻠﺑﺍﺮﻃ ﻲﻓ\n".repeat(n).into()
}

fn press_documents(n: usize) -> Vec<u8> {
    pieces(n, |number| format!("Document {} of {n}\n\nخبر\n\n{OWN}\n\n", number + 1)).into()
}

fn near_duplicates(n: usize) -> Vec<u8> {
    pieces(n, |number| format!("{OWN} {REPORTED} {OWN} رقم {number}\n")).into()
}

fn zip_of_members(n: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..n {
        archive.start_file(format!("{number}.txt"), SimpleFileOptions::default()).expect("a name");
        archive.write_all(OWN.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

fn tar_of_members(n: usize) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for number in 0..n {
        let mut header = tar::Header::new_gnu();
        header.set_size(OWN.len() as u64);
        let name = format!("{number}.txt");
        archive.append_data(&mut header, name, OWN.as_bytes()).expect("memory");
    }
    archive.into_inner().expect("memory")
}

fn crawl(n: usize) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{OWN}");
    let record = |number| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/{number}\r\n\
             Content-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    };
    pieces(n, record).into()
}

fn crawl_of_cut_headers(n: usize) -> Vec<u8> {
    b"WARC/1.0\r\nWARC-".repeat(n)
}

/// Each record says that it goes on to the end of the crawl.
fn crawl_of_long_lengths(n: usize) -> Vec<u8> {
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000000\r\n\r\n".repeat(n)
}

fn mailbox(n: usize) -> Vec<u8> {
    format!("From a@b Thu Jan  1 00:00:00 2019\nFrom: a@b\nSubject: x\n\n{OWN}\n\n")
        .repeat(n)
        .into()
}

fn mail_of_parts(n: usize) -> Vec<u8> {
    let part = format!("--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{OWN}\r\n");
    format!(
        "From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}--x--\r\n",
        part.repeat(n)
    )
    .into()
}

fn mail_of_headers(n: usize) -> Vec<u8> {
    let headers = pieces(n, |number| format!("X-{number}: =?utf-8?B?2K7YqNix?=\r\n"));
    format!("From: a@b\r\n{headers}\r\n{OWN}").into()
}

fn feed(n: usize) -> Vec<u8> {
    let item = |number| {
        format!("<item><title>{number}</title><description>&lt;p&gt;{OWN}</description></item>")
    };
    format!("<rss version=\"2.0\"><channel>{}</channel></rss>", pieces(n, item)).into()
}

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a name");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

fn word(n: usize) -> Vec<u8> {
    let paragraph = format!("<w:p><w:r><w:t>{OWN}</w:t></w:r></w:p>").repeat(n);
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{paragraph}</w:body></w:document>");
    zipped(&[("word/document.xml", &xml)])
}

fn workbook(n: usize) -> Vec<u8> {
    let cell = |cell: &str, text: &str| {
        format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let mut rows = format!("<row r=\"1\">{}</row>", cell("A1", "text"));
    for row in 2..n + 2 {
        write!(rows, "<row r=\"{row}\">{}</row>", cell(&format!("A{row}"), OWN)).expect("memory");
    }
    let sheet = "<sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/>";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/\
                 relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
                 Type=\"{office}/worksheet\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{sheet}</sheets></workbook>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

fn label_rows(n: usize) -> Vec<u8> {
    let row = |number| format!("e-1,a{number},favor,against,2026-01-02,x\n");
    format!("article,annotator,lna,gna,date,note\n{}", pieces(n, row)).into()
}

fn label_mistakes(n: usize) -> Vec<u8> {
    let row = |number| format!("x-{number},a,favour,agianst,2026-01-02,x\n");
    format!("article,annotator,lna,gna,date,note\n{}", pieces(n, row)).into()
}

fn labels_alone(n: usize) -> Vec<u8> {
    format!("article,lna,gna\n{}", pieces(n, |number| format!("{number},favor,neutral\n"))).into()
}

fn names_of_camps(n: usize) -> Vec<u8> {
    let letters = |number: usize| {
        let digit =
            |place: u32| ["ب", "ت", "ث", "ج", "د", "ر", "س", "ش"][number >> (3 * place) & 7];
        format!("{}{}{}{}", digit(3), digit(2), digit(1), digit(0))
    };
    let names = pieces(n, |number| format!(", \"قوات {}\"", letters(number)));
    format!(
        "conflict = \"x\"\n[[camp]]\nid = \"a\"\nname_en = \"A\"\nname_ar = \"الجيش العربي\"\n\
         predecessors = []\nsuccessors = []\naliases = [\"جيش العرب\"{names}]\n\
         [[camp]]\nid = \"b\"\nname_en = \"B\"\nname_ar = \"حكومة الوفاق\"\n\
         predecessors = []\nsuccessors = []\naliases = [\"الوفاق\"]\n"
    )
    .into()
}

fn record(number: usize, outlet: usize) -> String {
    let camp = "{\"stance\":\"favor\",\"favor\":0.9,\"neutral\":0.1,\"against\":0.0,\"score\":0.9,\
                \"words\":[{\"word\":\"الباسلة\",\"weight\":1.0}]}";
    format!(
        "{{\"id\":\"{number}\",\"outlet\":\"o{outlet}\",\"date\":\"2019-04-06\",\"lna\":{camp},\
         \"gna\":{camp},\"lean\":0.0,\"unrelated\":0.0}}\n"
    )
}

fn scored_lines(n: usize) -> Vec<u8> {
    // One at least: nothing is no records.
    pieces(n.max(1), |number| record(number, number % 5)).into()
}

fn scored_lines_of_outlets(n: usize) -> Vec<u8> {
    pieces(n.max(1), |number| record(number, number)).into()
}

fn sums(n: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for number in 0..n {
        let line = record(number, number);
        let mut tally = Tally::default();
        for record in RecordReader::new("s.jsonl", line.as_bytes()).expect("records") {
            tally.add(&record.expect("a record")).expect("the same camps");
        }
        tally_file::write(&mut out, &tally).expect("memory");
    }
    out
}
