-- Writes that are committed, after which the shards together hold what one PostgreSQL holds.
-- answered: 80

INSERT INTO customers (id, name) VALUES (200, 'two hundred');
INSERT INTO customers (id, name) VALUES (201, 'more');
INSERT INTO customers (id, name) VALUES (202, 'and more');
INSERT INTO customers (id, name) VALUES (203, 'and more');
INSERT INTO customers (id, name) VALUES (204, 'several'), (205, 'several'), (206, 'several');
INSERT INTO orders (customer_id, id, total) VALUES (200, 1, 5.50), (200, 2, 6.50);
-- params: 200::bigint, 3::bigint, 7.5
INSERT INTO orders (customer_id, id, total) VALUES ($1, $2, $3) RETURNING *;
INSERT INTO items (customer_id, order_id, line, product_id, quantity, price) VALUES (200, 1, 1, 1, 2, 3);
INSERT INTO items SELECT FROM orders WHERE false;
UPDATE customers SET name = 'changed' WHERE id = 4;
UPDATE customers SET balance = 0 WHERE state = 'closed';
-- params: 'by value', 9::bigint
UPDATE customers SET name = $1 WHERE id = $2;
UPDATE orders SET state = 'sent' WHERE customer_id = 14 RETURNING id;
DELETE FROM items WHERE customer_id = 19;
DELETE FROM events WHERE device = '00000000-0000-4000-8000-000000000001';
DELETE FROM events WHERE reading > 10;
INSERT INTO by_text VALUES ('kept ż', 1, 'x', 1), ('kept ż', 2, 'y', 2);
INSERT INTO by_char VALUES ('kept', 1, 'x', 1);
INSERT INTO by_uuid VALUES ('33333333-3333-4333-8333-333333333333', 1, 'x', 1);
INSERT INTO by_numeric VALUES (7.70, 1, 'x', 1), (7.7, 2, 'y', 1);
INSERT INTO by_timestamptz VALUES ('2026-06-01 12:00+02', 1, 'x', 1);
INSERT INTO by_ring VALUES (77, 1, 'x', 1);
INSERT INTO by_modulo VALUES (77, 1, 'x', 1);
INSERT INTO by_range VALUES (-77, 1, 'x', 1);
INSERT INTO by_days VALUES ('2026-12-24', 1, 'x', 1);
INSERT INTO by_list VALUES ('moon', 1, 'x', 1);
INSERT INTO by_pair VALUES (77, 'pair', 1, 'x');
INSERT INTO by_nullable VALUES (NULL, 77, 'x');
-- params: 'wörter'
INSERT INTO by_text (k, n) VALUES ($1, 1);
-- params: '\x7777'::bytea
INSERT INTO by_bytea (k, n) VALUES ($1, 1);
-- params: '2026-06-01'::date
INSERT INTO by_date (k, n) VALUES ($1, 1);
-- params: '2026-06-01 01:02:03.456'::timestamp
INSERT INTO by_timestamp (k, n) VALUES ($1, 1);
-- params: 77.70
INSERT INTO by_numeric (k, n) VALUES ($1, 3);
-- params: false::boolean
INSERT INTO by_boolean (k, n) VALUES ($1, 77);
INSERT INTO by_int VALUES (42, 1, 'updated', 0) ON CONFLICT (k, n) DO UPDATE SET v = excluded.v;
UPDATE by_int SET k = 43 WHERE k = 42;
DELETE FROM by_domain WHERE k = 'sku-1';
INSERT INTO settings VALUES ('kept', 'x', 1);
UPDATE settings SET level = 9 WHERE name = 'theme';
DELETE FROM audit WHERE what = 'fail';
INSERT INTO audit (id, what) VALUES (700, 'kept');
-- error: 23505
INSERT INTO customers (id, name) VALUES (4, 'twice');
-- error: 23514
UPDATE orders SET total = -1 WHERE customer_id = 4;
-- simple
BEGIN; INSERT INTO orders (customer_id, id) VALUES (201, 1); UPDATE orders SET state = 'paid' WHERE customer_id = 201; COMMIT;
-- simple
INSERT INTO orders (customer_id, id) VALUES (202, 1); INSERT INTO orders (customer_id, id) VALUES (202, 2);
-- simple
BEGIN; INSERT INTO orders (customer_id, id) VALUES (203, 1); ROLLBACK;
