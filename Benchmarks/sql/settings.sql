-- What the program sets on every connection, and reads back.
.dbconfig defensive on
.dbconfig trusted_schema off
.dbconfig dqs_dml off
.dbconfig dqs_ddl off
.dbconfig enable_fkey on
.dbconfig no_ckpt_on_close on
PRAGMA application_id;
PRAGMA secure_delete = 1;
PRAGMA cell_size_check = 1;
PRAGMA temp_store = 1;
PRAGMA synchronous = 2;
PRAGMA journal_mode;
PRAGMA user_version;
PRAGMA secure_delete;
PRAGMA cell_size_check;
PRAGMA temp_store;
PRAGMA synchronous;
PRAGMA journal_mode;
