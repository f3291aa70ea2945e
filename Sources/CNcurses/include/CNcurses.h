#pragma once
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdbool.h>
#include <stdint.h>

// What Swift cannot see of ncurses (macros, varargs, FILE *), as functions.

/// Attributes of a cell, as bits of one word.
static inline uint32_t cn_bold(void) { return A_BOLD; }
static inline uint32_t cn_dim(void) { return A_DIM; }
static inline uint32_t cn_underline(void) { return A_UNDERLINE; }
static inline uint32_t cn_reverse(void) { return A_REVERSE; }

static inline int cn_colors(void) { return COLORS; }
static inline int cn_lines(void) { return LINES; }
static inline int cn_columns(void) { return COLS; }

/// Takes the terminal over: raw keys, no echo, no cursor. False where TERM names no terminal that ncurses knows.
bool cn_start(void);

/// Puts one character, with a combining mark where `mark` is not 0.
static inline void cn_put(int row, int column, uint32_t scalar, uint32_t mark, uint32_t attributes, int pair) {
    wchar_t text[3] = {(wchar_t)scalar, (wchar_t)mark, 0};
    cchar_t cell;
    if (setcchar(&cell, text, attributes, (short)pair, 0) == OK) mvwadd_wch(stdscr, row, column, &cell);
}

static inline void cn_move(int row, int column) { wmove(stdscr, row, column); }
static inline void cn_refresh(void) { wrefresh(stdscr); }
static inline void cn_redraw_all(void) { clearok(curscr, true); }

/// The current locale writes characters as UTF-8.
bool cn_is_utf8(void);

// The terminal's way back, also from a crash.

/// Remembers how the terminal is set now. False where standard input is no terminal.
bool cn_save(void);
/// From now on fatal signals and `exit` put the terminal back first.
void cn_guard(void);
/// Puts the terminal back as `cn_save` found it; nothing where that was done already. Safe in a signal handler.
void cn_restore(void);
/// The next `cn_restore` has work to do again.
void cn_taken(void);
/// Stops this process and the rest of its job, as ^Z does; returns when it goes on.
void cn_stop(void);
/// How large the terminal is now; false where nobody knows.
bool cn_window_size(int *rows, int *columns);
