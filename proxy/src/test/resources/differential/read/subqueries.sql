-- Subqueries of all kinds: scalar, EXISTS, IN, ANY and ALL, correlated and not, in every clause.
-- answered: 100

SELECT (SELECT count(*) FROM orders);
SELECT (SELECT count(*) FROM orders WHERE customer_id = 4);
SELECT EXISTS (SELECT 1 FROM orders WHERE total > 390);
SELECT EXISTS (SELECT FROM orders WHERE customer_id = 77);
SELECT NOT EXISTS (SELECT FROM orders);
SELECT (SELECT max(total) FROM orders) - (SELECT min(total) FROM orders) AS spread;
SELECT ARRAY(SELECT id FROM customers WHERE id < 6 ORDER BY id);
SELECT ARRAY(SELECT id FROM orders WHERE customer_id = 4 ORDER BY id);
SELECT 1 WHERE EXISTS (SELECT FROM customers WHERE name = 'bob');
SELECT 4 IN (SELECT id FROM customers) AS found, 77 IN (SELECT id FROM customers) AS missing;
SELECT 1 + (SELECT count(*) FROM products) AS n;
SELECT * FROM (SELECT id, name FROM customers WHERE id = 4) AS c;
SELECT * FROM (SELECT id, name FROM customers) AS c WHERE id = 4;
SELECT * FROM (SELECT id AS x, name FROM customers) AS c WHERE x = 4;
SELECT * FROM (SELECT id, name FROM customers) AS c (a, b) WHERE a = 4;
SELECT count(*) FROM (SELECT DISTINCT country FROM customers) AS c;
SELECT * FROM (SELECT id FROM customers ORDER BY id DESC LIMIT 3) AS c ORDER BY id;
SELECT max(n) FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) AS c;
SELECT n, count(*) FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) AS c GROUP BY n;
SELECT avg(t) FROM (SELECT sum(total) AS t FROM orders GROUP BY state) AS s;
SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE state = 'sent');
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders);
SELECT id FROM customers WHERE id NOT IN (SELECT referrer FROM customers);
SELECT id FROM customers WHERE id IN (SELECT referrer FROM customers);
SELECT id FROM customers WHERE id = 4 AND id IN (SELECT customer_id FROM orders);
SELECT id FROM customers WHERE id = (SELECT max(customer_id) FROM orders);
SELECT id FROM customers WHERE id = (SELECT customer_id FROM orders WHERE customer_id = 4 AND id = 1);
SELECT id FROM customers WHERE balance > (SELECT avg(balance) FROM customers);
SELECT id FROM customers WHERE balance >= ALL (SELECT balance FROM customers WHERE balance IS NOT NULL);
SELECT id FROM customers WHERE country = ANY (SELECT code FROM countries WHERE region = 'eu');
SELECT id FROM customers WHERE country IN (SELECT code FROM countries WHERE region = 'eu') AND id = 1;
SELECT id FROM customers WHERE EXISTS (SELECT FROM countries WHERE code = country AND region = 'us');
SELECT id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.total > 350);
SELECT id FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id);
SELECT id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id + 1);
SELECT id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.id = c.id);
SELECT id FROM customers c WHERE EXISTS (SELECT FROM events e WHERE e.customer_id = c.id AND e.kind = 'stop');
SELECT id FROM customers c WHERE (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > 3;
SELECT id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS n FROM customers c;
SELECT id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS n FROM customers c WHERE id = 4;
SELECT id, (SELECT max(total) FROM orders) AS best FROM customers WHERE id = 4;
SELECT id, (SELECT name FROM countries WHERE code = c.country) FROM customers c;
SELECT id, (SELECT count(*) FROM customers r WHERE r.referrer = c.id) AS referred FROM customers c WHERE id < 9;
SELECT id, (SELECT what FROM audit a WHERE a.customer_id = c.id ORDER BY a.id LIMIT 1) FROM customers c WHERE id < 4;
SELECT name FROM products p WHERE id IN (SELECT product_id FROM items);
SELECT name FROM products p WHERE id NOT IN (SELECT product_id FROM items WHERE customer_id = 14);
SELECT name FROM products p WHERE (SELECT count(*) FROM items i WHERE i.product_id = p.id) > 15;
SELECT what FROM audit WHERE customer_id IN (SELECT id FROM customers WHERE state = 'active');
SELECT state, count(*) FROM orders GROUP BY state HAVING count(*) > (SELECT count(*) / 4 FROM orders);
SELECT customer_id, count(*) FROM orders o GROUP BY customer_id HAVING count(*) = (SELECT count(*) FROM items i WHERE i.customer_id = o.customer_id);
SELECT id FROM customers ORDER BY (SELECT count(*) FROM orders o WHERE o.customer_id = customers.id) DESC, id LIMIT 5;
SELECT id FROM customers ORDER BY id LIMIT (SELECT count(*) FROM products WHERE category = 'food');
SELECT (id, name) = (SELECT id, name FROM customers WHERE id = 4) AS same FROM customers WHERE id = 4;
SELECT * FROM by_int WHERE (k, n) IN (SELECT k, n FROM by_modulo WHERE k > 0);
SELECT * FROM by_int t WHERE k = (SELECT min(k) FROM by_int u WHERE u.n = t.n);
SELECT * FROM by_int WHERE k = (SELECT k FROM by_int WHERE k = 42 AND n = 1) AND n = 1;
SELECT * FROM by_int WHERE k IN (SELECT 42);
SELECT * FROM by_int WHERE k IN (SELECT unnest('{42,5}'::int[]));
SELECT * FROM by_int WHERE k IN (VALUES (42), (5));
SELECT * FROM by_int WHERE k = 42 AND EXISTS (SELECT FROM by_int u WHERE u.k = 5);
SELECT * FROM by_int t WHERE t.k = 42 AND EXISTS (SELECT FROM by_int u WHERE u.k = t.k AND u.n > t.n);
-- params: 4
SELECT id FROM customers WHERE id = $1 AND EXISTS (SELECT FROM orders WHERE customer_id = $1);
-- params: 'sent'
SELECT id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.state = $1);
-- params: 4, 9
SELECT (SELECT count(*) FROM orders WHERE customer_id = $1) + (SELECT count(*) FROM orders WHERE customer_id = $2) AS n;
-- error: 21000
SELECT (SELECT id FROM customers) FROM products;
-- error: 21000
SELECT (SELECT id FROM orders WHERE customer_id = 4);
