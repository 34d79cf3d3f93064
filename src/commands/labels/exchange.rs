//! `mizan labels --export` and `--import`: a set in the forms of other labelling programs.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::super::exit_code::NOT_SOUND;
use super::super::label::folder::FolderStore;
use super::super::label::{new_set, user_name};
use super::super::outputs::Outputs;
use super::super::source::{Wanted, check_exist, sources};
use super::super::{file, labelled, terminal};
use super::{FormName, LabelsArgs};
use crate::article::quoted::quoted;
use crate::camp::Camps;
use crate::engine::Source;
use crate::engine::data_set::{DataSetFiles, read_files};
use crate::intake::encoding::{UTF_8, decode};
use crate::labelling::assets::CAMPS;
use crate::labelling::exchange::bringing_in::{BroughtIn, bring_in};
use crate::labelling::exchange::content::content;
use crate::labelling::exchange::form::{Form, ReadFile, read_json, read_table};
use crate::labels::LabelAggregation;
use crate::scoring::counted;
use crate::text::listed::listed;

/// Most things that were left out and are told one by one.
const MAX_TOLD: usize = 100;

/// How many changed ids are named.
const MAX_IDS: usize = 5;

/// The form that the name of a file tells.
fn form_of(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" => Some(Form::Csv),
        "xlsx" => Some(Form::Xlsx),
        _ => None,
    }
}

/// Writes the set in another form.
pub fn export(options: &LabelsArgs, path: &Path) -> anyhow::Result<ExitCode> {
    let Some(form) = options.form.map(FormName::form).or_else(|| form_of(path)) else {
        bail!(
            "{}: say for which program: --as doccano, label-studio or prodigy; or name a file that \
             ends with .csv or .xlsx",
            path.display()
        );
    };
    labelled::check_is_set(&options.labeled)?;
    let files = read_files(&labelled::Folder(&options.labeled), LabelAggregation::Majority)?;
    let (camps, articles) = content(&files)
        .with_context(|| format!("{} cannot be exported", options.labeled.display()))?;
    let bytes = form.write(&camps, &articles)?;
    let mut written = vec![(path.to_owned(), bytes, String::new())];
    for (ending, content, what_for) in form.companions(&camps) {
        let path = path.with_extension(ending);
        written.push((path, content.into_bytes(), format!(": {what_for}")));
    }
    // All of them are looked at before one is written.
    for (path, ..) in &written {
        if path.is_file() {
            bail!("{} is there already: remove it, or name another file", path.display());
        }
    }
    for (path, bytes, _) in &written {
        file::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let n_labels: usize = articles.iter().map(|one| one.labels.len()).sum();
    terminal::tell(&format!(
        "{} with {} written for {form} to {}",
        counted(articles.len(), "article"),
        counted(n_labels, "label"),
        path.display()
    ));
    if files.passages.is_some() {
        terminal::tell("passages are not written: other programs show articles");
    }
    for (path, _, what_for) in &written[1..] {
        terminal::tell(&format!("{}{what_for}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Brings files of other programs into the set.
pub fn import(options: &LabelsArgs) -> anyhow::Result<ExitCode> {
    check_exist(&options.import)?;
    let outputs = Outputs::new([]);
    let sources = sources(&options.import, &outputs, Wanted::Articles)?;
    let store = FolderStore::new(&options.labeled);
    let path = options.labeled.join("camps.toml");
    let camps = if path.exists() {
        String::from_utf8(store.read("camps.toml")?)?
    } else {
        CAMPS.to_owned()
    };
    let camps = Camps::from_toml(camps.trim_start_matches('\u{FEFF}'))
        .with_context(|| format!("{} is invalid", path.display()))?;
    let mut read = ReadFile::default();
    for source in &sources {
        let ReadFile { found, remarks } = read_one(source, &camps, options)
            .with_context(|| format!("cannot read {}", source.name()))?;
        let texts = found.iter().map(|one| one.article.text.as_str());
        labelled::check_texts(source.name(), texts, &options.intake.options())?;
        read.found.extend(found);
        read.remarks.extend(remarks);
    }
    // A file that is refused makes no set.
    new_set::make(&options.labeled, true)?;
    let annotator = options.annotator.clone().unwrap_or_else(user_name);
    let n_records = read.found.len();
    let brought = bring_in(&store, read.found, &annotator)
        .with_context(|| format!("{} is left as it was", options.labeled.display()))?;
    read.remarks.extend(brought.remarks.iter().cloned());
    for remark in read.remarks.iter().take(MAX_TOLD) {
        terminal::complain(&remark.place, &remark.message);
    }
    if let Some(more @ 1..) = read.remarks.len().checked_sub(MAX_TOLD) {
        terminal::tell(&format!("… and {more} more"));
    }
    tell_brought(&brought, n_records, &options.labeled);
    let is_whole = read.remarks.is_empty();
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(NOT_SOUND) })
}

/// Reads one file, in the form that it has or that is asked for.
fn read_one(source: &Source, camps: &Camps, options: &LabelsArgs) -> anyhow::Result<ReadFile> {
    let form = options.form.map(FormName::form);
    let is_json = [".json", ".jsonl", ".ndjson"].iter().any(|end| source.name().ends_with(end))
        || form.is_some_and(|form| !matches!(form, Form::Csv | Form::Xlsx));
    if is_json {
        let bytes = file::read_all(source.reader()?, file::MAX_LABELS)?;
        let text = decode(&bytes, UTF_8, true)?.text;
        if let Some(read) = read_json(source.name(), &text, camps, form) {
            return Ok(read);
        }
    }
    Ok(read_table(source, camps, options.intake.options())?)
}

fn tell_brought(brought: &BroughtIn, n_records: usize, set: &Path) {
    let BroughtIn { n_new_articles, n_known_articles, n_labels, n_known_labels, n_marks, .. } =
        brought;
    let of: Vec<String> = n_labels.iter().map(|(name, n)| format!("{n} of {name}")).collect();
    let labels = if of.is_empty() { "no label".to_owned() } else { listed(&of) };
    terminal::tell(&format!(
        "{}: {labels} taken into {}, with {}; {n_known_labels} were there",
        counted(n_records, "record"),
        set.display(),
        counted(*n_marks, "marked sentence"),
    ));
    terminal::tell(&format!(
        "{} taken into pool/; {n_known_articles} were there",
        counted(*n_new_articles, "article")
    ));
    let changed = &brought.other_ids;
    if !changed.is_empty() {
        let named = changed.iter().take(MAX_IDS);
        let named: Vec<String> =
            named.map(|(own, id)| format!("{} is {}", quoted(own), quoted(id))).collect();
        terminal::tell(&format!(
            "{} {} another id in the set, where an id names a file and a text has one: {}{}",
            counted(changed.len(), "article"),
            if changed.len() == 1 { "has" } else { "have" },
            named.join(", "),
            if changed.len() > MAX_IDS { ", …" } else { "" }
        ));
    }
    if n_labels.is_empty() && *n_known_labels == 0 {
        terminal::tell(
            "no labels were found: a table has a column for each camp, called as in camps.toml \
             (lna, gna)",
        );
    }
}
