#pragma once
#include <fcntl.h>
#include <sys/eventfd.h>
#include <hiredis/hiredis.h>

/// From here on, reading and writing never wait. `fcntl` has variable arguments, which Swift cannot import.
static inline int ws101_redis_never_wait(redisContext *context) {
    int flags = fcntl(context->fd, F_GETFL);
    if (flags < 0 || fcntl(context->fd, F_SETFL, flags | O_NONBLOCK) < 0) return REDIS_ERR;
    context->flags &= ~REDIS_BLOCK;
    return REDIS_OK;
}

/// The message of the last error; an array in C, which Swift sees as a tuple.
static inline const char *ws101_redis_error(const redisContext *context) {
    return context->errstr;
}

/// The room for one more piece of a reply that has not been read whole.
static inline size_t ws101_redis_held(const redisContext *context) {
    return context->reader->len - context->reader->pos;
}

/// A descriptor that becomes readable when something is written to it. Swift's module of glibc leaves `sys/eventfd.h` out.
static inline int ws101_bell(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}
