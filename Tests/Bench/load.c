// load: many WebSocket clients on one epoll thread, over loopback, to measure an echo server or a proxy with.
//
//   load PORT echo CONNECTIONS BYTES DEPTH SECONDS [text]   DEPTH messages in flight on each connection
//   load PORT rate CONNECTIONS BYTES PER_SECOND SECONDS     that many messages a second, timed from when each was due
//   load PORT idle CONNECTIONS                              opens them, says READY, holds them until stdin ends
//
// All messages of a run are the same, so what a connection sends and what must come back are two endless repetitions
// of one frame: sending is a write from a prepared buffer, and checking every echoed byte is a memcmp. That leaves the
// generator's CPU far ahead of any server. One line of JSON on stdout; exit 1 where an echo was wrong or missing.
#include "loopback.h"

enum { RING = 4096, CHUNK = 1 << 18 };  // RING: the most messages in flight on a connection

// One frame, repeated to at least CHUNK bytes, so that a write can begin anywhere in it.
typedef struct {
    uint8_t *bytes;
    size_t frame, total;
} pattern;

typedef struct {
    int file;
    bool is_open, wants_out;
    size_t head;                 // bytes of the response's head so far; the last four are in `tail`
    uint32_t tail;
    size_t sent_at, unsent;      // where in the frame the next byte to send is; how many bytes are due
    size_t received_at;          // the same for the echo
    uint64_t sent, received;     // messages
    uint64_t *times;             // when each message in flight was due
} connection;

static int poll_file, port;
static pattern request, reply;
static connection *connections;
static size_t count, opened, closed, depth;
static uint64_t errors, messages;
static bool measuring, refilling;
static char head[512];
static uint8_t buffer[CHUNK];

// Buckets of 1/64 of a power of two: within 1.6 %.
static uint64_t histogram[64 * 64], samples;

static void note_latency(uint64_t elapsed) {
    unsigned shift = elapsed < 64 ? 0 : 58 - (unsigned)__builtin_clzll(elapsed);
    histogram[shift * 64 + (elapsed >> shift)]++;
    samples++;
}

static double quantile(double share) {
    uint64_t wanted = (uint64_t)(share * (double)samples), seen = 0;
    for (unsigned i = 0; i < 64 * 64; i++)
        if ((seen += histogram[i]) > wanted) {
            unsigned shift = i < 128 ? 0 : i / 64 - 1;
            return (double)((uint64_t)(i - shift * 64) << shift) / 1000;
        }
    return 0;
}

static pattern make_pattern(size_t length, bool masked, uint8_t byte0) {
    uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d};
    uint8_t *frame = malloc(length + 14);
    size_t at = put_header(frame, byte0, length, masked);
    if (masked) memcpy(frame + at, key, 4), at += 4;
    for (size_t i = 0; i < length; i++) frame[at + i] = (uint8_t)(' ' + i * 7 % 94) ^ (masked ? key[i & 3] : 0);
    pattern made = {.frame = at + length};
    size_t times = CHUNK / made.frame + 1;
    made.total = made.frame * times;
    made.bytes = malloc(made.total);
    for (size_t i = 0; i < times; i++) memcpy(made.bytes + i * made.frame, frame, made.frame);
    free(frame);
    return made;
}

static void lose(connection *one, const char *why) {
    if (errors++ < 3) fprintf(stderr, "load: connection %td: %s\n", one - connections, why);
    if (one->is_open) opened--;
    close(one->file);
    one->file = -1;
    one->is_open = false;
    closed++;
}

static void want_out(connection *one, bool wanted) {
    if (one->wants_out == wanted) return;
    one->wants_out = wanted;
    struct epoll_event event = {.events = EPOLLIN | (wanted ? EPOLLOUT : 0u), .data.ptr = one};
    epoll_ctl(poll_file, EPOLL_CTL_MOD, one->file, &event);
}

static void send_due(connection *one) {
    while (one->unsent) {
        size_t size = request.total - one->sent_at;
        if (size > one->unsent) size = one->unsent;
        ssize_t took = send(one->file, request.bytes + one->sent_at, size, MSG_NOSIGNAL);
        if (took < 0) {
            if (errno != EAGAIN) lose(one, "send failed");
            else want_out(one, true);
            return;
        }
        one->unsent -= (size_t)took;
        one->sent_at = (one->sent_at + (size_t)took) % request.frame;
    }
    want_out(one, false);
}

static void queue_message(connection *one, uint64_t due) {
    one->times[one->sent++ % RING] = due;
    one->unsent += request.frame;
}

static void fill(connection *one, uint64_t now) {
    while (one->sent - one->received < depth) queue_message(one, now);
    send_due(one);
}

// Looks for the end of the response's head; tells how many of the bytes belong to it.
static size_t read_head(connection *one, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (one->head == 0 && size - i >= 12 && memcmp(bytes + i, "HTTP/1.1 101", 12) != 0) {
            lose(one, "the server did not answer with 101");
            return size;
        }
        one->head++;
        one->tail = one->tail << 8 | bytes[i];
        if (one->tail == 0x0d0a0d0a) {
            one->is_open = true;
            opened++;
            return i + 1;
        }
    }
    return size;
}

static void check_echoes(connection *one, const uint8_t *bytes, size_t size, uint64_t now) {
    while (size) {
        size_t run = reply.total - one->received_at;
        if (run > size) run = size;
        if (memcmp(bytes, reply.bytes + one->received_at, run) != 0) {
            lose(one, "an echo differs from what was sent");
            return;
        }
        uint64_t complete = (one->received_at + run) / reply.frame;
        if (one->received + complete > one->sent) {
            lose(one, "more echoes than messages");
            return;
        }
        for (uint64_t i = 0; i < complete && measuring; i++)
            note_latency(now - one->times[(one->received + i) % RING]);
        if (measuring) messages += complete;
        one->received += complete;
        one->received_at = (one->received_at + run) % reply.frame;
        bytes += run;
        size -= run;
    }
}

static void receive(connection *one, uint64_t now) {
    ssize_t took = recv(one->file, buffer, sizeof buffer, 0);
    if (took < 0 && errno == EAGAIN) return;
    if (took <= 0) {
        lose(one, took == 0 ? "closed by the server" : "receive failed");
        return;
    }
    size_t begin = one->is_open ? 0 : read_head(one, buffer, (size_t)took);
    if (!one->is_open || !request.frame) return;
    check_echoes(one, buffer + begin, (size_t)took - begin, now);
    if (one->is_open && refilling) fill(one, now);
}

static void poll_once(int64_t wait) {
    static struct epoll_event events[1024];
    struct timespec most = {wait / 1000000000, wait % 1000000000};
    int ready = epoll_pwait2(poll_file, events, 1024, wait < 0 ? NULL : &most, NULL);
    uint64_t now = nanoseconds();
    for (int i = 0; i < ready; i++) {
        connection *one = events[i].data.ptr;
        if (one->file >= 0 && events[i].events & EPOLLOUT) send_due(one);
        if (one->file >= 0 && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(one, now);
    }
}

static void start(connection *one) {
    struct sockaddr_in address = loopback(port);
    one->file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // Connecting blocks: the server's backlog sets the pace.
    if (one->file < 0 || connect(one->file, (struct sockaddr *)&address, sizeof address)) fail("connect");
    no_delay(one->file);
    if (send(one->file, head, strlen(head), MSG_NOSIGNAL) < 0) fail("send");
    fcntl(one->file, F_SETFL, O_NONBLOCK);
    one->times = request.frame ? malloc(RING * sizeof *one->times) : NULL;
}

static void open_all(void) {
    connections = calloc(count, sizeof *connections);
    for (size_t i = 0; i < count; i++) {
        connection *one = &connections[i];
        start(one);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
        epoll_ctl(poll_file, EPOLL_CTL_ADD, one->file, &event);
        while (i > opened + closed + 200) poll_once(1000000);
    }
    for (uint64_t until = nanoseconds() + 30000000000u; opened + closed < count && nanoseconds() < until;)
        poll_once(10000000);
    if (opened < count) fprintf(stderr, "load: %zu of %zu connections opened\n", opened, count), exit(1);
}

// Sends what is due until `end`; everything later is sent at once, as a queue that fell behind would.
static void keep_rate(double per_second, uint64_t end) {
    uint64_t gap = (uint64_t)(1e9 / per_second), due = nanoseconds();
    for (size_t turn = 0; due < end && opened;) {
        uint64_t now = nanoseconds();
        for (; due <= now && due < end; due += gap) {
            connection *one = &connections[turn++ % count];
            if (!one->is_open || one->sent - one->received >= RING) continue;
            queue_message(one, due);
            send_due(one);
        }
        poll_once(due > now ? (int64_t)(due - now) : 0);
    }
}

static void run_for(uint64_t end) {
    while (opened) {
        uint64_t now = nanoseconds();
        if (now >= end) break;
        poll_once((int64_t)(end - now < 100000000 ? end - now : 100000000));
    }
}

static void await_the_rest(void) {
    uint64_t until = nanoseconds() + 5000000000u, waiting = 1;
    while (waiting && nanoseconds() < until) {
        waiting = 0;
        for (size_t i = 0; i < count; i++)
            if (connections[i].is_open) waiting += connections[i].sent - connections[i].received;
        if (waiting) poll_once(10000000);
    }
    errors += waiting;
}

int main(int argc, char **argv) {
    if (argc < 4) return fputs("usage: see the head of load.c\n", stderr), 2;
    bool idle = !strcmp(argv[2], "idle"), rate = !strcmp(argv[2], "rate");
    if (!idle && argc < 7) return fputs("usage: see the head of load.c\n", stderr), 2;
    port = atoi(argv[1]);
    count = strtoul(argv[3], NULL, 10);
    allow_many_files();
    prctl(PR_SET_TIMERSLACK, 1);
    poll_file = epoll_create1(0);
    snprintf(head, sizeof head,
             "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: " SAMPLE_KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n", port);
    if (idle) {
        open_all();
        printf("READY %zu\n", opened);
        fflush(stdout);
        return getchar(), errors > 0;
    }
    size_t size = strtoul(argv[4], NULL, 10);
    double number = atof(argv[5]), seconds = atof(argv[6]);
    uint8_t byte0 = argc > 7 && !strcmp(argv[7], "text") ? 0x81 : 0x82;
    request = make_pattern(size, true, byte0);
    reply = make_pattern(size, false, byte0);
    depth = rate ? 0 : (size_t)number;
    if (depth > RING || (rate && number <= 0)) return fputs("load: out of range\n", stderr), 2;
    open_all();

    uint64_t warm = nanoseconds() + (uint64_t)(seconds * 2e8), begin, end;
    refilling = !rate;
    for (size_t i = 0; i < count && !rate; i++) fill(&connections[i], nanoseconds());
    if (rate) keep_rate(number, warm);
    else run_for(warm);
    measuring = true;
    begin = nanoseconds();
    end = begin + (uint64_t)(seconds * 1e9);
    if (rate) keep_rate(number, end);
    else run_for(end);
    double took = (double)(nanoseconds() - begin) / 1e9;
    if (!rate) measuring = false;
    uint64_t measured = messages;
    refilling = false;
    await_the_rest();
    printf("{\"messages\": %llu, \"seconds\": %.3f, \"per_second\": %.0f, \"p50_us\": %.1f, \"p99_us\": %.1f, "
           "\"errors\": %llu}\n",
           (unsigned long long)measured, took, (double)measured / took, quantile(0.5), quantile(0.99),
           (unsigned long long)errors);
    return errors > 0;
}
