#include "CNcurses.h"

#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static volatile sig_atomic_t is_saved, is_taken;

bool cn_start(void) {
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (screen == NULL) return false;
    set_term(screen);
    raw();
    noecho();
    nonl();
    curs_set(0);
    return true;
}

bool cn_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

bool cn_save(void) {
    is_saved = tcgetattr(STDIN_FILENO, &saved) == 0;
    return is_saved;
}

void cn_taken(void) { is_taken = 1; }

void cn_restore(void) {
    // Mouse and paste modes off, colours and line drawing off, cursor on, back from the alternate screen.
    static const char way_back[] = "\033[?2004l\033[?1006l\033[?1000l\033[0m\033(B\033[?25h\033[?1049l\r";
    if (!is_taken) return;
    is_taken = 0;
    ssize_t written = write(STDOUT_FILENO, way_back, sizeof way_back - 1);
    (void)written;
    // Flushed, so that what the terminal answered meanwhile does not end up on the shell's command line.
    if (is_saved) tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved);
}

static const int fatal[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGSYS, SIGTRAP};
enum { fatal_count = sizeof fatal / sizeof fatal[0] };
static struct sigaction previous[fatal_count];

static void handle(int signal, siginfo_t *information, void *context) {
    (void)context;
    int saved_errno = errno;
    cn_restore();
    // A fault happens again on return, `abort` raises again, and both meet who was there before us. What somebody
    // else sent would be taken as survived by who was there before us.
    bool is_ours = information->si_code > 0 || information->si_pid == getpid();
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int index = 0; index < fatal_count; index++) {
        if (fatal[index] == signal) sigaction(signal, is_ours ? &previous[index] : &standard, NULL);
    }
    if (information->si_code <= 0) raise(signal);
    errno = saved_errno;
}

/// A stack of its own, so that an overflow of the stack is survived long enough.
static void use_alternate_stack(void) {
    static char stack[64 * 1024];
    stack_t current;
    if (sigaltstack(NULL, &current) == 0 && !(current.ss_flags & SS_DISABLE)) return;
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&own, NULL);
}

void cn_guard(void) {
    static bool is_guarded;
    if (is_guarded) return;
    is_guarded = true;
    use_alternate_stack();
    atexit(cn_restore);
    for (int index = 0; index < fatal_count; index++) {
        struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};
        sigemptyset(&action.sa_mask);
        sigaction(fatal[index], &action, &previous[index]);
    }
}

void cn_stop(void) {
    struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL}, before;
    sigset_t stop, mask;
    sigaction(SIGTSTP, &ignore, &before);
    kill(0, SIGTSTP);
    // One for this thread, which has taken effect when `raise` returns: one for the process would be taken by any
    // thread at any time, and be lost with the handler that is put back below.
    sigaction(SIGTSTP, &standard, NULL);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
}

bool cn_window_size(int *rows, int *columns) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}
