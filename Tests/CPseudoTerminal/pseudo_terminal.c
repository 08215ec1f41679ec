#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "pseudo_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { most_words = 256, most_variables = 1024 };

// Cuts `text` at its line breaks, in place. Returns how many lines there are.
static int split(char *text, char **lines, int room) {
    int count = 0;
    char *rest = text;
    for (char *line; count < room && (line = strsep(&rest, "\n")) != NULL;)
        if (*line != 0) lines[count++] = line;
    return count;
}

static int same_name(const char *left, const char *right) {
    size_t length = strcspn(left, "=");
    return strncmp(left, right, length + 1) == 0;
}

// The present environment with `extra` variables added or replaced.
static void merge(char **merged, char **extra, int extra_count) {
    int count = 0;
    for (char **variable = environ; *variable != NULL && count < most_variables - most_words; variable++) {
        int replaced = 0;
        for (int i = 0; i < extra_count; i++) replaced |= same_name(*variable, extra[i]);
        if (!replaced) merged[count++] = *variable;
    }
    for (int i = 0; i < extra_count; i++) merged[count++] = extra[i];
    merged[count] = NULL;
}

static int open_terminal(int rows, int columns, char *name, size_t room) {
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0) return -1;
    fcntl(terminal, F_SETFD, FD_CLOEXEC);
    if (grantpt(terminal) != 0 || unlockpt(terminal) != 0 || ptsname_r(terminal, name, room) != 0) {
        close(terminal);
        return -1;
    }
    terminal_resize(terminal, rows, columns);
    return terminal;
}

// The child leads a session whose terminal is the slave, with no signal blocked or handled: the threads of a test run block
// some, and children inherit that.
static int spawn(char **words, char **variables, const char *slave) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t process = -1;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, slave, O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&files, 0, 1);
    posix_spawn_file_actions_adddup2(&files, 0, 2);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (posix_spawn(&process, words[0], &files, &attributes, words, variables) != 0) process = -1;
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return process;
}

terminal_child terminal_spawn(const char *words, const char *variables, int rows, int columns) {
    terminal_child child = {-1, -1};
    char slave[128];
    char *word_list[most_words + 1], *extra[most_words], *merged[most_variables + 1];
    char *word_text = strdup(words), *variable_text = strdup(variables);
    if (word_text != NULL && variable_text != NULL) {
        word_list[split(word_text, word_list, most_words)] = NULL;
        merge(merged, extra, split(variable_text, extra, most_words));
        child.terminal = open_terminal(rows, columns, slave, sizeof slave);
        if (child.terminal >= 0 && word_list[0] != NULL) child.process = spawn(word_list, merged, slave);
    }
    free(word_text);
    free(variable_text);
    return child;
}

int terminal_read(int terminal, uint8_t *bytes, int count, int milliseconds) {
    struct pollfd source = {terminal, POLLIN, 0};
    if (poll(&source, 1, milliseconds) <= 0) return 0;
    ssize_t done = read(terminal, bytes, (size_t)count);
    return done > 0 ? (int)done : -1;
}

int terminal_write(int terminal, const uint8_t *bytes, int count) {
    while (count > 0) {
        ssize_t done = write(terminal, bytes, (size_t)count);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return -1;
        bytes += done;
        count -= (int)done;
    }
    return 0;
}

void terminal_resize(int terminal, int rows, int columns) {
    struct winsize size = {0};
    size.ws_row = (unsigned short)rows;
    size.ws_col = (unsigned short)columns;
    ioctl(terminal, TIOCSWINSZ, &size);
}

void terminal_signal(int process, int number) {
    if (process > 0) kill(process, number);
}

int terminal_wait(int process, int milliseconds) {
    for (int waited = 0;; waited += 5) {
        int status;
        if (waitpid(process, &status, WNOHANG) == process)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (waited >= milliseconds) return -1;
        usleep(5000);
    }
}

void terminal_close(terminal_child child) {
    if (child.process > 0 && terminal_wait(child.process, 0) < 0) {
        kill(child.process, SIGKILL);
        terminal_wait(child.process, 1000);
    }
    if (child.terminal >= 0) close(child.terminal);
}
