-- What `report` counts, as SQL would: a fiscal year and the one before it, in total and by site, in one pass.
--
-- It is written to be quick: a fact is read once, by the indexes that exist and in their order; all deadlines, ended ones
-- too, are taken from a table that the rules have filled beforehand; a local day is arithmetic on integers; what adds up
-- is counted once, by year and site; a median is found among the counts of the values, by running sums.
.mode csv
.headers on
PRAGMA temp_store = MEMORY;
BEGIN;
-- The days of both years: which year, 0 or 1, and born until when a child is 6, 9, 13, 16 or 19 years old.
CREATE TEMP TABLE day (number INTEGER PRIMARY KEY, year, born_6, born_9, born_13, born_16, born_19);
INSERT INTO day
WITH RECURSIVE number (n) AS (SELECT $first_day UNION ALL SELECT n + 1 FROM number WHERE n < $last_day),
    named AS (SELECT n, date(n * 86400, 'unixepoch') AS d FROM number)
SELECT n, n >= $middle_day,
    unixepoch(min(date(d, '-6 years'), date(d, '+1 day', '-6 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-9 years'), date(d, '+1 day', '-9 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-13 years'), date(d, '+1 day', '-13 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-16 years'), date(d, '+1 day', '-16 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-19 years'), date(d, '+1 day', '-19 years', '-1 day'))) / 86400
FROM named;
CREATE TEMP TABLE practice AS
SELECT *, lead(effective_from, 1, 1 << 40) OVER (PARTITION BY program ORDER BY effective_from) AS effective_until
FROM policy;
CREATE TEMP TABLE fact (
    id INTEGER PRIMARY KEY, year, site, clinician, client, sex, mobile, reached, age, referral_source,
    presenting_problem, town, discharge_reason, overruled, excluded, windowed, extended, seconds, discharged_on, stay,
    contacts, attempts
);
INSERT INTO fact
SELECT e.id, y.year, e.site, e.clinician, e.client,
    CASE c.sex WHEN 'female' THEN 0 WHEN 'male' THEN 1 WHEN 'other' THEN 2 ELSE 3 END,
    e.response_mode <> 'non-mobile (phone)', e.arrived_at IS NOT NULL,
    (c.birth_date <= y.born_6) + (c.birth_date <= y.born_9) + (c.birth_date <= y.born_13)
        + (c.birth_date <= y.born_16) + (c.birth_date <= y.born_19),
    e.referral_source, e.presenting_problem, e.town, e.discharge_reason,
    e.closing_override <> '', p.mobility_excludes_police AND e.referral_source = $police, p.window_days IS NOT NULL,
    EXISTS (SELECT 1 FROM window_extension AS w WHERE w.episode = e.id AND w.voided_at IS NULL),
    CASE WHEN e.response_mode = 'mobile' AND p.arrival_minutes IS NOT NULL THEN
        max(0, e.arrived_at - CASE p.response_clock
            WHEN 'transfer to provider' THEN coalesce(e.transferred_at, e.call_received_at)
            WHEN 'end of call' THEN coalesce(e.call_ended_at, e.call_received_at)
            ELSE e.call_received_at END)
    END,
    e.discharged_on, e.discharged_on - y.number,
    total(v.result = 'completed' AND v.at >= iif(
        e.response_mode = 'non-mobile (phone)', e.call_received_at, e.arrived_at)),
    total(v.result <> 'completed')
FROM episode AS e
CROSS JOIN day AS y ON y.number = $call_day
CROSS JOIN practice AS p
    ON p.program = e.program AND p.effective_from <= y.number AND y.number < p.effective_until
CROSS JOIN client AS c ON c.id = e.client
LEFT JOIN visit AS v ON v.episode = e.id AND v.voided_at IS NULL
    AND (v.met_with = 'youth' OR v.met_with = 'caregiver' OR v.met_with = 'both')
WHERE e.id BETWEEN $lowest AND $highest AND +e.call_received_at >= $from_instant AND +e.call_received_at < $to_instant
    AND e.voided_at IS NULL
GROUP BY e.id;

-- Whether a clock was kept, as a measure counts it: NULL while it runs, and where something else ended it in time.
CREATE TEMP TABLE clock AS
SELECT f.year, f.site, f.clinician,
    sum(d.kept) FILTER (WHERE d.kind = 'arrival' AND f.seconds IS NOT NULL) AS arrival,
    sum(d.kept) FILTER (WHERE d.kind = 'deferred-response') AS deferred,
    sum(d.kept) FILTER (WHERE d.kind = 'first-contact') AS contact,
    sum(d.kept) FILTER (WHERE d.kind = 'safety-plan') AS plan,
    sum(d.kept) FILTER (WHERE d.kind = 'plan-review') AS reviews_kept,
    count(d.kept) FILTER (WHERE d.kind = 'plan-review') AS reviews,
    sum(iif(d.ended_at IS NULL, iif(d.due_at < $now, 0, NULL), f.discharged_on <= $due_day))
        FILTER (WHERE d.kind = 'close' AND f.mobile) AS closed,
    total($today - $due_day) FILTER (WHERE d.ended_at IS NULL AND d.due_at < $now) AS overdue
FROM fact AS f
CROSS JOIN (
    SELECT *,
        CASE WHEN ended_by = 'met' THEN ended_at <= due_at WHEN coalesce(ended_at, $now) > due_at THEN 0 END AS kept
    FROM ruled_deadline
) AS d ON d.episode = f.id
GROUP BY f.id;

-- One row for each referral.
CREATE TEMP TABLE asked AS
SELECT f.year, f.site, f.reached, r.service_type, min(v.at) FILTER (WHERE v.state = 'sent') AS sent,
    min(v.at) FILTER (
        WHERE v.state = 'accepted' OR v.state = 'rejected' OR v.state = 'waitlisted' OR v.state = 'declined by family'
            OR v.state = 'closed without connection'
    ) AS answered,
    min(v.at) FILTER (WHERE v.state = 'attended') AS attended, max(v.state = 'connected') AS connected,
    sum(CASE WHEN d.ended_by = 'met' THEN d.ended_at <= d.due_at WHEN coalesce(d.ended_at, $now) > d.due_at THEN 0 END)
        AS kept,
    count(CASE WHEN d.ended_by = 'met' OR coalesce(d.ended_at, $now) > d.due_at THEN 1 END) AS clocks
FROM fact AS f
CROSS JOIN referral AS r ON r.episode = f.id AND r.voided_at IS NULL
CROSS JOIN referral_event AS v ON v.referral = r.id
LEFT JOIN ruled_deadline AS d
    ON d.episode = f.id AND d.kind = 'referral-answer' AND d.started_by = v.id AND v.state = 'sent'
GROUP BY f.id, r.referral_ref;

-- What adds up, by year and site.
CREATE TEMP TABLE piece (measure, category, year, site, numerator, denominator);
INSERT INTO piece
WITH sums AS MATERIALIZED (
    SELECT year, site, count(*) AS n, total(mobile AND NOT excluded) AS mobile, total(NOT excluded) AS counted,
        total(mobile AND reached) AS reached, total(contacts) FILTER (WHERE mobile AND reached) AS contacts,
        total(attempts) FILTER (WHERE mobile AND reached) AS attempts,
        total(mobile AND reached AND windowed) AS windowed,
        total(mobile AND reached AND windowed AND extended) AS extended,
        count(discharge_reason) AS closed, total(overruled) FILTER (WHERE stay IS NOT NULL) AS overruled,
        total(NOT mobile) FILTER (WHERE stay IS NOT NULL) AS stays_0,
        total(NOT mobile) FILTER (WHERE stay > 1) AS long_0,
        total(mobile AND reached AND contacts = 0) FILTER (WHERE stay IS NOT NULL) AS stays_1,
        total(mobile AND reached AND contacts = 0) FILTER (WHERE stay > 5) AS long_1,
        total(mobile AND reached AND contacts > 0) FILTER (WHERE stay IS NOT NULL) AS stays_2,
        total(mobile AND reached AND contacts > 0) FILTER (WHERE stay > 45) AS long_2
    FROM fact GROUP BY year, site
), clocks AS MATERIALIZED (
    SELECT year, site, total(arrival) AS arrival, count(arrival) AS arrivals, total(deferred) AS deferred,
        count(deferred) AS deferrals, total(contact) AS contact, count(contact) AS contacts, total(plan) AS plan,
        count(plan) AS plans, total(reviews_kept) AS reviews_kept, total(reviews) AS reviews, total(closed) AS closed,
        count(closed) AS closings, total(overdue) AS overdue
    FROM clock GROUP BY year, site
), referrals AS MATERIALIZED (
    SELECT year, site, count(*) AS n, total(reached) AS reached, total(kept) AS kept, total(clocks) AS clocks,
        total(connected) AS connected
    FROM asked GROUP BY year, site
)
SELECT 'episodes', NULL, year, site, n, NULL FROM sums
UNION ALL SELECT 'mobility', NULL, year, site, mobile, counted FROM sums
UNION ALL SELECT 'contacts-per-episode', NULL, year, site, contacts, reached FROM sums
UNION ALL SELECT 'attempts-per-episode', NULL, year, site, attempts, reached FROM sums
UNION ALL SELECT 'attempts-per-contact', NULL, year, site, attempts, contacts FROM sums
UNION ALL SELECT 'extended', NULL, year, site, extended, windowed FROM sums
UNION ALL SELECT 'closing-overrides', NULL, year, site, overruled, closed FROM sums
UNION ALL SELECT 'long-stay-phone-only', NULL, year, site, long_0, stays_0 FROM sums
UNION ALL SELECT 'long-stay-face-to-face', NULL, year, site, long_1, stays_1 FROM sums
UNION ALL SELECT 'long-stay-follow-up', NULL, year, site, long_2, stays_2 FROM sums
UNION ALL SELECT 'response-in-time', NULL, year, site, arrival, arrivals FROM clocks
UNION ALL SELECT 'deferred-in-time', NULL, year, site, deferred, deferrals FROM clocks
UNION ALL SELECT 'first-contact-in-time', NULL, year, site, contact, contacts FROM clocks
UNION ALL SELECT 'plan-in-time', NULL, year, site, plan, plans FROM clocks
UNION ALL SELECT 'plan-reviews-kept', NULL, year, site, reviews_kept, reviews FROM clocks
UNION ALL SELECT 'closed-in-window', NULL, year, site, closed, closings FROM clocks
UNION ALL SELECT 'overdue-days', NULL, year, site, overdue, NULL FROM clocks
UNION ALL SELECT 'referrals-per-episode', NULL, s.year, s.site, coalesce(r.reached, 0), s.reached
    FROM sums AS s LEFT JOIN referrals AS r ON r.year = s.year AND r.site = s.site
UNION ALL SELECT 'referrals-answered-in-time', NULL, year, site, kept, clocks FROM referrals
UNION ALL SELECT 'connected', NULL, year, site, connected, n FROM referrals
-- Shares of a whole: the denominator is the sum of the categories.
UNION ALL SELECT 'episode-type', iif(mobile, 1 + (contacts > 0), 0) AS c, year, site, count(*), NULL
    FROM fact WHERE reached OR NOT mobile GROUP BY year, site, c
UNION ALL SELECT 'referral-source', referral_source, year, site, count(*), NULL
    FROM fact GROUP BY year, site, referral_source
UNION ALL SELECT 'presenting-problem', presenting_problem, year, site, count(*), NULL
    FROM fact GROUP BY year, site, presenting_problem
UNION ALL SELECT 'town', town, year, site, count(*), NULL
    FROM fact WHERE town IS NOT NULL GROUP BY year, site, town
UNION ALL SELECT 'age-band', age, year, site, count(*), NULL
    FROM fact WHERE age IS NOT NULL GROUP BY year, site, age
UNION ALL SELECT 'response-histogram', min(max(seconds - 1, 0) / 300, 24) AS c, year, site, count(*), NULL
    FROM fact WHERE seconds IS NOT NULL GROUP BY year, site, c
UNION ALL SELECT 'discharge-reason', discharge_reason, year, site, count(*), NULL
    FROM fact WHERE discharge_reason IS NOT NULL GROUP BY year, site, discharge_reason
UNION ALL SELECT 'service-type', service_type, year, site, count(*), NULL
    FROM asked GROUP BY year, site, service_type
UNION ALL SELECT 'overdue-days-by-clinician', clinician, year, site, sum(overdue), NULL
    FROM clock WHERE overdue > 0 GROUP BY year, site, clinician;

-- How often each value occurs, by year and site.
CREATE TEMP TABLE amount AS
SELECT 'response-minutes' AS measure, year, site, seconds AS value, count(*) AS n
FROM fact WHERE seconds IS NOT NULL GROUP BY year, site, seconds
UNION ALL
SELECT CASE WHEN NOT mobile THEN 'stay-phone-only' WHEN contacts = 0 THEN 'stay-face-to-face' ELSE 'stay-follow-up' END
    AS m, year, site, stay, count(*)
FROM fact WHERE stay IS NOT NULL AND (reached OR NOT mobile) GROUP BY m, year, site, stay
UNION ALL
SELECT 'days-to-answer', year, site, $answered_day - $sent_day AS days, count(*)
FROM asked WHERE sent IS NOT NULL AND answered IS NOT NULL GROUP BY year, site, days
UNION ALL
SELECT 'days-to-appointment', year, site, $attended_day - $sent_day AS days, count(*)
FROM asked WHERE sent IS NOT NULL AND attended IS NOT NULL GROUP BY year, site, days;

-- The periods: the year before and the year (0 and 1).
CREATE TEMP TABLE share (measure, category, period, site, numerator, denominator);
INSERT INTO share
SELECT measure, category, year, NULL, total(numerator), sum(denominator) FROM piece GROUP BY measure, category, year
UNION ALL SELECT measure, category, year, site, total(numerator), sum(denominator)
    FROM piece WHERE $by_site GROUP BY measure, category, year, site
-- A client counts once in each period and site.
UNION ALL SELECT 'sex', sex, year, NULL, count(DISTINCT client), NULL FROM fact GROUP BY sex, year
UNION ALL SELECT 'sex', sex, year, site, count(DISTINCT client), NULL
    FROM fact WHERE $by_site GROUP BY sex, year, site;
INSERT INTO share
SELECT 'children', NULL, period, site, sum(numerator), NULL FROM share WHERE measure = 'sex' GROUP BY period, site;

SELECT h.measure, CASE WHEN h.category >= 1000 THEN coalesce(c.code, f.login) ELSE h.category END AS category,
    h.period, s.name AS site, CAST(h.numerator AS INTEGER) AS numerator, CAST(h.denominator AS INTEGER) AS denominator,
    CASE
    WHEN h.measure IN ('episodes', 'children', 'overdue-days') THEN CAST(h.numerator AS INTEGER)
    WHEN h.measure LIKE '%-per-%'
        THEN CAST(h.numerator * 20 + h.denominator AS INTEGER) / CAST(h.denominator * 2 AS INTEGER)
    ELSE CAST(h.numerator * 2000 + h.denominator AS INTEGER) / CAST(h.denominator * 2 AS INTEGER)
    END AS tenths
FROM (
    SELECT measure, category, period, site, numerator,
        iif(category IS NULL, denominator, sum(numerator) OVER (PARTITION BY measure, period, site)) AS denominator
    FROM share
) AS h
LEFT JOIN code AS c ON c.id = h.category
LEFT JOIN staff AS f ON f.id = h.category
LEFT JOIN site AS s ON s.id = h.site
ORDER BY h.measure, h.category, h.period, s.name;

WITH slice AS (
    SELECT measure, year AS period, NULL AS site, value, sum(n) AS n FROM amount GROUP BY measure, year, value
    UNION ALL SELECT measure, year, site, value, sum(n)
        FROM amount WHERE $by_site GROUP BY measure, year, site, value
), ranked AS (
    SELECT *, sum(n) OVER (PARTITION BY measure, period, site ORDER BY value) AS passed,
        sum(n) OVER (PARTITION BY measure, period, site) AS whole, iif(measure = 'response-minutes', 60, 1) AS step
    FROM slice
), quantile AS (
    SELECT measure, period, site, step, whole, min(value) FILTER (WHERE passed >= (whole + 1) / 2)
        + min(value) FILTER (WHERE passed >= whole / 2 + 1) AS middle,
        min(value) FILTER (WHERE passed >= (25 * whole + 99) / 100) AS lower,
        min(value) FILTER (WHERE passed >= (75 * whole + 99) / 100) AS upper,
        min(value) FILTER (WHERE passed >= (90 * whole + 99) / 100) AS highest
    FROM ranked GROUP BY measure, period, site
)
SELECT q.measure, q.period, s.name AS site, q.whole AS denominator,
    (q.middle * 20 + 2 * q.step) / (4 * q.step) AS median,
    (q.lower * 20 + q.step) / (2 * q.step) AS lower, (q.upper * 20 + q.step) / (2 * q.step) AS upper,
    (q.highest * 20 + q.step) / (2 * q.step) AS highest
FROM quantile AS q LEFT JOIN site AS s ON s.id = q.site
ORDER BY q.measure, q.period, s.name;
COMMIT;
