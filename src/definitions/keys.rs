//! Keys that a definition file may have: name, value, duty to stand there, and a sentence. The reader takes its
//! bounds from here and asks for no other key; schema and reference are written from here. Knows no TOML and no file.

/// Description of a kind of definition file.
#[derive(Debug)]
pub struct KindDescription {
    /// Word on the command line.
    pub name: &'static str,
    /// Place below the data folder.
    pub place: &'static str,
    /// Sentence about it, in Indonesian.
    pub says: &'static str,
    /// Keys of the file.
    pub root: &'static KeyTable,
}

/// Keys of a table.
#[derive(Debug)]
pub struct KeyTable {
    /// Keys that may stand side by side.
    pub keys: &'static [DefinitionKey],
    /// Keys of which exactly one stands there.
    pub one_of: &'static [DefinitionKey],
}

impl KeyTable {
    /// A table without options.
    pub(super) const EMPTY: Self = Self::with_keys(&[]);

    pub(super) const fn with_keys(keys: &'static [DefinitionKey]) -> Self {
        Self { keys, one_of: &[] }
    }

    /// All keys, in order.
    pub fn all(&self) -> impl Iterator<Item = &'static DefinitionKey> + use<> {
        self.keys.iter().chain(self.one_of)
    }

    pub(super) fn find(&self, name: &str) -> Option<&'static DefinitionKey> {
        self.all().find(|key| key.name == name)
    }

    /// The table below a key; an empty one where there is none.
    pub(super) fn below(&self, name: &str) -> &'static Self {
        match self.find(name).map(|key| &key.value) {
            Some(KeyValue::Table(table) | KeyValue::Tables { of: table, .. }) => table,
            _ => &Self::EMPTY,
        }
    }
}

/// One key.
#[derive(Debug)]
pub struct DefinitionKey {
    /// Name as written.
    pub name: &'static str,
    /// Values that it takes.
    pub value: KeyValue,
    /// Duty to stand there.
    pub presence: KeyPresence,
    /// Sentence about it, in Indonesian.
    pub says: &'static str,
    /// A value as written in TOML; empty for tables.
    pub example: &'static str,
}

/// Values of a key.
#[derive(Debug)]
#[expect(missing_docs, reason = "kinds of values, with least (`from`) and greatest (`to`), say all")]
pub enum KeyValue {
    /// Text that is not blank.
    Text,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// A list of some of these words, each once.
    Words(fn() -> Vec<&'static str>),
    /// A list of texts.
    Texts {
        /// Number of texts at most, where there is a limit.
        most: Option<usize>,
    },
    Whole {
        from: u32,
        to: u32,
    },
    Number {
        from: f64,
        to: f64,
    },
    Table(&'static KeyTable),
    Tables {
        of: &'static KeyTable,
        /// Number of tables at least.
        least: usize,
        /// Number of tables at most, where there is a limit.
        most: Option<usize>,
    },
}

/// Duty of a key to stand in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPresence {
    /// It must.
    Required,
    /// It must where this other key does not.
    Unless(&'static str),
    /// It must where this other key does.
    With(&'static str),
    /// It need not; without it this value holds, as written in TOML.
    Default(&'static str),
    /// It need not; a sentence says what holds without it.
    Optional(&'static str),
}

impl DefinitionKey {
    const fn new(name: &'static str, value: KeyValue) -> Self {
        Self { name, value, presence: KeyPresence::Optional(""), says: "", example: "" }
    }

    pub(super) const fn text(name: &'static str) -> Self {
        Self::new(name, KeyValue::Text)
    }

    pub(super) const fn word(name: &'static str, known: fn() -> Vec<&'static str>) -> Self {
        Self::new(name, KeyValue::Word(known))
    }

    pub(super) const fn words(name: &'static str, known: fn() -> Vec<&'static str>) -> Self {
        Self::new(name, KeyValue::Words(known))
    }

    pub(super) const fn texts(name: &'static str) -> Self {
        Self::new(name, KeyValue::Texts { most: None })
    }

    /// A list of so many texts at most.
    pub(super) const fn few_texts(name: &'static str, most: usize) -> Self {
        Self::new(name, KeyValue::Texts { most: Some(most) })
    }

    pub(super) const fn whole_number(name: &'static str, from: u32, to: u32) -> Self {
        Self::new(name, KeyValue::Whole { from, to })
    }

    pub(super) const fn number(name: &'static str, from: f64, to: f64) -> Self {
        Self::new(name, KeyValue::Number { from, to })
    }

    pub(super) const fn table(name: &'static str, of: &'static KeyTable) -> Self {
        Self::new(name, KeyValue::Table(of))
    }

    pub(super) const fn tables(name: &'static str, of: &'static KeyTable) -> Self {
        Self::new(name, KeyValue::Tables { of, least: 0, most: None })
    }

    /// The same for a number of tables within bounds.
    pub(super) const fn some_tables(name: &'static str, of: &'static KeyTable, least: usize, most: usize) -> Self {
        Self::new(name, KeyValue::Tables { of, least, most: Some(most) })
    }

    pub(super) const fn required(mut self) -> Self {
        self.presence = KeyPresence::Required;
        self
    }

    pub(super) const fn unless(mut self, other: &'static str) -> Self {
        self.presence = KeyPresence::Unless(other);
        self
    }

    pub(super) const fn with(mut self, other: &'static str) -> Self {
        self.presence = KeyPresence::With(other);
        self
    }

    pub(super) const fn or(mut self, default: &'static str) -> Self {
        self.presence = KeyPresence::Default(default);
        self
    }

    pub(super) const fn without(mut self, meaning: &'static str) -> Self {
        self.presence = KeyPresence::Optional(meaning);
        self
    }

    pub(super) const fn says(mut self, sentence: &'static str) -> Self {
        self.says = sentence;
        self
    }

    pub(super) const fn like(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
}

/// The words of a list of choices.
pub(super) fn words_of<T>(known: &[(&'static str, T)]) -> Vec<&'static str> {
    known.iter().map(|(word, _)| *word).collect()
}
