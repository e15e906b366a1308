-- Texts that parsers of SQL are known to misread, each with a key that a misreading would move.
-- answered: 80

SELECT id FROM customers WHERE id = 5 AND profile ->> 'k' = '5' OR name = 'Ada';
SELECT id FROM customers WHERE profile ->> 'k' = 'x' AND id = 4;
SELECT id FROM customers WHERE profile -> 'a' ->> 'b' = 'x' OR id = 4;
SELECT id FROM customers WHERE profile #>> '{a,b}' IS NULL AND id = 4;
SELECT id, E'\' WHERE id = 5 --' FROM customers WHERE id = 4;
SELECT id, E'a\'b', 'a\' AS backslash FROM customers WHERE id = 4;
SELECT id, 'a''b', $$a'b$$, $q$a$$b$q$ FROM customers WHERE id = 4;
SELECT id FROM customers


WHERE id = 4;
SELECT id FROM customers
WHERE id = 4;
SELECT id FROM customers WHERE profile@>'{}' AND id = 4;
SELECT id FROM customers WHERE tags@>ARRAY['a'] OR id = 4;
SELECT U&'\0041', id FROM customers WHERE id = 4;
SELECT U&'!0041' UESCAPE '!', id FROM customers WHERE id = 4;
SELECT U&"\0069d" FROM customers WHERE id = 4;
SELECT k FROM by_bigint WHERE k = 4_2;
SELECT k FROM by_bigint WHERE k = 0x2A;
SELECT k FROM by_bigint WHERE k = 0o52;
SELECT k FROM by_bigint WHERE k = 0b101010;
SELECT text 'x', id FROM customers WHERE id = bigint '4';
SELECT id FROM customers WHERE id = int '4' AND born < date '2100-01-01';
SELECT 'a' || 2 + 2 || 'b', id FROM customers WHERE id = 4;
SELECT 2 * 10 ^ 2, -2 ^ 2, id FROM customers WHERE id = 4;
SELECT tags[1:2], tags[1], id FROM customers WHERE id = 4;
SELECT n FROM by_int WHERE k = 42 UNION SELECT n FROM by_int WHERE k = 5 INTERSECT SELECT n FROM by_int WHERE k = 42;
SELECT n FROM by_int WHERE k = 42 EXCEPT SELECT n FROM by_int WHERE k = 5 UNION ALL SELECT 9;
SELECT id FROM customers WHERE id = ANY (ARRAY[1, 4]) ORDER BY id;
SELECT id FROM customers WHERE id = ANY ('{1,4}');
SELECT id FROM customers WHERE id = ANY (ARRAY[4]);
SELECT a, b FROM by_pair WHERE ROW(a, b) = ROW(1, 'a');
WITH customers AS (SELECT * FROM customers WHERE id = 4) SELECT id FROM customers;
WITH orders AS (SELECT 1 AS id) SELECT id FROM orders;
SELECT id FROM customers c WHERE EXISTS (WITH orders AS (SELECT 1) SELECT 1 FROM orders)
AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
SELECT id FROM customers WHERE id = 4 -- AND id = 5
AND name IS NOT NULL;
SELECT id FROM customers WHERE /* id = 5 AND /* nested */ still */ id = 4;
SELECT id FROM "customers" WHERE "id" = 4;
SELECT ID FROM Customers WHERE "id"=4;
SELECT "customers"."id" FROM "public"."customers" WHERE customers.id=4;
SELECT id FROM customers WHERE (((id))) = (((4)));
SELECT id FROM customers WHERE 4 = id;
SELECT id FROM customers WHERE id = +4;
SELECT id FROM customers WHERE id = - -4;
SELECT id FROM customers WHERE id = 4.0;
SELECT id FROM customers WHERE id = '4';
SELECT id FROM customers WHERE id = ' 4 ';
SELECT id FROM customers WHERE id = 4::smallint;
SELECT id FROM customers WHERE id = CAST('4' AS bigint);
SELECT id FROM customers WHERE id BETWEEN 4 AND 4 AND name IS NOT NULL;
SELECT id FROM customers WHERE id IS NOT DISTINCT FROM 4;
SELECT id FROM customers WHERE id = 4 AND id = 5;
SELECT id FROM customers WHERE id = 4 AND NOT id = 5;
-- error: 42601
SELECT id FROM customers WHERE id = `4`;
-- error: 42601
SELECT id FROM customers WHERE id = 4 XOR id = 5;
SELECT id FROM customers AS c (id) WHERE c.id = 4;
SELECT n AS k, k AS n FROM by_int WHERE k = 42 ORDER BY n, k;
SELECT k FROM (SELECT n AS k FROM by_int) AS swapped WHERE k = 1;
SELECT k FROM (SELECT k AS n, n AS k FROM by_int) AS swapped WHERE k = 1 ORDER BY n;
