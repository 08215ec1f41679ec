// Values, numbers, their order, and their codes: keys, documents, JSON.
// Must not know: tables, time travel, the text of statements.
