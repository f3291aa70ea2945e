/// What `ws101` alone does.
enum WatchDefaults {
    /// The teaching server's port on 127.0.0.1, or the next one that is free.
    static let port = 9001
}
