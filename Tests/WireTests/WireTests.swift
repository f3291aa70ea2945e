import Testing
import Wire

@Test func theStandardsOwnKeyGivesItsOwnAccept() {
    #expect(AcceptKey.accept(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
}
