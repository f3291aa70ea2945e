import Wire

/// Bytes in, reactions out.
extension Endpoint {
    /// Takes bytes that the peer sent, from `cursor` on.
    /// - Parameter bytes: Payloads are unmasked in place. Those before `cursor` were taken.
    /// - Returns: What happened, or nil when all is taken (or a request waits for its answer). Call again after each.
    package mutating func next(
        in bytes: UnsafeMutableRawBufferPointer, at cursor: inout Int, now: Timestamp
    ) -> Reaction? {
        lastHeard = now
        switch phase {
        case .open, .closeSent:
            if isAtRest, let reaction = wholeMessage(in: bytes, at: &cursor, now: now) { return reaction }
            return nextFrame(in: bytes, at: &cursor, now: now)
        case .connecting: return nextHead(in: bytes, at: &cursor, now: now)
        case .asked: return nil
        case .closed:
            releaseTold()
            // After a failure nothing more is processed, §7.1.7; after the peer's Close there is nothing, §5.5.1.
            cursor = bytes.count
            return nil
        }
    }

    /// The fast road: a message in one frame that is there as a whole, not compressed, and breaks no rule with its
    /// header. Anything else is left for `nextFrame`.
    private mutating func wholeMessage(
        in bytes: UnsafeMutableRawBufferPointer, at cursor: inout Int, now: Timestamp
    ) -> Reaction? {
        guard let header = FrameHeader.read(bytes.octets.span, at: cursor), isPlainMessage(header) else { return nil }
        let start = cursor &+ header.size
        let length = Int(truncatingIfNeeded: header.payloadLength)
        guard length <= bytes.count &- start else { return nil }
        let payload = UnsafeMutableRawBufferPointer(rebasing: bytes[start..<(start &+ length)])
        cursor = start &+ length
        if let key = header.maskingKey { Masking.apply(key, to: payload) }
        guard header.byte0 == 0x81 else { return .message(.binary, payload) }
        var validator = UTF8Validator()
        if validator.validate(UnsafeRawBufferPointer(payload)), validator.isComplete { return .message(.text, payload) }
        return fail(verdict(on: header, payload), now: now)
    }

    /// FIN, no reserved bit, text or binary, masked as it must be, the length minimal and within the limits.
    private func isPlainMessage(_ header: FrameHeader) -> Bool {
        (header.byte0 == 0x81 || header.byte0 == 0x82) && header.isMasked == (side == .server)
            && header.hasMinimalLength && header.payloadLength <= UInt64(min(limits.frame, limits.message))
    }

    /// What exactly is wrong with a text that is not UTF-8.
    private mutating func verdict(on header: FrameHeader, _ payload: UnsafeMutableRawBufferPointer) -> Violation {
        _ = judge.begin(header)
        return judge.applicationData(payload.octets.span, at: 0) ?? judge.end() ?? Violation(.invalidUTF8)
    }

    /// Frame by frame, and a payload as it comes.
    private mutating func nextFrame(
        in bytes: UnsafeMutableRawBufferPointer, at cursor: inout Int, now: Timestamp
    ) -> Reaction? {
        releaseTold()
        while let step = decoder.next(bytes.octets.span, at: &cursor) {
            switch step {
            case .header(let header):
                isAtRest = false
                if let violation = begin(header) { return fail(violation, now: now) }
            case .payload(let range):
                let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[range])
                if let violation = take(piece) { return fail(violation, now: now) }
            case .end:
                let reaction = endFrame(now: now)
                isAtRest = judge.message == nil
                if let reaction { return reaction }
                // The next frame may take the fast road again.
                if isAtRest, let reaction = wholeMessage(in: bytes, at: &cursor, now: now) { return reaction }
            }
        }
        return nil
    }

    mutating func releaseTold() {
        guard isAssemblyTold else { return }
        isAssemblyTold = false
        assembly = nil
        control = nil
    }
}

extension Endpoint {
    /// The header of a frame: judged before a byte of its payload is waited for.
    private mutating func begin(_ header: FrameHeader) -> Violation? {
        if let violation = judge.begin(header).first { return violation }
        if header.isControl {
            control = header.payloadLength == 0 ? nil : MessageBuffer(capacity: Int(header.payloadLength))
            return nil
        }
        guard header.payloadLength <= UInt64(limits.frame) else {
            return Violation(.frameTooBig, detail: "\(header.payloadLength) bytes, at most \(limits.frame)")
        }
        if header.opcode != .continuation { messageWireBytes = 0 }
        messageWireBytes += Int(header.payloadLength)
        let isCompressed = judge.message?.isCompressed == true
        if !isCompressed, messageWireBytes > limits.message { return tooBig("\(messageWireBytes) bytes") }
        let fragments = judge.message?.fragments ?? 1
        guard limits.allows(fragments: fragments, bytes: messageWireBytes) else {
            return Violation(.tooManyFragments, detail: "\(fragments) fragments, \(messageWireBytes) bytes")
        }
        if assembly == nil, header.payloadLength > 0 {
            assembly = MessageBuffer(capacity: min(Int(header.payloadLength), Endpoint.mostReserved))
        }
        return nil
    }

    /// Room set aside for what is announced; untouched memory costs nothing.
    private static let mostReserved = 1 << 20

    private func tooBig(_ size: String) -> Violation {
        Violation(.messageTooBig, detail: "\(size), at most \(limits.message)")
    }

    /// Bytes of the frame's payload, as they came.
    private mutating func take(_ piece: UnsafeMutableRawBufferPointer) -> Violation? {
        let header = decoder.header
        let phase = Int(truncatingIfNeeded: decoder.payloadOffset & 3)
        if header.isControl {
            if let room = control?.extend(by: piece.count) { unmask(piece, to: room, phase: phase) }
            return nil
        }
        if judge.message?.isCompressed == true {
            if let key = header.maskingKey { Masking.apply(key, to: piece, phase: phase) }
            return inflate(UnsafeRawBufferPointer(piece), isLast: false)
        }
        guard let room = assembly?.extend(by: piece.count) else { return nil }
        unmask(piece, to: room, phase: phase)
        return judge.applicationData(room.octets.span, at: decoder.payloadOffset)
    }

    private func unmask(_ piece: UnsafeMutableRawBufferPointer, to room: UnsafeMutableRawBufferPointer, phase: Int) {
        guard let target = room.baseAddress else { return }
        if let key = decoder.header.maskingKey {
            Masking.copy(UnsafeRawBufferPointer(piece), to: target, key: key, phase: phase)
        } else {
            room.copyMemory(from: UnsafeRawBufferPointer(piece))
        }
    }

    private mutating func inflate(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Violation? {
        let agreed = compression ?? DeflateParameters()
        let inflater =
            inflater
            ?? Inflater(
                windowBits: agreed.windowBits(of: side.peer), noContextTakeover: agreed.noContextTakeover(of: side.peer)
            )
        self.inflater = inflater
        var inflated: [UInt8] = []
        switch inflater.inflate(bytes.octets.span, isLast: isLast, into: &inflated, limit: limits.message) {
        case .ok: break
        case .tooBig: return tooBig("after inflation more than the limit")
        case .invalid: return Violation(.inflateFailed)
        }
        guard !inflated.isEmpty else { return nil }
        if assembly == nil { assembly = MessageBuffer(capacity: inflated.count) }
        assembly?.extend(by: inflated.count).copyBytes(from: inflated)
        return judge.applicationData(inflated.span, at: nil)
    }

    private mutating func endFrame(now: Timestamp) -> Reaction? {
        let header = decoder.header
        if header.isControl {
            _ = judge.end()
            return endControl(header.opcode, now: now)
        }
        guard header.fin, let message = judge.message else {
            _ = judge.end()
            return nil
        }
        if message.isCompressed, let violation = inflate(UnsafeRawBufferPointer(Endpoint.none), isLast: true) {
            return fail(violation, now: now)
        }
        if let violation = judge.end() { return fail(violation, now: now) }
        isAssemblyTold = true
        return .message(message.opcode, assembly?.bytes ?? Endpoint.none)
    }

    private mutating func endControl(_ opcode: Opcode, now: Timestamp) -> Reaction? {
        let body = control?.bytes ?? Endpoint.none
        switch opcode {
        case .ping:
            // "an endpoint MUST send a Pong frame in response, unless it already received a Close frame", §5.5.2.
            if phase == .open, answersPings { queue(.pong, UnsafeRawBufferPointer(body)) }
            return .ping(body)
        case .pong: return .pong(body, roundTrip: answered(body, now: now))
        case .close: return endClose(body, now: now)
        case .continuation, .text, .binary, .reserved: return nil
        }
    }

    private static var none: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: nil, count: 0) }
}

extension UnsafeRawBufferPointer {
    var octets: UnsafeBufferPointer<UInt8> { assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawBufferPointer {
    var octets: UnsafeBufferPointer<UInt8> { UnsafeRawBufferPointer(self).octets }
}
