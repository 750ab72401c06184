import CivilTime

@testable import CrisisCare

// The practices that the tests run under: the shipped policies, and the shipped policies with one setting changed.

let youth = Practice(policy: ShippedProgram.youth.policy, zone: newYork, holidays: [])
let adult = Practice(policy: ShippedProgram.adult.policy, zone: newYork, holidays: [])

extension Practice {
    func with(holidays: Set<CivilDate>) -> Practice {
        Practice(policy: policy, zone: zone, holidays: holidays)
    }

    func with(_ change: (inout Policy) -> Void) -> Practice {
        var policy = policy
        change(&policy)
        return Practice(policy: policy, zone: zone, holidays: holidays)
    }
}
