-- UPDATE: by key, without key, with joins and subqueries, of the key itself.
-- answered: 75

UPDATE customers SET name = 'changed' WHERE id = 4;
SELECT name FROM customers WHERE id = 4;

UPDATE customers SET balance = balance * 2, state = 'closed' WHERE id = 4 RETURNING id, balance, state;

UPDATE customers AS c SET name = c.name || '!' WHERE c.id = 4 RETURNING c.*;

UPDATE ONLY customers SET name = 'changed' WHERE id = 4;

UPDATE customers SET (name, born) = ('pair', '2000-01-01') WHERE id = 4 RETURNING name, born;

UPDATE customers SET (name, born) = (SELECT 'queried', date '2000-01-01') WHERE id = 4 RETURNING name, born;

UPDATE customers SET tags[1] = 'first', profile = profile || '{"new": 1}' WHERE id = 4 RETURNING tags, profile;

UPDATE customers SET home.city = 'Elsewhere' WHERE id = 2 RETURNING home;

UPDATE customers SET state = DEFAULT, balance = DEFAULT WHERE id = 4 RETURNING state, balance;

UPDATE customers SET name = 'changed';

UPDATE customers SET name = 'changed' WHERE state = 'closed' RETURNING id;

UPDATE customers SET name = 'changed' WHERE id IN (4, 9);

UPDATE customers SET name = 'changed' WHERE id = ANY ('{4,9,14}');

UPDATE customers SET name = 'changed' WHERE id = 4 OR name = 'bob';

UPDATE customers SET name = 'changed' WHERE id = 4 AND name = 'nobody';

UPDATE customers SET name = 'changed' WHERE false;

UPDATE customers SET name = 'changed' WHERE id = 4 AND id = 9;

UPDATE customers SET name = 'changed' WHERE id = 3 + 1;

UPDATE customers SET name = 'changed' WHERE id + 0 = 4;

UPDATE customers SET id = 4 WHERE id = 4 RETURNING id;

UPDATE customers SET id = id WHERE id = 4 RETURNING id;

UPDATE by_int SET k = 43 WHERE k = 42;

UPDATE by_int SET k = k + 1 WHERE k = 42;

UPDATE by_int SET n = n + 100, k = 42 WHERE k = 42 RETURNING n;

UPDATE by_nullable SET v = 'set' WHERE k IS NULL RETURNING *;

UPDATE by_nullable SET k = NULL WHERE k = 42;

UPDATE by_pair SET v = 'set' WHERE a = 42 AND b = 'x' RETURNING *;

UPDATE by_pair SET v = 'set' WHERE a = 42;

UPDATE by_range SET v = 'set' WHERE k BETWEEN 0 AND 9 RETURNING k, n;

UPDATE by_range SET v = 'set' WHERE k > 0;

UPDATE by_list SET v = 'set' WHERE k IN ('eu', 'uk') RETURNING k, n;

UPDATE orders SET state = 'sent' FROM customers c WHERE c.id = orders.customer_id AND c.id = 4 RETURNING orders.id, c.name;

UPDATE orders SET state = 'sent' FROM customers c WHERE c.id = orders.customer_id AND c.name = 'bob';

UPDATE orders SET note = p.name FROM products p WHERE p.id = orders.id AND customer_id = 4 RETURNING orders.id, note;

UPDATE orders SET note = s.value FROM settings s WHERE s.name = 'theme' AND customer_id = 4 RETURNING note;

UPDATE orders SET total = (SELECT sum(cost) FROM items i WHERE i.customer_id = orders.customer_id AND i.order_id = orders.id) WHERE customer_id = 4 RETURNING id, total;

UPDATE orders SET total = (SELECT max(total) FROM orders) WHERE customer_id = 4 AND id = 1 RETURNING total;

UPDATE orders SET state = 'sent' WHERE customer_id = 4 AND id IN (SELECT order_id FROM items WHERE customer_id = 4 AND quantity > 2) RETURNING id;

UPDATE orders SET state = 'sent' WHERE id IN (SELECT order_id FROM items WHERE quantity > 2);

UPDATE orders SET state = 'sent' WHERE (customer_id, id) IN (SELECT customer_id, id FROM orders ORDER BY total LIMIT 3);

WITH done AS (UPDATE orders SET state = 'sent' WHERE customer_id = 4 RETURNING id) SELECT count(*) FROM done;

WITH best AS (SELECT id FROM orders WHERE customer_id = 4 ORDER BY total DESC LIMIT 1) UPDATE orders SET note = 'best' FROM best WHERE orders.customer_id = 4 AND orders.id = best.id RETURNING orders.id;

UPDATE open_orders SET total = 1 WHERE customer_id = 4 RETURNING id;

UPDATE orders SET state = 'sent', note = CASE WHEN total > 100 THEN 'big' ELSE 'small' END WHERE customer_id = 14 RETURNING id, note;

-- params: 'changed', 4::bigint
UPDATE customers SET name = $1 WHERE id = $2 RETURNING name;
-- params: 4::bigint
SELECT name FROM customers WHERE id = $1;

-- params: 4::bigint, 4::bigint
UPDATE customers SET id = $1, name = 'same' WHERE id = $2 RETURNING id;

-- params: 1.5, 4::bigint
UPDATE orders SET total = total * $1 WHERE customer_id = $2 RETURNING total;

-- params: '{4,9}'::bigint[]
UPDATE customers SET name = 'changed' WHERE id = ANY ($1);

-- error: 23514
UPDATE orders SET total = -1 WHERE customer_id = 4;

-- error: 23503
UPDATE items SET product_id = 99 WHERE customer_id = 4;

-- error: 23505
UPDATE by_int SET n = 2 WHERE k = 42 AND n = 1;

-- error: 22P02
UPDATE customers SET state = 'red' WHERE id = 4;

-- error: 42703
UPDATE customers SET missing = 1 WHERE id = 4;

-- error: 22012
UPDATE orders SET total = total / 0 WHERE customer_id = 4;

-- error: 428C9
UPDATE items SET cost = 1 WHERE customer_id = 4;
