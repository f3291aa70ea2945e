// echo PORT: a WebSocket echo server on one epoll thread, to stand behind a proxy that is measured.
//
// It trusts its peer about everything but framing: it unmasks what comes and sends it back as it goes. It stops
// reading from a connection that does not take its echoes. Ends with its standard input.
#include "loopback.h"

enum { CHUNK = 1 << 18 };

typedef struct {
    int file;
    bool is_open, is_closing;
    uint32_t tail;                       // the last four bytes of the request's head
    uint8_t header[14];
    size_t header_size;
    uint8_t key[4], opcode;
    uint64_t left, phase;                // payload bytes to come; bytes of it unmasked so far
    uint8_t *kept;                       // what the peer has not taken yet
    size_t kept_size, kept_at;
} connection;

static int poll_file;
static uint8_t input[CHUNK], output[CHUNK * 6];

static void end_connection(connection *one) {
    close(one->file);
    free(one->kept);
    free(one);
}

static bool put(connection *one, const uint8_t *bytes, size_t size) {
    ssize_t took = send(one->file, bytes, size, MSG_NOSIGNAL);
    if (took < 0 && errno != EAGAIN) return false;
    if (took < 0) took = 0;
    if ((size_t)took == size) return !one->is_closing;
    one->kept_size = size - (size_t)took;
    one->kept_at = 0;
    one->kept = malloc(one->kept_size);
    memcpy(one->kept, bytes + took, one->kept_size);
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = one};
    epoll_ctl(poll_file, EPOLL_CTL_MOD, one->file, &event);
    return true;
}

static bool put_kept(connection *one) {
    ssize_t took = send(one->file, one->kept + one->kept_at, one->kept_size - one->kept_at, MSG_NOSIGNAL);
    if (took < 0) return errno == EAGAIN;
    one->kept_at += (size_t)took;
    if (one->kept_at < one->kept_size) return true;
    free(one->kept);
    one->kept = NULL;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
    epoll_ctl(poll_file, EPOLL_CTL_MOD, one->file, &event);
    return !one->is_closing;
}

static void unmask(uint8_t *target, const uint8_t *source, size_t size, const uint8_t key[4], uint64_t phase) {
    uint8_t turned[8];
    uint64_t wide, word;
    for (int i = 0; i < 8; i++) turned[i] = key[(phase + (uint64_t)i) & 3];
    memcpy(&wide, turned, 8);
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        memcpy(&word, source + i, 8);
        word ^= wide;
        memcpy(target + i, &word, 8);
    }
    for (; i < size; i++) target[i] = source[i] ^ turned[i & 7];
}

static size_t header_needs(const connection *one) {
    if (one->header_size < 2) return 2;
    unsigned form = one->header[1] & 127;
    return 6 + (form == 126 ? 2 : form == 127 ? 8 : 0);
}

static size_t begin_frame(connection *one, uint8_t *target) {
    unsigned form = one->header[1] & 127;
    size_t wide = form == 126 ? 2 : form == 127 ? 8 : 0;
    one->left = wide ? 0 : form;
    for (size_t i = 0; i < wide; i++) one->left = one->left << 8 | one->header[2 + i];
    memcpy(one->key, one->header + 2 + wide, 4);
    one->opcode = one->header[0] & 15;
    one->phase = 0;
    if (one->opcode == 8) one->is_closing = true;
    uint8_t byte0 = one->opcode == 9 ? (one->header[0] & 0xf0) | 10 : one->header[0];
    return put_header(target, byte0, one->left, false);
}

static bool echo(connection *one, const uint8_t *bytes, size_t size) {
    size_t at = 0;
    while (size || (one->header_size == header_needs(one) && !one->left)) {
        if (one->header_size < header_needs(one)) {
            one->header[one->header_size++] = *bytes++;
            size--;
            if (one->header_size == 2 && !(one->header[1] & 0x80)) return false;
            if (one->header_size == header_needs(one)) at += begin_frame(one, output + at);
            continue;
        }
        size_t run = one->left < size ? (size_t)one->left : size;
        unmask(output + at, bytes, run, one->key, one->phase);
        at += run, bytes += run, size -= run;
        one->left -= run, one->phase += run;
        if (!one->left) one->header_size = 0;
    }
    return at ? put(one, output, at) : true;
}

static bool receive(connection *one) {
    ssize_t took = recv(one->file, input, sizeof input, 0);
    if (took < 0) return errno == EAGAIN;
    if (took == 0) return false;
    if (one->is_open) return echo(one, input, (size_t)took);
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: " SAMPLE_ACCEPT "\r\n\r\n";
    for (ssize_t i = 0; i < took; i++) {
        one->tail = one->tail << 8 | input[i];
        if (one->tail != 0x0d0a0d0a) continue;
        one->is_open = true;
        return put(one, (const uint8_t *)answer, sizeof answer - 1) &&
               echo(one, input + i + 1, (size_t)(took - i - 1));
    }
    return true;
}

static void accept_all(int listener) {
    for (int file; (file = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        no_delay(file);
        connection *one = calloc(1, sizeof *one);
        one->file = file;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
        epoll_ctl(poll_file, EPOLL_CTL_ADD, file, &event);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) return fputs("usage: echo PORT\n", stderr), 2;
    allow_many_files();
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
    struct sockaddr_in address = loopback(atoi(argv[1]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) fail("listen");
    poll_file = epoll_create1(0);
    connection listening = {.file = listener}, input_end = {.file = STDIN_FILENO};
    epoll_ctl(poll_file, EPOLL_CTL_ADD, listener, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &listening});
    epoll_ctl(poll_file, EPOLL_CTL_ADD, STDIN_FILENO, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &input_end});
    for (;;) {
        static struct epoll_event events[512];
        int ready = epoll_wait(poll_file, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            connection *from = events[i].data.ptr;
            if (from == &input_end) return 0;
            if (from == &listening) {
                accept_all(listener);
                continue;
            }
            bool alive = events[i].events & EPOLLOUT ? put_kept(from) : receive(from);
            if (!alive) end_connection(from);
        }
    }
}
