import CivilTime
import CrisisCare

extension ModelRun {
    /// One thing that somebody does, most often in a case of his own site.
    mutating func act() throws {
        guard book.cases.count >= 2, !chance(book.cases.count > 6 ? 3 : 18) else {
            return chance(78) ? try open() : chance(85) ? try openByPhone() : try bringIn()
        }
        // Most is done in open cases.
        let open = book.cases.indices.filter { book.cases[$0].isOpen }
        let index = chance(80) && !open.isEmpty ? one(of: open) : one(of: Array(book.cases.indices))
        let login = person(for: book.cases[index])
        switch Int.random(in: 0..<222, using: &random) {
        case 0..<16: try arrive(index, as: login)
        case 16..<20: try dispatch(index, as: login)
        case 20..<42: try logVisit(index, as: login)
        case 42..<51: try amendVisit(index, as: login)
        case 51..<57: try voidVisit(index, as: login)
        case 57..<68: try amend(index, as: login)
        case 68..<73: try saveDraft(index, as: login)
        case 73..<78: try setPart(index, as: login)
        case 78..<80: try discardDraft(index, as: login)
        case 80..<88: try activateDraft(index, as: login)
        case 88..<94: try activatePlan(index, as: login)
        case 94..<98: try reviewPlan(index, as: login)
        case 98..<101: try declinePlan(index, as: login)
        case 101..<103: try printPlan(index, as: login)
        case 103..<111: try refer(index, as: login)
        case 111..<141: try advance(index, as: login)
        case 141..<143: try handOff(index, as: login)
        case 143..<151: try extend(index, as: login)
        case 151..<161: try close(index, as: login)
        case 161..<165: try reopen(as: login)
        case 165..<167: try void(index, as: login)
        case 167..<172: try reassign(as: login)
        case 172..<174: try reassignAll(as: login)
        case 174..<177: try editClient(index, as: login)
        case 177..<181: try merge(index, as: login)
        case 181..<185: try undoMerge(as: login)
        case 185..<187: try bringIn()
        case 187..<189: try returnDispositions(as: login)
        case 189..<207: try administer()
        default: try look(index, as: login)
        }
    }

    /// Mostly somebody who writes at the case's site; sometimes anybody.
    private mutating func person(for known: NotebookCase) -> String {
        let all = book.people.keys.sorted()
        guard chance(75) else { return one(of: all) }
        let right = all.filter { book.may($0, .write, at: known.site) && book.people[$0]?.isRetired == false }
        return chance(25) && right.contains(known.clinician) ? known.clinician : one(of: right)
    }

    mutating func isDry() -> Bool { chance(7) }
}
