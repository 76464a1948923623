//! The comments part of a sheet: ours out, ours in; what others wrote stays. Knows no drawing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::MarkError;
use super::list::word;
use super::xml::{Edits, MarkupKind, Node, Tags, attribute, escaped, opened, unescaped};
use crate::diagnostic::Severity;
use crate::domain::records::CellRef;

/// Who signs our comments, and what begins our part of another's.
pub(super) const AUTHOR: &str = "Simpul";
pub(super) const SEPARATOR: &str = "──── Simpul ────\n";
/// Line ends that programs write before [`SEPARATOR`].
const LINE_ENDS: [&str; 5] = ["\n", "\r", "&#10;", "&#13;", "&#xA;"];
/// A comment that stands for a conversation; Excel shows the conversation and writes this one itself.
const CONVERSATION: &str = "tc=";

/// A part with no comment in it.
pub(super) fn empty(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

/// Edits to a part of comments, with the cells that they concern.
#[derive(Debug, Default)]
pub(super) struct CommentsOutcome {
    pub(super) edits: Edits,
    /// Cells whose comment was ours and is gone.
    pub(super) removed: BTreeSet<CellRef>,
    /// Cells that have our comment now, alone or below another's.
    pub(super) placed: BTreeSet<CellRef>,
}

/// Reports whether a part is worth looking into for comments of ours.
pub(super) fn may_hold_ours(text: &str) -> bool {
    text.contains(AUTHOR) || WORDS.iter().any(|severity| text.contains(word(*severity)))
}

/// Reports whether a comment's text begins with a word of ours: LibreOffice drops the names of authors in xlsx.
pub(super) fn begins_as_ours(text: &str) -> bool {
    WORDS.iter().any(|severity| text.strip_prefix(word(*severity)).is_some_and(|rest| rest.starts_with(':')))
}

const WORDS: [Severity; 2] = [Severity::Error, Severity::Warning];

/// One author as written.
#[derive(Debug)]
struct CommentAuthor {
    range: Range<usize>,
    name: String,
}

/// One comment as written.
#[derive(Debug, Default)]
struct Comment {
    range: Range<usize>,
    cell: Option<CellRef>,
    author: usize,
    /// Bytes of every `t` with its tags: outer, inner.
    texts: Vec<(Range<usize>, Range<usize>)>,
    /// Bytes of every run.
    runs: Vec<Range<usize>>,
    /// After the last run or plain text.
    text_end: Option<usize>,
    /// A text without a run.
    plain: Option<Range<usize>>,
}

/// Where things stand in a comments part.
#[derive(Debug, Default)]
struct CommentsLayout {
    prefix: String,
    authors: Vec<CommentAuthor>,
    comments: Vec<Comment>,
    /// Tag of each list, and whether it is an empty one; before its closing tag.
    authors_at: Option<(Range<usize>, bool)>,
    list_at: Option<(Range<usize>, bool)>,
}

/// Takes our comments out of a part and puts these in.
pub(super) fn rewrite(text: &str, wanted: &BTreeMap<CellRef, String>) -> Result<CommentsOutcome, MarkError> {
    let layout = CommentsLayout::from_text(text)?;
    let mut outcome = CommentsOutcome::default();
    let mut taken = BTreeSet::new();
    for comment in &layout.comments {
        let author = layout.authors.get(comment.author).map_or("", |author| author.name.as_str());
        let Some(cell) = comment.cell else { continue };
        if author == AUTHOR || (author.is_empty() && comment.begins_as_ours(text)) {
            outcome.edits.replace(comment.range.clone(), "");
            outcome.removed.insert(cell);
        } else if taken.insert(cell) {
            let addition = wanted.get(&cell).filter(|_| !author.starts_with(CONVERSATION));
            comment.reword(text, &layout.prefix, addition, &mut outcome.edits);
            outcome.placed.extend(addition.map(|_| cell));
        }
    }
    let fresh: Vec<(&CellRef, &String)> = wanted.iter().filter(|(cell, _)| !taken.contains(cell)).collect();
    let author = layout.settle_author(!fresh.is_empty(), &mut outcome.edits)?;
    let p = &layout.prefix;
    let added: Vec<String> = fresh
        .iter()
        .map(|(cell, text)| {
            let run = run(p, text);
            format!("<{p}comment ref=\"{cell}\" authorId=\"{author}\"><{p}text>{run}</{p}text></{p}comment>")
        })
        .collect();
    append(text, layout.list_at.as_ref(), p, &added.concat(), &mut outcome.edits)?;
    outcome.placed.extend(fresh.into_iter().map(|(cell, _)| *cell));
    Ok(outcome)
}

/// One run, its first word heavy.
fn run(p: &str, text: &str) -> String {
    let (word, rest) = text.split_once(':').map_or((text, ""), |(word, rest)| (word, rest));
    let word = escaped(word);
    let rest = escaped(rest);
    let look = |weight: &str| {
        format!(
            "<{p}rPr>{weight}<{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"Tahoma\"/><{p}family val=\"2\"/></{p}rPr>"
        )
    };
    let heavy = look(&format!("<{p}b/>"));
    let plain = look("");
    format!(
        "<{p}r>{heavy}<{p}t xml:space=\"preserve\">{word}</{p}t></{p}r><{p}r>{plain}<{p}t xml:space=\"preserve\">:{rest}</{p}t></{p}r>"
    )
}

fn append(
    text: &str,
    list: Option<&(Range<usize>, bool)>,
    p: &str,
    added: &str,
    edits: &mut Edits,
) -> Result<(), MarkError> {
    let Some((range, is_empty)) = list else { return Err(MarkError::damaged("bagian catatan sel tidak utuh")) };
    if added.is_empty() {
        return Ok(());
    }
    if *is_empty {
        let tag = &text[range.clone()];
        let name = tag.trim_start_matches('<').trim_end_matches("/>").split_ascii_whitespace().next().unwrap_or("");
        debug_assert!(name.starts_with(p));
        edits.replace(range.clone(), format!("{}{added}</{name}>", opened(tag)));
    } else {
        edits.insert(range.end, added);
    }
    Ok(())
}

impl CommentsLayout {
    fn from_text(text: &str) -> Result<Self, MarkError> {
        let mut layout = Self::default();
        let mut tags = Tags::new(text);
        let mut author_start = 0;
        while let Some(node) = tags.next_tag()? {
            match (node.depth, node.local()) {
                (0, _) => node.prefix().clone_into(&mut layout.prefix),
                (1, "authors") => layout.authors_at = list_at(layout.authors_at.take(), &node),
                (1, "commentList") => layout.list_at = list_at(layout.list_at.take(), &node),
                (2, "author") => match node.sort {
                    MarkupKind::Start => author_start = node.range.start,
                    MarkupKind::End => layout.push_author(text, author_start..node.range.end, node.range.start),
                    MarkupKind::Empty => {
                        layout.authors.push(CommentAuthor { range: node.range.clone(), name: String::new() });
                    }
                },
                (2, "comment") => layout.comment(&node),
                (3.., _) => {
                    if let Some(comment) = layout.comments.last_mut() {
                        comment.inner(&node);
                    }
                }
                _ => {}
            }
        }
        Ok(layout)
    }

    fn push_author(&mut self, text: &str, range: Range<usize>, inner_end: usize) {
        let inner_start = text[range.clone()].find('>').map_or(inner_end, |end| range.start + end + 1);
        let name = unescaped(text.get(inner_start..inner_end).unwrap_or("")).trim().to_owned();
        self.authors.push(CommentAuthor { range, name });
    }

    fn comment(&mut self, node: &Node<'_>) {
        if node.sort != MarkupKind::End {
            let cell = attribute(node.tag, "ref").and_then(CellRef::parse);
            let author = attribute(node.tag, "authorId").and_then(|id| id.parse().ok()).unwrap_or(usize::MAX);
            self.comments.push(Comment { range: node.range.clone(), cell, author, ..Comment::default() });
        }
        if let Some(comment) = self.comments.last_mut() {
            comment.range.end = node.range.end;
        }
    }

    /// Leaves our author in or takes it out, and gives its place in the list. It is taken out only from the
    /// end: the others are known by their place.
    fn settle_author(&self, is_needed: bool, edits: &mut Edits) -> Result<usize, MarkError> {
        let known = self.authors.iter().position(|author| author.name == AUTHOR);
        match (known, is_needed) {
            (Some(place), true) => Ok(place),
            (Some(place), false) => {
                if place + 1 == self.authors.len() {
                    edits.replace(self.authors[place].range.clone(), "");
                }
                Ok(place)
            }
            (None, false) => Ok(0),
            (None, true) => {
                let p = &self.prefix;
                let author = format!("<{p}author>{AUTHOR}</{p}author>");
                let (range, is_empty) =
                    self.authors_at.as_ref().ok_or_else(|| MarkError::damaged("bagian catatan sel tidak utuh"))?;
                if *is_empty {
                    edits.replace(range.clone(), format!("<{p}authors>{author}</{p}authors>"));
                } else {
                    edits.insert(range.end, author);
                }
                Ok(self.authors.len())
            }
        }
    }
}

/// The place of a list: its tag where it is an empty one, else what lies between its tags.
fn list_at(known: Option<(Range<usize>, bool)>, node: &Node<'_>) -> Option<(Range<usize>, bool)> {
    match (known, node.sort) {
        (None, MarkupKind::Empty) => Some((node.range.clone(), true)),
        (None, MarkupKind::Start) => Some((node.range.end..node.range.end, false)),
        (Some((range, false)), MarkupKind::End) => Some((range.start..node.range.start, false)),
        (known, _) => known,
    }
}

impl Comment {
    /// Takes in what stands within.
    fn inner(&mut self, node: &Node<'_>) {
        match (node.depth, node.local(), node.sort) {
            (4, "r", MarkupKind::Start) => self.runs.push(node.range.clone()),
            (4, "r", MarkupKind::End) => {
                if let Some(run) = self.runs.last_mut() {
                    run.end = node.range.end;
                }
                self.text_end = Some(node.range.end);
            }
            (4 | 5, "t", MarkupKind::Start) => {
                self.texts.push((node.range.clone(), node.range.end..node.range.end));
            }
            (4 | 5, "t", MarkupKind::End) => {
                if let Some((outer, inner)) = self.texts.last_mut() {
                    outer.end = node.range.end;
                    inner.end = node.range.start;
                    if node.depth == 4 {
                        self.plain = Some(outer.clone());
                        self.text_end = Some(node.range.end);
                    }
                }
            }
            (3, "text", MarkupKind::End) => drop(self.text_end.get_or_insert(node.range.start)),
            _ => {}
        }
    }

    fn begins_as_ours(&self, text: &str) -> bool {
        let written: String = self.texts.iter().map(|(_, inner)| &text[inner.clone()]).collect();
        begins_as_ours(&written)
    }

    /// In another's comment: takes out what we once added and adds what is wanted now.
    fn reword(&self, text: &str, p: &str, addition: Option<&String>, edits: &mut Edits) {
        let cut = self.texts.iter().find_map(|(outer, inner)| {
            let place = text[inner.clone()].find(SEPARATOR.trim_end())?;
            Some((outer, inner.start + place..inner.end))
        });
        let added = addition.map(|addition| {
            let addition = escaped(&format!("\n{SEPARATOR}{addition}"));
            format!("<{p}r><{p}t xml:space=\"preserve\">{addition}</{p}t></{p}r>")
        });
        let mut end = self.text_end;
        if let Some((outer, range)) = cut {
            let run = self.runs.iter().find(|run| run.contains(&outer.start));
            let is_whole = text[outer.start..range.start].trim_end().ends_with('>');
            if let Some(run) = run.filter(|_| is_whole) {
                edits.replace(run.clone(), added.unwrap_or_default());
                return;
            }
            let mut kept = &text[..range.start];
            for end in LINE_ENDS.iter().cycle().take(2 * LINE_ENDS.len()) {
                kept = kept.trim_end_matches(end);
            }
            edits.replace(kept.len().max(outer.start)..range.end, "");
            end = Some(run.map_or(outer.end, |run| run.end));
        }
        let Some((end, added)) = end.zip(added) else { return };
        // A plain text may not stand before runs in the eyes of every program: it becomes one.
        match self.plain.as_ref().filter(|plain| plain.end == end) {
            Some(plain) => {
                edits.insert(plain.start, format!("<{p}r>"));
                edits.insert(end, format!("</{p}r>{added}"));
            }
            None => edits.insert(end, added),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "<comments xmlns=\"m\"><authors><author>Ani</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>lihat &amp; cek</t></text></comment><comment ref=\"C3\" authorId=\"0\"><text><r><rPr/><t>ya</t></r></text></comment></commentList></comments>";

    fn wanted(cells: &[&str]) -> BTreeMap<CellRef, String> {
        let text = |cell: &str| format!("KESALAHAN: sel {cell} salah");
        cells.iter().map(|cell| (CellRef::parse(cell).unwrap(), text(cell))).collect()
    }

    fn rewritten(text: &str, cells: &[&str]) -> String {
        rewrite(text, &wanted(cells)).unwrap().edits.apply(text)
    }

    #[test]
    fn ours_come_and_go_and_theirs_stay() {
        let marked = rewritten(PART, &["B2", "C3", "D4"]);
        assert!(marked.contains("<author>Simpul</author>") && marked.contains("lihat &amp; cek"));
        assert!(marked.contains("<comment ref=\"D4\" authorId=\"1\">"), "{marked}");
        assert_eq!(rewritten(&marked, &["B2", "C3", "D4"]), marked);
        let clean = rewritten(&marked, &[]);
        assert!(!clean.contains("Simpul"), "{clean}");
        assert_eq!(clean, PART.replace("<t>lihat &amp; cek</t>", "<r><t>lihat &amp; cek</t></r>"));
        let outcome = rewrite(&marked, &wanted(&[])).unwrap();
        assert_eq!(outcome.removed.len(), 1);
    }

    #[test]
    fn an_empty_part_takes_comments_and_gives_them_back() {
        let part = empty("m");
        let marked = rewritten(&part, &["A1"]);
        assert_eq!(rewritten(&marked, &[]), part);
        let short = "<x:comments xmlns:x=\"m\"><x:authors/><x:commentList/></x:comments>";
        let marked = rewritten(short, &["A1"]);
        assert!(marked.contains("<x:author>Simpul</x:author></x:authors><x:commentList><x:comment "), "{marked}");
        assert_eq!(rewritten(&marked, &["A1"]), marked);
    }

    #[test]
    fn a_conversation_is_left_alone() {
        let part = PART.replace("<author>Ani</author>", "<author>tc={1}</author>");
        let outcome = rewrite(&part, &wanted(&["B2"])).unwrap();
        assert!(outcome.edits.is_empty() && outcome.placed.is_empty());
    }

    #[test]
    fn a_comment_whose_author_was_dropped_is_ours_by_its_word() {
        let nameless = rewritten(PART, &["D4"]).replace(">Simpul<", "> <");
        assert!(!rewritten(&nameless, &[]).contains("D4"));
    }

    #[test]
    fn a_text_run_together_by_another_program_is_cut() {
        let marked = rewritten(PART, &["B2"]);
        let joined = marked.replace("</t></r><r><t xml:space=\"preserve\">", "");
        assert_ne!(joined, marked);
        let clean = rewritten(&joined, &[]);
        assert!(clean.contains("<t>lihat &amp; cek</t>"), "{clean}");
    }
}
