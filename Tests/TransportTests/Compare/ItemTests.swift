import Testing
import Transport

struct ItemTests {
    private static func withSite(_ body: (HTTPLink) async throws -> Void) async throws {
        let routes = ItemRoutes(ItemStore())
        let site = try await HTTPSite.start { call, responder in responder.answer(routes.answer(call)) }
        let link = try await HTTPLink.connect(to: site.address)
        do {
            try await body(link)
        } catch {
            await site.stop()
            throw error
        }
        await site.stop()
    }

    /// RFC 9110 §13: who has it already is told so, and who would overwrite what he has not seen is refused.
    @Test func conditionalRequests() async throws {
        try await ItemTests.withSite { link in
            let created = try await link.ask("POST", "/items", body: [1, 2])
            #expect(created.status == 201)
            let path = try #require(created.field("Location"))
            let tag = try #require(created.field("ETag"))
            let first = try await link.ask("GET", path)
            #expect(first.status == 200 && first.body == [1, 2] && first.field("ETag") == tag)
            let again = try await link.ask("GET", path, ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty)
            let changed = try await link.ask("PUT", path, ["If-Match": tag], body: [3])
            #expect(changed.status == 200 && changed.field("ETag") != tag)
            let stale = try await link.ask("PUT", path, ["If-Match": tag], body: [4])
            #expect(stale.status == 412)
            #expect(try await link.ask("GET", path).body == [3])
            #expect(try await link.ask("DELETE", path).status == 204)
            #expect(try await link.ask("GET", path).status == 404)
        }
    }

    @Test(arguments: [
        ("GET", "/", 404), ("PATCH", "/items/1", 405), ("GET", "/items", 405), ("PUT", "/items/a/b", 404),
    ])
    func whatIsNotThere(method: String, path: String, status: Int) async throws {
        try await ItemTests.withSite { link in
            let answer = try await link.ask(method, path)
            #expect(answer.status == status)
        }
    }

    @Test(arguments: ["https://evil.example", "null"])
    func aPageOfElsewhereIsRefused(origin: String) async throws {
        try await ItemTests.withSite { link in
            let answer = try await link.ask("POST", "/items", ["Origin": origin], body: [1])
            #expect(answer.status == 403)
        }
    }

    @Test func overASocketAllOfItIsInventedAnew() async throws {
        let server = WebSocketServer(port: 0)
        let items = SocketItems(ItemStore())
        server.onConnection { items.serve($0) }
        let replies = Replies()
        let client = try await replies.connect(to: try await server.start())
        for (request, reply) in [
            (#"{"id":1,"op":"put","key":"a","body":"x"}"#, #"{"id":1,"status":"ok","tag":"\"v1\""}"#),
            (#"{"id":2,"op":"get","key":"a"}"#, #"{"body":"x","id":2,"status":"ok","tag":"\"v1\""}"#),
            (#"{"id":3,"op":"put","key":"a","tag":"\"v0\""}"#, #"{"id":3,"status":"conflict","tag":"\"v1\""}"#),
            (#"{"id":4,"op":"delete","key":"a"}"#, #"{"id":4,"status":"ok"}"#),
            (#"{"id":5,"op":"get","key":"a"}"#, #"{"id":5,"status":"missing"}"#),
            (#"{"id":6,"op":"fly"}"#, #"{"id":6,"status":"bad request"}"#),
            ("hello", #"{"status":"bad request"}"#),
        ] {
            client.send(request)
            #expect(await replies.nextText() == reply)
        }
        client.close()
        await server.stop()
    }

    @Test func stepByStep() async throws {
        let steps = try await CRUDComparison.run().steps
        #expect(steps[0].http.answers == ["200 OK", "304 Not Modified", "304 Not Modified"])
        #expect(steps[0].http.bytes < steps[0].socket.bytes)
        #expect(steps[1].http.answers == ["412 Precondition Failed"] && steps[1].socket.answers == ["id 1: conflict"])
        #expect(steps[2].http.answers == ["404 Not Found"] && steps[2].socket.answers == ["id 1: missing"])
        // The second request's answer overtook the first one's.
        #expect(steps[3].socket.answers == ["id 2: ok", "id 1: ok"])
        // One connection: the small one waits behind the large one.
        #expect(steps[4].socket.answers == ["id 1: ok", "id 2: ok"])
    }
}
