// Runs a program on a pseudo-terminal of its own, as a terminal emulator does. For tests.
#ifndef PSEUDO_TERMINAL_H
#define PSEUDO_TERMINAL_H

#include <stdint.h>

typedef struct {
    int process;   // -1 if the program could not be started
    int terminal;  // the emulator's side
} terminal_child;

// `words` are the path and the arguments, `variables` are NAME=value pairs added to the environment; both one a line.
terminal_child terminal_spawn(const char *words, const char *variables, int rows, int columns);

// Waits up to `milliseconds` for output. Returns the count of bytes read, 0 if nothing came, -1 when the child has gone.
int terminal_read(int terminal, uint8_t *bytes, int count, int milliseconds);

// Returns 0, or -1 if not all bytes could be written.
int terminal_write(int terminal, const uint8_t *bytes, int count);

void terminal_resize(int terminal, int rows, int columns);

void terminal_signal(int process, int number);

// Waits for the end. Returns the exit status, 128 + the signal that ended it, or -1 after the time.
int terminal_wait(int process, int milliseconds);

// Ends the child if it runs, and closes the terminal.
void terminal_close(terminal_child child);

#endif
