// `export summary` in C, by the same design: episodes in the order of their calls, in batches; of a settled one the
// outline that is stored with it; what belongs to the others by ordered scans over their keys; columns from SQLite's own
// memory into one buffer, and names made into cells once. No rules but those that the columns need: what is overdue is
// counted from the stored deadlines. One thread.
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

enum { BATCH = 512, BLOCK = 256 << 10, SLOTS = 1024, SPARSENESS = 2, FORM = 2, TEXTS = 256 << 10 };
enum { NONE = -1 };

typedef long long Long;

typedef struct {
    Long id, case_order, program, site, clinician, call, transferred, call_ended, arrived, discharged_at, discharged_on;
    Long birth, first_contact, first_plan, new_end, referral, window_end;
    int source, problem, town, reason, sex, mode, contacts, attempts, referrals, connected, is_connected;
    int is_settled, is_extended, met, source_ref, client_ref, source_count, client_count;
} Episode;

// A name as a cell, by the key of its record: slots by the upper bits of a product, the next free one where one is taken.
typedef struct {
    Long id;
    int start, count;
} Name;

typedef struct {
    Name slots[SLOTS];
} Names;

typedef struct {
    Long program, from, window_days, minutes;
    int clock;
} Policy;

static const Long MISSING = -(1LL << 62);
static const char *const modes[] = {"mobile", "deferred mobile", "non-mobile (phone)"};
static const char *const sexes[] = {"female", "male", "other", "unknown"};
static sqlite3 *database;
static Names sites, staff, programs, codes;
static char *cells_of_names;
static int bytes_of_names;
static char texts[TEXTS];
static int text_bytes;
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
    if (value == NONE) return;
    memcpy(buffer + used, value ? "yes" : "no", value ? 3 : 2);
    used += value ? 3 : 2;
}

static int is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

static int is_formula(const char *value, int count) {
    int i = 0;
    while (i < count && strchr("' \t\r\n", value[i])) i++;
    return i < count && strchr("=+-@|", value[i]);
}

// Guarded as a text when it could be run as a formula, and quoted when it must be.
static void text(const char *value, int count, int is_text) {
    begin();
    if (count == 0) return;
    int is_guarded = is_text && is_formula(value, count), is_quoted = is_blank(value[0]) || is_blank(value[count - 1]);
    for (int i = 0; i < count && !is_quoted; i++) {
        char byte = value[i];
        buffer[used + (size_t)i] = byte;
        if (byte == ',' || byte == '"' || byte == '\r' || byte == '\n') is_quoted = 1;
    }
    if (!is_guarded && !is_quoted) {
        used += (size_t)count;
        return;
    }
    if (is_quoted) buffer[used++] = '"';
    if (is_guarded) buffer[used++] = '\'';
    for (int i = 0; i < count; i++) {
        if (value[i] == '"' && is_quoted) buffer[used++] = '"';
        buffer[used++] = value[i];
    }
    if (is_quoted) buffer[used++] = '"';
}

static void word(const char *value) {
    text(value, (int)strlen(value), 0);
}

// Names.

static int slot(Long id) {
    return (int)(((unsigned long long)id * 0x9E3779B97F4A7C15ULL) >> 32) & (SLOTS - 1);
}

static void read_names(Names *into, const char *sql, int is_text) {
    sqlite3_stmt *rows = prepared(sql);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        Long id = sqlite3_column_int64(rows, 0);
        int place = slot(id);
        while (into->slots[place].count > 0) place = (place + 1) & (SLOTS - 1);
        const char *value = (const char *)sqlite3_column_text(rows, 1);
        text(value, sqlite3_column_bytes(rows, 1), is_text);
        cells_of_names = realloc(cells_of_names, (size_t)bytes_of_names + used);
        if (cells_of_names == NULL) exit(1);
        memcpy(cells_of_names + bytes_of_names, buffer, used);
        into->slots[place] = (Name){id, bytes_of_names, (int)used};
        bytes_of_names += (int)used;
        used = 0;
        cells = 0;
    }
    sqlite3_finalize(rows);
}

static void name(const Names *among, Long id) {
    begin();
    for (int place = slot(id); among->slots[place].count > 0; place = (place + 1) & (SLOTS - 1)) {
        const Name *found = &among->slots[place];
        if (found->id != id) continue;
        memcpy(buffer + used, cells_of_names + found->start, (size_t)found->count);
        used += (size_t)found->count;
        return;
    }
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
    int is_open = e->discharged_at == MISSING, met = e->met, is_extended = e->is_extended;
    Long last = e->window_end;
    if (!e->is_settled) {
        if (e->mode == 0 && governing->minutes != MISSING) {
            Long due = clock + governing->minutes * 60;
            if (e->arrived != MISSING) met = e->arrived <= due;
            else if (!is_open) met = e->discharged_at > due ? 0 : NONE;
            else met = due < now ? 0 : NONE;
        }
        if (governing->window_days != MISSING && response != MISSING) {
            last = day(response) + governing->window_days;
            is_extended = e->new_end > last;
            if (is_extended) last = e->new_end;
        }
    }
    begin();
    put_number(e->case_order / 1000000000, 1);
    buffer[used++] = '-';
    put_number(e->case_order % 1000000000, 5);
    text(texts + e->source_ref, e->source_count, 1);
    text(texts + e->client_ref, e->client_count, 1);
    name(&programs, e->program);
    name(&sites, e->site);
    name(&staff, e->clinician);
    name(&codes, e->town);
    Long age = MISSING;
    if (e->birth != MISSING) {
        int year, month, of_month, born, birth_month, birth_day;
        civil(call_day, &year, &month, &of_month);
        civil(e->birth, &born, &birth_month, &birth_day);
        age = year - born - (month < birth_month || (month == birth_month && of_month < birth_day));
    }
    number(age);
    word(sexes[e->sex]);
    name(&codes, e->source);
    name(&codes, e->problem);
    instant(e->call);
    word(modes[e->mode]);
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
    date(last);
    flag(is_extended);
    date(e->discharged_on);
    name(&codes, is_open ? NONE : e->reason);
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

static int copy(int *start, sqlite3_stmt *row, int index) {
    const void *value = sqlite3_column_blob(row, index);
    int count = sqlite3_column_bytes(row, index);
    *start = text_bytes;
    if (count > 0) memcpy(texts + text_bytes, value, (size_t)count);
    text_bytes += count;
    return count;
}

// The outline that is stored with a settled episode: numbers of seven bits a byte, instants before the last fact.

typedef struct {
    const unsigned char *next, *end;
} Bytes;

static unsigned long long packed(Bytes *bytes) {
    unsigned long long value = 0;
    for (int shift = 0;; shift += 7) {
        if (bytes->next == bytes->end) exit(1);
        unsigned char byte = *bytes->next++;
        value |= (unsigned long long)(byte & 127) << shift;
        if (byte < 128) return value;
    }
}

static Long packed_signed(Bytes *bytes) {
    unsigned long long value = packed(bytes);
    return (Long)(value >> 1) ^ -(Long)(value & 1);
}

static Long packed_before(Bytes *bytes, Long since) {
    Long before = (Long)packed(bytes);
    return before == 0 ? MISSING : since - before + 1;
}

static void read_outline(Episode *e, sqlite3_stmt *row, int index, Long now) {
    const unsigned char *start = sqlite3_column_blob(row, index);
    int count = sqlite3_column_bytes(row, index);
    if (count < 4 || start[0] != FORM) return;
    unsigned char flags = start[1], clocks = start[2];
    Bytes bytes = {start + 3, start + count};
    Long since = packed_signed(&bytes);
    if (since > now) return;
    e->is_settled = 1;
    packed(&bytes);
    e->contacts = (int)packed(&bytes);
    e->attempts = (int)packed(&bytes);
    packed(&bytes);
    packed(&bytes);
    e->referrals = (int)packed(&bytes);
    e->connected = (int)packed(&bytes);
    e->first_contact = packed_before(&bytes, since);
    e->first_plan = packed_before(&bytes, since);
    if (flags & 128) e->window_end = since / 86400 - packed_signed(&bytes);
    e->is_extended = (flags & 8) != 0;
    e->met = (clocks & 3) == 0 ? NONE : (clocks & 3) == 1;
}

static void read_episode(Episode *e, sqlite3_stmt *row, Long now) {
    memset(e, 0, sizeof *e);
    e->id = sqlite3_column_int64(row, 0);
    e->case_order = sqlite3_column_int64(row, 1);
    e->source_count = copy(&e->source_ref, row, 2);
    e->client_count = copy(&e->client_ref, row, 3);
    e->birth = column(row, 4);
    const char *sex = (const char *)sqlite3_column_text(row, 5);
    e->sex = sex[0] == 'f' ? 0 : sex[0] == 'm' ? 1 : sex[0] == 'o' ? 2 : 3;
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
    e->first_contact = e->first_plan = e->new_end = e->window_end = MISSING;
    e->met = NONE;
    read_outline(e, row, 20, now);
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
    read_names(&sites, "SELECT id, name FROM site", 1);
    read_names(&staff, "SELECT id, login FROM staff", 1);
    read_names(&programs, "SELECT id, name FROM program", 0);
    read_names(&codes, "SELECT id, code FROM code", 0);
    sqlite3_stmt *rows = prepared(
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
    late = prepared("SELECT count(*) FROM deadline WHERE episode = ?1 AND due_at < ?2");
    const char *const header[] = {
        "case_number", "source_ref", "client_ref", "program", "site", "clinician", "town", "age_at_call", "sex",
        "referral_source", "presenting_problem", "call_received_at", "response_mode", "arrived_at", "response_minutes",
        "arrival_met", "first_contact_at", "hours_to_first_contact", "contacts", "attempts", "plan_activated_at",
        "days_to_plan", "referrals", "referrals_connected", "window_ends_on", "extended", "discharged_on",
        "discharge_reason", "length_of_stay_days", "open", "overdue",
    };
    for (size_t i = 0; i < sizeof header / sizeof *header; i++) word(header[i]);
    end_record();
    sqlite3_stmt *episodes = prepared(
        "SELECT e.id, e.case_order, e.source_ref, c.client_ref, c.birth_date, c.sex, e.program, e.site, e.clinician,"
        " e.referral_source, e.presenting_problem, e.town, e.discharge_reason, e.response_mode, e.call_received_at,"
        " e.transferred_at, e.call_ended_at, e.arrived_at, e.discharged_at, e.discharged_on, e.results"
        " FROM episode AS e JOIN client AS c ON c.id = e.client"
        " WHERE e.call_received_at >= ?1 AND e.call_received_at < ?2 AND e.voided_at IS NULL"
        " ORDER BY e.call_received_at, e.case_order");
    sqlite3_bind_int64(episodes, 1, -(1LL << 40));
    sqlite3_bind_int64(episodes, 2, now + 1);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) {
        int filled = 0, unsettled = 0;
        text_bytes = 0;
        while (filled < BATCH && (code = sqlite3_step(episodes)) == SQLITE_ROW) {
            read_episode(&batch[filled], episodes, now);
            if (!batch[filled].is_settled) by_key[unsettled++] = filled;
            filled++;
        }
        check(code);
        qsort(by_key, (size_t)unsettled, sizeof *by_key, compare);
        fill(0, unsettled);
        for (int i = 0; i < filled; i++) put(&batch[i], now);
    }
    flush();
    return 0;
}
