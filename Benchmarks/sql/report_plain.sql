-- What `report` counts, as an analyst asks for it: one statement for each measure, of a fiscal year and the one before.
--
-- Nothing is slow on purpose: all deadlines, ended ones too, are taken from a table that the rules have filled beforehand,
-- a local day is arithmetic on integers, and the scan of the episodes goes by the index on the call. The view and the policies by day stand for what every statement would repeat.
.mode csv
.headers on
PRAGMA temp_store = MEMORY;
BEGIN;
CREATE TEMP TABLE practice AS
SELECT *, lead(effective_from, 1, 1 << 40) OVER (PARTITION BY program ORDER BY effective_from) AS effective_until
FROM policy;
-- The days of both years, and born until when a child is 6, 9, 13, 16 or 19 years old.
CREATE TEMP TABLE day (number INTEGER PRIMARY KEY, born_6, born_9, born_13, born_16, born_19);
INSERT INTO day
WITH RECURSIVE number (n) AS (SELECT $first_day UNION ALL SELECT n + 1 FROM number WHERE n < $last_day),
    named AS (SELECT n, date(n * 86400, 'unixepoch') AS d FROM number)
SELECT n, unixepoch(min(date(d, '-6 years'), date(d, '+1 day', '-6 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-9 years'), date(d, '+1 day', '-9 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-13 years'), date(d, '+1 day', '-13 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-16 years'), date(d, '+1 day', '-16 years', '-1 day'))) / 86400,
    unixepoch(min(date(d, '-19 years'), date(d, '+1 day', '-19 years', '-1 day'))) / 86400
FROM named;
CREATE TEMP VIEW spell AS
SELECT e.*, e.call_received_at >= $middle_instant AS period, $call_day AS call_day,
    e.response_mode <> 'non-mobile (phone)' AS mobile,
    e.response_mode <> 'non-mobile (phone)' AND e.arrived_at IS NOT NULL AS reached,
    iif(e.response_mode = 'non-mobile (phone)', e.call_received_at, e.arrived_at) AS response
FROM episode AS e
WHERE e.call_received_at >= $from_instant AND e.call_received_at < $to_instant AND e.voided_at IS NULL;
-- The seconds from the start of the response clock to an immediate mobile arrival.
CREATE TEMP VIEW arrival AS
SELECT s.id, s.period, max(0, s.arrived_at - CASE p.response_clock
        WHEN 'transfer to provider' THEN coalesce(s.transferred_at, s.call_received_at)
        WHEN 'end of call' THEN coalesce(s.call_ended_at, s.call_received_at)
        ELSE s.call_received_at END) AS seconds
FROM spell AS s JOIN practice AS p
    ON p.program = s.program AND p.effective_from <= s.call_day AND s.call_day < p.effective_until
WHERE s.response_mode = 'mobile' AND s.arrived_at IS NOT NULL AND p.arrival_minutes IS NOT NULL;
-- Clocks that were met or have run out, and whether they were kept.
CREATE TEMP VIEW clock AS
SELECT episode, kind, started_by, iif(ended_by = 'met', ended_at <= due_at, 0) AS kept
FROM ruled_deadline WHERE ended_by = 'met' OR coalesce(ended_at, $now) > due_at;
-- Contacts and attempts.
CREATE TEMP VIEW meeting AS
SELECT s.id, s.period, s.discharged_on, s.call_day, s.mobile, s.reached,
    coalesce((
        SELECT sum(v.result = 'completed' AND v.at >= s.response) FROM visit AS v
        WHERE v.episode = s.id AND v.voided_at IS NULL AND v.met_with IN ('youth', 'caregiver', 'both')
    ), 0) AS contacts,
    coalesce((
        SELECT sum(v.result <> 'completed') FROM visit AS v
        WHERE v.episode = s.id AND v.voided_at IS NULL AND v.met_with IN ('youth', 'caregiver', 'both')
    ), 0) AS attempts
FROM spell AS s;
-- The steps of a referral.
CREATE TEMP VIEW asked AS
SELECT s.period, s.reached, r.service_type, r.id,
    (SELECT min(at) FROM referral_event AS v WHERE v.referral = r.id AND v.state = 'sent') AS sent,
    (
        SELECT min(at) FROM referral_event AS v WHERE v.referral = r.id AND v.state IN (
            'accepted', 'rejected', 'waitlisted', 'declined by family', 'closed without connection'
        )
    ) AS answered,
    (SELECT min(at) FROM referral_event AS v WHERE v.referral = r.id AND v.state = 'attended') AS attended
FROM spell AS s JOIN referral AS r ON r.episode = s.id AND r.voided_at IS NULL;

SELECT 'episodes' AS measure, NULL AS category, period, NULL AS site, count(*) AS numerator, NULL AS denominator,
    count(*) AS tenths
FROM spell GROUP BY period;

SELECT 'children' AS measure, NULL AS category, period, NULL AS site, count(DISTINCT client) AS numerator,
    NULL AS denominator, count(DISTINCT client) AS tenths
FROM spell GROUP BY period;

WITH counted AS (
    SELECT period, iif(mobile, 1 + (contacts > 0), 0) AS category, count(*) AS numerator
    FROM meeting WHERE reached OR NOT mobile GROUP BY 1, 2
)
SELECT 'episode-type' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, c.code AS category, count(*) AS numerator
    FROM spell AS s JOIN code AS c ON c.id = s.referral_source GROUP BY 1, 2
)
SELECT 'referral-source' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, c.code AS category, count(*) AS numerator
    FROM spell AS s JOIN code AS c ON c.id = s.presenting_problem GROUP BY 1, 2
)
SELECT 'presenting-problem' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, c.code AS category, count(*) AS numerator
    FROM spell AS s JOIN code AS c ON c.id = s.town GROUP BY 1, 2
)
SELECT 'town' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, (c.birth_date <= y.born_6) + (c.birth_date <= y.born_9) + (c.birth_date <= y.born_13)
        + (c.birth_date <= y.born_16) + (c.birth_date <= y.born_19) AS category, count(*) AS numerator
    FROM spell AS s JOIN client AS c ON c.id = s.client JOIN day AS y ON y.number = s.call_day
    WHERE c.birth_date IS NOT NULL GROUP BY 1, 2
)
SELECT 'age-band' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, c.sex AS category, count(DISTINCT s.client) AS numerator
    FROM spell AS s JOIN client AS c ON c.id = s.client GROUP BY 1, 2
)
SELECT 'sex' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, sum(s.mobile) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN practice AS p
        ON p.program = s.program AND p.effective_from <= s.call_day AND s.call_day < p.effective_until
    WHERE NOT (p.mobility_excludes_police AND s.referral_source = $police) GROUP BY 1
)
SELECT 'mobility' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT a.period, sum(c.kept) AS numerator, count(*) AS denominator
    FROM arrival AS a JOIN clock AS c ON c.episode = a.id AND c.kind = 'arrival' GROUP BY 1
)
SELECT 'response-in-time' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH amount AS (SELECT period, seconds AS value FROM arrival), $ranked
SELECT 'response-minutes' AS measure, period, NULL AS site, $quantiles_of_minutes FROM ranked GROUP BY period;

WITH counted AS (
    SELECT period, min(max(seconds - 1, 0) / 300, 24) AS category, count(*) AS numerator FROM arrival GROUP BY 1, 2
)
SELECT 'response-histogram' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, sum(c.kept) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN clock AS c ON c.episode = s.id AND c.kind = 'deferred-response' GROUP BY 1
)
SELECT 'deferred-in-time' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT s.period, sum(c.kept) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN clock AS c ON c.episode = s.id AND c.kind = 'first-contact' GROUP BY 1
)
SELECT 'first-contact-in-time' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT period, sum(contacts) AS numerator, count(*) AS denominator FROM meeting WHERE reached GROUP BY 1
)
SELECT 'contacts-per-episode' AS measure, NULL AS category, period, NULL AS site, $ratio FROM counted;

WITH counted AS (
    SELECT period, sum(attempts) AS numerator, count(*) AS denominator FROM meeting WHERE reached GROUP BY 1
)
SELECT 'attempts-per-episode' AS measure, NULL AS category, period, NULL AS site, $ratio FROM counted;

WITH counted AS (
    SELECT period, sum(attempts) AS numerator, sum(contacts) AS denominator FROM meeting WHERE reached GROUP BY 1
)
SELECT 'attempts-per-contact' AS measure, NULL AS category, period, NULL AS site, $ratio FROM counted;

SELECT 'overdue-days' AS measure, NULL AS category, s.period, NULL AS site, sum($today - $due_day) AS numerator,
    NULL AS denominator, sum($today - $due_day) AS tenths
FROM spell AS s JOIN deadline AS d ON d.episode = s.id AND d.due_at < $now GROUP BY 3;

WITH counted AS (
    SELECT s.period, f.login AS category, sum($today - $due_day) AS numerator
    FROM spell AS s JOIN deadline AS d ON d.episode = s.id AND d.due_at < $now
    JOIN staff AS f ON f.id = s.clinician GROUP BY 1, 2
)
SELECT 'overdue-days-by-clinician' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, sum(c.kept) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN clock AS c ON c.episode = s.id AND c.kind = 'safety-plan' GROUP BY 1
)
SELECT 'plan-in-time' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT s.period, sum(c.kept) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN clock AS c ON c.episode = s.id AND c.kind = 'plan-review' GROUP BY 1
)
SELECT 'plan-reviews-kept' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT s.period, count(r.id) AS numerator, count(DISTINCT s.id) AS denominator
    FROM spell AS s LEFT JOIN referral AS r ON r.episode = s.id AND r.voided_at IS NULL WHERE s.reached GROUP BY 1
)
SELECT 'referrals-per-episode' AS measure, NULL AS category, period, NULL AS site, $ratio FROM counted;

WITH counted AS (
    SELECT s.period, c.code AS category, count(*) AS numerator
    FROM spell AS s JOIN referral AS r ON r.episode = s.id AND r.voided_at IS NULL
    JOIN code AS c ON c.id = r.service_type GROUP BY 1, 2
)
SELECT 'service-type' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);

WITH counted AS (
    SELECT s.period, sum(c.kept) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN referral AS r ON r.episode = s.id AND r.voided_at IS NULL
    JOIN referral_event AS v ON v.referral = r.id AND v.state = 'sent'
    JOIN clock AS c ON c.episode = s.id AND c.kind = 'referral-answer' AND c.started_by = v.id GROUP BY 1
)
SELECT 'referrals-answered-in-time' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH amount AS (
    SELECT period, $answered_day - $sent_day AS value FROM asked WHERE sent IS NOT NULL AND answered IS NOT NULL
), $ranked
SELECT 'days-to-answer' AS measure, period, NULL AS site, $quantiles_of_days FROM ranked GROUP BY period;

WITH amount AS (
    SELECT period, $attended_day - $sent_day AS value FROM asked WHERE sent IS NOT NULL AND attended IS NOT NULL
), $ranked
SELECT 'days-to-appointment' AS measure, period, NULL AS site, $quantiles_of_days FROM ranked GROUP BY period;

WITH counted AS (
    SELECT s.period, sum(
            EXISTS (SELECT 1 FROM referral_event AS v WHERE v.referral = r.id AND v.state = 'connected')
        ) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN referral AS r ON r.episode = s.id AND r.voided_at IS NULL GROUP BY 1
)
SELECT 'connected' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH amount AS (
    SELECT period, discharged_on - call_day AS value FROM spell WHERE NOT mobile AND discharged_on IS NOT NULL
), $ranked
SELECT 'stay-phone-only' AS measure, period, NULL AS site, $quantiles_of_days FROM ranked GROUP BY period;

WITH counted AS (
    SELECT period, sum(discharged_on - call_day > 1) AS numerator, count(*) AS denominator
    FROM spell WHERE NOT mobile AND discharged_on IS NOT NULL GROUP BY 1
)
SELECT 'long-stay-phone-only' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH amount AS (
    SELECT period, discharged_on - call_day AS value
    FROM meeting WHERE reached AND contacts = 0 AND discharged_on IS NOT NULL
), $ranked
SELECT 'stay-face-to-face' AS measure, period, NULL AS site, $quantiles_of_days FROM ranked GROUP BY period;

WITH counted AS (
    SELECT period, sum(discharged_on - call_day > 5) AS numerator, count(*) AS denominator
    FROM meeting WHERE reached AND contacts = 0 AND discharged_on IS NOT NULL GROUP BY 1
)
SELECT 'long-stay-face-to-face' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH amount AS (
    SELECT period, discharged_on - call_day AS value
    FROM meeting WHERE reached AND contacts > 0 AND discharged_on IS NOT NULL
), $ranked
SELECT 'stay-follow-up' AS measure, period, NULL AS site, $quantiles_of_days FROM ranked GROUP BY period;

WITH counted AS (
    SELECT period, sum(discharged_on - call_day > 45) AS numerator, count(*) AS denominator
    FROM meeting WHERE reached AND contacts > 0 AND discharged_on IS NOT NULL GROUP BY 1
)
SELECT 'long-stay-follow-up' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT s.period, sum(s.discharged_on <= $due_day) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN ruled_deadline AS d ON d.episode = s.id AND d.kind = 'close'
    WHERE s.mobile AND (s.discharged_on IS NOT NULL OR d.due_at < $now) GROUP BY 1
)
SELECT 'closed-in-window' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT s.period, sum(
            EXISTS (SELECT 1 FROM window_extension AS w WHERE w.episode = s.id AND w.voided_at IS NULL)
        ) AS numerator, count(*) AS denominator
    FROM spell AS s JOIN practice AS p
        ON p.program = s.program AND p.effective_from <= s.call_day AND s.call_day < p.effective_until
    WHERE s.reached AND p.window_days IS NOT NULL GROUP BY 1
)
SELECT 'extended' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT period, sum(closing_override <> '') AS numerator, count(*) AS denominator
    FROM spell WHERE discharged_at IS NOT NULL GROUP BY 1
)
SELECT 'closing-overrides' AS measure, NULL AS category, period, NULL AS site, $share FROM counted;

WITH counted AS (
    SELECT s.period, c.code AS category, count(*) AS numerator
    FROM spell AS s JOIN code AS c ON c.id = s.discharge_reason GROUP BY 1, 2
)
SELECT 'discharge-reason' AS measure, category, period, NULL AS site, $shares FROM counted
WINDOW whole AS (PARTITION BY period);
COMMIT;
