// `export summary` in C, by the same design: episodes in the order of their calls, in batches; what belongs to them by
// ordered scans over the batch's keys; columns from SQLite's own memory into one buffer. No rules but those that the
// columns need: what is overdue is counted from the stored deadlines.
//
//     c-export DATABASE NOW

#define _GNU_SOURCE
#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 2048, BLOCK = 256 << 10, CODES = 8000, SPARSENESS = 2 };
enum { NONE = -1 };

typedef long long Long;

typedef struct {
    Long id, case_order, program, site, clinician, call, transferred, call_ended, arrived, discharged_at, discharged_on;
    Long birth, first_contact, first_plan, new_end, referral;
    int source, problem, town, reason, mode, contacts, attempts, referrals, connected, is_connected;
    int has_source_ref;
    char source_ref[208], client_ref[208], sex[16];
} Episode;

typedef struct {
    Long id;
    char text[408];
} Name;

typedef struct {
    Name *names;
    int count;
} Names;

typedef struct {
    Long program, from, window_days, minutes;
    int clock;
} Policy;

static const Long MISSING = -(1LL << 62);
static const char *const modes[] = {"mobile", "deferred mobile", "non-mobile (phone)"};
static sqlite3 *database;
static Names sites, staff, programs;
static char codes[CODES][128];
static Policy policies[64];
static int policy_count;
static Episode batch[BATCH];
static int by_key[BATCH];
static char buffer[BLOCK + (16 << 10)];
static size_t used;
static int cells;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    fprintf(stderr, "c-export: %s\n", sqlite3_errmsg(database));
    exit(1);
}

static sqlite3_stmt *prepared(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static Long column(sqlite3_stmt *row, int index) {
    return sqlite3_column_type(row, index) == SQLITE_NULL ? MISSING : sqlite3_column_int64(row, index);
}

static void copy(char *target, size_t room, sqlite3_stmt *row, int index) {
    const char *text = (const char *)sqlite3_column_text(row, index);
    snprintf(target, room, "%s", text ? text : "");
}

static Names read_names(const char *sql) {
    Names read = {NULL, 0};
    sqlite3_stmt *rows = prepared(sql);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        read.names = realloc(read.names, sizeof(Name) * (read.count + 1));
        if (read.names == NULL) exit(1);
        read.names[read.count].id = sqlite3_column_int64(rows, 0);
        copy(read.names[read.count++].text, sizeof(Name) - sizeof(Long), rows, 1);
    }
    sqlite3_finalize(rows);
    return read;
}

static const char *name(const Names *among, Long id) {
    int low = 0, high = among->count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        if (among->names[middle].id == id) return among->names[middle].text;
        if (among->names[middle].id < id) low = middle + 1; else high = middle - 1;
    }
    return "";
}

// Time: the offsets of whole hours, remembered, from 1970 to 2060.

static int offsets[24 * 366 * 90];

static int offset(Long second) {
    size_t hour = (size_t)(second / 3600);
    if (second < 0 || hour >= sizeof offsets / sizeof *offsets) hour = 0;
    if (offsets[hour] == 0) {
        time_t time = (time_t)(hour * 3600);
        struct tm local;
        localtime_r(&time, &local);
        offsets[hour] = (int)local.tm_gmtoff + 1;
    }
    return offsets[hour] - 1;
}

static Long day(Long second) {
    Long local = second + offset(second);
    return local >= 0 ? local / 86400 : -((86399 - local) / 86400);
}

static void civil(Long day, int *year, int *month, int *of_month) {
    Long days = day + 719468, era = days / 146097, of_era = days % 146097;
    Long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    Long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100), march = (5 * of_year + 2) / 153;
    *of_month = (int)(of_year - (153 * march + 2) / 5 + 1);
    *month = (int)(march < 10 ? march + 3 : march - 9);
    *year = (int)(era * 400 + year_of_era + (*month <= 2));
}

// Cells.

static void begin(void) {
    if (cells++ > 0) buffer[used++] = ',';
}

static void two(int number) {
    buffer[used++] = (char)('0' + number / 10);
    buffer[used++] = (char)('0' + number % 10);
}

static void put_date(Long value) {
    int year, month, of_month;
    civil(value, &year, &month, &of_month);
    two(year / 100);
    two(year % 100);
    buffer[used++] = '-';
    two(month);
    buffer[used++] = '-';
    two(of_month);
}

static void put_number(Long value, int least) {
    char digits[24];
    int count = 0;
    if (value < 0) {
        buffer[used++] = '-';
        value = -value;
    }
    do digits[count++] = (char)('0' + value % 10);
    while ((value /= 10) > 0 || count < least);
    while (count > 0) buffer[used++] = digits[--count];
}

static void number(Long value) {
    begin();
    if (value != MISSING) put_number(value, 1);
}

static void tenths(Long seconds, Long over) {
    begin();
    if (seconds == MISSING) return;
    Long value = (seconds * 20 + over) / (over * 2);
    if (value < 0 && value > -10) buffer[used++] = '-';
    put_number(value / 10, 1);
    buffer[used++] = '.';
    buffer[used++] = (char)('0' + llabs(value % 10));
}

static void date(Long value) {
    begin();
    if (value != MISSING) put_date(value);
}

static void instant(Long second) {
    begin();
    if (second == MISSING) return;
    int east = offset(second), of_day;
    Long local = second + east;
    of_day = (int)(local % 86400);
    put_date(local / 86400);
    buffer[used++] = 'T';
    two(of_day / 3600);
    buffer[used++] = ':';
    two(of_day / 60 % 60);
    buffer[used++] = ':';
    two(of_day % 60);
    buffer[used++] = east < 0 ? '-' : '+';
    two(abs(east) / 3600);
    buffer[used++] = ':';
    two(abs(east) / 60 % 60);
}

static void flag(int value) {
    begin();
    const char *word = value == NONE ? "" : value ? "yes" : "no";
    size_t count = strlen(word);
    memcpy(buffer + used, word, count);
    used += count;
}

// Guarded as a text when it could be run as a formula, and quoted when it must be.
static void text(const char *value, int is_text) {
    begin();
    size_t count = strlen(value);
    int is_quoted = count > 0 && (strchr(" \t", value[0]) || strchr(" \t", value[count - 1]));
    for (size_t i = 0; i < count && !is_quoted; i++) {
        char byte = value[i];
        if (byte == ',' || byte == '"' || byte == '\r' || byte == '\n') is_quoted = 1;
    }
    if (is_quoted) buffer[used++] = '"';
    if (is_text && count > 0) {
        const char *start = value + strspn(value, "' \t\r\n");
        if (*start && strchr("=+-@|", *start)) buffer[used++] = '\'';
    }
    for (size_t i = 0; i < count; i++) {
        if (value[i] == '"') buffer[used++] = '"';
        buffer[used++] = value[i];
    }
    if (is_quoted) buffer[used++] = '"';
}

static void flush(void) {
    for (size_t done = 0; done < used;) {
        ssize_t count = write(1, buffer + done, used - done);
        if (count < 0) exit(1);
        done += (size_t)count;
    }
    used = 0;
}

static void end_record(void) {
    buffer[used++] = '\r';
    buffer[used++] = '\n';
    cells = 0;
    if (used >= BLOCK) flush();
}

// What belongs to the episodes of a range of keys.

static sqlite3_stmt *scans[4], *dense, *late;
static int is_contact(sqlite3_stmt *row, const Episode *episode, int is_completed) {
    Long response = episode->mode == 2 ? episode->call : episode->arrived;
    return is_completed && response != MISSING && sqlite3_column_int64(row, 1) >= response;
}

static void add(int scan, Episode *episode, sqlite3_stmt *row) {
    switch (scan) {
    case 0: {
        const char *with = (const char *)sqlite3_column_text(row, 3);
        int is_completed = strcmp((const char *)sqlite3_column_text(row, 2), "completed") == 0;
        if (strcmp(with, "youth") != 0 && strcmp(with, "caregiver") != 0 && strcmp(with, "both") != 0) break;
        if (!is_completed) episode->attempts++;
        if (is_contact(row, episode, is_completed) && episode->contacts++ == 0)
            episode->first_contact = sqlite3_column_int64(row, 1);
        break;
    }
    case 1:
        if (episode->first_plan == MISSING) episode->first_plan = sqlite3_column_int64(row, 1);
        break;
    case 2:
        if (sqlite3_column_int64(row, 1) > episode->new_end) episode->new_end = sqlite3_column_int64(row, 1);
        break;
    default: {
        Long referral = sqlite3_column_int64(row, 1);
        if (referral != episode->referral) {
            episode->referrals++;
            episode->connected += episode->is_connected;
            episode->referral = referral;
        }
        episode->is_connected = strcmp((const char *)sqlite3_column_text(row, 2), "connected") == 0;
    }
    }
}

static void fill(int start, int end) {
    if (start == end) return;
    Long low = batch[by_key[start]].id, high = batch[by_key[end - 1]].id;
    if (end - start > 1) {
        sqlite3_bind_int64(dense, 1, low);
        sqlite3_bind_int64(dense, 2, high);
        sqlite3_bind_int64(dense, 3, (end - start) * SPARSENESS + 1);
        check(sqlite3_step(dense));
        Long found = sqlite3_column_int64(dense, 0);
        sqlite3_reset(dense);
        if (found > (end - start) * SPARSENESS) {
            int middle = start + (end - start) / 2;
            fill(start, middle);
            fill(middle, end);
            return;
        }
    }
    for (int scan = 0; scan < 4; scan++) {
        sqlite3_stmt *rows = scans[scan];
        sqlite3_bind_int64(rows, 1, low);
        sqlite3_bind_int64(rows, 2, high);
        int next = start, code;
        while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
            Long id = sqlite3_column_int64(rows, 0);
            while (next < end && batch[by_key[next]].id < id) next++;
            if (next == end) break;
            if (batch[by_key[next]].id == id) add(scan, &batch[by_key[next]], rows);
        }
        check(code);
        sqlite3_reset(rows);
    }
}

static int compare(const void *left, const void *right) {
    Long one = batch[*(const int *)left].id, other = batch[*(const int *)right].id;
    return (one > other) - (one < other);
}

static const char *code(int id) {
    return id >= 0 && id < CODES ? codes[id] : "";
}

static const Policy *policy(Long program, Long on) {
    for (int i = 0; i < policy_count; i++)
        if (policies[i].program == program && policies[i].from <= on) return &policies[i];
    exit(1);
}

static void put(const Episode *e, Long now) {
    Long call_day = day(e->call), response = e->mode == 2 ? e->call : e->arrived;
    const Policy *governing = policy(e->program, call_day);
    Long clock = governing->clock == 1 && e->transferred != MISSING ? e->transferred
        : governing->clock == 2 && e->call_ended != MISSING         ? e->call_ended
                                                                    : e->call;
    int is_open = e->discharged_at == MISSING, met = NONE;
    if (e->mode == 0 && governing->minutes != MISSING) {
        Long due = clock + governing->minutes * 60;
        if (e->arrived != MISSING) met = e->arrived <= due;
        else if (!is_open) met = e->discharged_at > due ? 0 : NONE;
        else met = due < now ? 0 : NONE;
    }
    begin();
    put_number(e->case_order / 1000000000, 1);
    buffer[used++] = '-';
    put_number(e->case_order % 1000000000, 5);
    text(e->source_ref, 1);
    text(e->client_ref, 1);
    text(name(&programs, e->program), 0);
    text(name(&sites, e->site), 1);
    text(name(&staff, e->clinician), 1);
    text(code(e->town), 0);
    Long age = MISSING;
    if (e->birth != MISSING) {
        int year, month, of_month, born, birth_month, birth_day;
        civil(call_day, &year, &month, &of_month);
        civil(e->birth, &born, &birth_month, &birth_day);
        age = year - born - (month < birth_month || (month == birth_month && of_month < birth_day));
    }
    number(age);
    text(e->sex, 0);
    text(code(e->source), 0);
    text(code(e->problem), 0);
    instant(e->call);
    text(modes[e->mode], 0);
    instant(e->arrived);
    tenths(e->arrived == MISSING ? MISSING : e->arrived - clock, 60);
    flag(met);
    instant(e->first_contact);
    tenths(e->first_contact == MISSING ? MISSING : e->first_contact - response, 3600);
    number(e->contacts);
    number(e->attempts);
    instant(e->first_plan);
    number(e->first_plan == MISSING || response == MISSING ? MISSING : day(e->first_plan) - day(response));
    number(e->referrals);
    number(e->connected + e->is_connected);
    Long last = MISSING;
    int is_extended = 0;
    if (governing->window_days != MISSING && response != MISSING) {
        last = day(response) + governing->window_days;
        is_extended = e->new_end > last;
        if (is_extended) last = e->new_end;
    }
    date(last);
    flag(is_extended);
    date(e->discharged_on);
    text(is_open ? "" : code(e->reason), 0);
    number(is_open ? MISSING : e->discharged_on - call_day);
    flag(is_open);
    Long overdue = 0;
    if (is_open) {
        sqlite3_bind_int64(late, 1, e->id);
        sqlite3_bind_int64(late, 2, now);
        check(sqlite3_step(late));
        overdue = sqlite3_column_int64(late, 0);
        sqlite3_reset(late);
    }
    number(overdue);
    end_record();
}

static void read_episode(Episode *e, sqlite3_stmt *row) {
    memset(e, 0, offsetof(Episode, source_ref));
    e->id = sqlite3_column_int64(row, 0);
    e->case_order = sqlite3_column_int64(row, 1);
    copy(e->source_ref, sizeof e->source_ref, row, 2);
    copy(e->client_ref, sizeof e->client_ref, row, 3);
    e->birth = column(row, 4);
    copy(e->sex, sizeof e->sex, row, 5);
    e->program = sqlite3_column_int64(row, 6);
    e->site = sqlite3_column_int64(row, 7);
    e->clinician = sqlite3_column_int64(row, 8);
    e->source = sqlite3_column_int(row, 9);
    e->problem = sqlite3_column_int(row, 10);
    e->town = sqlite3_column_type(row, 11) == SQLITE_NULL ? NONE : sqlite3_column_int(row, 11);
    e->reason = sqlite3_column_int(row, 12);
    const char *mode = (const char *)sqlite3_column_text(row, 13);
    e->mode = mode[0] == 'm' ? 0 : mode[0] == 'd' ? 1 : 2;
    e->call = sqlite3_column_int64(row, 14);
    e->transferred = column(row, 15);
    e->call_ended = column(row, 16);
    e->arrived = column(row, 17);
    e->discharged_at = column(row, 18);
    e->discharged_on = column(row, 19);
    e->first_contact = e->first_plan = e->new_end = MISSING;
    e->referral = 0;
}

int main(int count, char **words) {
    if (count < 3) return 64;
    Long now = atoll(words[2]);
    check(sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    check(sqlite3_exec(database, "PRAGMA cell_size_check = 1; BEGIN", NULL, NULL, NULL));
    sqlite3_stmt *zone = prepared("SELECT zone FROM agency");
    check(sqlite3_step(zone));
    setenv("TZ", (const char *)sqlite3_column_text(zone, 0), 1);
    sqlite3_finalize(zone);
    tzset();
    sites = read_names("SELECT id, name FROM site ORDER BY id");
    staff = read_names("SELECT id, login FROM staff ORDER BY id");
    programs = read_names("SELECT id, name FROM program ORDER BY id");
    sqlite3_stmt *rows = prepared("SELECT id, code FROM code WHERE id < 8000");
    while (sqlite3_step(rows) == SQLITE_ROW) copy(codes[sqlite3_column_int(rows, 0)], sizeof *codes, rows, 1);
    sqlite3_finalize(rows);
    rows = prepared(
        "SELECT program, effective_from, window_days, arrival_minutes + arrival_allowance_minutes, response_clock"
        " FROM policy ORDER BY program, effective_from DESC LIMIT 64");
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const char *clock = (const char *)sqlite3_column_text(rows, 4);
        policies[policy_count++] = (Policy){
            sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1), column(rows, 2), column(rows, 3),
            strstr(clock, "transfer") ? 1 : strstr(clock, "end") ? 2 : 0,
        };
    }
    sqlite3_finalize(rows);
    scans[0] = prepared("SELECT episode, at, result, met_with FROM visit"
                        " WHERE episode >= ?1 AND episode <= ?2 AND voided_at IS NULL ORDER BY episode, at, id");
    scans[1] = prepared("SELECT episode, activated_at FROM safety_plan"
                        " WHERE episode >= ?1 AND episode <= ?2 ORDER BY episode, version");
    scans[2] = prepared("SELECT episode, new_end FROM window_extension"
                        " WHERE episode >= ?1 AND episode <= ?2 AND voided_at IS NULL ORDER BY episode, granted_at, id");
    scans[3] = prepared("SELECT r.episode, r.id, v.state FROM referral AS r"
                        " JOIN referral_event AS v ON v.referral = r.id"
                        " WHERE r.episode >= ?1 AND r.episode <= ?2 AND r.voided_at IS NULL"
                        " ORDER BY r.episode, r.referral_ref, v.at, v.id");
    dense = prepared("SELECT count(*) FROM (SELECT 1 FROM episode WHERE id >= ?1 AND id <= ?2 LIMIT ?3)");
    late = prepared("SELECT count(*) FROM deadline WHERE episode = ?1 AND ended_at IS NULL AND due_at < ?2");
    const char *const header[] = {
        "case_number", "source_ref", "client_ref", "program", "site", "clinician", "town", "age_at_call", "sex",
        "referral_source", "presenting_problem", "call_received_at", "response_mode", "arrived_at", "response_minutes",
        "arrival_met", "first_contact_at", "hours_to_first_contact", "contacts", "attempts", "plan_activated_at",
        "days_to_plan", "referrals", "referrals_connected", "window_ends_on", "extended", "discharged_on",
        "discharge_reason", "length_of_stay_days", "open", "overdue",
    };
    for (size_t i = 0; i < sizeof header / sizeof *header; i++) text(header[i], 0);
    end_record();
    sqlite3_stmt *episodes = prepared(
        "SELECT e.id, e.case_order, e.source_ref, c.client_ref, c.birth_date, c.sex, e.program, e.site, e.clinician,"
        " e.referral_source, e.presenting_problem, e.town, e.discharge_reason, e.response_mode, e.call_received_at,"
        " e.transferred_at, e.call_ended_at, e.arrived_at, e.discharged_at, e.discharged_on"
        " FROM episode AS e JOIN client AS c ON c.id = e.client"
        " WHERE e.call_received_at >= ?1 AND e.call_received_at < ?2 AND e.voided_at IS NULL"
        " ORDER BY e.call_received_at, e.case_order");
    sqlite3_bind_int64(episodes, 1, -(1LL << 40));
    sqlite3_bind_int64(episodes, 2, now + 1);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) {
        int filled = 0;
        while (filled < BATCH && (code = sqlite3_step(episodes)) == SQLITE_ROW) {
            read_episode(&batch[filled], episodes);
            by_key[filled] = filled;
            filled++;
        }
        check(code);
        qsort(by_key, (size_t)filled, sizeof *by_key, compare);
        fill(0, filled);
        for (int i = 0; i < filled; i++) put(&batch[i], now);
    }
    flush();
    return 0;
}
