// What load.c and echo.c share. Both speak just enough of RFC 6455 for each other and for a server under test:
// every handshake uses the standard's sample key, so that nobody here needs SHA-1.
#pragma once
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SAMPLE_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define SAMPLE_ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

static inline uint64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline struct sockaddr_in loopback(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static inline void allow_many_files(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static inline void no_delay(int file) {
    int one = 1;
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

// The header of a frame in its minimal form, without a masking key; tells its length.
static inline size_t put_header(uint8_t *target, uint8_t byte0, uint64_t length, bool masked) {
    uint8_t mask = masked ? 0x80 : 0;
    target[0] = byte0;
    if (length < 126) return target[1] = mask | (uint8_t)length, 2;
    size_t wide = length < 65536 ? 2 : 8;
    target[1] = mask | (wide == 2 ? 126 : 127);
    for (size_t i = 0; i < wide; i++) target[2 + i] = (uint8_t)(length >> (8 * (wide - 1 - i)));
    return 2 + wide;
}

static inline void fail(const char *what) {
    perror(what);
    exit(3);
}
