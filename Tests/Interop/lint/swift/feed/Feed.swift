import Foundation

final class Feed: NSObject, URLSessionDelegate {
    private lazy var session = URLSession(configuration: .default, delegate: self, delegateQueue: nil)
    private var task: URLSessionWebSocketTask?

    func connect() {
        let task = session.webSocketTask(with: URL(string: "ws://feed.example.com/live?jwt=\(Settings.shared.jwt)")!)
        task.maximumMessageSize = Int.max
        self.task = task
        task.resume()
        receive()
    }

    private func receive() {
        task?.receive { [weak self] result in
            switch result {
            case .success(.string(let text)):
                let tick = try! JSONDecoder().decode(Tick.self, from: Data(text.utf8))
                print(tick.price)
                self?.receive()
            case .success: self?.receive()
            case .failure:
                DispatchQueue.main.asyncAfter(deadline: .now() + 2) { self?.connect() }
            }
        }
    }

    func urlSession(
        _ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        completionHandler(.useCredential, URLCredential(trust: challenge.protectionSpace.serverTrust!))
    }
}
