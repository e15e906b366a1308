-- Hints that say what the statement itself says too, and comments that are none.
-- answered: 100

/* pgbraid: key=42 */ SELECT * FROM by_int WHERE k = 42;
SELECT * FROM by_int WHERE k = 42 /* pgbraid: key=42 */;
/* pgbraid: key=4 */ SELECT name FROM customers WHERE id = 4;
/* pgbraid: key=4 */ SELECT count(*) FROM orders WHERE customer_id = 4;
/* pgdog_sharding_key: 4 */ SELECT count(*) FROM orders WHERE customer_id = 4;
/* pgbraid: key=4 */ SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 4;
/* pgbraid: key=4 */ SELECT id, orders_of(id) FROM customers WHERE id = 4;
/* pgbraid: key=abc */ SELECT * FROM by_text WHERE k = 'abc';
/* pgbraid: key=(42,tenant-1) */ SELECT * FROM by_pair WHERE a = 42 AND b = 'tenant-1';
SELECT n, v FROM by_pair WHERE a = 42 AND b = 'x' /* pgbraid: key=(42, "x") */;
/* pgbraid: key='(2, tenant-2)' */ SELECT array_agg(v ORDER BY n) FROM by_pair WHERE a = 2 AND b || '' = 'tenant-2';
/* pgbraid: key=(-1,) */ SELECT count(*) FROM by_pair WHERE a + 0 = -1 AND b = '';
/* pgbraid: shard=shard-00 */ SELECT name FROM countries;
/* pgbraid: shard=shard-00 */ SELECT * FROM settings;
/* pgbraid: shard=shard-00 */ SELECT 1;
/* pgdog_shard: 0 */ SELECT name FROM products WHERE id = 1;
/* just a comment, key=42 */ SELECT * FROM by_int WHERE k = 5;
SELECT '/* pgbraid: key=42 */' AS text FROM by_int WHERE k = 5;
SELECT * FROM by_int /* pgbraid: key=5 is not at an end */ WHERE k = 42;
-- error: 42P01
/* pgbraid: shard=shard-00 */ SELECT * FROM missing;
