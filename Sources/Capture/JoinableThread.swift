import Glibc

/// A thread of the operating system that can be waited for.
struct JoinableThread: @unchecked Sendable {
    private let thread: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    init(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run))
        let error = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        precondition(error == 0, "the operating system gives no thread: \(String(cString: strerror(error)))")
        self.thread = thread
    }

    func join() { pthread_join(thread, nil) }
}
