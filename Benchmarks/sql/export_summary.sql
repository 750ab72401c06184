-- What is stored of an episode and counts of what belongs to it, one row each: `export summary` without its rules.
.mode csv
.headers on
BEGIN;
SELECT e.case_order, e.source_ref, p.client_ref, g.name, s.name, f.login, t.code, p.birth_date, p.sex, x.code, y.code,
    datetime(e.call_received_at, 'unixepoch'), e.response_mode, datetime(e.arrived_at, 'unixepoch'),
    round((e.arrived_at - e.call_received_at) / 60.0, 1),
    (SELECT min(at) FROM visit AS v WHERE v.episode = e.id AND v.result = 'completed' AND v.voided_at IS NULL),
    (SELECT count(*) FROM visit AS v WHERE v.episode = e.id AND v.result = 'completed' AND v.voided_at IS NULL),
    (SELECT count(*) FROM visit AS v WHERE v.episode = e.id AND v.result <> 'completed' AND v.voided_at IS NULL),
    (SELECT min(activated_at) FROM safety_plan AS w WHERE w.episode = e.id),
    (SELECT count(*) FROM referral AS r WHERE r.episode = e.id AND r.voided_at IS NULL),
    (SELECT count(*) FROM referral AS r JOIN referral_event AS q ON q.referral = r.id
        WHERE r.episode = e.id AND r.voided_at IS NULL AND q.state = 'connected'),
    date(e.window_ends_on * 86400, 'unixepoch'),
    EXISTS (SELECT 1 FROM window_extension AS n WHERE n.episode = e.id AND n.voided_at IS NULL),
    date(e.discharged_on * 86400, 'unixepoch'), z.code, e.discharged_at IS NULL,
    (SELECT count(*) FROM deadline AS d WHERE d.episode = e.id AND d.due_at < unixepoch())
FROM episode AS e
JOIN client AS p ON p.id = e.client
JOIN program AS g ON g.id = e.program
JOIN site AS s ON s.id = e.site
JOIN staff AS f ON f.id = e.clinician
LEFT JOIN code AS t ON t.id = e.town
JOIN code AS x ON x.id = e.referral_source
JOIN code AS y ON y.id = e.presenting_problem
LEFT JOIN code AS z ON z.id = e.discharge_reason
WHERE e.voided_at IS NULL
ORDER BY e.call_received_at, e.case_order;
COMMIT;
