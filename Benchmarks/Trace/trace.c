#include "trace.h"

#include <ctype.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The record: "S <bytes>" and a statement when it is first met, "R <number> <values>" for each run of one, and its
// values, one a line: "N", "I <integer>", "F <number>", "T <bytes>" and the text, "B <bytes>" and two digits a byte.

static FILE *record;
static int is_recording;
// An import decides in another thread, on connections of its own: the record is of what the first thread does.
static pthread_t recorded;
static char **statements;
static int statement_count;

static int number_of(const char *sql) {
    for (int i = 0; i < statement_count; i++)
        if (strcmp(statements[i], sql) == 0) return i;
    statements = realloc(statements, sizeof *statements * (statement_count + 1));
    statements[statement_count] = strdup(sql);
    fprintf(record, "S %zu\n%s\n", strlen(sql), sql);
    return statement_count++;
}

// Writes the literal at `text` as a value, or skips it when `output` is NULL; returns where it ends.
static const char *write_literal(const char *text, FILE *output) {
    if (strncmp(text, "NULL", 4) == 0) {
        if (output) fputs("N\n", output);
        return text + 4;
    }
    if (text[0] == 'x' && text[1] == '\'') {
        const char *end = strchr(text + 2, '\'');
        if (output) fprintf(output, "B %d\n%.*s\n", (int)(end - text - 2) / 2, (int)(end - text - 2), text + 2);
        return end + 1;
    }
    if (text[0] == '\'') {
        char *bytes = malloc(strlen(text) + 1);
        size_t count = 0;
        text++;
        while (text[0] != '\'' || text[1] == '\'') {
            if (text[0] == '\'') text++;
            bytes[count++] = *text++;
        }
        if (output) {
            fprintf(output, "T %zu\n", count);
            fwrite(bytes, 1, count, output);
            fputc('\n', output);
        }
        free(bytes);
        return text + 1;
    }
    const char *end = text;
    int is_real = 0;
    while (isalnum((unsigned char)*end) || strchr("+-.", *end) != NULL) {
        if (*end == '\0') break;
        if (*end == '.') is_real = 1;
        end++;
    }
    if (output) fprintf(output, "%c %.*s\n", is_real ? 'F' : 'I', (int)(end - text), text);
    return end;
}

// Walks the statement and its expanded form side by side: where one has a parameter, the other has its value.
static int walk(const char *sql, const char *expanded, FILE *output) {
    int values = 0;
    char quote = 0;
    while (*sql) {
        if (!quote && sql[0] == '?' && isdigit((unsigned char)sql[1])) {
            sql++;
            while (isdigit((unsigned char)*sql)) sql++;
            expanded = write_literal(expanded, output);
            values++;
            continue;
        }
        if (quote ? *sql == quote : *sql == '\'' || *sql == '"') quote = quote ? 0 : *sql;
        sql++;
        expanded++;
    }
    return values;
}

static int traced(unsigned kind, void *context, void *statement, void *text) {
    (void)kind;
    (void)context;
    // A trigger's own statements come as comments: whoever runs the statement runs them too.
    if (!is_recording || !pthread_equal(recorded, pthread_self()) || strncmp(text, "--", 2) == 0) return 0;
    const char *sql = sqlite3_sql(statement);
    char *expanded = sqlite3_expanded_sql(statement);
    int number = number_of(sql);
    fprintf(record, "R %d %d\n", number, walk(sql, expanded, NULL));
    walk(sql, expanded, record);
    sqlite3_free(expanded);
    return 0;
}

static int opened(sqlite3 *database, char **error, const void *api) {
    (void)error;
    (void)api;
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, traced, NULL);
}

int trace_open(const char *path) {
    record = fopen(path, "w");
    return record != NULL && sqlite3_auto_extension((void (*)(void))opened) == SQLITE_OK;
}

void trace_record(int is_on) {
    recorded = pthread_self();
    is_recording = is_on;
}

void trace_close(void) {
    is_recording = 0;
    fclose(record);
}
