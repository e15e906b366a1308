-- DELETE, MERGE, TRUNCATE, row locks, and transactions of several statements.
-- answered: 80

DELETE FROM items WHERE customer_id = 4;
SELECT count(*) FROM items WHERE customer_id = 4;

DELETE FROM orders WHERE customer_id = 4 AND id = 1 RETURNING *;
SELECT count(*) FROM items WHERE customer_id = 4 AND order_id = 1;

DELETE FROM orders o WHERE o.customer_id = 4 RETURNING o.id;

DELETE FROM items;

DELETE FROM items WHERE quantity > 2 RETURNING customer_id, line;

DELETE FROM items WHERE customer_id IN (4, 9);

DELETE FROM items WHERE customer_id = 4 OR quantity = 1;

DELETE FROM items WHERE customer_id = 4 AND customer_id = 9;

DELETE FROM items


WHERE customer_id = 4;

DELETE FROM items USING orders o WHERE o.customer_id = items.customer_id AND o.id = items.order_id AND o.customer_id = 4 RETURNING line;

DELETE FROM items USING products p WHERE p.id = product_id AND p.category = 'food' AND customer_id = 14 RETURNING line, p.name;

DELETE FROM items USING products p WHERE p.id = product_id AND p.category = 'food';

DELETE FROM items WHERE customer_id = 14 AND EXISTS (SELECT FROM orders o WHERE o.customer_id = items.customer_id AND o.state = 'open') RETURNING order_id, line;

DELETE FROM events WHERE device = '00000000-0000-4000-8000-000000000003' AND reading > 5 RETURNING at;

DELETE FROM events WHERE customer_id IN (SELECT id FROM customers WHERE state = 'closed');

DELETE FROM events WHERE (device, at) IN (SELECT device, at FROM events ORDER BY at LIMIT 5);

DELETE FROM by_nullable WHERE k IS NULL RETURNING n;

DELETE FROM by_nullable WHERE k IS NOT DISTINCT FROM 42;

DELETE FROM by_pair WHERE (a, b) = (42, 'x') RETURNING n;

DELETE FROM by_range WHERE k < 0 RETURNING k, n;

DELETE FROM by_days WHERE k >= '2026-03-01';

DELETE FROM by_list WHERE k = 'br' RETURNING n;

WITH gone AS (DELETE FROM items WHERE customer_id = 4 RETURNING *) SELECT count(*), sum(quantity) FROM gone;

WITH gone AS (DELETE FROM items WHERE customer_id = 4 AND order_id = 1 RETURNING line) INSERT INTO by_int (k, n) SELECT 42, 100 + line FROM gone RETURNING n;

-- params: 4::bigint, 1::bigint
DELETE FROM items WHERE customer_id = $1 AND order_id = $2 RETURNING line;

-- params: 'food', 14::bigint
DELETE FROM items USING products p WHERE p.id = product_id AND p.category = $1 AND customer_id = $2;

-- error: 23503
DELETE FROM customers WHERE id = 4;

-- error: 42703
DELETE FROM items WHERE missing = 4;

MERGE INTO by_int t USING (VALUES (42, 1, 'merged'), (42, 90, 'new')) AS s (k, n, v) ON t.k = s.k AND t.n = s.n AND t.k = 42 WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (k, n, v) VALUES (42, s.n, s.v);
SELECT n, v FROM by_int WHERE k = 42 ORDER BY n;

MERGE INTO by_int t USING (SELECT 42 AS k, 1 AS n) s ON t.k = s.k AND t.n = s.n WHEN MATCHED THEN DELETE;

MERGE INTO by_int t USING by_modulo s ON t.k = s.k AND t.n = s.n WHEN MATCHED THEN UPDATE SET v = s.v;

MERGE INTO orders o USING items i ON o.customer_id = i.customer_id AND o.id = i.order_id AND i.line = 1 WHEN MATCHED AND o.customer_id = 4 THEN UPDATE SET note = 'merged';

MERGE INTO settings t USING (VALUES ('theme', 'light'), ('new', 'x')) AS s (name, value) ON t.name = s.name WHEN MATCHED THEN UPDATE SET value = s.value WHEN NOT MATCHED THEN INSERT (name, value) VALUES (s.name, s.value);
SELECT name, value FROM settings ORDER BY name;

SELECT name FROM customers WHERE id = 4 FOR UPDATE;

SELECT id FROM orders WHERE customer_id = 4 ORDER BY id FOR NO KEY UPDATE;

SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 4 FOR SHARE OF c;

SELECT id FROM customers WHERE state = 'closed' FOR UPDATE;

SELECT id FROM customers ORDER BY id LIMIT 3 FOR UPDATE SKIP LOCKED;

SELECT id FROM orders WHERE customer_id = 4 FOR UPDATE NOWAIT;

INSERT INTO orders (customer_id, id, total) VALUES (4, 90, 1);
INSERT INTO items (customer_id, order_id, line, quantity, price) VALUES (4, 90, 1, 2, 3);
UPDATE orders SET total = (SELECT sum(cost) FROM items WHERE customer_id = 4 AND order_id = 90) WHERE customer_id = 4 AND id = 90 RETURNING total;
DELETE FROM orders WHERE customer_id = 4 AND id = 90;
SELECT count(*) FROM items WHERE customer_id = 4 AND order_id = 90;

SELECT balance FROM customers WHERE id = 4 FOR UPDATE;
UPDATE customers SET balance = balance - 10 WHERE id = 4 RETURNING balance;
UPDATE customers SET balance = balance + 10 WHERE id = 9 RETURNING balance;

SAVEPOINT a;
UPDATE customers SET name = 'lost' WHERE id = 4;
ROLLBACK TO a;
SELECT name FROM customers WHERE id = 4;

SAVEPOINT a;
-- error: 23505
INSERT INTO customers (id, name) VALUES (4, 'twice');
ROLLBACK TO a;
INSERT INTO customers (id, name) VALUES (100, 'once') RETURNING id;

TRUNCATE items;

TRUNCATE settings;
SELECT count(*) FROM settings;

LOCK TABLE settings IN SHARE MODE;
