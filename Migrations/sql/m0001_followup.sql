-- The records of a mobile crisis agency. ARCHITECTURE.md tells what each table is for.
--
-- Instants are seconds since 1970-01-01T00:00:00Z, civil days are days since 1970-01-01 in the agency's zone.
-- Keys are 63-bit integers made by the program, ascending in the order of entry.
-- No record is deleted: what was wrong is voided (when, by whom, why) and counts nowhere. What follows from the records,
-- as deadlines do, is written anew with them.
-- What a rule of the practice refuses, a constraint refuses again. A value of a list is checked with OR, not with IN:
-- SQLite fills a table of its own with the list of an IN at every row that it inserts, at several times the cost of the row.

CREATE TABLE agency (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    zone TEXT NOT NULL CHECK (length(zone) BETWEEN 1 AND 100),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE site (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

-- Codes are numbered by list: list L holds L * 1000 to L * 1000 + 999, so that a CHECK tells a town from a discharge reason.
CREATE TABLE code (
    id INTEGER PRIMARY KEY CHECK (id / 1000 = list),
    list INTEGER NOT NULL CHECK (list BETWEEN 1 AND 7),
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 200),
    retired_at INTEGER,
    UNIQUE (list, code)
) STRICT;

-- Which site answers calls from a town; a town may have several.
CREATE TABLE site_town (
    site INTEGER NOT NULL REFERENCES site (id),
    town INTEGER NOT NULL REFERENCES code (id) CHECK (town / 1000 = 1),
    PRIMARY KEY (site, town)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 1 AND 100),
    name TEXT NOT NULL CHECK (length(name) <= 200),
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

-- A role without a site holds at every site.
CREATE TABLE staff_role (
    staff INTEGER NOT NULL REFERENCES staff (id),
    role TEXT NOT NULL CHECK (role = 'clinician' OR role = 'supervisor' OR role = 'analyst' OR role = 'administrator'),
    site INTEGER REFERENCES site (id)
) STRICT;
CREATE UNIQUE INDEX staff_role_at_site ON staff_role (staff, role, site) WHERE site IS NOT NULL;
CREATE UNIQUE INDEX staff_role_everywhere ON staff_role (staff, role) WHERE site IS NULL;

CREATE TABLE program (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200)
) STRICT;

-- An episode keeps the policy of the day of its call. NULL: the program has no such clock.
CREATE TABLE policy (
    program INTEGER NOT NULL REFERENCES program (id),
    effective_from INTEGER NOT NULL,
    response_clock TEXT NOT NULL CHECK (
        response_clock = 'call received' OR response_clock = 'transfer to provider' OR response_clock = 'end of call'
    ),
    arrival_minutes INTEGER CHECK (arrival_minutes > 0),
    arrival_allowance_minutes INTEGER NOT NULL CHECK (arrival_allowance_minutes >= 0),
    deferred_response_hours INTEGER CHECK (deferred_response_hours > 0),
    first_contact_hours INTEGER CHECK (first_contact_hours > 0),
    next_contact_days INTEGER CHECK (next_contact_days > 0),
    safety_plan_days INTEGER CHECK (safety_plan_days > 0),
    plan_review_days INTEGER CHECK (plan_review_days > 0),
    referral_answer_business_days INTEGER CHECK (referral_answer_business_days > 0),
    waitlist_days INTEGER CHECK (waitlist_days > 0),
    first_appointment_days INTEGER CHECK (first_appointment_days > 0),
    window_days INTEGER CHECK (window_days > 0),
    extension_days INTEGER NOT NULL CHECK (extension_days >= 0),
    phone_only_close_days INTEGER NOT NULL CHECK (phone_only_close_days >= 0),
    phone_only_follow_up INTEGER NOT NULL CHECK (phone_only_follow_up IN (0, 1)),
    attempts_before_unable_to_reach INTEGER NOT NULL CHECK (attempts_before_unable_to_reach >= 0),
    oldest_age INTEGER CHECK (oldest_age >= 0),
    mobility_excludes_police INTEGER NOT NULL CHECK (mobility_excludes_police IN (0, 1)),
    PRIMARY KEY (program, effective_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
    day INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) <= 200)
) STRICT;

CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    client_ref TEXT NOT NULL UNIQUE CHECK (length(client_ref) BETWEEN 1 AND 200),
    first_name TEXT NOT NULL CHECK (length(first_name) <= 200),
    last_name TEXT NOT NULL CHECK (length(last_name) <= 200),
    birth_date INTEGER,
    sex TEXT NOT NULL CHECK (sex = 'female' OR sex = 'male' OR sex = 'other' OR sex = 'unknown'),
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0)
) STRICT;
-- With the names, so that comparing a new client with everybody born that day looks up nobody.
CREATE INDEX client_by_birth_date ON client (birth_date, first_name, last_name);

CREATE TABLE client_name_word (
    word TEXT NOT NULL,
    -- Refers to nothing: an import stores the words in their order, in which no client stands near the next, and looking
    -- each up took longer than all else there. That both are the same is what `check` compares.
    client INTEGER NOT NULL,
    -- The other word of a name of two, '' where there is none; of longer names all others, each behind a space, so that
    -- these stand together before the rest.
    other_words TEXT NOT NULL,
    PRIMARY KEY (word, client)
) STRICT, WITHOUT ROWID;
-- Who has two words is found without looking at everybody who has one of them.
CREATE INDEX client_name_word_beside ON client_name_word (word, other_words);

CREATE TABLE episode (
    id INTEGER PRIMARY KEY,
    -- The case number as one integer: the year of the call * 1,000,000,000 + the counter.
    case_order INTEGER NOT NULL UNIQUE CHECK (case_order BETWEEN 1000000000001 AND 9999999999999),
    source_ref TEXT UNIQUE CHECK (length(source_ref) BETWEEN 1 AND 200),
    client INTEGER NOT NULL REFERENCES client (id),
    program INTEGER NOT NULL REFERENCES program (id),
    site INTEGER NOT NULL REFERENCES site (id),
    clinician INTEGER NOT NULL REFERENCES staff (id),
    response_mode TEXT NOT NULL CHECK (
        response_mode = 'mobile' OR response_mode = 'deferred mobile' OR response_mode = 'non-mobile (phone)'
    ),
    referral_source INTEGER NOT NULL REFERENCES code (id) CHECK (referral_source / 1000 = 2),
    presenting_problem INTEGER NOT NULL REFERENCES code (id) CHECK (presenting_problem / 1000 = 3),
    location INTEGER REFERENCES code (id) CHECK (location / 1000 = 4),
    town INTEGER REFERENCES code (id) CHECK (town / 1000 = 1),
    language TEXT NOT NULL CHECK (length(language) <= 200),
    caregiver_name TEXT NOT NULL CHECK (length(caregiver_name) <= 400),
    caregiver_phone TEXT NOT NULL CHECK (length(caregiver_phone) <= 200),
    minor_consented INTEGER NOT NULL CHECK (minor_consented IN (0, 1)),
    part2 INTEGER NOT NULL CHECK (part2 IN (0, 1)),
    -- Adults: how they reached the service, and the local mental health authority.
    access_channel TEXT CHECK (
        access_channel = 'phone line' OR access_channel = 'mobile team' OR access_channel = 'emergency room'
        OR access_channel = 'walk-in clinic' OR access_channel = 'on-site staff'
    ),
    authority TEXT NOT NULL DEFAULT '' CHECK (length(authority) <= 200),
    -- Who transferred the call, and that side's reference.
    transfer_from TEXT NOT NULL DEFAULT '' CHECK (length(transfer_from) <= 200),
    transfer_ref TEXT NOT NULL DEFAULT '' CHECK (length(transfer_ref) <= 200),
    call_received_at INTEGER NOT NULL,
    call_ended_at INTEGER CHECK (call_ended_at >= call_received_at),
    transferred_at INTEGER CHECK (transferred_at >= call_received_at),
    dispatched_at INTEGER CHECK (dispatched_at >= coalesce(transferred_at, call_received_at)),
    arrived_at INTEGER CHECK (arrived_at >= coalesce(dispatched_at, transferred_at, call_received_at)),
    late_arrival_reason TEXT NOT NULL DEFAULT '' CHECK (length(late_arrival_reason) <= 2000),
    -- The instant from which the case is closed, and the civil day that the record shows.
    discharged_at INTEGER CHECK (discharged_at >= coalesce(arrived_at, dispatched_at, transferred_at, call_received_at)),
    discharged_on INTEGER,
    discharge_reason INTEGER REFERENCES code (id) CHECK (discharge_reason / 1000 = 5),
    -- Why the closing gate was overruled, and why open referrals were handed over.
    closing_override TEXT NOT NULL DEFAULT '' CHECK (length(closing_override) <= 2000),
    handover_reason TEXT NOT NULL DEFAULT '' CHECK (length(handover_reason) <= 2000),
    -- What the rules give for the case as its facts stand; kept with the deadlines, compared by `check`.
    window_ends_on INTEGER,
    last_contact_at INTEGER,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    -- What reports and summaries say of a case to which nothing more is owed, in bytes that the program packs.
    results BLOB,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    version INTEGER NOT NULL CHECK (version > 0),
    voided_at INTEGER,
    voided_by INTEGER REFERENCES staff (id),
    void_reason TEXT,
    CHECK ((discharged_at IS NULL) = (discharged_on IS NULL)),
    CHECK ((discharged_at IS NULL) = (discharge_reason IS NULL)),
    CHECK (response_mode <> 'non-mobile (phone)' OR arrived_at IS NULL),
    CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX episode_by_call ON episode (call_received_at, case_order);
CREATE INDEX episode_by_client ON episode (client);
CREATE INDEX episode_open ON episode (site, call_received_at) WHERE discharged_at IS NULL AND voided_at IS NULL;
CREATE INDEX episode_open_of_clinician ON episode (clinician, call_received_at)
WHERE discharged_at IS NULL AND voided_at IS NULL;

CREATE TABLE window_extension (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    granted_at INTEGER NOT NULL,
    previous_end INTEGER NOT NULL,
    new_end INTEGER NOT NULL CHECK (new_end > previous_end),
    requested_by INTEGER NOT NULL REFERENCES staff (id),
    approved_by INTEGER NOT NULL REFERENCES staff (id) CHECK (approved_by <> requested_by),
    reason TEXT NOT NULL CHECK (length(reason) <= 2000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    voided_at INTEGER,
    voided_by INTEGER REFERENCES staff (id),
    void_reason TEXT,
    CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX window_extension_of_episode ON window_extension (episode, granted_at);
-- The end date moves only forward: two extensions of one case never name the same end.
CREATE UNIQUE INDEX window_extension_end ON window_extension (episode, new_end) WHERE voided_at IS NULL;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    at INTEGER NOT NULL,
    mode TEXT NOT NULL CHECK (
        mode = 'in person' OR mode = 'phone' OR mode = 'video' OR mode = 'text' OR mode = 'letter'
    ),
    result TEXT NOT NULL CHECK (
        result = 'completed' OR result = 'no answer' OR result = 'no-show' OR result = 'cancelled by family'
        OR result = 'cancelled by provider' OR result = 'unable to locate'
    ),
    met_with TEXT NOT NULL CHECK (
        met_with = 'youth' OR met_with = 'caregiver' OR met_with = 'both' OR met_with = 'school'
        OR met_with = 'other provider'
    ),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
    clinician INTEGER NOT NULL REFERENCES staff (id),
    note TEXT NOT NULL CHECK (length(note) <= 100000),
    promised_next INTEGER,
    -- Why a caregiver was reached in minor-consented care.
    override_reason TEXT NOT NULL DEFAULT '' CHECK (length(override_reason) <= 2000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    version INTEGER NOT NULL CHECK (version > 0),
    voided_at INTEGER,
    voided_by INTEGER REFERENCES staff (id),
    void_reason TEXT,
    CHECK (
        promised_next IS NULL
        OR (result = 'completed' AND (met_with = 'youth' OR met_with = 'caregiver' OR met_with = 'both'))
    ),
    CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX visit_of_episode ON visit (episode, at);

CREATE TABLE safety_plan (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    version INTEGER NOT NULL CHECK (version > 0),
    activated_at INTEGER NOT NULL,
    superseded_at INTEGER CHECK (superseded_at >= activated_at),
    author INTEGER NOT NULL REFERENCES staff (id),
    reason INTEGER NOT NULL REFERENCES code (id) CHECK (reason / 1000 = 7),
    youth_took_part INTEGER NOT NULL CHECK (youth_took_part IN (0, 1)),
    caregiver_took_part INTEGER NOT NULL CHECK (caregiver_took_part IN (0, 1)),
    copy_given TEXT NOT NULL CHECK (length(copy_given) BETWEEN 1 AND 2000),
    review_on INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    UNIQUE (episode, version)
) STRICT;
CREATE UNIQUE INDEX safety_plan_active ON safety_plan (episode) WHERE superseded_at IS NULL;

-- The entries of the six steps, 1 to 6, and of what child and family added, 11 to 16, in the person's own words and
-- order.
CREATE TABLE safety_plan_item (
    plan INTEGER NOT NULL REFERENCES safety_plan (id),
    step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 6 OR step BETWEEN 11 AND 16),
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL CHECK (length(text) <= 10000),
    PRIMARY KEY (plan, step, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE lethal_means (
    plan INTEGER NOT NULL REFERENCES safety_plan (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL CHECK (length(text) <= 10000),
    PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_review (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    plan INTEGER NOT NULL REFERENCES safety_plan (id),
    at INTEGER NOT NULL,
    next_review_on INTEGER,
    reviewed_by INTEGER NOT NULL REFERENCES staff (id),
    note TEXT NOT NULL CHECK (length(note) <= 100000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    voided_at INTEGER,
    voided_by INTEGER REFERENCES staff (id),
    void_reason TEXT,
    CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX plan_review_of_episode ON plan_review (episode, at);

CREATE TABLE plan_decline (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    at INTEGER NOT NULL,
    declined_by TEXT NOT NULL CHECK (declined_by = 'youth' OR declined_by = 'caregiver' OR declined_by = 'both'),
    reason TEXT NOT NULL CHECK (length(reason) <= 2000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    voided_at INTEGER,
    voided_by INTEGER REFERENCES staff (id),
    void_reason TEXT,
    CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX plan_decline_of_episode ON plan_decline (episode, at);

CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    -- The source's own reference, or one made here: the case's 1, 2, 3.
    referral_ref TEXT NOT NULL CHECK (length(referral_ref) BETWEEN 1 AND 200),
    service_type INTEGER NOT NULL REFERENCES code (id) CHECK (service_type / 1000 = 6),
    agency TEXT NOT NULL CHECK (length(agency) <= 400),
    -- Both parties and the family took part; never counted as a connection.
    warm_handoff INTEGER CHECK (warm_handoff IN (0, 1)),
    -- Why it starts later than at `identified`.
    override_reason TEXT NOT NULL DEFAULT '' CHECK (length(override_reason) <= 2000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    voided_at INTEGER,
    voided_by INTEGER REFERENCES staff (id),
    void_reason TEXT,
    UNIQUE (episode, referral_ref),
    CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;

CREATE TABLE referral_event (
    id INTEGER PRIMARY KEY,
    referral INTEGER NOT NULL REFERENCES referral (id),
    at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (
        state = 'identified' OR state = 'offered' OR state = 'sent' OR state = 'accepted' OR state = 'rejected'
        OR state = 'waitlisted' OR state = 'scheduled' OR state = 'attended' OR state = 'no-show' OR state = 'cancelled'
        OR state = 'connected' OR state = 'declined by family' OR state = 'closed without connection'
    ),
    appointment_at INTEGER CHECK (appointment_at IS NULL OR state IN ('accepted', 'scheduled')),
    reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    CHECK (state <> 'scheduled' OR appointment_at IS NOT NULL)
) STRICT;
CREATE INDEX referral_event_of_referral ON referral_event (referral, at);

-- What is owed now: a row stands from the fact that starts a clock to the fact that ends it, written and removed in the
-- same transaction as they are. When and why a deadline ended is what the rules say of the facts. `check` computes the
-- whole table anew.
-- site, clinician, program and case_order repeat the episode's, so that every filter of the overdue list has an index of
-- its own: its cost follows the rows listed. They refer to nothing themselves: what they may hold is what the episode's
-- own references let it hold, and `check` compares them with it.
CREATE TABLE deadline (
    episode INTEGER NOT NULL REFERENCES episode (id),
    kind TEXT NOT NULL CHECK (
        kind = 'arrival' OR kind = 'deferred-response' OR kind = 'first-contact' OR kind = 'next-contact'
        OR kind = 'safety-plan' OR kind = 'plan-review' OR kind = 'referral-answer' OR kind = 'first-appointment'
        OR kind = 'close'
    ),
    -- The record that started the clock.
    started_by INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    plan_version INTEGER,
    referral INTEGER REFERENCES referral (id),
    site INTEGER NOT NULL,
    clinician INTEGER NOT NULL,
    program INTEGER NOT NULL,
    case_order INTEGER NOT NULL,
    PRIMARY KEY (episode, kind, started_by),
    CHECK (plan_version IS NULL OR kind = 'plan-review'),
    CHECK ((referral IS NULL) = (kind <> 'referral-answer' AND kind <> 'first-appointment'))
) STRICT, WITHOUT ROWID;
CREATE INDEX deadline_by_due ON deadline (due_at, case_order, kind);
CREATE INDEX deadline_at_site ON deadline (site, due_at, case_order, kind);
CREATE INDEX deadline_of_clinician ON deadline (clinician, due_at, case_order, kind);
CREATE INDEX deadline_in_program ON deadline (program, due_at, case_order, kind);
CREATE INDEX deadline_of_kind ON deadline (kind, due_at, case_order);

-- Who did what, when. Hash-chained: an entry's hash covers its fields and the hash before it.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    -- The command's own entry, for an entry of a use case that it carried out.
    command INTEGER REFERENCES audit (seq),
    actor INTEGER REFERENCES staff (id),
    login TEXT NOT NULL,
    os_user TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    episode INTEGER,
    -- The record that was written, and before and after of a change as JSON.
    record INTEGER,
    detail TEXT NOT NULL,
    program_version TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_of_episode ON audit (episode, seq) WHERE episode IS NOT NULL;
-- What has no case and names its record: clients, sites, staff.
CREATE INDEX audit_of_record ON audit (record, seq) WHERE episode IS NULL AND record IS NOT NULL;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_has_no_gap BEFORE INSERT ON audit
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit has no gap');
END;

-- For whoever opens the file with a SQL shell: case numbers, UTC times and codes as text.
CREATE VIEW episode_text AS
SELECT
    (case_order / 1000000000) || '-' || printf('%05d', case_order % 1000000000) AS case_number,
    e.source_ref,
    s.name AS site,
    t.login AS clinician,
    e.response_mode,
    datetime(e.call_received_at, 'unixepoch') AS call_received_utc,
    datetime(e.arrived_at, 'unixepoch') AS arrived_utc,
    date(e.window_ends_on * 86400, 'unixepoch') AS window_ends_on,
    date(e.discharged_on * 86400, 'unixepoch') AS discharged_on,
    e.voided_at IS NOT NULL AS voided
FROM episode AS e
JOIN site AS s ON s.id = e.site
JOIN staff AS t ON t.id = e.clinician;

CREATE VIEW visit_text AS
SELECT
    (e.case_order / 1000000000) || '-' || printf('%05d', e.case_order % 1000000000) AS case_number,
    datetime(v.at, 'unixepoch') AS at_utc,
    v.mode,
    v.result,
    v.met_with,
    v.minutes,
    t.login AS clinician,
    v.voided_at IS NOT NULL AS voided
FROM visit AS v
JOIN episode AS e ON e.id = v.episode
JOIN staff AS t ON t.id = v.clinician;

CREATE VIEW deadline_text AS
SELECT
    (d.case_order / 1000000000) || '-' || printf('%05d', d.case_order % 1000000000) AS case_number,
    d.kind,
    datetime(d.due_at, 'unixepoch') AS due_utc
FROM deadline AS d;
