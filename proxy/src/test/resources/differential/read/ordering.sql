-- ORDER BY, LIMIT, OFFSET, FETCH and DISTINCT.
-- answered: 100

SELECT id, name FROM customers ORDER BY id;
SELECT id, name FROM customers ORDER BY id DESC;
SELECT id, name FROM customers ORDER BY 1;
SELECT id AS x, name FROM customers ORDER BY x;
SELECT name AS id, id AS name FROM customers ORDER BY id, name;
SELECT id, name FROM customers ORDER BY name, id;
SELECT id, name FROM customers ORDER BY name DESC, id DESC;
SELECT id, name FROM customers ORDER BY lower(name), id;
SELECT id, name FROM customers ORDER BY name COLLATE "C", id;
SELECT id, name FROM customers ORDER BY name COLLATE "unicode", id;
SELECT id, name FROM customers ORDER BY length(name), id;
SELECT name FROM customers ORDER BY id;
SELECT name FROM customers ORDER BY born, id;
SELECT id, balance FROM customers ORDER BY balance, id;
SELECT id, balance FROM customers ORDER BY balance DESC, id;
SELECT id, balance FROM customers ORDER BY balance NULLS FIRST, id;
SELECT id, balance FROM customers ORDER BY balance DESC NULLS LAST, id;
SELECT id, balance FROM customers ORDER BY balance USING >, id;
SELECT id, -balance FROM customers ORDER BY -balance, id;
SELECT id, state FROM customers ORDER BY state, id;
SELECT id, state FROM customers ORDER BY state DESC, id;
SELECT id, born FROM customers ORDER BY born, id;
SELECT id, born FROM customers ORDER BY extract(month FROM born), id;
SELECT id, tags FROM customers ORDER BY tags, id;
SELECT id, profile FROM customers ORDER BY profile, id;
SELECT id, home FROM customers ORDER BY home, id;
SELECT id, country FROM customers ORDER BY country NULLS FIRST, id;
SELECT at, reading FROM events ORDER BY at;
SELECT at, reading FROM events ORDER BY reading DESC NULLS LAST, at;
SELECT at, is_good FROM events ORDER BY is_good, at;
SELECT device, at FROM events ORDER BY device, at;
SELECT device, at FROM events ORDER BY device DESC, at DESC LIMIT 10;
SELECT k, n FROM by_text ORDER BY k, n;
SELECT k, n FROM by_text ORDER BY k DESC, n DESC;
SELECT k, n FROM by_text ORDER BY upper(k), k, n;
SELECT k, n FROM by_char ORDER BY k, n;
SELECT k, n FROM by_numeric ORDER BY k DESC, n;
SELECT k, n FROM by_bytea ORDER BY k DESC, n;
SELECT k, n FROM by_nullable ORDER BY k, n;
SELECT k, n FROM by_nullable ORDER BY k NULLS FIRST, n NULLS FIRST;
SELECT * FROM by_pair ORDER BY b, a, n;
SELECT id, id AS again, name FROM customers ORDER BY again DESC;
SELECT c.name, o.id, c.id FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY c.id, o.id;
SELECT o.id AS id, c.id AS customer FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY customer, o.id;
-- ties
SELECT id, state FROM customers ORDER BY state;
-- error: 42601
SELECT state FROM orders ORDER BY NULL;
-- ties
SELECT id FROM customers ORDER BY 'constant'::text;
SELECT id FROM customers ORDER BY id LIMIT 5;
SELECT id FROM customers ORDER BY id LIMIT 0;
SELECT id FROM customers LIMIT 0;
SELECT id FROM customers ORDER BY id LIMIT ALL;
SELECT id FROM customers ORDER BY id LIMIT NULL;
SELECT id FROM customers ORDER BY id OFFSET 38;
SELECT id FROM customers ORDER BY id OFFSET 5 LIMIT 5;
SELECT id FROM customers ORDER BY id LIMIT 5 OFFSET 5;
SELECT id FROM customers ORDER BY id LIMIT 5 OFFSET 1000;
SELECT id FROM customers ORDER BY id LIMIT 2 + 3;
SELECT id FROM customers ORDER BY id LIMIT 5::bigint OFFSET '2';
SELECT id FROM customers ORDER BY id FETCH FIRST 3 ROWS ONLY;
SELECT id FROM customers ORDER BY id FETCH FIRST ROW ONLY;
SELECT id FROM customers ORDER BY id OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY;
-- ties
SELECT state FROM customers ORDER BY state FETCH FIRST 3 ROWS WITH TIES;
SELECT id FROM orders WHERE customer_id = 4 ORDER BY id LIMIT 2;
SELECT id FROM orders WHERE customer_id = 4 ORDER BY id OFFSET 1;
SELECT count(*) FROM (SELECT id FROM orders LIMIT 10) t;
SELECT count(*) FROM (SELECT id FROM orders OFFSET 10) t;
SELECT name FROM customers WHERE id = 4 LIMIT 1;
SELECT total FROM orders ORDER BY total DESC NULLS LAST, customer_id, id LIMIT 3;
SELECT total, customer_id FROM orders ORDER BY total, customer_id, id LIMIT 3;
SELECT customer_id FROM orders ORDER BY customer_id LIMIT 4;
SELECT DISTINCT state FROM orders;
SELECT DISTINCT state FROM orders ORDER BY state;
SELECT DISTINCT state FROM orders ORDER BY state DESC LIMIT 2;
SELECT DISTINCT customer_id FROM orders;
SELECT DISTINCT customer_id, state FROM orders;
SELECT DISTINCT name, country FROM customers;
SELECT DISTINCT kind FROM events;
SELECT DISTINCT note FROM orders WHERE customer_id = 4;
SELECT DISTINCT state, id FROM orders ORDER BY state, id OFFSET 2;
SELECT DISTINCT customer_id % 2 AS odd FROM orders ORDER BY odd;
SELECT DISTINCT ON (customer_id) customer_id, id, total FROM orders ORDER BY customer_id, total DESC NULLS LAST, id;
SELECT DISTINCT ON (state) state, customer_id, id FROM orders ORDER BY state, customer_id DESC, id;
SELECT DISTINCT ON (state) state, customer_id, id FROM orders ORDER BY state, customer_id, id LIMIT 2;
SELECT DISTINCT k FROM by_nullable ORDER BY k;
SELECT DISTINCT a FROM by_pair;
SELECT DISTINCT a, b FROM by_pair;
SELECT ALL state FROM orders WHERE customer_id = 4;
SELECT DISTINCT profile FROM customers;
SELECT DISTINCT tags FROM customers ORDER BY tags;
SELECT DISTINCT k FROM by_char;
SELECT DISTINCT region FROM countries ORDER BY region NULLS FIRST;
SELECT name FROM products ORDER BY price NULLS FIRST, id LIMIT 3;
SELECT name FROM employees ORDER BY pay DESC, name LIMIT 2;
-- params: 5
SELECT id FROM customers ORDER BY id LIMIT $1;
-- params: 5, 3
SELECT id FROM customers ORDER BY id LIMIT $1 OFFSET $2;
-- params: NULL::bigint
SELECT id FROM customers ORDER BY id LIMIT $1;
-- params: 4, 2
SELECT id FROM orders WHERE customer_id = $1 ORDER BY id LIMIT $2;
-- params: 3
SELECT id FROM customers ORDER BY id % $1, id;
-- error: 2201W
SELECT id FROM customers ORDER BY id LIMIT -1;
-- error: 2201X
SELECT id FROM customers ORDER BY id OFFSET -1;
-- error: 42P10
SELECT id FROM customers ORDER BY 3;
-- error: 42P10
SELECT DISTINCT state FROM orders ORDER BY id;
-- error: 42702
SELECT id AS x, customer_id AS x FROM orders ORDER BY x;
