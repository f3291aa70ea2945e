/// What a place is called apart from where in it something is.
extension Place {
    /// The path of the request, where it is known.
    package var path: String? {
        switch self {
        case .wire(let place): place.path
        case .probe(let place): place.path
        case .source: nil
        }
    }

    package var file: String? {
        switch self {
        case .wire, .probe: nil
        case .source(let place): place.file
        }
    }
}

extension ProbePlace {
    /// Of the URL, without its query.
    package var path: String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}
