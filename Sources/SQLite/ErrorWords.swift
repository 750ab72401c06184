extension SQLiteError: CustomStringConvertible {
    /// What happened and what to do next, for whoever sits at the terminal.
    package var description: String {
        switch kind {
        case .notADatabase:
            "This file is not a database of this program. Check its name; if it should be one, restore a backup."
        case .corrupt:
            "The database file is damaged. Stop working on it, keep the file, and restore the latest backup."
        case .newerThanProgram:
            "The database was made by a newer version of this program. Install that version to use it."
        case .readOnly:
            "The database cannot be written here. Nothing was saved. Check the rights of the file and of its folder."
        case .busy:
            "Another command is writing to the database. Nothing was saved; try again in a moment. If it stays so while "
                + "no command runs, here or on another machine, the drive keeps the lock of one that died: move the "
                + "database to a disk of this machine."
        case .locksRefused:
            "The drive on which the database lies grants no locks. Nothing was saved: without them two people could "
                + "overwrite each other's work. Have the network drive's lock service mended, or move the database to a "
                + "disk of this machine."
        case .full:
            "The disk is full. Nothing was saved; make room and try again."
        case .inputOutput:
            // A sync that fails may leave the change in the log, where the next command finds it.
            "Reading or writing the disk failed. Check the disk or the network drive, "
                + "and look whether your entry is there before you make it again."
        case .outOfMemory:
            "The machine has no memory left for this. Nothing was saved; close other programs and try again."
        case .constraint(let name):
            "The database refused an entry that would break its rules (\(name)). Nothing was saved."
        case .cannotOpen(.missing):
            "There is nothing at this place: the file, or its folder, does not exist. Check the path."
        case .cannotOpen(.isDirectory):
            "This is a folder, not a database file."
        case .cannotOpen(.alreadyExists):
            "There is a file of this name already. It was left as it is; choose another name."
        case .cannotOpen(.noPermission):
            "You may not open this file. Ask its owner, or check the rights of the file and of its folder."
        case .cannotOpen(.other):
            "The database file cannot be opened. Check the file, its folder and the disk."
        case .openToOthers:
            "Others on this machine have rights on the database file or its folder's files. Nothing was read. "
                + "Take them away with: followup check --fix-modes."
        case .replaced:
            "The database was replaced while this command ran, as when a backup is restored. Nothing was saved; run "
                + "the command again."
        case .interrupted:
            "The work was interrupted. Nothing was saved."
        case .changedMigration(let name), .missingMigration(let name):
            "The database was made by a different build of this program (\(name)). Use the program it was made with."
        case .failedMigration(let name):
            "The database could not be brought up to date (\(name)). It is as it was before this step; report this."
        case .setting(let name):
            "The database cannot be used safely on this system (\(name)). Report this."
        case .tooBig:
            "An entry is larger than the database takes. Nothing was saved; shorten it."
        case .unexpectedValue:
            "The database holds something this program did not write. Run a check, and restore a backup if it fails."
        case .misuse, .other:
            "The program made a mistake with the database. Nothing was saved; report this."
        }
    }
}
