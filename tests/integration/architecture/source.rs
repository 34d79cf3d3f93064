//! A source file: its paths and names as tokens, without the items that only tests see.
//!
//! syn finds the items that are compiled for tests only. Everything else is read from the tokens,
//! because paths in macro calls and attributes are tokens only.

use proc_macro2::{Delimiter, LineColumn, Spacing, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A path in the code with two segments or more, such as `std::fs::read`.
pub struct CodePath {
    pub line: usize,
    /// For a path into this crate: its segments below the crate's root.
    pub segments: Vec<String>,
    /// Whether it leads into this crate (`crate::`, `super::`, `self::`).
    pub in_crate: bool,
}

/// A parsed file.
pub struct Source {
    /// Below `src`, with slashes.
    pub name: String,
    pub text: String,
    /// Whether the whole file is compiled for tests only.
    pub test_only: bool,
    pub paths: Vec<CodePath>,
    /// Neighbouring identifiers and macro calls: `("fn", "new")`, `("println", "!")`.
    pub pairs: Vec<(usize, String, String)>,
    /// String literals that hold Arabic text, as `(first line, last line)`.
    pub arabic: Vec<(usize, usize)>,
    /// Modules in files of their own that are compiled for tests only.
    test_modules: Vec<String>,
    modules: Vec<String>,
}

impl Source {
    /// Parses a file.
    pub fn new(name: &str, text: String) -> Self {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("src/{name}: {error}"));
        let mut tests = TestItems::default();
        tests.visit_file(&file);
        let modules = file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        });
        let mut source = Self {
            name: name.to_owned(),
            test_only: file.attrs.iter().any(is_test),
            paths: Vec::new(),
            pairs: Vec::new(),
            arabic: Vec::new(),
            test_modules: tests.modules,
            modules: modules.collect(),
            text,
        };
        let tokens: TokenStream = source.text.parse().unwrap();
        let module = source.module();
        Walk { source: &mut source, tests: &tests.ranges }.stream(tokens, &module);
        source
    }

    /// The room that the file belongs to: `lib` and `main` for those two.
    pub fn room(&self) -> &str {
        self.name.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// Paths into this crate.
    pub fn crate_paths(&self) -> impl Iterator<Item = &CodePath> {
        self.paths.iter().filter(|path| path.in_crate)
    }

    /// The modules that the file declares.
    pub fn declared_modules(&self) -> Vec<String> {
        self.modules.iter().filter(|name| !self.test_modules.contains(name)).cloned().collect()
    }

    /// The module path of the file below the crate's root.
    fn module(&self) -> Vec<String> {
        let mut path: Vec<String> =
            self.name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if path.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            path.pop();
        }
        path
    }
}

/// Marks the files of modules that are declared as `#[cfg(test)] mod name;`.
pub fn mark_test_files(sources: &mut [Source]) {
    let test_modules: Vec<String> = sources
        .iter()
        .flat_map(|source| {
            let parent = source.module();
            source.test_modules.iter().map(move |name| {
                parent.iter().chain([name]).map(String::as_str).collect::<Vec<_>>().join("/")
            })
        })
        .collect();
    for source in sources {
        let module = source.module().join("/");
        source.test_only |= test_modules
            .iter()
            .any(|test| module == *test || module.starts_with(&format!("{test}/")));
    }
}

/// Whether an attribute says that its item is compiled for tests only.
fn is_test(attribute: &syn::Attribute) -> bool {
    fn only_tests(meta: &syn::Meta) -> bool {
        match meta {
            syn::Meta::Path(path) => path.is_ident("test"),
            syn::Meta::List(list) if list.path.is_ident("all") => list
                .parse_args_with(
                    syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated,
                )
                .is_ok_and(|all| all.iter().any(only_tests)),
            _ => false,
        }
    }
    match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => {
            list.path.is_ident("cfg")
                && list.parse_args::<syn::Meta>().is_ok_and(|meta| only_tests(&meta))
        }
        syn::Meta::NameValue(_) => false,
    }
}

/// Finds the pieces of code that are compiled for tests only.
#[derive(Default)]
struct TestItems {
    ranges: Vec<(LineColumn, LineColumn)>,
    modules: Vec<String>,
}

impl TestItems {
    /// Whether code with these attributes is for tests only; if so, its range is noted.
    fn note(&mut self, attributes: &[syn::Attribute], code: &impl Spanned) -> bool {
        let test = attributes.iter().any(is_test);
        if test {
            self.ranges.push((code.span().start(), code.span().end()));
        }
        test
    }
}

/// The attributes of one of several kinds of code.
macro_rules! attributes {
    ($code:expr, $kind:ident: $($variant:ident)*) => {
        match $code {
            $(syn::$kind::$variant(code) => &code.attrs[..],)*
            _ => &[],
        }
    };
}

fn of_item(item: &syn::Item) -> &[syn::Attribute] {
    attributes!(item, Item: Const Enum ExternCrate Fn ForeignMod Impl Macro Mod Static Struct Trait
        TraitAlias Type Union Use)
}

/// Visitors that skip code for tests, each with the way to the attributes of its code.
macro_rules! skip_tests {
    ($($visit:ident($code:ident: $type:ident) $attributes:expr;)*) => {
        $(fn $visit(&mut self, $code: &'ast syn::$type) {
            if !self.note($attributes, $code) {
                visit::$visit(self, $code);
            }
        })*
    };
}

impl<'ast> Visit<'ast> for TestItems {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !self.note(of_item(item), item) {
            visit::visit_item(self, item);
        } else if let syn::Item::Mod(syn::ItemMod { ident, content: None, .. }) = item {
            self.modules.push(ident.to_string());
        }
    }

    skip_tests! {
        visit_impl_item(code: ImplItem) attributes!(code, ImplItem: Const Fn Type Macro);
        visit_trait_item(code: TraitItem) attributes!(code, TraitItem: Const Fn Type Macro);
        visit_stmt(code: Stmt) attributes!(code, Stmt: Local Macro);
        visit_expr_block(code: ExprBlock) &code.attrs;
        visit_arm(code: Arm) &code.attrs;
        visit_field(code: Field) &code.attrs;
        visit_field_value(code: FieldValue) &code.attrs;
        visit_variant(code: Variant) &code.attrs;
    }
}

/// Reads the tokens that are not for tests only.
struct Walk<'a> {
    source: &'a mut Source,
    tests: &'a [(LineColumn, LineColumn)],
}

impl Walk<'_> {
    fn in_tests(&self, span: Span) -> bool {
        let at = span.start();
        self.tests.iter().any(|(start, end)| *start <= at && at < *end)
    }

    fn stream(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(_) if !is_method(&tokens, at) => {
                    at = self.path(&tokens, at, module, &[]);
                    continue;
                }
                TokenTree::Group(group) if is_attribute(&tokens, at) => {
                    self.attribute(group.stream(), module);
                }
                TokenTree::Group(group) => match &tokens[..at] {
                    // `mod name { … }`: what is in it is one module deeper.
                    [.., TokenTree::Ident(keyword), TokenTree::Ident(name)]
                        if *keyword == "mod" =>
                    {
                        let inner: Vec<String> =
                            module.iter().cloned().chain([name.to_string()]).collect();
                        self.stream(group.stream(), &inner);
                    }
                    _ => self.stream(group.stream(), module),
                },
                TokenTree::Literal(literal) => self.literal(literal),
                _ => {}
            }
            at += 1;
        }
    }

    /// Attributes name paths in strings, too: `#[serde(with = "crate::date")]`.
    fn attribute(&mut self, tokens: TokenStream, module: &[String]) {
        if tokens.clone().into_iter().next().is_some_and(|first| first.to_string() == "doc") {
            return;
        }
        for token in tokens.clone() {
            let nested = match &token {
                TokenTree::Group(group) => group.stream(),
                other => TokenStream::from(other.clone()),
            };
            for token in nested {
                let TokenTree::Literal(literal) = &token else { continue };
                let text = literal.to_string();
                if let Ok(named) = text.trim_matches('"').parse::<TokenStream>()
                    && text.contains("::")
                    && !self.in_tests(literal.span())
                {
                    let line = literal.span().start().line;
                    let first = self.source.paths.len();
                    // Its tokens are of a text of their own, whose lines begin at 1.
                    Walk { source: self.source, tests: &[] }.stream(named, module);
                    self.source.paths[first..].iter_mut().for_each(|path| path.line = line);
                }
            }
        }
        self.stream(tokens, module);
    }

    fn literal(&mut self, literal: &proc_macro2::Literal) {
        let is_arabic = |c: char| ('\u{600}'..='\u{6FF}').contains(&c);
        if literal.to_string().contains(is_arabic) {
            self.source.arabic.push((literal.span().start().line, literal.span().end().line));
        }
    }

    /// Reads the path that begins at an identifier, below `prefix`, and gives where it ends.
    fn path(
        &mut self,
        tokens: &[TokenTree],
        mut at: usize,
        module: &[String],
        prefix: &[String],
    ) -> usize {
        let TokenTree::Ident(first) = &tokens[at] else { return at + 1 };
        let span = first.span();
        let mut segments = prefix.to_vec();
        segments.push(first.to_string());
        at += 1;
        while let [TokenTree::Punct(one), TokenTree::Punct(two), next, ..] = &tokens[at..] {
            if one.as_char() != ':' || one.spacing() != Spacing::Joint || two.as_char() != ':' {
                break;
            }
            match next {
                TokenTree::Ident(name) => segments.push(name.to_string()),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.group(group.stream(), module, &segments);
                    return at + 3;
                }
                TokenTree::Punct(star) if star.as_char() == '*' => segments.push("*".to_owned()),
                _ => break,
            }
            at += 3;
        }
        if self.in_tests(span) {
            return at;
        }
        if let Some(next) = tokens.get(at) {
            let line = span.start().line;
            let last = segments.last().unwrap().clone();
            if matches!(next, TokenTree::Ident(_) | TokenTree::Punct(_)) {
                self.source.pairs.push((line, last, next.to_string()));
            }
        }
        self.push(span.start().line, segments, module);
        at
    }

    /// The names in the braces of `use path::{…}`.
    fn group(&mut self, tokens: TokenStream, module: &[String], prefix: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(_) => self.path(&tokens, at, module, prefix),
                _ => at + 1,
            };
        }
    }

    /// Keeps a path, with `crate`, `self` and `super` resolved.
    fn push(&mut self, line: usize, segments: Vec<String>, module: &[String]) {
        if segments.len() < 2 {
            return;
        }
        let rest = |from: usize| segments[from..].iter().cloned();
        let (in_crate, segments) = match segments[0].as_str() {
            "crate" => (true, rest(1).collect()),
            "self" => (true, module.iter().cloned().chain(rest(1)).collect()),
            "super" => {
                let up = segments.iter().take_while(|segment| *segment == "super").count();
                let above = &module[..module.len().saturating_sub(up)];
                (true, above.iter().cloned().chain(rest(up)).collect())
            }
            _ => (false, segments),
        };
        self.source.paths.push(CodePath { line, segments, in_crate });
    }
}

/// Whether the identifier there follows a dot: `value.name`.
fn is_method(tokens: &[TokenTree], at: usize) -> bool {
    let dot = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '.');
    match &tokens[..at] {
        [.., before, last] => dot(last) && !dot(before),
        [last] => dot(last),
        [] => false,
    }
}

/// Whether the group there is `[…]` after `#` or `#!`.
fn is_attribute(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| match tokens.get(at.checked_sub(back)?)? {
        TokenTree::Punct(punctuation) => Some(punctuation.as_char()),
        _ => None,
    };
    before(1) == Some('#') || before(1) == Some('!') && before(2) == Some('#')
}
