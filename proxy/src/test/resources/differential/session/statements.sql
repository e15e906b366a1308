-- Prepared statements of SQL, cursors, COPY TO, EXPLAIN, transactions and settings.
-- answered: 50

PREPARE by_key (int) AS SELECT k, n FROM by_int WHERE k = $1 ORDER BY n;
EXECUTE by_key (42);
EXECUTE by_key (5);
EXECUTE by_key (2 + 3);
EXECUTE by_key (NULL);
DEALLOCATE by_key;

PREPARE total AS SELECT count(*) FROM orders;
EXECUTE total;
DEALLOCATE total;

PREPARE home AS SELECT value FROM settings WHERE name = 'theme';
EXECUTE home;
DEALLOCATE PREPARE home;

BEGIN;
DECLARE c CURSOR FOR SELECT k, n FROM by_int WHERE k = 42 ORDER BY n;
FETCH 1 FROM c;
FETCH ALL FROM c;
CLOSE c;
COMMIT;

BEGIN;
DECLARE c CURSOR FOR SELECT id FROM customers ORDER BY id;
FETCH 5 FROM c;
MOVE 3 IN c;
FETCH NEXT FROM c;
COMMIT;

BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT name FROM countries ORDER BY code;
FETCH LAST FROM c;
FETCH PRIOR FROM c;
ROLLBACK;

BEGIN READ ONLY;
SELECT name FROM customers WHERE id = 4;
SELECT value FROM settings WHERE name = 'theme';
COMMIT;

BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT name FROM customers WHERE id = 4;
SHOW transaction_isolation;
COMMIT;

BEGIN;
SAVEPOINT a;
SELECT k FROM by_int WHERE k = 42;
-- error: 22012
SELECT 1 / 0;
ROLLBACK TO a;
SELECT k FROM by_int WHERE k = 42;
RELEASE a;
COMMIT;

BEGIN;
-- error: 22012
SELECT 1 / 0;
-- error: 25P02
SELECT k FROM by_int WHERE k = 42;
COMMIT;

BEGIN;
SET LOCAL TimeZone = 'Asia/Tokyo';
SELECT k, n FROM by_timestamptz WHERE k = '2024-02-29 12:30:00-05';
SELECT k::date FROM by_timestamptz ORDER BY k, n;
COMMIT;

SET DateStyle = 'SQL, DMY';
SELECT k FROM by_date WHERE k = '29/02/2024';
SELECT k FROM by_date ORDER BY k, n;
RESET DateStyle;

SET search_path = tenant_last, public;
SELECT * FROM notes ORDER BY id;
SELECT name FROM countries WHERE code = 'de';
SELECT name FROM customers WHERE id = 4;
RESET search_path;

SET search_path = tenant_first;
SELECT count(*) FROM notes;
-- error: 42P01
SELECT * FROM customers WHERE id = 4;
RESET search_path;

SET bytea_output = 'escape';
SELECT k FROM by_bytea ORDER BY k, n;
RESET bytea_output;

SET extra_float_digits = 0;
SELECT at, reading / 3 FROM events ORDER BY at;
RESET extra_float_digits;

SET standard_conforming_strings = off;
SELECT k FROM by_text WHERE k = 'a\\b';
SELECT k FROM by_text WHERE k = '\141bc';
RESET standard_conforming_strings;

COPY (SELECT k, n, v FROM by_int WHERE k = 42 ORDER BY n) TO STDOUT;
COPY (SELECT count(*) FROM orders) TO STDOUT (FORMAT csv, HEADER);
COPY (SELECT id FROM customers ORDER BY id LIMIT 5) TO STDOUT;
COPY countries TO STDOUT (FORMAT csv);
COPY settings (name, value) TO STDOUT;
COPY by_boolean TO STDOUT;
COPY tenant_last.notes TO STDOUT;
EXPLAIN (COSTS OFF) SELECT value FROM settings WHERE name = 'theme';
EXPLAIN (COSTS OFF) SELECT 1;
CREATE TEMP TABLE scratch (id int, name text);
INSERT INTO scratch VALUES (1, 'a'), (4, 'b');
SELECT * FROM scratch ORDER BY id;
SELECT s.name, c.name FROM scratch s JOIN countries c ON c.code = 'de';
SELECT s.name, c.name FROM scratch s JOIN customers c ON c.id = s.id;
DROP TABLE scratch;

BEGIN;
SET LOCAL pgbraid.key = '4';
SELECT name FROM customers WHERE id = 4;
COMMIT;

BEGIN;
SET LOCAL pgbraid.shard = 'shard-00';
SELECT * FROM settings;
ROLLBACK;

BEGIN;
-- error: 3B001
ROLLBACK TO missing;
ROLLBACK;
