/// Where a recording is kept.
package enum RecordingPlace: Hashable, Sendable {
    /// A file with mode 0600; one that holds pcapng already is appended to.
    case file(String)
    /// A file in `$TMPDIR` without a name, gone when this process is.
    case spool
}
