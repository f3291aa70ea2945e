package import Connection
import Glibc

/// The time for segments and deadlines: wall-clock time at the program's start, and steady from there on, so that a
/// clock that is set back neither turns a recording round nor fires a time-out.
package enum Clock {
    private static let offset = read(CLOCK_REALTIME) &- read(CLOCK_MONOTONIC)

    package static func now() -> Timestamp { Timestamp(nanoseconds: read(CLOCK_MONOTONIC) &+ offset) }

    /// Of the calling thread.
    static func processorTime() -> Duration { .nanoseconds(Int64(bitPattern: read(CLOCK_THREAD_CPUTIME_ID))) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
