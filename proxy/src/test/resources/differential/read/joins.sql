-- Joins: of tables with the same key, with reference tables, and of what is not together.
-- answered: 100

SELECT c.name, o.id, o.total FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 4;
SELECT c.name, o.id, o.total FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.customer_id = 4;
SELECT c.name, o.id FROM customers c, orders o WHERE o.customer_id = c.id AND c.id = 9;
SELECT c.name, o.id FROM customers c, orders o WHERE c.id = 9 AND o.customer_id = 9;
SELECT c.name, o.id FROM customers c, orders o WHERE c.id = 9 AND o.customer_id = 4;
SELECT c.name, o.id FROM customers c, orders o WHERE c.id = 9 AND o.id = 1;
SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id;
SELECT c.id, o.id, i.line, i.cost FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.customer_id = o.customer_id AND i.order_id = o.id;
SELECT c.id, o.id, i.line FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.customer_id = c.id AND i.order_id = o.id WHERE c.id = 14;
SELECT c.id, i.line FROM customers c JOIN items i ON i.customer_id = c.id WHERE i.order_id = 1 AND i.quantity > 2;
SELECT o.id, i.line FROM orders o JOIN items i ON i.order_id = o.id WHERE o.customer_id = 4;
SELECT o.id, i.line FROM orders o JOIN items i ON i.order_id = o.id WHERE o.customer_id = 4 AND i.customer_id = 4;
SELECT o.customer_id, o.id, i.customer_id FROM orders o JOIN items i ON i.order_id = o.id AND i.line = 3 WHERE o.id = 4;
SELECT customer_id, o.id, i.line FROM orders o JOIN items i USING (customer_id) WHERE i.order_id = o.id;
SELECT customer_id, count(*) FROM orders JOIN items USING (customer_id) GROUP BY customer_id;
SELECT * FROM orders NATURAL JOIN items WHERE customer_id = 4;
SELECT count(*) FROM orders o NATURAL JOIN (SELECT customer_id, order_id AS id, line FROM items) i;
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id;
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.state = 'paid';
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND c.id = 4;
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.customer_id = 4 WHERE c.id < 8;
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = 4 WHERE c.id = 5;
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.customer_id = 4;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;
SELECT c.id, o.id FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id WHERE c.state = 'new';
SELECT c.id, o.id FROM customers c FULL JOIN orders o ON o.customer_id = c.id AND o.total > 300;
SELECT c.id, o.customer_id FROM customers c FULL JOIN orders o ON o.customer_id = c.id WHERE c.id = 4 OR o.customer_id = 9;
SELECT a.id, b.id FROM customers a JOIN customers b ON a.id = b.id WHERE a.id = 7;
SELECT a.id, b.id FROM customers a JOIN customers b ON b.referrer = a.id;
SELECT a.id, b.id FROM customers a JOIN customers b ON b.referrer = a.id WHERE a.id = 3;
SELECT a.id, b.id FROM customers a, customers b WHERE a.id = 1 AND b.id = 2;
SELECT a.id, b.name FROM customers a LEFT JOIN customers b ON a.referrer = b.id WHERE a.id < 12;
SELECT count(*) FROM customers a CROSS JOIN customers b;
SELECT count(*) FROM customers a, orders b WHERE a.id < b.customer_id;
SELECT a.k, a.n, b.n FROM by_int a JOIN by_int b ON a.k = b.k WHERE a.n < b.n;
SELECT a.k FROM by_int a JOIN by_modulo b ON a.k = b.k AND a.n = b.n WHERE a.k = 42;
SELECT a.k FROM by_int a JOIN by_modulo b ON a.k = b.k AND a.n = b.n;
SELECT a.k FROM by_int a JOIN by_bigint b ON a.k = b.k AND a.n = b.n;
SELECT a.k FROM by_int a JOIN by_range b ON a.k = b.k AND a.n = b.n AND b.k BETWEEN 0 AND 5;
SELECT a.k, b.k FROM by_text a JOIN by_varchar b ON a.k = b.k AND a.n = 1 AND b.n = 1;
SELECT a.k, b.k FROM by_varchar a JOIN by_char b ON a.k = b.k AND a.n = 1 AND b.n = 1;

SELECT c.id, k.name FROM customers c JOIN countries k ON k.code = c.country WHERE c.id = 4;
SELECT c.id, k.name FROM customers c JOIN countries k ON k.code = c.country;
SELECT c.id, k.name FROM customers c LEFT JOIN countries k ON k.code = c.country;
SELECT c.id, k.name FROM countries k LEFT JOIN customers c ON k.code = c.country;
SELECT k.code, c.id FROM countries k LEFT JOIN customers c ON c.country = k.code AND c.id = 4;
SELECT k.code, c.id FROM customers c RIGHT JOIN countries k ON c.country = k.code;
SELECT k.code, c.id FROM customers c FULL JOIN countries k ON c.country = k.code WHERE c.id IS NULL OR c.id < 4;
SELECT k.code FROM countries k WHERE NOT EXISTS (SELECT FROM customers c WHERE c.country = k.code);
SELECT count(*) FROM customers, countries;
SELECT i.customer_id, i.line, p.name FROM items i JOIN products p ON p.id = i.product_id WHERE p.category = 'food';
SELECT i.line, p.name, p.price FROM items i JOIN products p ON p.id = i.product_id WHERE i.customer_id = 14 ORDER BY i.order_id, i.line;
SELECT p.category, sum(i.quantity) FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.category;
SELECT p.name, i.customer_id FROM products p LEFT JOIN items i ON i.product_id = p.id AND i.quantity = 4;
SELECT a.name, b.name FROM products a JOIN products b ON a.category = b.category AND a.id < b.id;
SELECT c.name, k.name, p.name FROM customers c JOIN countries k ON k.code = c.country JOIN orders o ON o.customer_id = c.id JOIN items i ON (i.customer_id, i.order_id) = (o.customer_id, o.id) JOIN products p ON p.id = i.product_id WHERE c.id = 19;
SELECT k.region, p.category, count(*) FROM customers c JOIN countries k ON k.code = c.country JOIN items i ON i.customer_id = c.id JOIN products p ON p.id = i.product_id GROUP BY 1, 2;

SELECT e.kind, c.name FROM events e JOIN customers c ON c.id = e.customer_id WHERE e.device = '00000000-0000-4000-8000-000000000003';
SELECT count(*), count(DISTINCT c.id) FROM events e JOIN customers c ON c.id = e.customer_id;
SELECT c.id, count(e.device) FROM customers c LEFT JOIN events e ON e.customer_id = c.id GROUP BY c.id;
SELECT e.device, o.id FROM events e JOIN orders o ON o.customer_id = e.customer_id WHERE o.customer_id = 4;
SELECT c.id, a.what FROM customers c JOIN audit a ON a.customer_id = c.id;
SELECT c.id, a.what FROM audit a LEFT JOIN customers c ON a.customer_id = c.id;
SELECT c.id, a.what FROM customers c JOIN audit a ON a.customer_id = c.id WHERE c.id = 1;
SELECT s.name, k.code FROM settings s CROSS JOIN countries k WHERE s.level = 1;
SELECT e.name, b.name AS boss FROM employees e LEFT JOIN employees b ON b.id = e.boss;
SELECT o.id, x.line FROM orders o CROSS JOIN LATERAL (SELECT i.line FROM items i WHERE i.customer_id = o.customer_id AND i.order_id = o.id ORDER BY line DESC LIMIT 1) x;
SELECT c.id, x.id FROM customers c LEFT JOIN LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.total DESC NULLS LAST, o.id LIMIT 1) x ON true;
SELECT c.id, x.n FROM customers c, LATERAL (SELECT count(*) AS n FROM orders o WHERE o.customer_id > c.id) x WHERE c.id > 35;
SELECT c.id, t.tag, t.n FROM customers c, unnest(c.tags) WITH ORDINALITY AS t (tag, n) WHERE c.id = 6;
SELECT c.id, t FROM customers c, unnest(c.tags) AS t;
SELECT v.x, o.id FROM (VALUES (4), (9)) AS v (x) JOIN orders o ON o.customer_id = v.x;
SELECT v.x, o.id FROM (VALUES (4), (77)) AS v (x) LEFT JOIN orders o ON o.customer_id = v.x;
SELECT g, o.id FROM generate_series(3, 5) AS g JOIN orders o ON o.customer_id = g;
SELECT g, o.id FROM generate_series(3, 5) AS g LEFT JOIN orders o ON o.customer_id = g AND o.id > 2;
SELECT (o).id FROM orders o WHERE customer_id = 4;
SELECT o FROM orders o WHERE customer_id = 4;
SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id AND c.name = 'Ada';
SELECT j.id, j.label FROM (customers c JOIN countries k ON k.code = c.country) AS j (id, label) WHERE j.id = 4;
-- params: 4
SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = $1;
-- params: 4, 9
SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id IN ($1, $2);
-- params: 'food', 14
SELECT i.line FROM items i JOIN products p ON p.id = i.product_id WHERE p.category = $1 AND i.customer_id = $2;
-- params: 100.5
SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id AND o.total > $1;
