-- Texts that readers of SQL are known to take for something else.
-- answered: 97

SELECT id, profile->>'k' FROM customers WHERE id = 5 AND profile->>'k' = '0' OR id = 7;
SELECT id FROM customers WHERE profile->>'k' = '1' AND id = 1 OR profile->'level' = '2';
SELECT id FROM customers WHERE profile#>>'{k}' = '1' OR id = 3 AND profile->>'k' = '0';
SELECT id FROM customers WHERE profile->'tags'->0 = '4' OR id = 1;
SELECT v FROM by_text WHERE k = E'\' AND k = 5 --' OR k = 'abc';
SELECT k FROM by_int WHERE v = E'\\' OR k = 5 --' AND k = 6;
SELECT k, v FROM by_int WHERE v = E'a\'b' OR k = 42;
SELECT k FROM by_int


WHERE k = 5;
SELECT count(*)
/
2 AS x FROM by_int;
SELECT k FROM by_int
-- a comment with a ; and WHERE k = 42
WHERE k = 5;
SELECT k FROM by_int WHERE k /* = 42 */ = /* nested /* comment */ still */ 5;
SELECT k--comment
FROM by_int WHERE k=5;
SELECT id FROM customers WHERE profile@>'{"k":"1"}' AND id=1;
SELECT id FROM customers WHERE tags@>ARRAY['t1'] AND id<12;
SELECT id FROM customers WHERE profile@?'$.level' AND profile@@'$.level > 2';
SELECT U&"\0069d" FROM customers WHERE id = 4;
SELECT U&'d\0061t\+000061' AS data, k FROM by_int WHERE k = 5;
SELECT text 'x' AS t, date '2026-11-21' AS d, k FROM by_int WHERE k = 5;
SELECT interval '1 day', point '(1,2)' IS NULL, k FROM by_int WHERE k = 5;
SELECT 'a' || 2 + 2 AS x, 2 * 10 ^ 2 AS y, - 2 ^ 2 AS z FROM by_int WHERE k = 5;
SELECT 1 UNION SELECT 2 INTERSECT SELECT 2;
SELECT k FROM by_int WHERE k = 5 UNION SELECT k FROM by_modulo WHERE k = 42 INTERSECT SELECT k FROM by_range WHERE k = 42;
SELECT k FROM by_int WHERE k = ANY (SELECT k FROM by_modulo WHERE k = 5);
SELECT k FROM by_int WHERE ROW(k, n) = ROW(5, 1);
SELECT "k" FROM "by_int" WHERE "k" = 5;
SELECT K FROM BY_INT WHERE K = 5;
SELECT "by_int".k FROM public . by_int WHERE by_int . k = 5;
SELECT k FROM ONLY by_int WHERE k = 5;
SELECT k FROM by_int* WHERE k = 5;
SELECT k AS settings, n AS errors FROM by_int AS final WHERE k = 5;
SELECT settings.k FROM by_int AS settings WHERE settings.k = 5;
SELECT customers.k FROM by_int AS customers WHERE customers.k = 5;
SELECT k "from", n "where" FROM by_int WHERE k = 5 AND v <> 'k = 42';
SELECT $$ WHERE k = 42 $$ AS q, k FROM by_int WHERE k = 5;
SELECT $a$ $b$ WHERE k = 42 $b$ $a$ AS q, k FROM by_int WHERE k = 5;
SELECT k FROM by_int WHERE k = 5 AND v LIKE 'x\_%' ESCAPE '\' OR k = 42;
-- error: 42601
SELECT k FROM by_int WHERE k=5AND n=1;
SELECT k,n FROM by_int WHERE(k)=(5)AND(n)=(1);
SELECT k FROM by_int WHERE k=5;
SELECT k FROM by_int WHERE NOT NOT k = 5;
SELECT k FROM by_int WHERE k = 5 IS NOT NULL;
SELECT k FROM by_int WHERE k BETWEEN 5 AND 5 AND n = 1 OR k = 42 AND n = 2;
-- error: 42601
SELECT k FROM by_int WHERE k = 5 = true;
SELECT k FROM by_int WHERE (SELECT k = 5);
SELECT k FROM by_int WHERE k = n;
SELECT a.k FROM by_int a, by_int b WHERE a.k = b.n AND b.k = 42;
SELECT a.k, b.k FROM by_int a, by_int b WHERE a.k = 5 AND b.k = 42;
SELECT a.k FROM by_int a JOIN by_int b ON a.k = b.k AND (b.k = 5 OR a.n = 2);
SELECT k FROM (SELECT n AS k, k AS n FROM by_int) t WHERE k = 2;
SELECT k FROM (SELECT k + 1 AS k FROM by_int) t WHERE k = 43;
SELECT k FROM (SELECT * FROM by_int WHERE k = 42) t WHERE n = 2;
SELECT k FROM by_int WHERE k IN (SELECT k WHERE n = 1);
SELECT k, (SELECT max(u.k) FROM by_int u WHERE u.k < t.k) FROM by_int t WHERE k = 42;
SELECT k FROM by_int t WHERE EXISTS (WITH b AS (SELECT 1) SELECT FROM b) AND k = 5;
SELECT v FROM by_int WHERE k = 42 GROUP BY v HAVING max(k) = 42;
SELECT count(*) FROM by_int HAVING max(k) = 42;
SELECT max(k) FROM by_int GROUP BY ();
SELECT k FROM by_int WHERE k = ((((((((((42))))))))));
SELECT k FROM by_int WHERE ((((((((((k = 42))))))))));
SELECT k FROM by_int WHERE k = 42 AND 1 = 1 AND 'x' = 'x' AND NOT false AND (true OR k = 5);
SELECT k FROM by_int WHERE k = 42 AND v = 'k = 5 OR k = 3';
SELECT k FROM by_int WHERE v IS DISTINCT FROM 'x' AND k = 42;
SELECT k FROM by_int TABLESAMPLE BERNOULLI (100) WHERE k = 42;
SELECT FROM by_int WHERE k = 42;
SELECT *, k FROM by_int WHERE k = 42;
SELECT by_int FROM by_int WHERE k = 42;
SELECT (by_int).k FROM by_int WHERE k = 42;
SELECT (by_int.*) IS NULL FROM by_int WHERE k = 42;
-- simple
SELECT 1; SELECT 2;
-- simple
SELECT name FROM countries WHERE code = 'de'; SELECT name FROM settings;
-- simple
SELECT 1; SELECT k FROM by_int WHERE k = 42;
-- simple
SELECT k FROM by_int WHERE k = 42; SELECT k FROM by_int WHERE k = 5;
-- simple
SELECT k FROM by_int WHERE k = 42; SELECT n FROM by_int WHERE k = 42;
-- simple
-- error: 42703
SELECT k FROM by_int WHERE k = 42; SELECT missing FROM by_int WHERE k = 42;
-- simple
;
-- simple
 ; ; SELECT 1 ;
-- simple
BEGIN; SELECT k FROM by_int WHERE k = 42; COMMIT;
-- error: 42601
SELECT 1; SELECT 2 FROM;
