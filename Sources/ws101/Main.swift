import ArgumentParser

@main
struct WS101: AsyncParsableCommand {
    func run() async throws { print("ws101") }
}
