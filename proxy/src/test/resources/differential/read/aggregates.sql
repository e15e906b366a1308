-- Aggregates, GROUP BY in all forms, HAVING, FILTER, DISTINCT within, ordered sets.
-- answered: 100

SELECT count(*) FROM orders;
SELECT count(*) AS n FROM orders WHERE customer_id = 4;
SELECT count(note), count(DISTINCT note), count(*) FROM orders;
SELECT count(DISTINCT customer_id) FROM orders;
SELECT count(DISTINCT (state, note)) FROM orders;
SELECT sum(total), avg(total), min(total), max(total) FROM orders;
SELECT sum(quantity), avg(quantity), min(quantity), max(quantity) FROM items;
SELECT sum(k), avg(k), min(k), max(k) FROM by_smallint;
SELECT sum(k), avg(k), min(k), max(k) FROM by_bigint WHERE n = 1 AND abs(k % 10) < 6;
SELECT sum(reading), min(reading), max(reading) FROM events;
SELECT avg(reading) FROM events;
SELECT min(at), max(at) FROM events;
SELECT min(name), max(name) FROM customers;
SELECT min(k), max(k) FROM by_text;
SELECT min(state), max(state) FROM customers;
SELECT min(born), max(born) FROM customers;
SELECT bool_and(is_good), bool_or(is_good), every(is_good) FROM events;
SELECT bit_and(quantity), bit_or(quantity), bit_xor(quantity) FROM items;
SELECT sum(total) FROM orders WHERE customer_id = 77;
SELECT sum(total), count(*) FROM orders WHERE false;
SELECT max(total) FROM orders WHERE total > 100000;
SELECT coalesce(sum(total), 0) FROM orders WHERE customer_id < 0;
SELECT round(avg(total), 2) FROM orders;
SELECT sum(total) / count(*) AS mean FROM orders;
SELECT sum(total) * 2 + count(*) AS x, 7 AS seven FROM orders;
SELECT count(*) > 10 AS many FROM orders;
SELECT CASE WHEN count(*) > 10 THEN 'many' ELSE 'few' END FROM orders;
SELECT max(total)::int, 'max: ' || max(total) FROM orders;
SELECT sum(total + 1), sum(-total) FROM orders;
SELECT sum(DISTINCT quantity), avg(DISTINCT quantity) FROM items;
SELECT count(*) FILTER (WHERE state = 'open') AS open, count(*) FILTER (WHERE total > 200) AS big FROM orders;
SELECT sum(total) FILTER (WHERE state = 'none') FROM orders;
SELECT stddev(total), variance(total) FROM orders;
SELECT stddev_pop(quantity), var_samp(quantity) FROM items;
SELECT corr(reading, customer_id) IS NOT NULL FROM events;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) FROM orders;
SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY total) FROM orders;
SELECT mode() WITHIN GROUP (ORDER BY state) FROM orders;
SELECT string_agg(name, ',' ORDER BY id) FROM customers WHERE id < 10;
SELECT string_agg(DISTINCT country, ',' ORDER BY country) FROM customers;
SELECT array_agg(id ORDER BY id) FROM customers WHERE state = 'closed';
SELECT array_agg(id ORDER BY id DESC) FROM orders WHERE customer_id = 4;
SELECT json_agg(id ORDER BY id) FROM customers WHERE id BETWEEN 1 AND 5;
SELECT jsonb_object_agg(id, name) FROM customers WHERE id BETWEEN 1 AND 5;
SELECT array_length(array_agg(id), 1) FROM orders;
SELECT product_of(quantity) FROM items WHERE customer_id < 20;
SELECT product_of(quantity) FROM items WHERE customer_id = 14;
SELECT any_value(1) FROM orders;
SELECT 1 AS one FROM orders HAVING count(*) > 1;
SELECT count(*) FROM orders HAVING count(*) > 1000;
SELECT count(*) FROM orders HAVING sum(total) > 0 AND min(id) = 1;

SELECT state, count(*) FROM orders GROUP BY state;
SELECT state, count(*) FROM orders GROUP BY 1;
SELECT state AS s, count(*) AS n FROM orders GROUP BY s;
SELECT count(*) FROM orders GROUP BY state;
SELECT state FROM orders GROUP BY state;
SELECT customer_id, count(*), sum(total) FROM orders GROUP BY customer_id;
SELECT customer_id FROM orders GROUP BY customer_id;
SELECT customer_id, state, count(*) FROM orders GROUP BY customer_id, state;
SELECT state, id, sum(total), avg(total) FROM orders GROUP BY state, id;
SELECT id, name FROM customers GROUP BY id;
SELECT c.id, c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name;
SELECT c.country, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country;
SELECT date_trunc('month', placed) AS month, count(*) FROM orders GROUP BY month;
SELECT date_trunc('month', placed), count(*) FROM orders GROUP BY date_trunc('month', placed);
SELECT customer_id % 3 AS third, count(*) FROM orders GROUP BY third;
SELECT customer_id % 3, max(total) FROM orders GROUP BY customer_id % 3;
SELECT upper(state), count(*) FROM orders GROUP BY upper(state);
SELECT upper(state), count(*) FROM orders GROUP BY state;
SELECT upper(kind) AS kind, count(*) FROM events GROUP BY upper(kind);
SELECT kind, count(*) FROM events GROUP BY kind;
SELECT is_good, count(*), avg(reading) FROM events GROUP BY is_good;
SELECT note IS NULL AS is_null, count(*) FROM orders GROUP BY 1;
SELECT k, count(*) FROM by_nullable GROUP BY k;
SELECT n, count(*), min(k) FROM by_nullable GROUP BY n;
SELECT v, sum(a) FROM by_bigint GROUP BY v;
SELECT k, sum(n) FROM by_numeric GROUP BY k;
SELECT k, count(*) FROM by_char GROUP BY k;
SELECT length(k), count(*) FROM by_char GROUP BY length(k);
SELECT a, count(*) FROM by_pair GROUP BY a;
SELECT a, b, count(*) FROM by_pair GROUP BY a, b;
SELECT b, a, count(*) FROM by_pair GROUP BY b, a ORDER BY b, a;
SELECT state, count(*) FROM orders GROUP BY state HAVING count(*) > 15;
SELECT state, count(*) FROM orders GROUP BY state HAVING max(total) > 350 OR state = 'paid';
SELECT customer_id, sum(total) FROM orders GROUP BY customer_id HAVING sum(total) > 800;
SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) = 4;
SELECT state FROM orders GROUP BY state HAVING bool_or(note IS NOT NULL);
SELECT state, count(*) FROM orders WHERE customer_id = 4 GROUP BY state;
SELECT state, count(*) FROM orders WHERE customer_id IN (4, 9) GROUP BY state;
SELECT state, count(*) FROM orders GROUP BY state ORDER BY state;
SELECT state, count(*) AS n FROM orders GROUP BY state ORDER BY n DESC, state;
SELECT state, count(*) FROM orders GROUP BY state ORDER BY count(*), state LIMIT 2;
SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id ORDER BY total DESC NULLS LAST, customer_id LIMIT 5;
SELECT customer_id, sum(total) FROM orders GROUP BY customer_id ORDER BY customer_id OFFSET 3 LIMIT 4;
SELECT state, count(DISTINCT customer_id) FROM orders GROUP BY state;
SELECT state, string_agg(id::text, ',' ORDER BY customer_id, id) FROM orders WHERE customer_id < 10 GROUP BY state;
SELECT state, array_agg(DISTINCT id ORDER BY id) FROM orders GROUP BY state;
SELECT state, id, count(*) FROM orders GROUP BY ROLLUP (state, id);
SELECT state, id, count(*) FROM orders GROUP BY CUBE (state, id);
SELECT state, id, grouping(state, id), sum(total) FROM orders GROUP BY GROUPING SETS ((state), (id), ());
SELECT customer_id, state, count(*) FROM orders GROUP BY GROUPING SETS ((customer_id), (customer_id, state));
SELECT state, count(*) FROM orders GROUP BY DISTINCT state, state;
SELECT sum(count(*)) OVER () FROM orders;
SELECT sum(n) FROM (SELECT count(*) AS n FROM orders GROUP BY state) s;
SELECT count(*) FROM countries;
SELECT category, count(*), avg(price) FROM products GROUP BY category;
SELECT level, count(*) FROM settings GROUP BY level;
-- params: 100.5
SELECT state, count(*) FROM orders WHERE total > $1 GROUP BY state;
-- params: 10
SELECT state, count(*) FROM orders GROUP BY state HAVING count(*) > $1;
-- params: 3
SELECT sum(quantity * $1) FROM items;
-- params: 4
SELECT count(*), sum(total) FROM orders WHERE customer_id = $1;
-- params: 3
SELECT customer_id % $1 AS part, count(*) FROM orders GROUP BY part;
-- params: 'open'
SELECT count(*) FILTER (WHERE state = $1) FROM orders;
-- error: 42803
SELECT state, total FROM orders GROUP BY state;
-- error: 42803
SELECT id, count(*) FROM customers;
-- error: 42803
SELECT count(*) FROM orders WHERE count(*) > 1;
-- error: 42803
SELECT sum(count(total)) FROM orders;
