-- Whose database it is, and who acts.
BEGIN;
SELECT 1 FROM sqlite_schema LIMIT 1;
SELECT name, zone, created_at FROM agency;
SELECT id, login, name, retired_at FROM staff WHERE login = 'admin';
SELECT role, site FROM staff_role WHERE staff = (SELECT id FROM staff WHERE login = 'admin');
COMMIT;
