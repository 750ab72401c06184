#ifndef FOLLOWUP_CSQLITE_SHIM_H
#define FOLLOWUP_CSQLITE_SHIM_H

#include <sqlite3.h>

// Only what Swift cannot say: variadic calls, and destructors that are integers cast to function pointers.

// Switches one on/off setting of a connection. `value` below 0 leaves it; `*result` receives what it is afterwards.
static inline int followup_db_config(sqlite3 *db, int setting, int value, int *result) {
    return sqlite3_db_config(db, setting, value, result);
}

// Binds text or a blob. Either the bytes stay where they are until the statement is reset (`stays`), or SQLite takes
// its own copy. A null pointer would bind NULL where an empty text or blob was meant.
static inline int followup_bind_bytes(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count, int isText, int stays
) {
    sqlite3_destructor_type owner = stays ? SQLITE_STATIC : SQLITE_TRANSIENT;
    const void *start = bytes ? bytes : "";
    return isText ? sqlite3_bind_text64(statement, index, (const char *)start, count, owner, SQLITE_UTF8)
                  : sqlite3_bind_blob64(statement, index, start, count, owner);
}

#endif
