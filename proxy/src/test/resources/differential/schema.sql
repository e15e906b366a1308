-- The tables, views and functions that all statements are about.
--
-- Each sharded table checks that its rows belong to the shard that they are on: its constraint `on_its_shard` asks
-- PostgreSQL's own partitioning. `placed.here` says which shard this is; in one plain database it is the only one.

CREATE SCHEMA placed;
CREATE TABLE placed.here (shard int NOT NULL, shards int NOT NULL);
INSERT INTO placed.here VALUES (0, 1);

CREATE TABLE placed.of_smallint (k smallint) PARTITION BY HASH (k);
CREATE TABLE placed.of_int (k int) PARTITION BY HASH (k);
CREATE TABLE placed.of_bigint (k bigint) PARTITION BY HASH (k);
CREATE TABLE placed.of_text (k text) PARTITION BY HASH (k);
CREATE TABLE placed.of_varchar (k varchar) PARTITION BY HASH (k);
CREATE TABLE placed.of_char (k bpchar) PARTITION BY HASH (k);
CREATE TABLE placed.of_uuid (k uuid) PARTITION BY HASH (k);
CREATE TABLE placed.of_date (k date) PARTITION BY HASH (k);
CREATE TABLE placed.of_timestamp (k timestamp) PARTITION BY HASH (k);
CREATE TABLE placed.of_timestamptz (k timestamptz) PARTITION BY HASH (k);
CREATE TABLE placed.of_numeric (k numeric) PARTITION BY HASH (k);
CREATE TABLE placed.of_bytea (k bytea) PARTITION BY HASH (k);
CREATE TABLE placed.of_boolean (k boolean) PARTITION BY HASH (k);
CREATE TABLE placed.of_pair (a int, b text) PARTITION BY HASH (a, b);

-- The hash of a key modulo 4096, bit by bit.
CREATE FUNCTION placed.remainder(layout regclass, key anyelement) RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
    remainder int := 0;
BEGIN
    FOR bit IN 0..11 LOOP
        IF NOT satisfies_hash_partition(layout, 2 << bit, remainder, key) THEN
            remainder := remainder + (1 << bit);
        END IF;
    END LOOP;
    RETURN remainder;
END $$;

CREATE FUNCTION placed.remainder(layout regclass, a int, b text) RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
    remainder int := 0;
BEGIN
    FOR bit IN 0..11 LOOP
        IF NOT satisfies_hash_partition(layout, 2 << bit, remainder, a, b) THEN
            remainder := remainder + (1 << bit);
        END IF;
    END LOOP;
    RETURN remainder;
END $$;

-- Whether this shard holds that one of so many equal runs of parts.
CREATE FUNCTION placed.is_here(part int, parts int) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT part * shards / parts = shard FROM placed.here);
END $$;

CREATE FUNCTION placed.by_modulo(layout regclass, key anyelement) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT placed.remainder(layout, key) % shards = shard FROM placed.here);
END $$;

-- Whether the first place on the ring that is not before the hash of the key is one of this shard's. The places are
-- the first half of the MD5 of shard-00#0 and so on; a key's hash is that of PostgreSQL, folded as for partitions.
CREATE FUNCTION placed.by_ring(key bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    circle CONSTANT numeric := 18446744073709551616;
    hash numeric := (hashint8extended(key, 8816678312871386365) + 5305509591434766563::numeric + circle) % circle;
BEGIN
    IF hash >= circle / 2 THEN
        hash := hash - circle;
    END IF;
    RETURN (
        SELECT of_shard = (SELECT shard FROM placed.here)
        FROM generate_series(0, (SELECT shards - 1 FROM placed.here)) AS of_shard,
            generate_series(0, 19) AS node,
            LATERAL (SELECT ('x' || left(md5('shard-' || lpad(of_shard::text, 2, '0') || '#' || node), 16))
                ::bit(64)::bigint AS place) AS places
        ORDER BY place < hash, place
        LIMIT 1);
END $$;

CREATE DOMAIN sku AS text CHECK (VALUE <> 'forbidden');
CREATE TYPE status AS ENUM ('new', 'active', 'closed');
CREATE TYPE address AS (street text, city text);

-- One table for each type of key.

CREATE TABLE by_smallint (k smallint, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_smallint', k), 4096)));
CREATE TABLE by_int (k int, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_int', k), 4096)));
CREATE TABLE by_bigint (k bigint, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_bigint', k), 4096)));
CREATE TABLE by_text (k text, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_text', k), 4096)));
CREATE TABLE by_varchar (k varchar(20), n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_varchar', k), 4096)));
CREATE TABLE by_char (k char(8), n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_char', k), 4096)));
CREATE TABLE by_uuid (k uuid, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_uuid', k), 4096)));
CREATE TABLE by_date (k date, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_date', k), 4096)));
CREATE TABLE by_timestamp (k timestamp, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_timestamp', k), 4096)));
CREATE TABLE by_timestamptz (k timestamptz, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_timestamptz', k), 4096)));
CREATE TABLE by_numeric (k numeric, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_numeric', k), 4096)));
CREATE TABLE by_bytea (k bytea, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_bytea', k), 4096)));
CREATE TABLE by_boolean (k boolean, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_boolean', k), 4096)));
CREATE TABLE by_domain (k sku, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_text', k::text), 4096)));

-- The other strategies. Of four ranges and lists, each is on a shard of its own as far as there are so many.

CREATE TABLE by_modulo (k int, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.by_modulo('placed.of_int', k)));
CREATE TABLE by_ring (k bigint, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.by_ring(k)));
CREATE TABLE by_range (k int, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(width_bucket(k, ARRAY[0, 10, 100]), 4)));
CREATE TABLE by_days (k date, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(
        width_bucket(k, ARRAY['2026-01-01', '2026-02-01', '2026-03-01']::date[]), 4)));
CREATE TABLE by_list (k text, n int, v text, a numeric(10, 2), PRIMARY KEY (k, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(
        CASE WHEN k IN ('eu', 'uk') THEN 0 WHEN k = 'us' THEN 1 WHEN k IN ('jp', 'kr') THEN 2 ELSE 3 END, 4)));

-- A key that may be NULL, and a key of two columns.

CREATE TABLE by_nullable (k int, n int, v text,
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_int', k), 4096)));
CREATE TABLE by_pair (a int, b text, n int, v text, PRIMARY KEY (a, b, n),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_pair', a, b), 4096)));

-- Reference tables.

CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL, region text);
CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL, category text, price numeric(8, 2), weight real);

-- A shop: tables that share the customer as their key.

CREATE TABLE customers (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    country char(2) REFERENCES countries,
    state status NOT NULL DEFAULT 'new',
    balance numeric(12, 2) DEFAULT 0,
    born date,
    tags text[],
    profile jsonb,
    home address,
    referrer bigint,
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_bigint', id), 4096)));
CREATE TABLE orders (
    customer_id bigint REFERENCES customers,
    id bigint,
    placed timestamp NOT NULL DEFAULT '2026-01-01 12:00',
    total numeric(10, 2) CHECK (total >= 0),
    state text NOT NULL DEFAULT 'open',
    note text,
    PRIMARY KEY (customer_id, id),
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_bigint', customer_id), 4096)));
CREATE TABLE items (
    customer_id bigint,
    order_id bigint,
    line int,
    product_id int REFERENCES products,
    quantity int NOT NULL DEFAULT 1,
    price numeric(8, 2),
    cost numeric(10, 2) GENERATED ALWAYS AS (quantity * price) STORED,
    PRIMARY KEY (customer_id, order_id, line),
    FOREIGN KEY (customer_id, order_id) REFERENCES orders ON DELETE CASCADE,
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_bigint', customer_id), 4096)));

-- Sharded by another key.

CREATE TABLE events (
    device uuid NOT NULL,
    at timestamptz NOT NULL,
    kind text,
    reading double precision,
    customer_id bigint,
    is_good boolean,
    CONSTRAINT on_its_shard CHECK (placed.is_here(placed.remainder('placed.of_uuid', device), 4096)));

-- Home tables, and a schema for each of two tenants.

CREATE TABLE settings (name text PRIMARY KEY, value text, level int);
CREATE TABLE employees (id int PRIMARY KEY, boss int REFERENCES employees, name text NOT NULL, pay numeric(10, 2));
CREATE TABLE audit (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, what text NOT NULL, customer_id bigint);
CREATE SEQUENCE tickets START 100;

CREATE SCHEMA tenant_first;
CREATE TABLE tenant_first.notes (id int PRIMARY KEY, body text, is_done boolean DEFAULT false);
CREATE SCHEMA tenant_last;
CREATE TABLE tenant_last.notes (id int PRIMARY KEY, body text, is_done boolean DEFAULT false);

CREATE VIEW open_orders AS SELECT customer_id, id, total FROM orders WHERE state = 'open';
CREATE VIEW customer_totals AS
    SELECT c.id, c.name, count(o.id) AS orders, sum(o.total) AS total
    FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
CREATE VIEW order_count AS SELECT count(*) AS orders FROM orders;
CREATE VIEW latest_orders AS SELECT customer_id, id, placed FROM orders ORDER BY placed DESC, customer_id, id LIMIT 3;
CREATE VIEW cheap_products AS SELECT id, name, price FROM products WHERE price < 10;
CREATE VIEW high_settings AS SELECT name, value FROM settings WHERE level > 1;
CREATE VIEW open_of_customers AS SELECT c.name, o.* FROM open_orders o JOIN customers c ON c.id = o.customer_id;

CREATE FUNCTION plus_one(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE FUNCTION fee(numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN round($1 * 0.1, 2); END';
CREATE FUNCTION orders_of(bigint) RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT count(*) FROM public.orders WHERE customer_id = $1';
CREATE FUNCTION all_orders() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM public.orders';
CREATE FUNCTION setting(text) RETURNS text LANGUAGE sql STABLE AS
    'SELECT value FROM public.settings WHERE name = $1';
CREATE FUNCTION twice(int) RETURNS SETOF int LANGUAGE sql IMMUTABLE AS 'VALUES ($1), ($1 * 2)';
CREATE AGGREGATE product_of(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
