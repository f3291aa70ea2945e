// broadcast: one speaks in a room, all others hear it, over loopback, to measure a server's fan-out with.
//
//   broadcast PORT PATH MEMBERS BYTES DEPTH SECONDS
//
// The speaker is DEPTH messages ahead of the slowest member, no more. Every byte that a member hears is compared with what
// was said. One line of JSON on stdout: deliveries a second of all members together; exit 1 where one went wrong.
#include "loopback.h"

enum { CHUNK = 1 << 18 };

typedef struct {
    int file;
    bool is_open;
    uint32_t tail;       // the last four bytes of the response's head
    size_t at;           // where in the frame the next byte of it is
    uint64_t heard;      // whole messages
} member;

static int poll_file;
static member *members;
static size_t count, opened, frame, behind;
static uint64_t deliveries, errors, said;
static uint8_t buffer[CHUNK], *expected, *request;
static size_t expected_size, request_size;

static void check(member *one, const uint8_t *bytes, size_t size) {
    while (size && !errors) {
        size_t run = expected_size - one->at;
        if (run > size) run = size;
        if (memcmp(bytes, expected + one->at, run) != 0) {
            fprintf(stderr, "broadcast: member %td hears what was not said\n", one - members);
            errors++;
        }
        uint64_t complete = (one->at + run) / frame;
        one->heard += complete;
        deliveries += complete;
        one->at = (one->at + run) % frame;
        bytes += run;
        size -= run;
    }
}

static void receive(member *one) {
    ssize_t took = recv(one->file, buffer, sizeof buffer, 0);
    if (took < 0 && errno == EAGAIN) return;
    if (took <= 0) {
        fprintf(stderr, "broadcast: member %td lost its connection\n", one - members);
        errors++;
        epoll_ctl(poll_file, EPOLL_CTL_DEL, one->file, NULL);
        return;
    }
    size_t begin = 0;
    while (!one->is_open && begin < (size_t)took) {
        one->tail = one->tail << 8 | buffer[begin++];
        if (one->tail == 0x0d0a0d0a) one->is_open = true, opened++;
    }
    if (one != members && one->is_open) check(one, buffer + begin, (size_t)took - begin);
}

static void poll_once(int wait) {
    static struct epoll_event events[1024];
    int ready = epoll_wait(poll_file, events, 1024, wait);
    for (int i = 0; i < ready; i++) receive(events[i].data.ptr);
}

static void open_all(int port, const char *path) {
    char head[512];
    snprintf(head, sizeof head,
             "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: " SAMPLE_KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    struct sockaddr_in address = loopback(port);
    for (size_t i = 0; i < count; i++) {
        member *one = &members[i];
        one->file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (one->file < 0 || connect(one->file, (struct sockaddr *)&address, sizeof address)) fail("connect");
        no_delay(one->file);
        if (send(one->file, head, strlen(head), MSG_NOSIGNAL) < 0) fail("send");
        fcntl(one->file, F_SETFL, O_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
        epoll_ctl(poll_file, EPOLL_CTL_ADD, one->file, &event);
        while (i > opened + 200 && !errors) poll_once(1);
    }
    for (uint64_t until = nanoseconds() + 30000000000u; opened < count && !errors && nanoseconds() < until;) poll_once(10);
    if (opened < count) fprintf(stderr, "broadcast: %zu of %zu joined\n", opened, count), exit(1);
}

static void say(void) {
    // A message is a few hundred bytes at most: the socket takes it whole.
    if (send(members[0].file, request, request_size, MSG_NOSIGNAL) != (ssize_t)request_size) fail("the speaker's send");
    said++;
}

// Keeps the speaker DEPTH ahead of the slowest until `end`.
static void run(uint64_t depth, uint64_t end) {
    while (nanoseconds() < end && !errors) {
        // The slowest is looked for only where it may have changed: from the one that was slowest before.
        while (behind < count && members[behind].heard + depth > said) behind++;
        if (behind == count) say(), behind = 1;
        else if (members[behind].heard + depth <= said) poll_once(100), behind = 1;
    }
}

int main(int argc, char **argv) {
    if (argc != 7) return fputs("usage: see the head of broadcast.c\n", stderr), 2;
    count = strtoul(argv[3], NULL, 10) + 1;
    size_t size = strtoul(argv[4], NULL, 10);
    uint64_t depth = strtoul(argv[5], NULL, 10);
    double seconds = atof(argv[6]);
    if (count < 2 || size < 1 || size > 4096 || depth < 1) return fputs("broadcast: out of range\n", stderr), 2;
    allow_many_files();
    poll_file = epoll_create1(0);
    members = calloc(count, sizeof *members);

    uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d};
    request = malloc(size + 14);
    request_size = put_header(request, 0x81, size, true);
    memcpy(request + request_size, key, 4), request_size += 4;
    uint8_t one[8200];
    frame = put_header(one, 0x81, size, false);
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)(' ' + i * 7 % 94);
        request[request_size + i] = byte ^ key[i & 3];
        one[frame + i] = byte;
    }
    request_size += size, frame += size;
    size_t times = CHUNK / frame + 1;
    expected_size = frame * times;
    expected = malloc(expected_size);
    for (size_t i = 0; i < times; i++) memcpy(expected + i * frame, one, frame);

    open_all(atoi(argv[1]), argv[2]);
    behind = 1;
    run(depth, nanoseconds() + (uint64_t)(seconds * 2e8));
    uint64_t before = deliveries, said_before = said, begin = nanoseconds();
    run(depth, begin + (uint64_t)(seconds * 1e9));
    double took = (double)(nanoseconds() - begin) / 1e9;
    printf("{\"deliveries\": %llu, \"per_second\": %.0f, \"messages_per_second\": %.1f, \"errors\": %llu}\n",
           (unsigned long long)(deliveries - before), (double)(deliveries - before) / took,
           (double)(said - said_before) / took, (unsigned long long)errors);
    return errors > 0;
}
