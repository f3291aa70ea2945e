import Glibc

/// A lock with two conditions on which threads wait for each other; what it guards is its owner's.
///
/// `Synchronization.Mutex` has no condition to wait on.
final class Monitor: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let conditions: UnsafeMutablePointer<pthread_cond_t>

    enum Condition: Int {
        /// There is work for the thread that does it.
        case work
        /// Some work is done.
        case done
    }

    init() {
        mutex = .allocate(capacity: 1)
        conditions = .allocate(capacity: 2)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        for index in 0..<2 { pthread_cond_init(conditions + index, &attributes) }
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        for index in 0..<2 { pthread_cond_destroy(conditions + index) }
        pthread_mutex_destroy(mutex)
        conditions.deallocate()
        mutex.deallocate()
    }

    func lock() { pthread_mutex_lock(mutex) }
    func unlock() { pthread_mutex_unlock(mutex) }

    func withLock<Result>(_ body: () -> Result) -> Result {
        lock()
        defer { unlock() }
        return body()
    }

    func signal(_ condition: Condition) { pthread_cond_broadcast(conditions + condition.rawValue) }

    /// Lets go of the lock until `condition` is signalled.
    func wait(_ condition: Condition) { pthread_cond_wait(conditions + condition.rawValue, mutex) }

    /// - Returns: false once `deadline`, on the monotonic clock, has passed.
    func wait(_ condition: Condition, until deadline: timespec) -> Bool {
        var deadline = deadline
        return pthread_cond_timedwait(conditions + condition.rawValue, mutex, &deadline) != ETIMEDOUT
    }

    static func deadline(milliseconds: Int) -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let nanoseconds = time.tv_nsec + milliseconds * 1_000_000
        time.tv_sec += nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        return time
    }
}
