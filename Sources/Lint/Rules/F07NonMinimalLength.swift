import Wire

/// A length is written in as few bytes as it needs.
struct NonMinimalLength: ViolationRule {
    static let page = RulePage(
        "F07", "non-minimal-length", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.2"], lesson: 3,
        says: "A payload's length is not in its shortest form, or the first bit of a 64-bit length is 1.",
        why: """
            Strict receivers fail the connection, lenient ones do not: it works until the peer is replaced. What two \
            receivers read differently is also a way past a filter. And a length with the first bit set is negative \
            where it is read as a signed number, which has crashed servers.
            """,
        evidence: """
            On the wire, up to 125 bytes whose length stands in 16 or 64 bits, up to 65,535 in 64 bits, or a 64-bit \
            length from 2⁶³ on; only the first fault of a frame counts. The probe sends each itself: a server that \
            goes on is told as tolerates-violation.
            """,
        fix: """
            Write lengths up to 125 in the 7 bits, up to 65,535 in 16 bits behind 126, larger ones in 64 bits behind \
            127; in no case reserve the long form and fill it in later.
            """,
        examples: [
            .violates("2 bytes, in 16 bits") { scene in
                scene.open()
                scene.bytes(.server, [0x81, 0x7e, 0x00, 0x02, 0x68, 0x69], "◀─ server TEXT \"hi\", length in 16 bits")
                scene.end(by: .client, 1002)
            },
            .violates("300 bytes, in 64 bits") { scene in
                scene.open()
                let header: [UInt8] = [0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0x01, 0x2c]
                scene.bytes(
                    .server, header + [UInt8](repeating: 0, count: 300), "◀─ server BINARY 300 B, length in 64 bits")
                scene.end(by: .client, 1002)
            },
            .violates("a length of 2⁶³") { scene in
                scene.open()
                scene.bytes(.server, [0x82, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0], "◀─ server BINARY, length 2⁶³")
                scene.close(.client, 1002)
                scene.fin(.client)
                scene.fin(.server)
            },
            .complies("125, 126 and 65,536 bytes") { scene in
                scene.open()
                for count in [125, 126, 65_536] { scene.binary(.server, count) }
                scene.end()
            },
            .tooLittle("no frames") { scene in scene.open() },
        ])

    static let owned: Set<Violation.Rule> = [.lengthNotMinimal, .lengthTopBit]
}
