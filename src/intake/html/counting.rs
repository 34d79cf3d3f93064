//! The tree of a page that counts what is built in it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use dom_query::{Document, NodeData, NodeId, NodeRef, TreeNode};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};

use super::PageLimit;
use super::limits::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT, MAX_WORK};

/// Elements whose content is text, up to their end tags.
const RAW: [&str; 7] = ["style", "script", "textarea", "title", "xmp", "iframe", "noembed"];

/// Whether a node is a text that takes no more.
fn is_long_text(node: &NodeRef) -> bool {
    let is_long = |node: &TreeNode| match &node.data {
        NodeData::Text { contents } => contents.len() >= MAX_TEXT,
        _ => false,
    };
    node.query_or(false, is_long)
}

/// A document that counts what is built in it.
pub(super) struct Counting {
    document: Document,
    n_elements: Cell<usize>,
    /// The most attributes of an element.
    n_attributes: Cell<usize>,
    /// Calls that build something: elements, text, comments.
    pub(super) n_built: Cell<usize>,
    /// What something was built in last.
    last_parent: Cell<Option<NodeId>>,
    /// Depth of the last node, and of the deepest one since [`Self::begin`].
    depth: Cell<usize>,
    pub(super) deepest: Cell<usize>,
    /// The depths of all nodes, added up: the parser looks through what is open for each.
    work: Cell<usize>,
    /// Whether the page ends in a tag or comment.
    pub(super) is_in_tag: Rc<Cell<bool>>,
    /// The templates, by their contents, which have no parent in the tree.
    templates: RefCell<HashMap<NodeId, NodeId>>,
}

impl Counting {
    pub(super) fn new(document: Document) -> Self {
        let zero = || Cell::new(0);
        let [n_elements, n_attributes, n_built] = [zero(), zero(), zero()];
        let [depth, deepest, work] = [zero(), zero(), zero()];
        let (is_in_tag, templates) = (Rc::default(), RefCell::default());
        let last_parent = Cell::new(None);
        Self {
            document,
            n_elements,
            n_attributes,
            n_built,
            last_parent,
            depth,
            deepest,
            work,
            is_in_tag,
            templates,
        }
    }

    /// Begins a piece; gives the depth so far.
    pub(super) fn begin(&self) -> usize {
        self.deepest.set(0);
        self.depth.get()
    }

    pub(super) fn work(&self, more: usize) {
        self.work.set(self.work.get().saturating_add(more));
    }

    pub(super) fn check(&self, max_nodes: usize) -> Result<(), PageLimit> {
        if self.depth.get().max(self.deepest.get()) > MAX_DEPTH {
            Err(PageLimit::Depth)
        } else if self.n_attributes.get() > MAX_ATTRIBUTES {
            Err(PageLimit::Attributes)
        } else if self.n_elements.get() > MAX_ELEMENTS {
            Err(PageLimit::Elements)
        } else if self.work.get() > MAX_WORK {
            Err(PageLimit::Work)
        } else if self.document.tree.len() > max_nodes {
            Err(PageLimit::Nodes { limit: max_nodes })
        } else {
            Ok(())
        }
    }

    /// The name of the element in which the last text stands, if it holds no tags but its own end.
    pub(super) fn raw_element(&self) -> Option<String> {
        let node = self.document.tree.get(&self.last_parent.get()?)?;
        let name = node.node_name()?.to_string();
        RAW.contains(&name.as_str()).then_some(name)
    }

    /// A text as a node of its own where the one before it, to which it would be added, is long.
    fn apart(&self, before: Option<NodeRef>, child: NodeOrText<NodeId>) -> NodeOrText<NodeId> {
        match child {
            NodeOrText::AppendText(text) if before.is_some_and(|before| is_long_text(&before)) => {
                NodeOrText::AppendNode(self.document.tree.new_text(text).id)
            }
            child => child,
        }
    }

    /// Notes that something is built in `parent`.
    fn built(&self, parent: NodeId) {
        let (mut depth, mut at) = (1, parent);
        loop {
            let ids = self.document.tree.ancestor_ids_of_it(&at, None);
            let mut root = at;
            for id in ids {
                depth += 1;
                root = id;
            }
            match self.templates.borrow().get(&root) {
                Some(template) => at = *template,
                None => break,
            }
        }
        self.n_built.set(self.n_built.get() + 1);
        self.last_parent.set(Some(parent));
        self.depth.set(depth);
        self.deepest.set(self.deepest.get().max(depth));
        self.work(depth);
    }
}

impl TreeSink for Counting {
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;
    type Output = Document;
    type Handle = NodeId;

    fn finish(self) -> Document {
        self.document
    }

    // A hostile page has millions of them; all but one are of no interest.
    fn parse_error(&self, message: Cow<'static, str>) {
        if message.starts_with("Saw EOF") {
            self.is_in_tag.set(true);
        }
    }

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.document.get_template_contents(target);
        self.templates.borrow_mut().insert(contents, *target);
        contents
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        self.document.same_node(x, y)
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.n_elements.set(self.n_elements.get() + 1);
        self.n_attributes.set(self.n_attributes.get().max(attributes.len()));
        self.work(attributes.len());
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.n_built.set(self.n_built.get() + 1);
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.built(*parent);
        let child = self.apart(self.document.tree.last_child_of(parent), child);
        self.document.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.built(*sibling);
        let child = self.apart(self.document.tree.prev_sibling_of(sibling), child);
        self.document.append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        if self.document.tree.parent_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(target)
    }
}
