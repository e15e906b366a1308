-- Window functions, over the whole table and over parts that are or are not on one shard.
-- answered: 100

SELECT id, row_number() OVER (ORDER BY id) FROM customers;
SELECT id, row_number() OVER (ORDER BY id) FROM customers WHERE id = 4;
SELECT count(*) OVER () AS n, id FROM customers;
SELECT count(*) OVER () AS n, id FROM orders WHERE customer_id = 4;
SELECT customer_id, id, row_number() OVER (PARTITION BY customer_id ORDER BY id) FROM orders;
SELECT customer_id, id, sum(total) OVER (PARTITION BY customer_id ORDER BY id) FROM orders;
SELECT customer_id, id, sum(total) OVER (PARTITION BY customer_id) FROM orders;
SELECT customer_id, id, rank() OVER (PARTITION BY state ORDER BY customer_id, id) FROM orders;
SELECT customer_id, id, dense_rank() OVER (ORDER BY total DESC NULLS LAST) FROM orders;
SELECT customer_id, id, lag(total) OVER (PARTITION BY customer_id ORDER BY id) FROM orders;
SELECT customer_id, id, lead(id, 1, 0::bigint) OVER (ORDER BY customer_id, id) FROM orders;
SELECT customer_id, id, ntile(4) OVER (ORDER BY customer_id, id) FROM orders;
SELECT customer_id, id, first_value(id) OVER (PARTITION BY customer_id ORDER BY id DESC) FROM orders;
SELECT customer_id, id, nth_value(total, 2) OVER (PARTITION BY customer_id ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders;
SELECT customer_id, id, avg(total) OVER (ORDER BY customer_id, id ROWS 2 PRECEDING) FROM orders;
SELECT customer_id, id, sum(total) OVER w, count(*) OVER w FROM orders WINDOW w AS (PARTITION BY customer_id);
SELECT customer_id, id, sum(total) OVER w FROM orders WINDOW w AS (PARTITION BY state);
SELECT customer_id, state, count(*) OVER (PARTITION BY customer_id, state) FROM orders;
SELECT customer_id, percent_rank() OVER (ORDER BY customer_id, id), cume_dist() OVER (ORDER BY customer_id, id) FROM orders;
SELECT state, count(*), rank() OVER (ORDER BY count(*) DESC) FROM orders GROUP BY state;
SELECT customer_id, sum(total), rank() OVER (ORDER BY sum(total) DESC NULLS LAST, customer_id) FROM orders GROUP BY customer_id;
SELECT * FROM (SELECT customer_id, id, row_number() OVER (PARTITION BY customer_id ORDER BY total DESC NULLS LAST, id) AS r FROM orders) t WHERE r = 1;
SELECT * FROM (SELECT customer_id, id, row_number() OVER (ORDER BY customer_id, id) AS r FROM orders) t WHERE r <= 3 ORDER BY r;
SELECT * FROM (SELECT customer_id, id, row_number() OVER (ORDER BY customer_id, id) AS r FROM orders) t WHERE customer_id = 4;
SELECT id, sum(total) OVER (ORDER BY id) - total AS before FROM orders WHERE customer_id = 14;
SELECT id, max(balance) OVER () AS best FROM customers ORDER BY id LIMIT 5;
SELECT DISTINCT customer_id, count(*) OVER (PARTITION BY customer_id) FROM orders;
SELECT DISTINCT count(*) OVER () FROM orders;
SELECT id FROM customers ORDER BY row_number() OVER (ORDER BY id DESC) LIMIT 3;
SELECT count(*) FILTER (WHERE state = 'open') OVER (PARTITION BY customer_id), id, customer_id FROM orders;
SELECT name, rank() OVER (PARTITION BY category ORDER BY price DESC NULLS LAST) FROM products;
SELECT name, row_number() OVER (ORDER BY id) FROM employees;
-- params: 2
SELECT customer_id, id, lag(id, $1) OVER (PARTITION BY customer_id ORDER BY id) FROM orders;
-- params: 4
SELECT id, row_number() OVER (ORDER BY id DESC) FROM orders WHERE customer_id = $1;
-- error: 42P20
SELECT id FROM orders WHERE row_number() OVER () = 1;
