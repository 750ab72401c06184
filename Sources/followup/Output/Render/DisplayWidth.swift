extension Unicode.Scalar {
    /// Blocks whose characters take two columns, apart from emoji, which carry a property of their own.
    ///
    /// Source: East Asian Width W and F of Unicode 16, joined over unassigned code points. glibc's wcwidth would do,
    /// but it needs a process-wide locale that a container may not have.
    private var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
            0x3250...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Vowels and final consonants of Hangul, which join the syllable before them.
    private var isJoiningJamo: Bool {
        switch value {
        case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: true
        default: false
        }
    }

    /// Signs that stand under a number and take a column, though Unicode calls them format characters.
    private var isNumberSign: Bool {
        switch value {
        case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: true
        default: false
        }
    }

    /// Columns that a terminal gives to this scalar alone: 0, 1 or 2.
    var displayWidth: Int {
        if isASCII { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            return 0
        case .format:
            // A soft hyphen and the Arabic number signs are format characters that show.
            return value == 0xAD || isNumberSign ? 1 : 0
        default:
            if properties.isEmojiPresentation || isWide { return 2 }
            return isJoiningJamo ? 0 : 1
        }
    }
}

extension Character {
    /// Columns that a terminal gives to this character; an emoji of several scalars takes two, as one does.
    var displayWidth: Int {
        let scalars = unicodeScalars
        if scalars.count > 1 {
            // U+FE0F asks for the picture of a character that also has a text form.
            let isPicture = scalars.contains {
                $0.properties.isEmojiPresentation || ($0.value == 0xFE0F && scalars.first?.properties.isEmoji == true)
            }
            if isPicture { return 2 }
        }
        return scalars.reduce(0) { $0 + $1.displayWidth }
    }
}

extension StringProtocol {
    /// Columns that a terminal gives to this text, which holds no control characters.
    var displayWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }
}
