-- WITH: once or often used, hidden names, recursive.
-- answered: 100

WITH c AS (SELECT * FROM customers WHERE id = 4) SELECT name FROM c;
WITH c AS (SELECT * FROM customers) SELECT name FROM c WHERE id = 4;
WITH c AS MATERIALIZED (SELECT * FROM customers) SELECT name FROM c WHERE id = 4;
WITH c AS NOT MATERIALIZED (SELECT * FROM customers) SELECT name FROM c WHERE id = 4;
WITH c AS (SELECT id, name FROM customers), o AS (SELECT * FROM orders) SELECT c.name, o.id FROM c JOIN o ON o.customer_id = c.id;
WITH c AS (SELECT id FROM customers WHERE id = 4), o AS (SELECT customer_id, id FROM orders WHERE customer_id = 4) SELECT * FROM c, o;
WITH t AS (SELECT state, sum(total) AS total FROM orders GROUP BY state) SELECT * FROM t;
WITH t AS (SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id) SELECT max(total) FROM t;
WITH t AS (SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id) SELECT c.name, t.total FROM customers c JOIN t ON t.customer_id = c.id WHERE t.total > 500;
WITH t AS (SELECT count(*) AS n FROM orders) SELECT c.id, t.n FROM customers c, t WHERE c.id = 4;
WITH t AS (SELECT count(*) AS n FROM orders) SELECT a.n + b.n AS twice FROM t a, t b;
WITH customers AS (SELECT 1 AS id) SELECT * FROM customers;
WITH customers AS (SELECT * FROM customers WHERE id < 3) SELECT id FROM customers;
WITH customers AS (SELECT * FROM orders) SELECT count(*) FROM customers;
WITH settings AS (SELECT id FROM customers) SELECT count(*) FROM settings;
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT * FROM b;
WITH a AS (WITH b AS (SELECT id FROM customers WHERE id < 3) SELECT * FROM b) SELECT * FROM a;
WITH a AS (SELECT id FROM customers WHERE id < 3) SELECT * FROM a UNION ALL SELECT * FROM a;
WITH x (a, b) AS (SELECT id, name FROM customers WHERE id = 4) SELECT b, a FROM x;
WITH x AS (SELECT 4 AS id) SELECT c.name FROM customers c, x WHERE c.id = x.id;
WITH x AS (VALUES (4), (9)) SELECT name FROM customers WHERE id IN (SELECT * FROM x);
WITH unused AS (SELECT count(*) FROM orders) SELECT name FROM customers WHERE id = 4;
WITH c AS (SELECT code FROM countries WHERE region = 'eu') SELECT id FROM customers WHERE country IN (SELECT code FROM c);
WITH s AS (SELECT value::int AS n FROM settings WHERE name = 'limit') SELECT id FROM customers, s WHERE id < s.n;
SELECT id FROM customers WHERE id IN (WITH o AS (SELECT customer_id FROM orders WHERE total > 350) SELECT * FROM o);
SELECT (WITH o AS (SELECT count(*) AS n FROM orders WHERE customer_id = 4) SELECT n FROM o);
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n;
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT c.name FROM n JOIN customers c ON c.id = n.i;
WITH RECURSIVE up AS (SELECT id, boss, name, 0 AS depth FROM employees WHERE id = 5 UNION ALL SELECT e.id, e.boss, e.name, up.depth + 1 FROM employees e JOIN up ON e.id = up.boss) SELECT name, depth FROM up ORDER BY depth;
WITH RECURSIVE chain AS (SELECT id, referrer, 0 AS depth FROM customers WHERE id = 40 UNION ALL SELECT c.id, c.referrer, depth + 1 FROM customers c JOIN chain ON c.id = chain.referrer WHERE depth < 9) SELECT id, depth FROM chain ORDER BY depth;
WITH RECURSIVE r AS (SELECT id FROM customers WHERE id = 1 UNION SELECT c.id FROM customers c JOIN r ON c.referrer = r.id) SELECT count(*) FROM r;
WITH RECURSIVE r AS (SELECT id, boss FROM employees WHERE boss IS NULL UNION ALL SELECT e.id, e.boss FROM employees e JOIN r ON e.boss = r.id) SEARCH DEPTH FIRST BY id SET path SELECT id FROM r ORDER BY path;
-- params: 4
WITH c AS (SELECT * FROM customers WHERE id = $1) SELECT c.name, o.id FROM c JOIN orders o ON o.customer_id = c.id;
-- params: 'paid', 4
WITH o AS (SELECT * FROM orders WHERE state = $1) SELECT count(*) FROM o WHERE customer_id = $2;
-- error: 42P01
WITH b AS (SELECT * FROM c), c AS (SELECT 1) SELECT * FROM b;
-- error: 42712
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a;
