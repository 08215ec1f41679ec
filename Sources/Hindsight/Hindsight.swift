// The public library.
// Must not know: terminals.
