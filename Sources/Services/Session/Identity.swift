/// Who starts a command: the operating-system user, and the staff login that is named instead, if any.
package struct Identity: Sendable {
    package let osUser: String
    /// From `--as` or `FOLLOWUP_AS`; without it the operating-system user's name is the login.
    package let namedLogin: String?

    package init(osUser: String, namedLogin: String? = nil) {
        self.osUser = osUser
        self.namedLogin = namedLogin
    }

    package var login: String {
        namedLogin ?? osUser
    }
}
