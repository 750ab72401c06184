-- What `visit log CASE` runs: the case's history is read, the visit and the deadlines that it moves are written, and
-- the audit entry, in one durable transaction.
BEGIN IMMEDIATE;
SELECT p.id, p.name, o.effective_from, o.response_clock, o.arrival_minutes, o.arrival_allowance_minutes,
    o.deferred_response_hours, o.first_contact_hours, o.next_contact_days, o.safety_plan_days,
    o.plan_review_days, o.referral_answer_business_days, o.waitlist_days, o.first_appointment_days,
    o.window_days, o.extension_days, o.phone_only_close_days, o.phone_only_follow_up,
    o.attempts_before_unable_to_reach, o.oldest_age, o.mobility_excludes_police
FROM program AS p JOIN policy AS o ON o.program = p.id ORDER BY p.id, o.effective_from;
SELECT day, name FROM holiday ORDER BY day;
SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;
SELECT e.id, e.case_order, e.source_ref, e.client, e.program, e.site, e.clinician, e.response_mode, e.referral_source,
    e.presenting_problem, e.location, e.town, e.language, e.caregiver_name, e.caregiver_phone, e.minor_consented,
    e.part2, e.access_channel, e.authority, e.transfer_from, e.transfer_ref, e.call_received_at, e.call_ended_at,
    e.transferred_at, e.dispatched_at, e.arrived_at, e.late_arrival_reason, e.discharged_at, e.discharged_on,
    e.discharge_reason, e.closing_override, e.handover_reason, e.window_ends_on, e.last_contact_at, e.attempts,
    e.recorded_at, e.recorded_by, e.version, e.voided_at
FROM episode AS e WHERE e.case_order = $case_order;
SELECT id, granted_at, new_end, previous_end, requested_by, approved_by, reason, recorded_at, recorded_by
FROM window_extension WHERE episode = $episode AND voided_at IS NULL ORDER BY granted_at, id;
SELECT id, at, mode, result, met_with, promised_next FROM visit
WHERE episode = $episode AND voided_at IS NULL ORDER BY at, id;
SELECT id, version, activated_at, review_on FROM safety_plan WHERE episode = $episode ORDER BY version;
SELECT id, at, next_review_on FROM plan_review WHERE episode = $episode AND voided_at IS NULL ORDER BY at, id;
SELECT min(at) FROM plan_decline WHERE episode = $episode AND voided_at IS NULL;
SELECT r.id, e.id, e.at, e.state, e.appointment_at
FROM referral AS r JOIN referral_event AS e ON e.referral = r.id
WHERE r.episode = $episode AND r.voided_at IS NULL ORDER BY r.id, e.at, e.id;
UPDATE episode SET window_ends_on = $window_ends_on, last_contact_at = $now, attempts = 0 WHERE id = $episode;
INSERT INTO visit (
    id, episode, at, mode, result, met_with, minutes, clinician, note, promised_next, override_reason, recorded_at,
    recorded_by, version
) VALUES (
    $visit, $episode, $now, 'phone', 'completed', 'youth', 20, $actor, 'calmer, sleeping better', NULL, '', $now,
    $actor, 1
);
SELECT kind, started_by, started_at, due_at, plan_version, referral FROM deadline WHERE episode = $episode;
DELETE FROM deadline WHERE episode = $episode AND kind = $met_kind AND started_by = $met_started_by;
INSERT INTO deadline (
    episode, kind, started_by, started_at, due_at, plan_version, referral, site, clinician, program, case_order
) VALUES (
    $episode, 'next-contact', $visit, $now, $now + 604800, NULL, NULL, $site, $clinician, $program, $case_order
);
INSERT INTO audit (
    seq, at, command, actor, login, os_user, action, outcome, episode, record, detail, program_version, hash
) VALUES (
    (SELECT max(seq) FROM audit) + 1, $now, NULL, $actor, 'admin', 'bench', 'visit log', 'done', $episode, $visit, '',
    '0.1.0', $hash
);
COMMIT;
