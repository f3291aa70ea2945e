/// CRUD by HTTP, RFC 9110: methods, statuses and conditional requests are there already.
///
///     GET /items/KEY      200 with an ETag; 304 where If-None-Match has it
///     PUT /items/KEY      200; 412 where If-Match has another one
///     POST /items         201 with Location
///     DELETE /items/KEY   204
package struct ItemRoutes: Sendable {
    private let store: ItemStore

    package init(_ store: ItemStore) { self.store = store }

    package func answer(_ call: HTTPCall) -> HTTPAnswer {
        let parts = call.path.split(separator: "/").map(String.init)
        guard parts.first == "items", parts.count <= 2 else { return ItemRoutes.problem(404, "there is nothing here") }
        guard parts.count == 2 else { return collection(call) }
        let key = parts[1]
        switch call.method {
        case "GET": return get(key, call)
        case "PUT": return answer(store.put(key, call.body, over: call.field("If-Match")))
        case "DELETE": return answer(store.delete(key))
        default: return HTTPAnswer(status: 405, fields: ["Allow": "GET, PUT, DELETE"])
        }
    }

    private func collection(_ call: HTTPCall) -> HTTPAnswer {
        guard call.method == "POST" else { return HTTPAnswer(status: 405, fields: ["Allow": "POST"]) }
        let (key, outcome) = store.create(call.body)
        guard case .done(let item) = outcome else { return answer(outcome) }
        return HTTPAnswer(status: 201, fields: ["Location": "/items/\(key)", "ETag": item.tag])
    }

    private func get(_ key: String, _ call: HTTPCall) -> HTTPAnswer {
        let outcome = store.get(key)
        guard case .done(let item) = outcome else { return answer(outcome) }
        let fields = ["ETag": item.tag, "Cache-Control": "no-cache"]
        if call.field("If-None-Match") == item.tag { return HTTPAnswer(status: 304, fields: fields) }
        return HTTPAnswer(
            status: 200, fields: fields.merging(["Content-Type": "application/octet-stream"]) { $1 }, body: item.body)
    }

    private func answer(_ outcome: ItemStore.Outcome) -> HTTPAnswer {
        switch outcome {
        case .done(let item): HTTPAnswer(status: 200, fields: ["ETag": item.tag])
        case .removed: HTTPAnswer(status: 204)
        case .missing: ItemRoutes.problem(404, "there is no such item")
        case .conflict(let item):
            HTTPAnswer(status: 412, fields: ["ETag": item.tag], json: #"{"error":"somebody changed it meanwhile"}"#)
        case .full: ItemRoutes.problem(507, "the store is full")
        }
    }

    private static func problem(_ status: Int, _ why: String) -> HTTPAnswer {
        HTTPAnswer(status: status, json: JSONLine.text(["error": why]))
    }
}
