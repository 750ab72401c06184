-- What was told back to a call center about a call that it transferred: one row for each time that a file was marked
-- as returned. The words stay as they were told, whatever becomes of the case later.
CREATE TABLE disposition_return (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    returned_at INTEGER NOT NULL,
    returned_by INTEGER NOT NULL REFERENCES staff (id),
    disposition TEXT NOT NULL CHECK (length(disposition) BETWEEN 1 AND 300)
) STRICT;
CREATE INDEX disposition_return_of_episode ON disposition_return (episode, id);
CREATE TRIGGER disposition_return_is_kept BEFORE DELETE ON disposition_return
BEGIN
    SELECT RAISE(ABORT, 'what was returned stays on record');
END;
CREATE TRIGGER disposition_return_is_not_changed BEFORE UPDATE ON disposition_return
BEGIN
    SELECT RAISE(ABORT, 'what was returned stays on record');
END;

-- When the disposition as it stands was returned; NULL is owed, once there is something to tell. Set with the row of
-- the return, taken back below by whatever makes it untrue.
ALTER TABLE episode ADD COLUMN disposition_returned_at INTEGER;

-- What is owed back is found at the cost of what is owed, not of all that was ever transferred.
CREATE INDEX episode_disposition_owed ON episode (call_received_at, case_order)
WHERE disposition_returned_at IS NULL AND voided_at IS NULL AND (transfer_from <> '' OR transfer_ref <> '');

-- What the call center was told is no longer so: it is owed again.
CREATE TRIGGER disposition_is_owed_again
AFTER UPDATE OF response_mode, transfer_from, transfer_ref, arrived_at, discharged_on, discharge_reason ON episode
WHEN old.disposition_returned_at IS NOT NULL AND (
    new.response_mode <> old.response_mode OR new.transfer_from <> old.transfer_from
    OR new.transfer_ref <> old.transfer_ref OR new.arrived_at IS NOT old.arrived_at
    OR new.discharged_on IS NOT old.discharged_on OR new.discharge_reason IS NOT old.discharge_reason
)
BEGIN
    UPDATE episode SET disposition_returned_at = NULL WHERE id = new.id;
END;
