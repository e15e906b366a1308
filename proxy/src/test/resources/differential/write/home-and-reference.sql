-- Writes to home tables, tenants' tables and reference tables, and definitions.
-- answered: 78

INSERT INTO settings VALUES ('new', 'x', 1), ('newer', 'y', 2) RETURNING name;
SELECT count(*) FROM settings;

INSERT INTO settings SELECT name || '2', value, level FROM settings RETURNING *;

INSERT INTO settings VALUES ('theme', 'light') ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING *;

UPDATE settings SET value = upper(value) RETURNING *;

UPDATE settings SET level = level + 1 WHERE level > 1;

DELETE FROM settings WHERE name = 'theme' RETURNING value;

INSERT INTO audit (id, what, customer_id) VALUES (900, 'test', 1) RETURNING *;

WITH moved AS (DELETE FROM audit WHERE what = 'login' RETURNING *) INSERT INTO settings (name, value) SELECT 'audit' || id, what FROM moved RETURNING value;

UPDATE employees SET pay = pay * 1.1 WHERE boss = (SELECT id FROM employees WHERE name = 'root') RETURNING name, pay;

DELETE FROM employees WHERE id = 5;

INSERT INTO settings SELECT 'orders', count(*)::text FROM orders RETURNING *;

INSERT INTO settings SELECT 'orders', count(*)::text FROM orders WHERE customer_id = 4 RETURNING *;

INSERT INTO audit (id, what, customer_id) SELECT 900, name, id FROM customers WHERE id = 4 RETURNING *;

UPDATE settings SET value = c.name FROM countries c WHERE c.code = 'de' AND settings.name = 'theme' RETURNING value;

INSERT INTO tenant_first.notes VALUES (10, 'new') RETURNING *;

UPDATE tenant_last.notes SET is_done = true RETURNING *;

DELETE FROM tenant_last.notes WHERE id = 1 RETURNING body;

INSERT INTO tenant_last.notes SELECT id + 10, body FROM tenant_last.notes RETURNING id;

INSERT INTO tenant_last.notes SELECT id + 10, body FROM tenant_first.notes RETURNING id;

INSERT INTO countries VALUES ('fr', 'France', 'eu');
SELECT count(*) FROM countries;

UPDATE products SET price = price * 2 WHERE category = 'food';
SELECT sum(price) FROM products;

UPDATE products SET name = 'pencil' WHERE id = 1 RETURNING *;

DELETE FROM products WHERE id = 999;

SELECT nextval('tickets') > 0 AS is_positive;

SELECT setval('tickets', 500) AS value;

-- params: 'theme', 'blue'
UPDATE settings SET value = $2 WHERE name = $1 RETURNING *;

-- params: 10, 'note'
INSERT INTO tenant_last.notes (id, body) VALUES ($1, $2) RETURNING *;

-- params: 'fr', 'France'
INSERT INTO countries (code, name) VALUES ($1, $2) RETURNING *;

-- error: 23505
INSERT INTO settings VALUES ('theme', 'twice');

-- error: 23505
INSERT INTO countries VALUES ('de', 'twice', NULL);

-- error: 23503
DELETE FROM employees WHERE id = 1;

-- error: 22P02
UPDATE settings SET level = 'x' WHERE name = 'theme';

CREATE TABLE extra (id int PRIMARY KEY, name text);
INSERT INTO extra VALUES (1, 'a') RETURNING *;
SELECT * FROM extra;
DROP TABLE extra;

CREATE INDEX settings_by_value ON settings (value);

CREATE VIEW some_settings AS SELECT name FROM settings;
SELECT count(*) FROM some_settings;

CREATE TABLE copied AS SELECT * FROM settings;
SELECT count(*) FROM copied;

ALTER TABLE settings ADD COLUMN more int DEFAULT 7;
SELECT name, more FROM settings;

CREATE INDEX orders_by_state ON orders (state);

ALTER TABLE customers ADD COLUMN more int DEFAULT 7;
SELECT more FROM customers WHERE id = 4;

CREATE TYPE mood AS ENUM ('good', 'bad');

CREATE FUNCTION three() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 3';
SELECT three();

COMMENT ON TABLE settings IS 'what is set';

DO $$ BEGIN PERFORM 1; END $$;

-- error: 42P07
CREATE TABLE settings (id int);

-- error: 42P01
DROP TABLE missing;

-- error: 42P07
CREATE TABLE orders (id int);
