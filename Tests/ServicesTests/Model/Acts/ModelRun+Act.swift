import CivilTime
import CrisisCare

extension ModelRun {
    /// One thing that somebody does, most often in a case of his own site.
    mutating func act() throws {
        guard book.cases.count >= 2, !chance(book.cases.count > 6 ? 3 : 18) else {
            return chance(75) ? try open() : chance(40) ? try openByPhone() : try bringIn()
        }
        // Most is done in open cases.
        let open = book.cases.indices.filter { book.cases[$0].isOpen }
        let index = chance(80) && !open.isEmpty ? one(of: open) : one(of: Array(book.cases.indices))
        let login = person(for: book.cases[index])
        switch Int.random(in: 0..<200, using: &random) {
        case 0..<18: try arrive(index, as: login)
        case 18..<22: try dispatch(index, as: login)
        case 22..<50: try logVisit(index, as: login)
        case 50..<58: try amendVisit(index, as: login)
        case 58..<65: try voidVisit(index, as: login)
        case 65..<76: try amend(index, as: login)
        case 76..<82: try saveDraft(index, as: login)
        case 82..<87: try setPart(index, as: login)
        case 87..<89: try discardDraft(index, as: login)
        case 89..<96: try activateDraft(index, as: login)
        case 96..<102: try activatePlan(index, as: login)
        case 102..<107: try reviewPlan(index, as: login)
        case 107..<109: try declinePlan(index, as: login)
        case 109..<111: try printPlan(index, as: login)
        case 111..<120: try refer(index, as: login)
        case 120..<132: try advance(index, as: login)
        case 132..<134: try handOff(index, as: login)
        case 134..<143: try extend(index, as: login)
        case 143..<152: try close(index, as: login)
        case 152..<156: try reopen(as: login)
        case 156..<158: try void(index, as: login)
        case 158..<164: try reassign(as: login)
        case 164..<166: try reassignAll(as: login)
        case 166..<169: try editClient(index, as: login)
        case 169..<173: try merge(index, as: login)
        case 173..<176: try undoMerge(as: login)
        case 176..<179: try bringIn()
        case 179..<181: try returnDispositions(as: login)
        case 181..<186: try administer()
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
