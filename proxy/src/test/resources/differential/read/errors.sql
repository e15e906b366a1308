-- What PostgreSQL refuses, with the same SQLSTATE.
-- answered: 88

-- error: 42703
SELECT missing FROM orders;
-- error: 42703
SELECT missing FROM orders WHERE customer_id = 4;
-- error: 42703
SELECT id FROM orders WHERE missing = 4;
-- error: 42703
SELECT o.missing FROM orders o JOIN customers c ON c.id = o.customer_id;
-- error: 42P01
SELECT * FROM missing;
-- error: 42P01
SELECT * FROM missing WHERE id = 4;
-- error: 42P01
SELECT * FROM orders, missing WHERE customer_id = 4;
-- error: 42P01
SELECT x.id FROM orders o WHERE o.customer_id = 4;
-- error: 42P01
SELECT * FROM nowhere.orders;
-- error: 42P01
SELECT * FROM "Orders";
-- error: 42702
SELECT id FROM orders o, customers c WHERE o.customer_id = c.id;
-- error: 42712
SELECT 1 FROM orders, orders;
-- error: 42883
SELECT missing(1);
-- error: 42883
SELECT missing(id) FROM orders WHERE customer_id = 4;
-- error: 42883
SELECT * FROM by_int WHERE k = 'x'::text;
-- error: 42883
SELECT * FROM by_text WHERE k = 5;
-- error: 42883
SELECT * FROM by_uuid WHERE k = 5;
-- error: 22P02
SELECT * FROM by_int WHERE k = 'abc';
-- error: 22P02
SELECT * FROM by_uuid WHERE k = 'abc';
-- error: 22007
SELECT * FROM by_date WHERE k = 'abc';
-- error: 22008
SELECT * FROM by_date WHERE k = '2026-02-30';
-- error: 22P02
SELECT * FROM by_boolean WHERE k = 'maybe';
-- error: 22003
SELECT * FROM by_int WHERE k = '6000000000';
-- error: 22P02
SELECT * FROM by_int WHERE k IN ('1', 'x');
-- error: 22012
SELECT 1 / 0;
-- error: 22012
SELECT id / 0 FROM orders WHERE customer_id = 4;
-- error: 22012
SELECT id / (customer_id - 4) FROM orders;
-- error: 22003
SELECT 2147483647 + 1;
-- error: 22003
SELECT k + 47 + k FROM by_int WHERE k = 2147483600;
-- error: 22P02
SELECT name::int FROM customers WHERE id = 4;
-- error: 22P02
SELECT 'red'::status;
-- error: 22P02
SELECT id FROM customers WHERE state = 'red';
-- error: 23514
SELECT 'forbidden'::sku;
-- error: 42601
SELEC 1;
-- error: 42601
SELECT * FROM orders WHERE;
-- error: 42601
SELECT * FROM orders WHERE customer_id = 4 AND;
-- error: 42601
SELECT * FORM orders;
-- error: 42601
SELECT (1;
-- error: 42601
SELECT 'unterminated;
-- error: 42601
SELECT "unterminated FROM orders;
-- error: 42601
SELECT * FROM orders WHERE id = :x;
-- error: 42601
SELECT `id` FROM orders;
-- error: 42601
DELETE FROM;
-- error: 42601
SELECT 1 /* open comment;
-- error: 42601
SELECT * FROM orders WHERE customer_id = 4 LIMIT;
-- error: 42804
SELECT * FROM orders WHERE customer_id;
-- error: 42804
SELECT * FROM orders WHERE customer_id = 4 AND id;
-- error: 42804
SELECT CASE WHEN true THEN 1 ELSE now() END;
-- error: 42725
SELECT '1' - '2';
-- error: 42883
SELECT ARRAY[1] + 'x'::text;
-- error: 42809
SELECT plus_one(DISTINCT 1);
-- error: 42P13
CREATE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELECT ''a''::text';
-- error: 3D000
DROP DATABASE missing;
-- error: 42704
SELECT 1::missing;
-- error: 42704
SHOW missing;
-- error: 42704
SET missing = 1;
-- error: 22023
SET TimeZone = 'Nowhere/Land';
-- error: 26000
EXECUTE missing;
-- error: 34000
FETCH missing;
-- error: 25P01
SAVEPOINT outside;

-- error: 42P02
-- simple
SELECT * FROM orders WHERE customer_id = $1;
-- error: 22P02
-- params: 'abc'
SELECT * FROM by_int WHERE k = $1::text::int;
