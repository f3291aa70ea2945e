import Dispatch

/// The lines of standard input, read one by one as they are asked for: a line that nobody wants yet waits in the pipe.
package struct StandardInput: AsyncSequence {
    package init() {}

    package func makeAsyncIterator() -> Iterator { Iterator() }

    package struct Iterator: AsyncIteratorProtocol {
        private let queue = DispatchQueue(label: "ws101.stdin")

        /// The next line without its end; bytes that are no UTF-8 appear as U+FFFD.
        package mutating func next() async -> String? {
            let queue = queue
            return await withCheckedContinuation { continuation in
                queue.async { continuation.resume(returning: readLine()) }
            }
        }
    }
}
