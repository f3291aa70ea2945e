import Testing

import Connection

struct AddressTests {
    @Test(
        arguments: [
            ([127, 0, 0, 1], "127.0.0.1:80"),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "[::1]:80"),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "[::]:80"),
            ([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1], "[2001:db8::1:0:0:1]:80"),
            ([0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], "[2001:db8:0:1:1:1:1:1]:80"),
            ([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, 0xcd], "[fe80::abcd]:80"),
        ] as [([UInt8], String)])
    func addressesAreWrittenAsRFC5952Says(_ ip: [UInt8], _ text: String) {
        #expect(Address(ip: ip, port: 80).description == text)
    }
}
