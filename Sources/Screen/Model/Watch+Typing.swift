import Connection
import Inspector

/// The prompt: filters and commands.
extension Watch {
    mutating func type(_ key: Key) -> Effect? {
        guard var typed = prompt else { return nil }
        let outcome = typed.type(key)
        prompt = typed
        switch outcome {
        case .editing: return nil
        case .cancelled:
            prompt = nil
            return nil
        case .accepted:
            switch typed.kind {
            case .filter:
                apply(filter: typed.string)
                return nil
            case .command:
                prompt = nil
                return run(typed.string)
            case .reason, .search, .jump, .date:
                prompt = nil
                return nil
            }
        }
    }

    /// An expression that is none stays in the prompt, which says why.
    mutating func apply(filter text: String) {
        if text.allSatisfy({ $0 == " " }) {
            filter = nil
            prompt = nil
            return
        }
        do {
            filter = FilterScan(try Filter(text), in: scope)
            showsAll = false
            prompt = nil
            followNewest()
        } catch {
            notice = error.description
        }
    }

    mutating func run(_ line: String) -> Effect? {
        do {
            switch try Command.parse(line) {
            case .quit: return .quit
            case .help: open(.help)
            case .filter(let expression): apply(filter: expression)
            case .goTo(let number): goTo(frame: number)
            case .connection(let number): goTo(connection: number)
            }
        } catch {
            notice = error.text
        }
        return nil
    }

    mutating func goTo(connection number: UInt32) {
        let id = ConnectionID(rawValue: number)
        guard number == 0 || summary(id) != nil else {
            notice = "no connection \(number) here"
            return
        }
        isScopeChosen = true
        show(number == 0 ? .all : .connection(id))
    }
}
