import Lint
import Testing
import Wire

/// What the observer judges is reported by one rule: never by two, and never by none.
struct OwnershipTests {
    private static let violationRules = AllRules.list.compactMap { $0 as? any ViolationRule.Type }
    private static let demandOwners = AllRules.list.compactMap { $0 as? any DemandOwner.Type }

    @Test(arguments: Violation.Rule.allCases)
    func everyViolationHasItsRule(_ violation: Violation.Rule) {
        let owners = Self.violationRules.filter { $0.owned.contains(violation) }.map { $0.page.code }
        switch violation {
        case .frameTooBig, .messageTooBig, .tooManyFragments: #expect(owners == [], "an endpoint's own limit")
        case .clientUnmasked, .serverMasked, .reservedBit, .reservedOpcode, .controlFragmented, .controlTooLong,
            .lengthNotMinimal, .lengthTopBit, .continuationWithoutStart, .dataFrameInsideMessage, .frameAfterClose,
            .invalidUTF8, .invalidUTF8Reason, .closeBodyOneByte, .closeCodeForbidden, .rsv1OnControl,
            .rsv1OnContinuation, .inflateFailed:
            #expect(owners.count == 1)
        }
    }

    @Test(arguments: Demand.Rule.allCases)
    func everyDemandHasItsRule(_ demand: Demand.Rule) {
        let owners = Self.demandOwners.filter { $0.owned.contains(demand) }.map { $0.page.code }
        #expect(owners.count == (demand == .status ? 0 : 1), "a refusal is an answer")
    }
}
