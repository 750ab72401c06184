#ifndef FOLLOWUP_CSQLITE_SHIM_H
#define FOLLOWUP_CSQLITE_SHIM_H

#include <malloc.h>
#include <sqlite3.h>

// Only what Swift cannot say: variadic calls, destructors that are integers cast to function pointers, a call through a
// file's table of functions, and a header that its Glibc leaves out.

// Switches one on/off setting of a connection. `value` below 0 leaves it; `*result` receives what it is afterwards.
static inline int followup_db_config(sqlite3 *db, int setting, int value, int *result) {
    return sqlite3_db_config(db, setting, value, result);
}

// Keeps SQLite from counting every byte that it allocates, under a lock of all threads. Before its first use only.
static inline int followup_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// How many bytes of a statement's own journal stay in memory. Before SQLite's first use only.
static inline int followup_undo_in_memory(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}

// By how many bytes at once malloc lets the first thread's memory grow.
static inline int followup_grow_memory_by(int bytes) {
    return mallopt(M_TOP_PAD, bytes);
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

// The system's error of the last call that failed on the database's file (0) or on its log (1), as SQLite keeps it for
// each; 0 if none did.
static inline int followup_last_system_error(sqlite3 *db, int of_log) {
    int code = 0;
    if (!of_log) {
        sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &code);
        return code;
    }
    sqlite3_file *log = 0;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log && log->pMethods) {
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &code);
    }
    return code;
}

#endif
