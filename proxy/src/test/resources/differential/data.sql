-- Little data, but with what goes wrong: NULLs, duplicates, negative numbers, empty and odd texts, ends of ranges.

INSERT INTO by_smallint
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE 'v' || k END, k * 1.5 + n
FROM unnest('{-32768,-7,-1,0,1,2,3,5,42,99,32767}'::smallint[]) AS k, generate_series(1, 2) AS n;

INSERT INTO by_int
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE 'v' || k % 5 END, k % 1000 * 0.25 + n
FROM unnest('{-2147483600,-100,-7,-1,0,1,2,3,4,5,6,7,8,9,10,42,99,100,1000,2147483600}'::int[]) AS k,
    generate_series(1, 2) AS n;

INSERT INTO by_bigint
SELECT k, n, CASE WHEN n = 2 THEN '' ELSE 'v' || k % 3 END, CASE WHEN k % 2 = 0 THEN k % 100 + n END
FROM unnest('{-9223372036854775808,-6000000000,-1,0,1,2,3,5,42,2147483648,6000000000,9223372036854775807}'::bigint[])
    AS k, generate_series(1, 2) AS n;

INSERT INTO by_text
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE upper(k) END, length(k) + n
FROM unnest(ARRAY['', ' ', 'a', 'A', 'abc', 'abc ', 'tenant-1', 'tenant-2', 'żółć', 'naïve', '007', '7', '5', 'NULL',
    'it''s', 'a\b', '"q"', '0123456789abcdef', '日本']) AS k, generate_series(1, 2) AS n;

INSERT INTO by_varchar
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE upper(k) END, length(k) + n
FROM unnest(ARRAY['', 'a', 'A', 'abc', 'abc ', '123', '007', '7', 'żółć', 'twenty characters ok']) AS k,
    generate_series(1, 2) AS n;

INSERT INTO by_char
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE upper(k) END, length(k) + n
FROM unnest(ARRAY['', 'a', 'A', 'abc', '123', '007', 'żółć', 'eight ok']) AS k, generate_series(1, 2) AS n;

INSERT INTO by_uuid
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE left(k::text, 3) END, n
FROM unnest('{00000000-0000-0000-0000-000000000000,f47ac10b-58cc-4372-a567-0e02b2c3d479,
    11111111-1111-4111-8111-111111111111,22222222-2222-4222-8222-222222222222,
    ffffffff-ffff-ffff-ffff-ffffffffffff}'::uuid[]) AS k, generate_series(1, 2) AS n;

INSERT INTO by_date
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE to_char(k, 'DDD') END, n
FROM unnest('{1999-12-31,2000-01-01,2024-02-29,2026-01-31,2026-02-01,2026-11-21,0044-03-15 BC,infinity}'::date[]) AS k,
    generate_series(1, 2) AS n;

INSERT INTO by_timestamp
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE to_char(k, 'HH24') END, n
FROM unnest('{1999-12-31 23:59:59.999999,2000-01-01 00:00:00,2024-02-29 12:30:00,2026-11-21 08:00:00.5,
    -infinity}'::timestamp[]) AS k, generate_series(1, 2) AS n;

INSERT INTO by_timestamptz
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE to_char(k AT TIME ZONE 'UTC', 'HH24') END, n
FROM unnest('{1999-12-31 23:59:59.999999+00,2000-01-01 00:00:00+02,2024-02-29 12:30:00-05,2026-11-21 08:00:00.5Z,
    infinity}'::timestamptz[]) AS k, generate_series(1, 2) AS n;

INSERT INTO by_numeric
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE trunc(k)::text END, n
FROM unnest('{-1.5,0,1,1.5,2.50,100,12345678901234567890.123,0.001,NaN}'::numeric[]) AS k, generate_series(1, 2) AS n;

INSERT INTO by_bytea
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE encode(k, 'hex') END, length(k) + n
FROM unnest(ARRAY['\x', '\x00', '\xdeadbeef', '\xff', 'abc']::bytea[]) AS k, generate_series(1, 2) AS n;

INSERT INTO by_boolean
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE k::text END, n
FROM unnest('{true,false}'::boolean[]) AS k, generate_series(1, 3) AS n;

INSERT INTO by_domain
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE upper(k) END, length(k) + n
FROM unnest(ARRAY['', 'sku-1', 'sku-2', 'sku-3', 'SKU-1']) AS k, generate_series(1, 2) AS n;

INSERT INTO by_modulo SELECT * FROM by_int;
INSERT INTO by_ring SELECT * FROM by_bigint;
INSERT INTO by_range SELECT * FROM by_int;

INSERT INTO by_days
SELECT k::date, n, CASE WHEN n = 2 THEN NULL ELSE to_char(k, 'Day') END, n
FROM generate_series('2025-12-20'::timestamp, '2026-03-10', '10 days') AS k, generate_series(1, 2) AS n;

INSERT INTO by_list
SELECT k, n, CASE WHEN n = 2 THEN NULL ELSE upper(k) END, n
FROM unnest('{eu,uk,us,jp,kr,br,za}'::text[]) AS k, generate_series(1, 3) AS n;

INSERT INTO by_nullable VALUES (NULL, 1, 'none'), (NULL, 2, NULL), (1, 1, 'one'), (2, NULL, 'two'), (3, 3, NULL),
    (42, NULL, NULL), (NULL, NULL, NULL);

INSERT INTO by_pair
SELECT a, b, n, CASE WHEN n = 2 THEN NULL ELSE b || a END
FROM unnest('{1,2,42,-1}'::int[]) AS a, unnest('{tenant-1,tenant-2,x,""}'::text[]) AS b, generate_series(1, 2) AS n;

INSERT INTO countries VALUES ('de', 'Germany', 'eu'), ('pl', 'Poland', 'eu'), ('us', 'United States', 'us'),
    ('jp', 'Japan', 'asia'), ('aq', 'Antarctica', NULL), ('br', 'Brazil', 'latam');

INSERT INTO products VALUES (1, 'pen', 'office', 1.50, 0.02), (2, 'desk', 'office', 249.00, 38.5),
    (3, 'lamp', 'office', 39.90, 1.2), (4, 'tea', 'food', 4.25, 0.25), (5, 'Tea', 'food', 5.25, 0.25),
    (6, 'gift', NULL, NULL, NULL), (7, 'apple', 'food', 0.40, 0.18), (8, 'żurek', 'food', 3.10, 0.5);

INSERT INTO customers
SELECT i,
    (ARRAY['Ada', 'bob', 'Zoë', 'Ada', 'étienne', '', 'O''Hara', 'Zoe'])[i % 8 + 1],
    (ARRAY['de', 'pl', 'us', 'jp', NULL, 'de'])[i % 6 + 1],
    (ARRAY['new', 'active', 'closed', 'active'])[i % 4 + 1]::status,
    CASE WHEN i % 7 = 3 THEN NULL ELSE (i * 37 % 1000 - 300) * 1.25 END,
    CASE WHEN i % 5 = 0 THEN NULL ELSE '1960-01-01'::date + i * 313 END,
    CASE WHEN i % 4 = 1 THEN NULL ELSE ARRAY['t' || i % 3, 'x'] END,
    CASE WHEN i % 3 = 0 THEN NULL ELSE jsonb_build_object('k', (i % 5)::text, 'level', i % 4, 'tags', ARRAY[i, i + 1]) END,
    CASE WHEN i % 6 = 2 THEN ROW('Street ' || i, 'Town ' || i % 3)::address END,
    CASE WHEN i % 3 = 1 THEN i / 2 + 1 END
FROM generate_series(1, 40) AS i;
INSERT INTO customers (id, name) VALUES (-5, 'negative'), (6000000000, 'big');

INSERT INTO orders
SELECT c, n, '2026-01-01'::timestamp + (c * 7 + n * 13) % 60 * interval '1 day' + n * interval '1 hour',
    CASE WHEN (c + n) % 9 = 0 THEN NULL ELSE (c * 53 + n * 101) % 400 + 0.99 END,
    (ARRAY['open', 'paid', 'sent', 'open'])[(c + n) % 4 + 1],
    CASE WHEN (c * n) % 3 = 0 THEN 'note ' || n END
FROM generate_series(1, 40) AS c, generate_series(1, 4) AS n
WHERE n <= c % 5;

INSERT INTO items (customer_id, order_id, line, product_id, quantity, price)
SELECT customer_id, id, line, (customer_id + id + line) % 8 + 1, (customer_id * line) % 4 + 1,
    CASE WHEN (id + line) % 7 = 0 THEN NULL ELSE (customer_id + line * 3) % 20 + 0.5 END
FROM orders, generate_series(1, 3) AS line
WHERE line <= (customer_id + id) % 4;

INSERT INTO events
SELECT ('00000000-0000-4000-8000-' || lpad((i % 12)::text, 12, '0'))::uuid,
    '2026-03-01 00:00:00+00'::timestamptz + i * interval '17 minutes',
    (ARRAY['start', 'stop', NULL, 'Error', 'error'])[i % 5 + 1],
    CASE WHEN i % 11 = 0 THEN NULL ELSE (i * 7 % 50) / 4.0 END,
    i % 45,
    CASE WHEN i % 6 = 0 THEN NULL ELSE i % 2 = 0 END
FROM generate_series(1, 120) AS i;

INSERT INTO settings VALUES ('theme', 'dark', 1), ('limit', '10', 2), ('empty', '', 3), ('none', NULL, NULL),
    ('żółć', 'ü', 2);
INSERT INTO employees VALUES (1, NULL, 'root', 900.00), (2, 1, 'ann', 500.50), (3, 1, 'bob', 500.50),
    (4, 2, 'cid', 300.00), (5, 4, 'dan', NULL), (6, 3, 'eve', 310.25);
INSERT INTO audit (what, customer_id) VALUES ('login', 1), ('login', 2), ('logout', 1), ('fail', NULL), ('login', 42);
INSERT INTO tenant_first.notes VALUES (1, 'first of first', true), (2, NULL, false), (3, '', NULL);
INSERT INTO tenant_last.notes VALUES (1, 'first of last', false), (2, 'second', true);
