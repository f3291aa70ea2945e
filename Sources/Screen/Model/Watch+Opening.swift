import Connection
import Inspector
import Wire

/// Which connection is shown, what is open over the ladder, and the field of the bit ruler.
extension Watch {
    mutating func moveConnection(_ step: Int) {
        choose((scopeIndex + step).clamped(to: 0...connectionCount))
    }

    /// - Parameter index: In the connections list, where 0 is all of them.
    mutating func choose(_ index: Int) {
        isScopeChosen = true
        if index == 0 {
            show(.all)
        } else if let summary = connections((index - 1)..<index).first {
            show(.connection(summary.id))
        }
    }

    mutating func show(_ scope: Scope) {
        guard scope != self.scope else { return }
        self.scope = scope
        filter?.restart(in: scope)
        followNewest()
    }
}

extension Watch {
    mutating func open(_ detail: Detail) {
        self.detail = detail
        scroll = 0
    }

    mutating func close() {
        detail = nil
        scroll = 0
    }

    mutating func open() {
        if focus == .connections {
            focus = .ladder
            return
        }
        guard let row = selectedRow else { return }
        // What is open stays, whatever comes.
        selection = row.id
        switch row.kind {
        case .frame(let frame):
            let isOpen = detail == .frame(row.id)
            open(isOpen && frame.header.opcode == .close ? .closing(row.connection) : .frame(row.id))
        case .opened, .request, .response, .established: open(.handshake(row.connection))
        case .fin, .reset, .closed: open(.closing(row.connection))
        case .guessed, .undecoded, .hole, .effect: notice = "the panel below tells all there is"
        }
    }

    mutating func goBack() {
        if detail != nil {
            close()
        } else if focus == .connections {
            focus = .ladder
        } else if selection != nil {
            followNewest()
        } else if filter != nil {
            filter = nil
        }
    }

    mutating func openNeighbour(_ step: Int) {
        guard case .frame(let id) = detail else { return }
        let list = list
        var position = (list.position(of: id) ?? 0) + step
        while let row = list.row(at: position) {
            if row.frame != nil {
                select(position, in: list)
                open(.frame(row.id))
                return
            }
            position += step
        }
        notice = step < 0 ? "this is the first frame" : "this is the last frame so far"
    }

    mutating func changeView(_ step: Int) {
        let all = PayloadView.allCases
        let index = all.firstIndex(of: view) ?? 0
        view = all[(index + step + all.count) % all.count]
        scroll = 0
    }
}

extension Watch {
    mutating func walkField(_ step: Int) {
        guard let row = selectedRow, let frame = row.frame else { return }
        if selection == nil { selection = row.id }
        ruler = Ruler(frame, payload: cache.start(of: row)).position(ruler, moved: step)
    }

    /// The same field of another frame, as far as it has one.
    mutating func keepField() {
        guard let row = selectedRow, let frame = row.frame else { return }
        ruler = Ruler(frame, payload: cache.start(of: row)).clamped(ruler)
    }
}
