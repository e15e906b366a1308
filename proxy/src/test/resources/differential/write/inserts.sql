-- INSERT: keys from values, several rows, defaults, ON CONFLICT, INSERT from a query.
-- answered: 80

INSERT INTO orders (customer_id, id, total) VALUES (4, 90, 10.50) RETURNING *;
SELECT count(*) FROM orders WHERE customer_id = 4;

INSERT INTO orders (customer_id, id) VALUES (4, 90), (4, 91), (4, 92);
SELECT id, state FROM orders WHERE customer_id = 4 ORDER BY id;

INSERT INTO orders (customer_id, id) VALUES (4, 90), (9, 91), (14, 92) RETURNING customer_id, id;

INSERT INTO customers (id, name) VALUES (100, 'one hundred'), (101, 'more'), (102, 'more still');

INSERT INTO customers (name, id) VALUES ('turned', 100);
SELECT * FROM customers WHERE id = 100;

INSERT INTO customers VALUES (100, 'all', 'de', 'active', 1.25, '2000-02-29', '{a,b}', '{"k": "v"}', ROW('s', 'c'), NULL);
SELECT * FROM customers WHERE id = 100;

INSERT INTO customers (id, name) VALUES (50 + 50, 'computed') RETURNING id;

INSERT INTO customers (id, name) VALUES ('100', 'text') RETURNING id;

INSERT INTO customers (id, name) VALUES (100::smallint, 'small') RETURNING id;

INSERT INTO customers (id, name) VALUES (99.6, 'rounded') RETURNING id;

INSERT INTO customers (id, name) VALUES (-100, 'negative') RETURNING id;

INSERT INTO customers (id, name, state) VALUES (100, 'default', DEFAULT) RETURNING state;

INSERT INTO by_varchar (k, n) VALUES ('padded with too many blanks'::char(20), 1) RETURNING k, length(k);

INSERT INTO by_char (k, n) VALUES ('x  ', 1) RETURNING k, length(k);

INSERT INTO by_nullable VALUES (NULL, 7, 'null key') RETURNING *;

INSERT INTO by_nullable (n) VALUES (7) RETURNING *;

INSERT INTO by_nullable DEFAULT VALUES RETURNING *;

INSERT INTO by_pair VALUES (7, 'seven', 1, 'x') RETURNING *;

INSERT INTO by_pair (n, b, a) VALUES (1, 'seven', 7), (2, 'seven', 7) RETURNING *;

INSERT INTO by_range VALUES (-500, 1, 'low', 0), (-501, 1, 'low', 0) RETURNING k;

INSERT INTO by_range VALUES (5, 8, 'low', 0), (50, 8, 'high', 0) RETURNING k;

INSERT INTO by_list VALUES ('mars', 1, 'far', 0) RETURNING *;

INSERT INTO by_days VALUES ('2026-02-28', 8, 'end', 0), ('2026-02-01', 8, 'begin', 0) RETURNING k;

INSERT INTO items (customer_id, order_id, line, product_id, quantity, price) VALUES (4, 1, 9, 1, 3, 2.50) RETURNING cost;

INSERT INTO events VALUES ('00000000-0000-4000-8000-000000000003', '2026-05-01Z', 'new', 1.5, 4, true) RETURNING *;

INSERT INTO by_int SELECT 42, 60, 'selected', 1 RETURNING *;

INSERT INTO by_int SELECT k, n + 60, v, a FROM by_int WHERE k = 42 RETURNING *;

INSERT INTO by_int SELECT k, n + 60, v, a FROM by_modulo WHERE k = 42 RETURNING *;

INSERT INTO by_int SELECT k, n + 60, v, a FROM by_int;

INSERT INTO by_int SELECT k + 1, n + 60, v, a FROM by_int WHERE k < 100;

INSERT INTO by_int SELECT id + 10, 1, name, price FROM products WHERE id > 6;

INSERT INTO orders (customer_id, id, total) SELECT customer_id, id + 50, total FROM orders WHERE customer_id = 4 RETURNING id;

INSERT INTO by_int (k, n) SELECT 42, count(*) + 70 FROM by_int WHERE k = 42 RETURNING n;

INSERT INTO by_int (k, n) VALUES (42, (SELECT max(n) + 1 FROM by_int WHERE k = 42)) RETURNING n;

INSERT INTO by_int (k, n) VALUES ((SELECT 42), 9) RETURNING *;

INSERT INTO by_int (k, n) VALUES (plus_one(41), 9) RETURNING *;

INSERT INTO by_int VALUES (42, 1, 'again', 0) ON CONFLICT DO NOTHING;

INSERT INTO by_int VALUES (42, 1, 'again', 0) ON CONFLICT (k, n) DO NOTHING RETURNING *;

INSERT INTO by_int VALUES (42, 1, 'again', 0) ON CONFLICT (k, n) DO UPDATE SET v = excluded.v RETURNING *;

INSERT INTO by_int AS t VALUES (42, 1, 'again', 5) ON CONFLICT ON CONSTRAINT by_int_pkey DO UPDATE SET a = t.a + excluded.a WHERE t.k = 42 RETURNING a;

INSERT INTO by_int VALUES (42, 1, 'again', 0), (42, 70, 'new', 0) ON CONFLICT (k, n) DO UPDATE SET v = excluded.v RETURNING n, v;

INSERT INTO by_int VALUES (42, 1, 'moved', 0) ON CONFLICT (k, n) DO UPDATE SET k = 43;

INSERT INTO by_int VALUES (42, 1, 'a', 0), (5, 1, 'b', 0) ON CONFLICT (k, n) DO UPDATE SET v = excluded.v;

WITH new AS (INSERT INTO orders (customer_id, id, total) VALUES (4, 90, 5) RETURNING *) SELECT id, total FROM new;

WITH source AS (SELECT 90 AS id) INSERT INTO orders (customer_id, id) SELECT 4, id FROM source RETURNING id;

WITH new AS (INSERT INTO orders (customer_id, id) VALUES (4, 90) RETURNING customer_id) SELECT c.name FROM customers c JOIN new ON new.customer_id = c.id;

-- params: 4::bigint, 90::bigint, 12.5
INSERT INTO orders (customer_id, id, total) VALUES ($1, $2, $3) RETURNING *;
-- params: 4::bigint
SELECT count(*) FROM orders WHERE customer_id = $1;

-- params: 4::bigint, 90::bigint, 91::bigint
INSERT INTO orders (customer_id, id) VALUES ($1, $2), ($1, $3) RETURNING id;

-- params: 4::bigint, 9::bigint
INSERT INTO orders (customer_id, id) VALUES ($1, 90), ($2, 90);

-- params: NULL::int
INSERT INTO by_nullable (k) VALUES ($1) RETURNING *;

-- error: 23502
INSERT INTO orders (id) VALUES (1);

-- error: 23502
INSERT INTO customers (id) VALUES (100);

-- error: 23502
INSERT INTO customers (name) VALUES ('no key');

-- error: 23503
INSERT INTO orders (customer_id, id) VALUES (777, 1);

-- error: 23503
INSERT INTO items (customer_id, order_id, line) VALUES (4, 99, 1);

-- error: 23505
INSERT INTO customers (id, name) VALUES (4, 'there already');

-- error: 23514
INSERT INTO orders (customer_id, id, total) VALUES (4, 90, -1);

-- error: 22P02
INSERT INTO customers (id, name) VALUES ('x', 'not a number');

-- error: 22001
INSERT INTO by_varchar (k, n) VALUES ('longer than the twenty it may have', 1);

-- error: 22003
INSERT INTO by_smallint (k, n) VALUES (40000, 1);

-- error: 42601
INSERT INTO customers (id, name) VALUES (100, 'x', 'too many');

-- error: 42703
INSERT INTO customers (id, missing) VALUES (100, 'x');

-- error: 428C9
INSERT INTO items (customer_id, order_id, line, cost) VALUES (4, 1, 9, 1);

-- error: 21000
INSERT INTO by_int VALUES (42, 80, 'a', 0), (42, 80, 'b', 0) ON CONFLICT (k, n) DO UPDATE SET v = excluded.v;
