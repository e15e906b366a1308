-- UNION, INTERSECT and EXCEPT over one shard and over several.
-- answered: 100

SELECT id FROM orders WHERE customer_id = 4 UNION ALL SELECT id FROM orders WHERE customer_id = 4;
SELECT id FROM orders WHERE customer_id = 4 UNION SELECT id FROM orders WHERE customer_id = 4;
SELECT id FROM orders WHERE customer_id = 4 UNION ALL SELECT id FROM orders WHERE customer_id = 9;
SELECT id FROM orders WHERE customer_id = 4 UNION SELECT id FROM orders WHERE customer_id = 9;
SELECT id FROM customers UNION ALL SELECT customer_id FROM orders;
SELECT id FROM customers UNION SELECT customer_id FROM orders;
SELECT id FROM customers EXCEPT SELECT customer_id FROM orders;
SELECT id FROM customers INTERSECT SELECT customer_id FROM orders;
SELECT id FROM customers EXCEPT ALL SELECT referrer FROM customers;
SELECT state FROM orders UNION SELECT name FROM products;
SELECT state FROM orders UNION ALL SELECT name FROM products;
SELECT state FROM orders INTERSECT SELECT value FROM settings;
SELECT country FROM customers INTERSECT ALL SELECT code FROM countries;
SELECT k FROM by_int INTERSECT SELECT k FROM by_modulo;
SELECT k FROM by_int EXCEPT SELECT k FROM by_smallint;
SELECT k FROM by_int WHERE k < 5 UNION SELECT k FROM by_bigint WHERE k < 5;
SELECT k, n FROM by_int UNION SELECT k, n FROM by_int;
SELECT code FROM countries UNION SELECT region FROM countries;
SELECT name FROM products EXCEPT SELECT name FROM countries;
SELECT name FROM settings UNION ALL SELECT name FROM employees;
SELECT name FROM settings UNION ALL SELECT name FROM countries;
SELECT 1 UNION SELECT 2 UNION SELECT 1;
SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 2 ORDER BY 1;
SELECT 1 AS x UNION ALL SELECT id FROM customers WHERE id = 4;
SELECT id FROM customers WHERE id < 3 UNION ALL SELECT id FROM customers WHERE id > 39 ORDER BY id;
SELECT id FROM customers UNION ALL SELECT customer_id FROM orders ORDER BY 1 LIMIT 7;
(SELECT id FROM customers ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM customers ORDER BY id DESC LIMIT 2) ORDER BY id;
(SELECT customer_id FROM orders WHERE customer_id = 4 LIMIT 1) UNION ALL (SELECT 1);
SELECT count(*) FROM (SELECT id FROM customers UNION SELECT customer_id FROM orders) u;
SELECT * FROM (SELECT id, 'c' AS kind FROM customers UNION ALL SELECT customer_id, 'o' FROM orders) u WHERE id = 4;
SELECT * FROM (SELECT id, name FROM customers UNION ALL SELECT customer_id, state FROM orders) u (x, y) WHERE x = 4 ORDER BY y;
VALUES (1, 'a'), (2, 'b');
VALUES (1), ((SELECT count(*) FROM orders)), (3);
TABLE countries;
TABLE settings;
TABLE by_boolean;
-- params: 4, 9
SELECT id FROM orders WHERE customer_id = $1 UNION ALL SELECT id FROM orders WHERE customer_id = $2;
-- params: 4
SELECT name FROM customers WHERE id = $1 UNION ALL SELECT state FROM orders WHERE customer_id = $1;
-- error: 42601
SELECT id, name FROM customers UNION SELECT id FROM orders;
-- error: 42804
SELECT id FROM customers UNION SELECT born FROM customers;
