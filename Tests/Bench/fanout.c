// fanout: one room, one who speaks, many who listen, and some who do not read what they get.
//
//   fanout PORT PATH READERS SLOW BYTES PER_SECOND SECONDS
//
// Each message carries the time at which it was due, so that waiting before it is sent counts as well. One line of JSON on
// stdout: how many messages were sent, how many came, and the latencies in microseconds of those who read.
#include "loopback.h"

typedef struct {
    int file;
    uint8_t start[64];           // the first bytes of the frame under way: header, and where the time is
    size_t have;                 // of them
    uint64_t rest;               // payload bytes still to come, once the header is known
    bool in_payload;
} reader;

static uint64_t histogram[64 * 64], samples, received, closed_readers;
static uint8_t buffer[1 << 18];

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

// Connects and opens; blocking, and one after the other.
static int opened(int port, const char *path, int receive_buffer) {
    int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) fail("socket");
    if (receive_buffer) setsockopt(file, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    struct sockaddr_in address = loopback(port);
    if (connect(file, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
    no_delay(file);
    char text[512];
    int size = snprintf(text, sizeof text,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: " SAMPLE_KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    if (write(file, text, (size_t)size) != size) fail("write");
    uint32_t tail = 0;
    for (uint8_t byte; tail != 0x0d0a0d0a; tail = tail << 8 | byte)
        if (read(file, &byte, 1) != 1) fail("no handshake");
    fcntl(file, F_SETFL, O_NONBLOCK);
    return file;
}

static size_t header_size(const reader *one) {
    uint8_t length = one->start[1] & 127;
    return length < 126 ? 2 : length == 126 ? 4 : 10;
}

// One frame is complete but for its rest: its time stands 6 bytes behind the header, in 20 digits.
static void begin_payload(reader *one, uint64_t now) {
    if ((one->start[0] & 15) == 8) closed_readers++;
    if ((one->start[0] & 15) != 1) return;
    uint64_t due = strtoull((const char *)one->start + header_size(one) + 6, NULL, 10);
    note_latency(now > due ? now - due : 0);
    received++;
}

static void take(reader *one, const uint8_t *bytes, size_t size, uint64_t now) {
    for (size_t at = 0; at < size;) {
        if (one->in_payload) {
            size_t step = size - at < one->rest ? size - at : one->rest;
            at += step;
            if ((one->rest -= step) == 0) one->in_payload = false, one->have = 0;
            continue;
        }
        one->start[one->have++] = bytes[at++];
        if (one->have < 2 || one->have < header_size(one)) continue;
        uint64_t length = one->start[1] & 127;
        size_t header = header_size(one);
        if (length >= 126) {
            length = 0;
            for (size_t i = 2; i < header; i++) length = length << 8 | one->start[i];
        }
        size_t wanted = header + (length < 26 ? length : 26);
        if (one->have < wanted) continue;
        begin_payload(one, now);
        one->rest = length - (wanted - header);
        one->in_payload = one->rest > 0;
        if (!one->in_payload) one->have = 0;
    }
}

int main(int count, char **words) {
    if (count != 8) return fprintf(stderr, "fanout PORT PATH READERS SLOW BYTES PER_SECOND SECONDS\n"), 2;
    int port = atoi(words[1]);
    size_t readers = strtoul(words[3], NULL, 10), slow = strtoul(words[4], NULL, 10), bytes = strtoul(words[5], NULL, 10);
    double per_second = atof(words[6]), seconds = atof(words[7]);
    allow_many_files();
    int poll_file = epoll_create1(EPOLL_CLOEXEC);
    reader *all = calloc(readers + 1, sizeof *all);
    for (size_t i = 0; i < slow; i++) opened(port, words[2], 4096);
    for (size_t i = 0; i <= readers; i++) {  // the last one speaks
        all[i].file = opened(port, words[2], 0);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(poll_file, EPOLL_CTL_ADD, all[i].file, &event);
    }
    // A masked frame with the masking key 0.
    uint8_t *frame = calloc(1, bytes + 14);
    size_t header = put_header(frame, 0x81, bytes, true) + 4, sent_of = 0;
    bool sending = false;
    uint64_t start = nanoseconds() + 100000000, total = (uint64_t)(per_second * seconds), sent = 0;
    uint64_t end = start + (uint64_t)(seconds * 1e9) + 5000000000u;
    for (uint64_t now = nanoseconds(); now < end && (sent < total || received + closed_readers < total * readers); now = nanoseconds()) {
        uint64_t due = start + (uint64_t)((double)sent / per_second * 1e9);
        while (sending || (sent < total && now >= due)) {
            if (!sending) {
                memset(frame + header, 'x', bytes);
                char text[40];
                int size = snprintf(text, sizeof text, "{\"at\":%020llu,\"x\":\"", (unsigned long long)due);
                memcpy(frame + header, text, (size_t)size);
                memcpy(frame + header + bytes - 2, "\"}", 2);
                sending = true, sent_of = 0;
            }
            ssize_t took = send(all[readers].file, frame + sent_of, header + bytes - sent_of, MSG_NOSIGNAL);
            if (took < 0 && errno != EAGAIN) fail("the server ended the connection of who speaks");
            if (took < 0 || (sent_of += (size_t)took) < header + bytes) break;
            sending = false;
            due = start + (uint64_t)((double)++sent / per_second * 1e9);
        }
        struct epoll_event events[256];
        int ready = epoll_wait(poll_file, events, 256, 1);
        now = nanoseconds();
        for (int i = 0; i < ready; i++) {
            reader *one = events[i].data.ptr;
            ssize_t got = recv(one->file, buffer, sizeof buffer, 0);
            if (got > 0) take(one, buffer, (size_t)got, now);
            else if (got == 0 || errno != EAGAIN) epoll_ctl(poll_file, EPOLL_CTL_DEL, one->file, NULL);
        }
    }
    printf("{\"sent\": %llu, \"received\": %llu, \"expected\": %llu, \"p50\": %.1f, \"p99\": %.1f, \"max\": %.1f}\n",
        (unsigned long long)sent, (unsigned long long)received, (unsigned long long)(total * readers), quantile(0.5),
        quantile(0.99), quantile(0.9999999));
    return received == total * readers ? 0 : 1;
}
