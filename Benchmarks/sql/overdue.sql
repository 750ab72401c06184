-- What `overdue --limit 50` runs: the reading is audited, without a sync of its own; then the list is read.
PRAGMA synchronous = NORMAL;
BEGIN IMMEDIATE;
SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;
INSERT INTO audit (
    seq, at, command, actor, login, os_user, action, outcome, episode, record, detail, program_version, hash
) VALUES (
    (SELECT max(seq) FROM audit) + 1, $now, NULL, $actor, 'admin', 'bench', 'overdue', 'done', NULL, NULL, '',
    '0.1.0', $hash
);
COMMIT;
PRAGMA synchronous = FULL;
BEGIN;
SELECT 1 FROM sqlite_schema LIMIT 1;
SELECT id, name, retired_at FROM site ORDER BY name;
SELECT id, login, name, retired_at FROM staff ORDER BY login;
SELECT d.kind, d.started_by, d.started_at, d.due_at, d.plan_version, d.referral, d.episode, d.case_order,
    d.program, d.site, d.clinician, p.last_name, p.first_name,
    CASE e.minor_consented WHEN 1 THEN '' ELSE e.caregiver_phone END,
    e.window_ends_on, e.last_contact_at, e.attempts, coalesce(c.code, ''), coalesce(r.agency, '')
FROM deadline AS d
JOIN episode AS e ON e.id = d.episode
JOIN client AS p ON p.id = e.client
LEFT JOIN referral AS r ON r.id = d.referral
LEFT JOIN code AS c ON c.id = r.service_type
WHERE d.due_at < $now
ORDER BY d.due_at, d.case_order, d.kind, coalesce(c.code, ''), coalesce(r.agency, '') LIMIT 50;
COMMIT;
