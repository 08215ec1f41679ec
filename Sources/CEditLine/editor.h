// libedit for the shell: the variadic calls with types, and every callback that libedit makes.
//
// The callbacks stay in C because libedit hands out raw pointers in each of them; Swift sees one handle (`pq_editor`), one
// key handler and plain numbers. Everything is `static inline`: the module has no C source file. One Swift file alone may
// use these functions, since each object file gets copies of its own.
#ifndef PQ_EDITOR_H
#define PQ_EDITOR_H

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Declared by <wchar.h> only for X/Open sources.
extern int wcwidth(wchar_t);

// The keys that the shell handles itself. Each becomes an editor function `pq-NAME` and a constant `pq_key_NAME`.
#define PQ_KEYS(KEY)                                                                                                  \
    KEY(submit) KEY(newline) KEY(complete) KEY(leave) KEY(row_start) KEY(row_end) KEY(left) KEY(right) KEY(up)        \
    KEY(down) KEY(backspace) KEY(delete) KEY(kill_to_row_end) KEY(kill_to_row_start)

#define PQ_KEY_CONSTANT(name) pq_key_##name,
enum pq_key { PQ_KEYS(PQ_KEY_CONSTANT) pq_key_count };

typedef struct pq_editor pq_editor;

// Called for a key of `PQ_KEYS` with the buffer (in scalars) and the cursor's place in it; the answer is a `CC_` code.
typedef int (*pq_key_handler)(void *context, int key, const wchar_t *text, int length, int cursor);

struct pq_editor {
    EditLine *edit_line;
    HistoryW *history;
    FILE *output;
    int input;        // descriptor of the terminal
    int signals;      // read end of the pipe that signal handlers write signal numbers to
    int held_byte;    // a byte read too far while decoding, or -1
    int ended_by;     // the signal that ended the last read, or 0
    wchar_t *prompt;  // owned; libedit keeps no copy
    void *context;
    pq_key_handler on_key;
};

static inline pq_editor *pq_editor_of(EditLine *e) {
    void *editor = NULL;
    el_wget(e, EL_CLIENTDATA, &editor);
    return editor;
}

// --- Where the cursor is on the screen -------------------------------------------------------------------------------

typedef struct { int row, column; } pq_position;

static inline int pq_columns(const pq_editor *editor) {
    struct winsize size;
    if (ioctl(editor->input, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

// Columns of one scalar as libedit draws it: controls as ^X, what cannot be printed as \U+XXXX.
static inline int pq_drawn_width(wchar_t c) {
    if (c < 32 || c == 127) return 2;
    int width = wcwidth(c);
    return width >= 0 ? width : (c > 0xFFFF ? 8 : 7);
}

static inline pq_position pq_advance(pq_position at, const wchar_t *text, long count, int columns) {
    for (long i = 0; i < count; i++) {
        int width = text[i] == L'\t' ? 8 - at.column % 8 : pq_drawn_width(text[i]);
        if (text[i] == L'\n') {
            at.row++;
            at.column = 0;
            continue;
        }
        if (at.column + width > columns) {
            at.row++;
            at.column = 0;
        }
        at.column += width;
        if (at.column >= columns) {
            at.row++;
            at.column = 0;
        }
    }
    return at;
}

// The cursor's row and the last row of prompt and text, counted from the prompt's first, at the terminal's present width.
static inline void pq_rows(const pq_editor *editor, int *cursor, int *last) {
    const LineInfoW *line = el_wline(editor->edit_line);
    int columns = pq_columns(editor);
    pq_position start = pq_advance((pq_position){0, 0}, editor->prompt, (long)wcslen(editor->prompt), columns);
    *cursor = pq_advance(start, line->buffer, line->cursor - line->buffer, columns).row;
    *last = pq_advance(start, line->buffer, line->lastchar - line->buffer, columns).row;
}

// Moves to the first column below the text, so that what follows does not overwrite it.
static inline void pq_move_below(pq_editor *editor) {
    int cursor, last;
    pq_rows(editor, &cursor, &last);
    fputc('\r', editor->output);
    for (int row = cursor; row <= last; row++) fputc('\n', editor->output);
    fflush(editor->output);
}

static inline void pq_refresh(pq_editor *editor) {
    el_wset(editor->edit_line, EL_REFRESH);
}

// --- Signals while a line is read ------------------------------------------------------------------------------------

static inline void pq_bracketed_paste(pq_editor *editor, int on) {
    fputs(on ? "\033[?2004h" : "\033[?2004l", editor->output);
    fflush(editor->output);
}

// The terminal has already reflowed the text, so the rows to go up are those at the new width.
static inline void pq_resized(pq_editor *editor) {
    int cursor, last;
    pq_rows(editor, &cursor, &last);
    if (cursor > 0) fprintf(editor->output, "\033[%dA", cursor);
    fputs("\r\033[J", editor->output);
    fflush(editor->output);
    el_resize(editor->edit_line);
    pq_refresh(editor);
}

// Stops the process with the terminal as other programs expect it. SIGCONT arrives through the pipe and draws the line.
static inline void pq_suspend(pq_editor *editor) {
    struct sigaction stop, ours;
    memset(&stop, 0, sizeof stop);
    stop.sa_handler = SIG_DFL;
    pq_move_below(editor);
    pq_bracketed_paste(editor, 0);
    el_wset(editor->edit_line, EL_PREP_TERM, 0);
    sigaction(SIGTSTP, &stop, &ours);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}

// The parent shell has left the terminal cooked.
static inline void pq_continued(pq_editor *editor) {
    el_wset(editor->edit_line, EL_PREP_TERM, 0);
    el_wset(editor->edit_line, EL_PREP_TERM, 1);
    pq_bracketed_paste(editor, 1);
    fputc('\r', editor->output);
    fflush(editor->output);
    pq_refresh(editor);
}

// Takes one signal from the pipe. Returns 1 if it ends the line.
static inline int pq_take_signal(pq_editor *editor) {
    unsigned char number;
    if (read(editor->signals, &number, 1) != 1) return 0;
    switch (number) {
    case SIGWINCH: pq_resized(editor); return 0;
    case SIGTSTP: pq_suspend(editor); return 0;
    case SIGCONT: pq_continued(editor); return 0;
    default:
        editor->ended_by = number;
        pq_move_below(editor);
        return 1;
    }
}

// --- The character reader --------------------------------------------------------------------------------------------

static inline int pq_read_byte(pq_editor *editor) {
    if (editor->held_byte >= 0) {
        int held = editor->held_byte;
        editor->held_byte = -1;
        return held;
    }
    unsigned char byte;
    ssize_t count;
    do count = read(editor->input, &byte, 1);
    while (count < 0 && errno == EINTR);
    return count == 1 ? byte : -1;
}

// One scalar from UTF-8; U+FFFD for what is not UTF-8. Returns 1, or 0 at the end of input.
static inline int pq_read_scalar(pq_editor *editor, wchar_t *scalar) {
    int first = pq_read_byte(editor);
    if (first < 0) return 0;
    int more = first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
    *scalar = more <= 0 ? first : first & (0x3F >> more);
    for (int i = 0; i < more; i++) {
        int next = pq_read_byte(editor);
        if (next < 0 || (next & 0xC0) != 0x80) {
            editor->held_byte = next;
            more = -1;
            break;
        }
        *scalar = *scalar << 6 | (next & 0x3F);
    }
    int overlong = (more == 2 && *scalar < 0x800) || (more == 3 && *scalar < 0x10000);
    int surrogate = *scalar >= 0xD800 && *scalar < 0xE000;
    if (more < 0 || overlong || surrogate || *scalar > 0x10FFFF) *scalar = 0xFFFD;
    return 1;
}

// EL_GETCFN: waits for the terminal and for signals at once. Live highlighting and hints are painted here, before
// waiting, when no input is pending.
static inline int pq_read_character(EditLine *e, wchar_t *scalar) {
    pq_editor *editor = pq_editor_of(e);
    while (editor->held_byte < 0) {
        struct pollfd sources[2] = {{editor->signals, POLLIN, 0}, {editor->input, POLLIN, 0}};
        if (poll(sources, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        if (sources[0].revents & POLLIN) {
            if (!pq_take_signal(editor)) continue;
            errno = EINTR;
            return -1;
        }
        if (sources[1].revents) break;
    }
    return pq_read_scalar(editor, scalar);
}

// --- Keys ------------------------------------------------------------------------------------------------------------

static inline unsigned char pq_pressed(EditLine *e, int key) {
    pq_editor *editor = pq_editor_of(e);
    const LineInfoW *line = el_wline(e);
    return (unsigned char)editor->on_key(editor->context, key, line->buffer, (int)(line->lastchar - line->buffer),
                                         (int)(line->cursor - line->buffer));
}

#define PQ_KEY_FUNCTION(name)                                                                                         \
    static inline unsigned char pq_pressed_##name(EditLine *e, int c) {                                               \
        (void)c;                                                                                                      \
        return pq_pressed(e, pq_key_##name);                                                                          \
    }
PQ_KEYS(PQ_KEY_FUNCTION)

// Bracketed paste: everything up to ESC[201~ becomes text in one insertion, CR as LF; one final newline is dropped.
static inline unsigned char pq_pressed_paste(EditLine *e, int c) {
    (void)c;
    static const wchar_t end[] = L"\033[201~";
    const size_t end_length = sizeof end / sizeof *end - 1;
    size_t count = 0, room = 256;
    wchar_t *text = malloc(room * sizeof *text);
    wchar_t scalar;
    while (text != NULL && el_wgetc(e, &scalar) == 1) {
        text[count++] = scalar == L'\r' ? L'\n' : scalar;
        if (count >= end_length && wmemcmp(text + count - end_length, end, end_length) == 0) {
            count -= end_length;
            break;
        }
        if (count == room) {
            wchar_t *larger = realloc(text, 2 * room * sizeof *text);
            if (larger == NULL) break;
            text = larger;
            room *= 2;
        }
    }
    if (text == NULL) return CC_ERROR;
    if (count > 0 && text[count - 1] == L'\n') count--;
    text[count] = 0;
    el_winsertstr(e, text);
    free(text);
    return CC_REFRESH;
}

// libedit keeps the name that it is given: string literals live as long as the process.
#define PQ_ADD_FUNCTION(name) el_wset(e, EL_ADDFN, L"pq-" #name, L"", pq_pressed_##name);

static inline void pq_add_functions(EditLine *e) {
    PQ_KEYS(PQ_ADD_FUNCTION)
    PQ_ADD_FUNCTION(paste)
}

static inline void pq_bind_all(EditLine *e, const wchar_t *const (*pairs)[2], size_t count, int in_command_map) {
    for (size_t i = 0; i < count; i++) {
        if (in_command_map) el_wset(e, EL_BIND, L"-a", pairs[i][0], pairs[i][1], NULL);
        else el_wset(e, EL_BIND, pairs[i][0], pairs[i][1], NULL);
    }
}

// An added function cannot call a built-in one; it pushes one of these sequences (see `pq_push`) to have it run next.
static inline void pq_bind_private_sequences(EditLine *e, int in_command_map) {
    static const wchar_t *const pairs[][2] = {
        {L"^X^M", L"ed-newline"},         {L"^X^P", L"ed-prev-history"}, {L"^X^N", L"ed-next-history"},
        {L"^X^S", L"em-set-mark"},        {L"^X^K", L"em-kill-region"},  {L"^X^A", L"pq-row_start"},
        {L"^X^E", L"pq-row_end"},
    };
    pq_bind_all(e, pairs, sizeof pairs / sizeof *pairs, in_command_map);
}

static inline void pq_bind_keys(EditLine *e) {
    static const wchar_t *const everywhere[][2] = {
        {L"^M", L"pq-submit"},     {L"^J", L"pq-submit"},     {L"\\e[A", L"pq-up"},        {L"\\e[B", L"pq-down"},
        {L"\\eOA", L"pq-up"},      {L"\\eOB", L"pq-down"},    {L"\\e[C", L"pq-right"},     {L"\\e[D", L"pq-left"},
        {L"\\eOC", L"pq-right"},   {L"\\eOD", L"pq-left"},    {L"\\e[H", L"pq-row_start"}, {L"\\e[F", L"pq-row_end"},
        {L"\\eOH", L"pq-row_start"}, {L"\\eOF", L"pq-row_end"}, {L"\\e[1~", L"pq-row_start"}, {L"\\e[4~", L"pq-row_end"},
        {L"\\e[3~", L"pq-delete"}, {L"\\e[200~", L"pq-paste"},
    };
    static const wchar_t *const inserting[][2] = {
        {L"^I", L"pq-complete"},   {L"^D", L"pq-leave"},      {L"^?", L"pq-backspace"},    {L"^H", L"pq-backspace"},
        {L"^R", L"em-inc-search-prev"}, {L"^S", L"em-inc-search-next"},
    };
    static const wchar_t *const emacs[][2] = {
        {L"^A", L"pq-row_start"},  {L"^E", L"pq-row_end"},    {L"^B", L"pq-left"},         {L"^F", L"pq-right"},
        {L"^P", L"pq-up"},         {L"^N", L"pq-down"},       {L"^K", L"pq-kill_to_row_end"},
        {L"^U", L"pq-kill_to_row_start"}, {L"^W", L"ed-delete-prev-word"},  {L"\\e^M", L"pq-newline"},
        {L"\\e[1;5C", L"em-next-word"}, {L"\\e[1;5D", L"ed-prev-word"}, {L"\\e[1;3C", L"em-next-word"},
        {L"\\e[1;3D", L"ed-prev-word"},
    };
    const char *map = NULL;
    el_get(e, EL_EDITOR, &map);
    int vi = map != NULL && strcmp(map, "vi") == 0;
    pq_bind_all(e, everywhere, sizeof everywhere / sizeof *everywhere, 0);
    pq_bind_all(e, inserting, sizeof inserting / sizeof *inserting, 0);
    pq_bind_private_sequences(e, 0);
    if (vi) {
        pq_bind_all(e, everywhere, sizeof everywhere / sizeof *everywhere, 1);
        pq_bind_private_sequences(e, 1);
    } else {
        pq_bind_all(e, emacs, sizeof emacs / sizeof *emacs, 0);
    }
}

// --- The handle ------------------------------------------------------------------------------------------------------

// In a C locale libedit drops every character that is not ASCII.
static inline void pq_use_utf8_locale(void) {
    static const char *const fallbacks[] = {"C.UTF-8", "en_US.UTF-8", "UTF-8"};
    setlocale(LC_CTYPE, "");
    for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++) {
        if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
        setlocale(LC_CTYPE, fallbacks[i]);
    }
}

// libedit's updates by inserting and deleting characters go wrong on rows that wrap, so it is told that the terminal cannot
// do that and rewrites to the end of the row.
static inline void pq_rewrite_rows(EditLine *e) {
    static const wchar_t *const capabilities[] = {L"ic", L"IC", L"im", L"ei", L"ip", L"dc", L"DC", L"dm", L"ed"};
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
        el_wset(e, EL_SETTC, capabilities[i], L"", NULL);
}

static inline wchar_t *pq_current_prompt(EditLine *e) {
    return pq_editor_of(e)->prompt;
}

static inline void pq_close_editor(pq_editor *editor) {
    if (editor->edit_line != NULL) el_end(editor->edit_line);
    if (editor->history != NULL) history_wend(editor->history);
    free(editor->prompt);
    free(editor);
}

// A new editor on standard input and output, or NULL if there is no memory or no usable terminal.
static inline pq_editor *pq_open_editor(int signals, int history_size, void *context, pq_key_handler on_key) {
    pq_use_utf8_locale();
    pq_editor *editor = calloc(1, sizeof *editor);
    if (editor == NULL) return NULL;
    editor->output = stdout;
    editor->input = STDIN_FILENO;
    editor->signals = signals;
    editor->held_byte = -1;
    editor->context = context;
    editor->on_key = on_key;
    editor->prompt = calloc(1, sizeof *editor->prompt);
    editor->history = history_winit();
    editor->edit_line = el_init("pq", stdin, stdout, stderr);
    if (editor->prompt == NULL || editor->history == NULL || editor->edit_line == NULL) {
        pq_close_editor(editor);
        return NULL;
    }
    HistEventW event;
    EditLine *e = editor->edit_line;
    history_w(editor->history, &event, H_SETSIZE, history_size);
    history_w(editor->history, &event, H_SETUNIQUE, 1);
    el_wset(e, EL_CLIENTDATA, editor);
    el_wset(e, EL_SIGNAL, 0);
    el_wset(e, EL_EDITOR, L"emacs");
    el_wset(e, EL_HIST, history_w, editor->history);
    el_wset(e, EL_PROMPT, pq_current_prompt);
    el_wset(e, EL_GETCFN, pq_read_character);
    pq_rewrite_rows(e);
    pq_add_functions(e);
    pq_bind_keys(e);
    // A `bind -e` or `bind -v` in the user's file resets every key, ours too.
    el_source(e, NULL);
    pq_bind_keys(e);
    return editor;
}

static inline void pq_drain_signals(pq_editor *editor) {
    unsigned char numbers[64];
    while (read(editor->signals, numbers, sizeof numbers) > 0) {}
    editor->ended_by = 0;
}

// Reads one entry; `prompt` is copied. Returns NULL at the end of input and when a signal ended the line (`ended_by`).
static inline const wchar_t *pq_read_entry(pq_editor *editor, const wchar_t *prompt, int *count) {
    size_t bytes = (wcslen(prompt) + 1) * sizeof *prompt;
    wchar_t *copy = realloc(editor->prompt, bytes);
    if (copy == NULL) return NULL;
    memcpy(copy, prompt, bytes);
    editor->prompt = copy;
    pq_drain_signals(editor);
    // libedit would do so after it has shown the prompt: a key typed in between would be taken as the line of a terminal.
    el_wset(editor->edit_line, EL_PREP_TERM, 1);
    pq_bracketed_paste(editor, 1);
    const wchar_t *entry = el_wgets(editor->edit_line, count);
    pq_bracketed_paste(editor, 0);
    return entry;
}

static inline void pq_remember(pq_editor *editor, const wchar_t *entry) {
    HistEventW event;
    history_w(editor->history, &event, H_ENTER, entry);
}

// --- What a key handler may do ---------------------------------------------------------------------------------------

static inline void pq_insert(pq_editor *editor, const wchar_t *text) {
    el_winsertstr(editor->edit_line, text);
}

static inline void pq_move_cursor(pq_editor *editor, int scalars) {
    el_cursor(editor->edit_line, scalars);
}

static inline void pq_delete_before_cursor(pq_editor *editor, int scalars) {
    el_deletestr(editor->edit_line, scalars);
}

// `letters` are those after ^X in `pq_bind_private_sequences`, as capitals.
static inline void pq_push(pq_editor *editor, const wchar_t *letters) {
    wchar_t sequence[32];
    size_t count = 0;
    for (; *letters != 0 && count + 2 < sizeof sequence / sizeof *sequence; letters++) {
        sequence[count++] = 0x18;
        sequence[count++] = *letters & 0x1F;
    }
    sequence[count] = 0;
    el_wpush(editor->edit_line, sequence);
}

// Prints `text` (UTF-8, whole lines) below the entry and draws the entry again under it.
static inline void pq_print_below(pq_editor *editor, const char *text) {
    pq_move_below(editor);
    fputs(text, editor->output);
    fflush(editor->output);
    pq_refresh(editor);
}

#endif
