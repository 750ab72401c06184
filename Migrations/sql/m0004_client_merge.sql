-- Two rows of one person: the duplicate stands for the client that is kept, until the merge is undone. Neither row is
-- removed; only the episodes change hands, and the merge remembers which.
CREATE TABLE client_merge (
    id INTEGER PRIMARY KEY,
    kept INTEGER NOT NULL REFERENCES client (id),
    duplicate INTEGER NOT NULL REFERENCES client (id) CHECK (duplicate <> kept),
    merged_at INTEGER NOT NULL,
    merged_by INTEGER NOT NULL REFERENCES staff (id),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
    undone_at INTEGER,
    undone_by INTEGER REFERENCES staff (id),
    undo_reason TEXT CHECK (length(undo_reason) BETWEEN 1 AND 2000),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
) STRICT;
-- A client is merged into one other at a time.
CREATE UNIQUE INDEX client_merge_of_duplicate ON client_merge (duplicate) WHERE undone_at IS NULL;
CREATE INDEX client_merge_into_kept ON client_merge (kept) WHERE undone_at IS NULL;

-- The episodes that a merge moved, which its undoing puts back.
CREATE TABLE client_merge_episode (
    merge INTEGER NOT NULL REFERENCES client_merge (id),
    episode INTEGER NOT NULL REFERENCES episode (id),
    PRIMARY KEY (merge, episode)
) STRICT, WITHOUT ROWID;

-- Merges make no ring, because nobody is merged into a client who is merged.
CREATE TRIGGER client_merge_into_standing BEFORE INSERT ON client_merge
WHEN EXISTS (SELECT 1 FROM client_merge WHERE duplicate = new.kept AND undone_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'the kept client is merged into another');
END;
CREATE TRIGGER client_merge_undone_once BEFORE UPDATE ON client_merge
WHEN old.undone_at IS NOT NULL OR new.undone_at IS NULL OR new.id <> old.id OR new.kept <> old.kept
    OR new.duplicate <> old.duplicate
BEGIN
    SELECT RAISE(ABORT, 'a merge changes only by being undone');
END;
-- A merged client has no episode, old or new.
CREATE TRIGGER episode_of_standing_client BEFORE INSERT ON episode
WHEN EXISTS (SELECT 1 FROM client_merge WHERE duplicate = new.client AND undone_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'the client is merged into another');
END;
CREATE TRIGGER episode_moved_to_standing_client BEFORE UPDATE OF client ON episode
WHEN new.client <> old.client
    AND EXISTS (SELECT 1 FROM client_merge WHERE duplicate = new.client AND undone_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'the client is merged into another');
END;
CREATE TRIGGER client_merge_leaves_no_episode AFTER INSERT ON client_merge
WHEN EXISTS (SELECT 1 FROM episode WHERE client = new.duplicate)
BEGIN
    SELECT RAISE(ABORT, 'the duplicate still has an episode');
END;
