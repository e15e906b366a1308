-- PREPARE, EXECUTE and DEALLOCATE as simple queries.
-- answered: 95

-- simple
PREPARE by_key (int) AS SELECT k, n FROM by_int WHERE k = $1 ORDER BY n;
-- simple
EXECUTE by_key (42);
-- simple
EXECUTE by_key (5);
-- simple
EXECUTE by_key (-7);
-- simple
EXECUTE by_key ('42');
-- simple
EXECUTE by_key (+42);
-- simple
EXECUTE by_key (042);
-- simple
EXECUTE by_key (NULL);
-- simple
-- error: 42601
EXECUTE by_key;
-- simple
-- error: 42601
EXECUTE by_key (1, 2);
-- simple
-- error: 22P02
EXECUTE by_key ('x');
-- simple
-- error: 42P05
PREPARE by_key AS SELECT 1;
-- simple
DEALLOCATE by_key;
-- simple
-- error: 26000
EXECUTE by_key (42);
-- simple
-- error: 26000
DEALLOCATE by_key;

-- simple
PREPARE untyped AS SELECT k, n, v FROM by_bigint WHERE k = $1 AND n > $2 ORDER BY n;
-- simple
EXECUTE untyped (42, 0);
-- simple
EXECUTE untyped (9223372036854775807, -1);
-- simple
EXECUTE untyped ('42', '1');
-- simple
DEALLOCATE PREPARE untyped;

-- simple
PREPARE texts (text) AS SELECT k, n FROM by_text WHERE k = $1 ORDER BY n;
-- simple
EXECUTE texts ('abc');
-- simple
EXECUTE texts (E'a\142c');
-- simple
EXECUTE texts ($$abc$$);
-- simple
EXECUTE texts (007);
-- simple
EXECUTE texts (1.50);
-- simple
EXECUTE texts (true);
-- simple
EXECUTE texts ('');
-- simple
EXECUTE texts (NULL);
-- simple
DEALLOCATE texts;

-- simple
PREPARE uuids (uuid) AS SELECT count(*) FROM by_uuid WHERE k = $1;
-- simple
EXECUTE uuids ('f47ac10b-58cc-4372-a567-0e02b2c3d479');
-- simple
-- error: 42804
EXECUTE uuids (5);
-- simple
DEALLOCATE uuids;

-- simple
PREPARE total AS SELECT count(*), sum(n) FROM by_int;
-- simple
EXECUTE total;
-- simple
EXECUTE total;
-- simple
DEALLOCATE total;

-- simple
PREPARE over (numeric) AS SELECT k, n FROM by_int WHERE a > $1 ORDER BY k, n LIMIT 7;
-- simple
EXECUTE over (0.5);
-- simple
EXECUTE over (1);
-- simple
EXECUTE over ('12.25');
-- simple
DEALLOCATE over;

-- simple
PREPARE named AS SELECT $1::int AS given, $2::text;
-- simple
EXECUTE named (1, 'a');
-- simple
EXECUTE named (NULL, NULL);
-- simple
DEALLOCATE ALL;
-- simple
-- error: 26000
EXECUTE named (1, 'a');

-- simple
PREPARE home (text) AS SELECT value FROM settings WHERE name = $1;
-- simple
EXECUTE home ('theme');
-- simple
EXECUTE home (lower('THEME'));
-- simple
DEALLOCATE home;

-- simple
PREPARE reference (character(2)) AS SELECT name FROM countries WHERE code = $1;
-- simple
EXECUTE reference ('de');
-- simple
DEALLOCATE reference;

-- simple
PREPARE listed (bigint[]) AS SELECT id, name FROM customers WHERE id = ANY ($1) ORDER BY id;
-- simple
EXECUTE listed ('{1,4,7}');
-- simple
EXECUTE listed ('{}');
-- simple
DEALLOCATE listed;

-- simple
PREPARE joined (double precision, bigint) AS SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = $2 AND 1.5 < $1 ORDER BY o.id;
-- simple
EXECUTE joined (2, 4);
-- simple
EXECUTE joined (1e0, 4);
-- simple
DEALLOCATE joined;

-- simple
BEGIN;
-- simple
PREPARE inside (int) AS SELECT k, n FROM by_int WHERE k = $1 ORDER BY n;
-- simple
EXECUTE inside (42);
-- simple
EXECUTE inside (42);
-- simple
ROLLBACK;
-- simple
EXECUTE inside (42);
-- simple
EXECUTE inside (5);
-- simple
DEALLOCATE inside;

-- simple
BEGIN;
-- simple
PREPARE failing (int) AS SELECT 1 / $1;
-- simple
-- error: 22012
EXECUTE failing (0);
-- simple
-- error: 25P02
EXECUTE failing (1);
-- simple
-- error: 25P02
PREPARE failing (int) AS SELECT 1;
-- simple
ROLLBACK;
-- simple
EXECUTE failing (1);
-- simple
DEALLOCATE failing;

-- simple
BEGIN;
-- simple
PREPARE changing (int, int) AS UPDATE by_int SET v = 'new' WHERE k = $1 AND n = $2 RETURNING k, n, v;
-- simple
EXECUTE changing (42, 1);
-- simple
EXECUTE changing (42, 99);
-- simple
SELECT k, n, v FROM by_int WHERE k = 42 ORDER BY n;
-- simple
ROLLBACK;
-- simple
DEALLOCATE changing;

-- simple
BEGIN;
-- simple
PREPARE adding (int, int) AS INSERT INTO by_int (k, n, v) VALUES ($1, $2, 'added');
-- simple
EXECUTE adding (42, 77);
-- simple
-- error: 23505
EXECUTE adding (42, 77);
-- simple
ROLLBACK;
-- simple
DEALLOCATE adding;

-- simple
-- error: 42P01
PREPARE missing AS SELECT * FROM nowhere;
-- simple
-- error: 42601
PREPARE missing AS SELECT FROM WHERE;
-- simple
-- error: 42703
PREPARE missing (int) AS SELECT q FROM by_int WHERE k = $1;
-- simple
-- error: 26000
EXECUTE missing;
-- simple
-- error: 26000
DEALLOCATE missing;

-- simple
PREPARE "Quoted Name" (int) AS SELECT count(*) FROM by_int WHERE k = $1;
-- simple
EXECUTE "Quoted Name" (42);
-- simple
-- error: 26000
EXECUTE quoted (42);
-- simple
DEALLOCATE "Quoted Name";

-- simple
PREPARE commented /* (x) */ (int) AS -- what
SELECT n FROM by_int WHERE k = $1 /* end */ ORDER BY n;
-- simple
/* ahead */ EXECUTE /* between */ commented /* and */ (42) -- behind
;
-- simple
DEALLOCATE commented;

-- simple
PREPARE keyless (int) AS SELECT k FROM by_int WHERE n = $1 AND k < 0;
-- simple
EXECUTE keyless (1);
-- simple
DEALLOCATE keyless;

-- simple
PREPARE several AS VALUES (1, 'a'), (2, 'b');
-- simple
EXECUTE several;
-- simple
DEALLOCATE several;
