-- Tables that are on one shard alone or on all of them, tenants' schemas, and no table at all.
-- answered: 96

SELECT * FROM settings;
SELECT * FROM settings WHERE name = 'theme';
SELECT name FROM settings ORDER BY level NULLS FIRST, name;
SELECT value FROM settings WHERE name = 'żółć';
SELECT count(*) FROM settings WHERE value = '';
SELECT s.name, a.what FROM settings s CROSS JOIN audit a WHERE s.level = 3;
SELECT what, count(*) FROM audit GROUP BY what HAVING count(*) > 1;
SELECT * FROM audit WHERE customer_id IS NULL;
SELECT e.name FROM employees e WHERE e.pay > (SELECT avg(pay) FROM employees);
SELECT sum(pay) OVER (ORDER BY id), name FROM employees;
SELECT name FROM employees ORDER BY name LIMIT 2 OFFSET 1;
SELECT public.settings.name FROM public.settings WHERE level = 2;
SELECT "settings"."value" FROM "public"."settings" WHERE "name" = 'limit';
-- params: 'theme'
SELECT value FROM settings WHERE name = $1;
-- params: 2, 'limit'
SELECT * FROM settings WHERE level = $1 AND name = $2;

SELECT * FROM countries;
SELECT name FROM countries WHERE code = 'pl';
SELECT name FROM countries WHERE region IS NULL;
SELECT * FROM products WHERE price BETWEEN 1 AND 10 ORDER BY price;
SELECT category, max(weight) FROM products GROUP BY category;
SELECT name FROM products WHERE name LIKE 't%' OR name LIKE 'T%';
SELECT name FROM products ORDER BY name;
SELECT c.name, p.name FROM countries c, products p WHERE c.code = 'us' AND p.id = 1;
SELECT string_agg(name, '/' ORDER BY id) FROM products;
-- params: 'de'
SELECT name FROM countries WHERE code = $1;
-- params: '{1,3,77}'::int[]
SELECT name FROM products WHERE id = ANY ($1);
SELECT s.value, c.name FROM settings s JOIN countries c ON c.region = 'eu' WHERE s.name = 'theme';
SELECT e.name, (SELECT count(*) FROM products) AS n FROM employees e;
SELECT name FROM countries FOR KEY SHARE;
SELECT name FROM settings WHERE name = 'theme' FOR UPDATE;

SELECT * FROM tenant_first.notes;
SELECT body FROM tenant_first.notes WHERE id = 1;
SELECT * FROM tenant_last.notes ORDER BY id;
SELECT count(*) FROM tenant_last.notes WHERE is_done;
SELECT a.body, b.body FROM tenant_last.notes a JOIN tenant_last.notes b USING (id);
SELECT a.body, b.body FROM tenant_first.notes a JOIN tenant_last.notes b USING (id);
SELECT n.body, c.name FROM tenant_last.notes n, countries c WHERE c.code = 'jp';
SELECT n.body, s.value FROM tenant_last.notes n, settings s WHERE s.name = 'theme';
SELECT n.body, s.value FROM tenant_first.notes n, settings s WHERE s.name = 'theme';
-- params: 2
SELECT body FROM tenant_last.notes WHERE id = $1;

SELECT 1;
SELECT 1 AS one, 'two' AS two, NULL AS three, 4.50 AS four;
SELECT;
SELECT 'text' AS "Quoted Name", U&'\0041';
SELECT NULL::int, true, '{1,2}'::int[], '(1,2)'::point, 'new'::status FROM (SELECT 1) s WHERE false;
SELECT 1 + 2 * 3, 7 / 2, 7 % 2, 2 ^ 3, -7 / 2, 7.0 / 2;
SELECT upper('abc'), length('żółć'), substr('abc', 2), 'a' || 'b', lpad('7', 3, '0');
SELECT date '2026-11-21' + 1, timestamp '2026-11-21 10:00' - interval '1 day', age(date '2026-11-21', date '2025-01-01');
SELECT CASE WHEN true THEN 1 ELSE 0 END, coalesce(NULL, 5), nullif(1, 1), greatest(1, 3, 2);
SELECT '{"a": [1, 2]}'::jsonb -> 'a' ->> 0, jsonb_build_object('x', 1);
SELECT generate_series(1, 3);
SELECT * FROM generate_series(1, 3) AS g (i) WHERE i > 1;
SELECT now() = now() AS same, current_user = session_user AS me;
SELECT plus_one(1), fee(12.5);
SELECT * FROM twice(4);
SELECT ARRAY[1, 2, 3], ARRAY[[1], [2]], ROW(1, 'a');
SELECT 'new'::status, 'x'::sku;
SELECT pg_typeof(1), pg_typeof('x'::text), pg_typeof(NULL);
-- params: 1, 'a', NULL::int
SELECT $1::int + 1, $2::text, $3::int;
-- params: '\x00ff'::bytea, true::boolean, '2026-11-21'::date
SELECT $1::bytea, $2::boolean, $3::date;
