-- The draft of a Crisis Safety Plan, one for a case. It is no part of the record: it may lack what a plan needs, and it
-- is removed when it becomes a version or is thrown away.
CREATE TABLE plan_draft (
    episode INTEGER PRIMARY KEY REFERENCES episode (id),
    youth_took_part INTEGER CHECK (youth_took_part IN (0, 1)),
    caregiver_took_part INTEGER CHECK (caregiver_took_part IN (0, 1)),
    copy_given TEXT NOT NULL CHECK (length(copy_given) <= 2000),
    review_on INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES staff (id),
    version INTEGER NOT NULL CHECK (version > 0)
) STRICT;

-- Steps 1 to 6 hold the entries in the person's own words; 7 holds what was said about each lethal means; 11 to 16 hold
-- what child and family added.
CREATE TABLE plan_draft_item (
    episode INTEGER NOT NULL REFERENCES plan_draft (episode),
    step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 7 OR step BETWEEN 11 AND 16),
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL CHECK (length(text) <= 10000),
    PRIMARY KEY (episode, step, position)
) STRICT, WITHOUT ROWID;
