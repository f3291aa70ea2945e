/// What `ws101 watch` does unless told otherwise.
enum WatchDefaults {
    /// The teaching server's port on 127.0.0.1, or the next one that is free.
    static let port = 9001
    /// The proxy's.
    static let proxyPort = 9002
}
