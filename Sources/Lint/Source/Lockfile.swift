/// The exact versions that a project uses.
struct Lockfile {
    enum Format {
        case npm

        init?(fileName: String) {
            guard fileName == "package-lock.json" else { return nil }
            self = .npm
        }
    }

    let format: Format
    let file: SourceFile
}
