import Testing
import Transport

struct HAProxyConfigurationTests {
    private func lines(_ balance: HAProxyConfiguration.Balance) -> [String] {
        let nodes = [9001, 9002].map {
            HAProxyConfiguration.Node(name: "n\($0)", address: HostPort(host: "127.0.0.1", port: $0))
        }
        return HAProxyConfiguration(listen: HostPort(host: "127.0.0.1", port: 80), nodes: nodes, balance: balance).text
            .split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
    }

    @Test(arguments: HAProxyConfiguration.Balance.allCases)
    func aTunnelOutlivesTheHeartbeat(balance: HAProxyConfiguration.Balance) {
        #expect(lines(balance).contains("timeout tunnel 1h"))
        #expect(lines(balance).contains("http-check disable-on-404"))
    }

    @Test func eachWayOfBalancing() {
        #expect(lines(.least).contains("balance leastconn"))
        #expect(lines(.least).contains("server n9001 127.0.0.1:9001"))
        #expect(lines(.sticky).contains("server n9002 127.0.0.1:9002 cookie n9002"))
        #expect(lines(.room).contains("balance uri path-only") && lines(.room).contains("hash-type consistent"))
    }
}
