//! Labels of any kind.

use crate::evaluation::Figure;
use crate::model::{Model, Question};
use anyhow::bail;

use super::EvaluateArgs;
use crate::commands::labelled;

/// What a model says of texts with labels of any kind, all together, then target by target; and the
/// names of the classes.
pub fn figures(
    model: &Model,
    options: &EvaluateArgs,
) -> anyhow::Result<(Vec<Figure>, Vec<String>)> {
    let table = labelled::read_table(&options.any, options.intake.options())?;
    let outputs = model.task().outputs();
    let reader = model.reader();
    let mut pairs: Vec<Vec<Vec<(usize, usize)>>> = vec![Vec::new(); outputs.len()];
    for row in &table.rows {
        let Question { name, classes } = &table.questions[row.question];
        let output = outputs
            .iter()
            .position(|output| output.name == *name)
            .or((outputs.len() == 1).then_some(0));
        let Some(output) = output else {
            bail!(
                "{}: the model knows nothing of the target {name:?}: it was trained on {}",
                row.id,
                names(&outputs)
            );
        };
        let label = &classes[row.class];
        let known = &outputs[output].classes;
        let Some(label) = known.iter().position(|class| class == label) else {
            bail!(
                "{}: the model knows no label {label:?}: it was trained on {}",
                row.id,
                known.join(", ")
            );
        };
        let probabilities = model.probabilities(&reader.read_text(row.text.clone()));
        let given = model.task().decide(model.decisions(), &probabilities)[output];
        pairs[output].push(vec![(label, given)]);
    }
    let classes = outputs[0].classes.clone();
    let figure = |name: &str, pairs: &[Vec<(usize, usize)>]| {
        Figure::of(name.to_owned(), classes.len(), 0..classes.len(), pairs)
    };
    let mut figures = vec![figure("all", &pairs.concat())];
    if outputs.len() > 1 {
        figures
            .extend(outputs.iter().zip(&pairs).map(|(output, pairs)| figure(&output.name, pairs)));
    }
    Ok((figures, classes))
}

fn names(outputs: &[Question]) -> String {
    outputs.iter().map(|output| output.name.as_str()).collect::<Vec<_>>().join(", ")
}
