-- The least that an import can be: the same files into tables without types, keys, rules, deadlines or audit.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
BEGIN IMMEDIATE;
.import --csv episodes.csv episodes
.import --csv extensions.csv extensions
.import --csv visits.csv visits
.import --csv plans.csv plans
.import --csv referrals.csv referrals
COMMIT;
