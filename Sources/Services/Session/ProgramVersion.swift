/// The version of the program, which audit entries and the migrations' ledger keep.
package enum ProgramVersion {
    package static let current = "0.1.0"
}
