// Raw C that runs the statements of a record (Trace/trace.c) on a database: the least that the same work can cost.
//
//     c-peer DATABASE RECORD [WITHOUT]      statements that hold the text WITHOUT are left out
//
// Prints the wall and the processor time of the statements in milliseconds, without what was done before them.

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef struct {
    char kind;
    long long integer;
    double real;
    int count;
    char *bytes;
} Value;

typedef struct {
    int statement;
    int count;
    Value *values;
} Step;

static void check(int code, sqlite3 *database) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "c-peer: %s\n", sqlite3_errmsg(database));
    exit(1);
}

static void *allocated(void *memory) {
    if (memory != NULL) return memory;
    fputs("c-peer: no memory\n", stderr);
    exit(1);
}

static void damaged(void) {
    fputs("c-peer: the record cannot be read\n", stderr);
    exit(1);
}

static char *read_bytes(FILE *file, int count) {
    char *bytes = allocated(malloc(count + 1));
    if (fread(bytes, 1, count, file) != (size_t)count || fgetc(file) != '\n') damaged();
    bytes[count] = 0;
    return bytes;
}

static Value read_value(FILE *file) {
    Value value = {0};
    char line[64];
    if (fgets(line, sizeof line, file) == NULL) damaged();
    value.kind = line[0];
    switch (value.kind) {
    case 'N': break;
    case 'I': value.integer = strtoll(line + 2, NULL, 10); break;
    case 'F': value.real = strtod(line + 2, NULL); break;
    case 'T':
        value.count = atoi(line + 2);
        value.bytes = read_bytes(file, value.count);
        break;
    case 'B': {
        value.count = atoi(line + 2);
        char *digits = read_bytes(file, value.count * 2);
        value.bytes = allocated(malloc(value.count + 1));
        for (int i = 0; i < value.count; i++) {
            unsigned byte;
            if (sscanf(digits + 2 * i, "%2x", &byte) != 1) damaged();
            value.bytes[i] = (char)byte;
        }
        free(digits);
        break;
    }
    default: damaged();
    }
    return value;
}

static int bind(sqlite3_stmt *statement, int index, const Value *value) {
    switch (value->kind) {
    case 'I': return sqlite3_bind_int64(statement, index, value->integer);
    case 'F': return sqlite3_bind_double(statement, index, value->real);
    case 'T': return sqlite3_bind_text(statement, index, value->bytes, value->count, SQLITE_STATIC);
    case 'B': return sqlite3_bind_blob(statement, index, value->bytes, value->count, SQLITE_STATIC);
    default: return sqlite3_bind_null(statement, index);
    }
}

// Reads every column of a row as what it holds, as a program would.
static long long read_row(sqlite3_stmt *statement) {
    long long sum = 0;
    int columns = sqlite3_column_count(statement);
    for (int i = 0; i < columns; i++) {
        switch (sqlite3_column_type(statement, i)) {
        case SQLITE_INTEGER: sum += sqlite3_column_int64(statement, i); break;
        case SQLITE_TEXT: sum += sqlite3_column_text(statement, i)[0]; break;
        case SQLITE_BLOB: sum += sqlite3_column_bytes(statement, i); break;
        default: break;
        }
    }
    return sum;
}

static double milliseconds(struct timeval time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; }

int main(int count, char **words) {
    if (count < 3) return 64;
    FILE *file = fopen(words[2], "r");
    if (file == NULL) damaged();
    char **texts = NULL;
    Step *steps = NULL;
    int text_count = 0, step_count = 0, room = 0;
    char line[64];
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == 'S') {
            texts = allocated(realloc(texts, sizeof *texts * (text_count + 1)));
            texts[text_count++] = read_bytes(file, atoi(line + 2));
        } else if (line[0] == 'R') {
            if (step_count == room) steps = allocated(realloc(steps, sizeof *steps * (room = room * 2 + 1024)));
            Step step;
            if (sscanf(line + 2, "%d %d", &step.statement, &step.count) != 2) damaged();
            step.values = allocated(malloc(sizeof *step.values * (step.count + 1)));
            for (int i = 0; i < step.count; i++) step.values[i] = read_value(file);
            if (count < 4 || strstr(texts[step.statement], words[3]) == NULL) steps[step_count++] = step;
        } else {
            damaged();
        }
    }
    sqlite3 *database;
    check(sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), database);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    const char *settings = "PRAGMA secure_delete = 1; PRAGMA cell_size_check = 1; PRAGMA synchronous = FULL;";
    check(sqlite3_exec(database, settings, NULL, NULL, NULL), database);

    sqlite3_stmt **prepared = allocated(calloc(text_count + 1, sizeof *prepared));
    struct timespec began, ended;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    clock_gettime(CLOCK_MONOTONIC, &began);
    long long sum = 0;
    for (int i = 0; i < step_count; i++) {
        const Step *step = &steps[i];
        sqlite3_stmt **statement = &prepared[step->statement];
        if (*statement == NULL)
            check(
                sqlite3_prepare_v3(
                    database, texts[step->statement], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL),
                database);
        for (int j = 0; j < step->count; j++) check(bind(*statement, j + 1, &step->values[j]), database);
        int code;
        while ((code = sqlite3_step(*statement)) == SQLITE_ROW) sum += read_row(*statement);
        check(code, database);
        sqlite3_reset(*statement);
        sqlite3_clear_bindings(*statement);
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    getrusage(RUSAGE_SELF, &after);
    double wall = (ended.tv_sec - began.tv_sec) * 1e3 + (ended.tv_nsec - began.tv_nsec) / 1e6;
    double cpu = milliseconds(after.ru_utime) + milliseconds(after.ru_stime) - milliseconds(before.ru_utime)
        - milliseconds(before.ru_stime);
    printf("%.3f %.3f %lld\n", wall, cpu, sum & 1);
    for (int i = 0; i < text_count; i++) sqlite3_finalize(prepared[i]);
    return sqlite3_close(database) == SQLITE_OK ? 0 : 1;
}
