// The system calls of the shell, each in one function without variadics and macros. A failure is a negative errno.
#ifndef PQ_SYSTEM_H
#define PQ_SYSTEM_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

// --- Files -------------------------------------------------------------------------------------------------------------

enum { pq_open_reading, pq_open_appending, pq_open_updating };

static inline int pq_open(const char *path, int purpose) {
    int flags = purpose == pq_open_reading ? O_RDONLY : purpose == pq_open_appending ? O_WRONLY | O_APPEND | O_CREAT : O_RDWR;
    int descriptor = open(path, flags | O_CLOEXEC, 0600);
    return descriptor >= 0 ? descriptor : -errno;
}

static inline void pq_close(int descriptor) {
    close(descriptor);
}

static inline int pq_read(int descriptor, uint8_t *bytes, int count) {
    ssize_t done;
    do done = read(descriptor, bytes, (size_t)count);
    while (done < 0 && errno == EINTR);
    return done >= 0 ? (int)done : -errno;
}

// Whether a read would give something, or the end, at once.
static inline int pq_has_input(int descriptor) {
    struct pollfd source = {descriptor, POLLIN, 0};
    return poll(&source, 1, 0) > 0;
}

static inline int pq_write(int descriptor, const uint8_t *bytes, int count) {
    ssize_t done;
    do done = write(descriptor, bytes, (size_t)count);
    while (done < 0 && errno == EINTR);
    return done >= 0 ? (int)done : -errno;
}

static inline int pq_truncate(int descriptor, int64_t size) {
    return ftruncate(descriptor, size) == 0 ? 0 : -errno;
}

static inline int pq_rewind(int descriptor) {
    return lseek(descriptor, 0, SEEK_SET) == 0 ? 0 : -errno;
}

// The file's size in bytes, cut to what an int holds: callers ask whether it is empty.
static inline int pq_size(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return -errno;
    return status.st_size > INT32_MAX ? INT32_MAX : (int)status.st_size;
}

// Waits until no other process holds the file's lock. Closing the descriptor lets go of it.
static inline int pq_lock(int descriptor) {
    int status;
    do status = flock(descriptor, LOCK_EX);
    while (status != 0 && errno == EINTR);
    return status == 0 ? 0 : -errno;
}

enum { pq_kind_none, pq_kind_file, pq_kind_directory };

static inline int pq_kind(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return pq_kind_none;
    return S_ISDIR(status.st_mode) ? pq_kind_directory : pq_kind_file;
}

static inline int pq_make_directory(const char *path) {
    return mkdir(path, 0700) == 0 ? 0 : -errno;
}

// The directory's entries, each ending in a NUL, as many as fit. Returns the bytes used.
static inline int pq_list(const char *path, uint8_t *names, int room) {
    DIR *directory = opendir(path);
    if (directory == NULL) return -errno;
    int used = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        int length = (int)strlen(entry->d_name) + 1;
        if (length > room - used) break;
        memcpy(names + used, entry->d_name, (size_t)length);
        used += length;
    }
    closedir(directory);
    return used;
}

// --- Environment, terminal ---------------------------------------------------------------------------------------------

// The variable's bytes, as many as fit. Returns how many, or -1 if it is not set.
static inline int pq_environment(const char *name, uint8_t *value, int room) {
    const char *found = getenv(name);
    if (found == NULL) return -1;
    int length = (int)strnlen(found, (size_t)room);
    memcpy(value, found, (size_t)length);
    return length;
}

// The message for a negative errno, as many bytes as fit. Returns how many.
static inline int pq_error_message(int status, uint8_t *text, int room) {
    const char *message = strerror(-status);
    int length = (int)strnlen(message, (size_t)room);
    memcpy(text, message, (size_t)length);
    return length;
}

static inline int pq_is_terminal(int descriptor) {
    return isatty(descriptor);
}

// Columns of the terminal, or 0 if `descriptor` is none or does not say.
static inline int pq_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static inline void pq_flush_output(void) {
    fflush(stdout);
}

// --- Signals -----------------------------------------------------------------------------------------------------------

static inline volatile int *pq_signal_descriptor(void) {
    static volatile int descriptor = -1;
    return &descriptor;
}

// The handler's whole work: the number goes into the pipe. A full pipe drops it; many are there already.
static inline void pq_note_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(*pq_signal_descriptor(), &byte, 1);
    (void)written;
    errno = saved;
}

// A pipe, both ends non-blocking and closed on exec. Returns 0 or a negative errno.
static inline int pq_open_pipe(int *read_end, int *write_end) {
    int pair[2];
    if (pipe(pair) != 0) return -errno;
    for (int i = 0; i < 2; i++) {
        fcntl(pair[i], F_SETFL, O_NONBLOCK);
        fcntl(pair[i], F_SETFD, FD_CLOEXEC);
    }
    *read_end = pair[0];
    *write_end = pair[1];
    return 0;
}

// Sends `number` into the pipe from now on. No SA_RESTART: a blocked read must end. The parent may have started the process
// with signals blocked; Ctrl-C is to work all the same.
static inline void pq_catch_signal(int number, int descriptor) {
    struct sigaction action;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    memset(&action, 0, sizeof action);
    *pq_signal_descriptor() = descriptor;
    action.sa_handler = pq_note_signal;
    sigaction(number, &action, NULL);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
static inline void pq_restore_signal(int number) {
    signal(number, SIG_DFL);
}

#endif
