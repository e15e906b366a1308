-- Conditions on keys that are written oddly, do not decide a shard, or decide another one than they seem to.
-- answered: 100

SELECT * FROM by_int WHERE k = 1 + 1;
SELECT * FROM by_int WHERE k % 10 = 3;
SELECT * FROM by_int WHERE k + 1 = 5;
SELECT * FROM by_int WHERE k = 10 / 3;
SELECT * FROM by_int WHERE k = -7;
SELECT * FROM by_int WHERE k = - 7;
SELECT * FROM by_int WHERE k = -(-7);
SELECT * FROM by_int WHERE k = +42;
SELECT * FROM by_int WHERE -k = 7;
SELECT * FROM by_int WHERE k = abs(-42);
SELECT * FROM by_int WHERE abs(k) = 7;
SELECT * FROM by_int WHERE k = 42.0;
SELECT * FROM by_int WHERE k = 42.5;
SELECT * FROM by_int WHERE k = 4.2e1;
SELECT * FROM by_int WHERE k = 0x2A;
SELECT * FROM by_int WHERE k = 1_000;
SELECT * FROM by_int WHERE k = '42';
SELECT * FROM by_int WHERE k = ' 42 ';
SELECT * FROM by_int WHERE k = '042'::int;
SELECT * FROM by_int WHERE k = int '42';
SELECT * FROM by_int WHERE k = CAST('42' AS bigint);
SELECT * FROM by_int WHERE k = 42::smallint;
SELECT * FROM by_int WHERE k = 42::numeric;
SELECT * FROM by_int WHERE k = 42::real;
SELECT * FROM by_int WHERE k = 6000000000;
SELECT * FROM by_int WHERE k::text = '42';
SELECT * FROM by_int WHERE k::bigint = 42;
SELECT * FROM by_int WHERE (k) = (42);
SELECT * FROM by_int WHERE ((k = 42));
SELECT * FROM by_int WHERE 42 = k;
SELECT * FROM by_int WHERE (k = 42) IS TRUE;
SELECT * FROM by_int WHERE (k = 42) IS FALSE;
SELECT * FROM by_int WHERE (k = 42) IS NOT TRUE;
SELECT * FROM by_int WHERE (k = 42) = false;
SELECT * FROM by_int WHERE NOT (k <> 42);
SELECT * FROM by_int WHERE k = 42 AND false;
SELECT * FROM by_int WHERE k = 42 OR true;
SELECT * FROM by_int WHERE k = 42 AND NULL;
SELECT * FROM by_int WHERE NOT k = 42 AND n = 1;
SELECT * FROM by_int WHERE k = 42 AND n = 1 OR k = 5;
SELECT * FROM by_int WHERE n = 1 OR k = 5 AND n = 2;
SELECT * FROM by_int WHERE CASE WHEN k = 42 THEN n = 1 ELSE k < 0 END;
SELECT CASE WHEN k = 42 THEN 'found' ELSE 'other' END AS what, n FROM by_int WHERE n = 2;
SELECT k = 42 AS is_it, n FROM by_int WHERE n = 1;
SELECT * FROM by_int WHERE k = (SELECT 42);
SELECT * FROM by_int WHERE k = COALESCE(NULL, 42);
SELECT * FROM by_int WHERE k = ANY (ARRAY[42, 5]);
SELECT * FROM by_int WHERE k = ANY ('{42,5,-7}');
SELECT * FROM by_int WHERE k = ANY ('{42,NULL}'::int[]);
SELECT * FROM by_int WHERE k = ALL (ARRAY[42]);
SELECT * FROM by_int WHERE k = ALL (ARRAY[]::int[]);
SELECT * FROM by_int WHERE k = SOME (ARRAY[42]);
SELECT * FROM by_int WHERE k <> ALL (ARRAY[42, 5]);
SELECT * FROM by_int WHERE k NOT IN (42, 5);
SELECT * FROM by_int WHERE k NOT IN (42, NULL);
SELECT * FROM by_int WHERE k IN (1, 2 + 1, abs(-5));
SELECT * FROM by_int WHERE k IN (42, NULL);
SELECT * FROM by_int WHERE k IN ('42', '5');
SELECT * FROM by_int WHERE (k, n) IN ((42, 1), (5, 2));
SELECT * FROM by_int WHERE ROW (k, n) = ROW (42, 2);
SELECT * FROM by_int WHERE (k, n) >= (1000, 2);
SELECT * FROM by_int WHERE k OPERATOR(pg_catalog.=) 42;
SELECT * FROM by_int WHERE k IS NULL;
SELECT * FROM by_int WHERE k = NULL;
SELECT * FROM by_int WHERE k BETWEEN SYMMETRIC 42 AND 42;
SELECT * FROM by_int WHERE k >= 42 AND k <= 42;
SELECT * FROM by_int WHERE k > 41 AND k < 43;
SELECT * FROM by_int WHERE k BETWEEN 2 AND 6 AND n = 1;

SELECT * FROM by_varchar WHERE k = '123';
SELECT * FROM by_varchar WHERE k = '007'::text;
SELECT * FROM by_varchar WHERE k = '7';
SELECT * FROM by_varchar WHERE k = 'abc ';
SELECT * FROM by_varchar WHERE k = 'ABC';
SELECT * FROM by_varchar WHERE lower(k) = 'a';
SELECT * FROM by_varchar WHERE k LIKE 'a%';
SELECT * FROM by_varchar WHERE k LIKE 'abc';
SELECT * FROM by_varchar WHERE k = 'a' || 'bc';
SELECT * FROM by_char WHERE k = 'abc     ';
SELECT * FROM by_char WHERE k = 'abc'::text;
SELECT * FROM by_char WHERE k = 'abc  '::char(6);
SELECT * FROM by_char WHERE k = 'abc '::varchar;
SELECT * FROM by_char WHERE k = '';
SELECT * FROM by_text WHERE k = 'abc '::char(8);
SELECT * FROM by_text WHERE k = '';
SELECT * FROM by_text WHERE k = ' ';
SELECT * FROM by_text WHERE k = 'it''s';
SELECT * FROM by_text WHERE k = E'it\'s';
SELECT * FROM by_text WHERE k = E'a\\b';
SELECT * FROM by_text WHERE k = 'a\b';
SELECT * FROM by_text WHERE k = $$it's$$;
SELECT * FROM by_text WHERE k = $tag$"q"$tag$;
SELECT * FROM by_text WHERE k = U&'\0061bc';
SELECT * FROM by_text WHERE k = U&'\+000061!0062c' UESCAPE '!';
SELECT * FROM by_text WHERE k = 'a'
'bc';
SELECT * FROM by_text WHERE k = 'NULL';
SELECT * FROM by_text WHERE k = '日本';
SELECT * FROM by_text WHERE k = 'żółć' COLLATE "C";
SELECT * FROM by_text WHERE k COLLATE "C" = 'a';
SELECT * FROM by_text WHERE k = name 'abc';
SELECT * FROM by_text WHERE k IN ('7', '007', '5', 'missing');
SELECT * FROM by_text WHERE upper(k) = 'A';
SELECT * FROM by_text WHERE k ILIKE 'a';
SELECT * FROM by_text WHERE k ~ '^a$';
SELECT * FROM by_text WHERE starts_with(k, 'tenant-');
SELECT * FROM by_uuid WHERE k = 'F47AC10B-58CC-4372-A567-0E02B2C3D479';
SELECT * FROM by_uuid WHERE k = '{f47ac10b58cc4372a5670e02b2c3d479}';
SELECT * FROM by_uuid WHERE k = uuid 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
SELECT * FROM by_uuid WHERE k::text = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
SELECT * FROM by_date WHERE k = date '2024-02-29';
SELECT * FROM by_date WHERE k = '2024-02-29 10:00'::timestamp;
SELECT * FROM by_date WHERE k = '2024-02-29'::timestamp;
SELECT * FROM by_date WHERE k = 'infinity';
SELECT * FROM by_date WHERE k = '0044-03-15 BC';
SELECT * FROM by_date WHERE k = '20240229';
SELECT * FROM by_date WHERE k = 'Feb 29 2024';
SELECT * FROM by_date WHERE k = make_date(2024, 2, 29);
SELECT * FROM by_date WHERE k = date '2024-02-28' + 1;
SELECT * FROM by_date WHERE k >= '2026-01-01' AND k < '2026-03-01';
SELECT * FROM by_timestamp WHERE k = '2000-01-01'::date;
SELECT * FROM by_timestamp WHERE k = '2000-01-01T00:00:00';
SELECT * FROM by_timestamp WHERE k = timestamp '2024-02-29 12:30:00.000';
SELECT * FROM by_timestamp WHERE k = '-infinity';
SELECT * FROM by_timestamptz WHERE k = '2024-02-29 17:30:00+00';
SELECT * FROM by_timestamptz WHERE k = '2024-02-29T17:30:00Z';
SELECT * FROM by_timestamptz WHERE k = timestamptz '2024-02-29 18:30:00 Europe/Warsaw';
SELECT * FROM by_timestamptz WHERE k = '2024-02-29 17:30:00';
SELECT * FROM by_numeric WHERE k = 1.50;
SELECT * FROM by_numeric WHERE k = 1;
SELECT * FROM by_numeric WHERE k = '1.0';
SELECT * FROM by_numeric WHERE k = 100::bigint;
SELECT * FROM by_numeric WHERE k = 1e2;
SELECT * FROM by_numeric WHERE k = 'NaN';
SELECT * FROM by_numeric WHERE k = 12345678901234567890.1230;
SELECT * FROM by_numeric WHERE k = 0.001::float8;
SELECT * FROM by_bytea WHERE k = 'abc';
SELECT * FROM by_bytea WHERE k = '\x616263';
SELECT * FROM by_bytea WHERE k = E'\\xDEADBEEF';
SELECT * FROM by_bytea WHERE k = decode('ff', 'hex');
SELECT * FROM by_bytea WHERE k = '\377';
SELECT * FROM by_boolean WHERE k;
SELECT * FROM by_boolean WHERE NOT k;
SELECT * FROM by_boolean WHERE k IS TRUE;
SELECT * FROM by_boolean WHERE k = 't';
SELECT * FROM by_boolean WHERE k = 'off';
SELECT * FROM by_boolean WHERE k = (1 = 1);
SELECT * FROM by_domain WHERE k = 'sku-1'::sku;
SELECT * FROM by_domain WHERE k = 'sku-1'::varchar;
SELECT * FROM by_bigint WHERE k = 9223372036854775807;
SELECT * FROM by_bigint WHERE k = -9223372036854775808;
SELECT * FROM by_bigint WHERE k = 9223372036854775808;
SELECT * FROM by_bigint WHERE k = '42'::text::bigint;
SELECT * FROM by_smallint WHERE k = 32767;
SELECT * FROM by_smallint WHERE k = 100000;

SELECT * FROM by_nullable WHERE k IS NULL;
SELECT * FROM by_nullable WHERE k IS NOT NULL;
SELECT * FROM by_nullable WHERE k = NULL;
SELECT * FROM by_nullable WHERE k IS NOT DISTINCT FROM NULL;
SELECT * FROM by_nullable WHERE k IS DISTINCT FROM 1;
SELECT * FROM by_nullable WHERE k IS NULL AND n = 1;
SELECT * FROM by_nullable WHERE k = 1 OR k IS NULL;
SELECT * FROM by_nullable WHERE k IN (1, NULL);
SELECT * FROM by_nullable WHERE k NOT IN (1);
SELECT count(*), count(k), count(n) FROM by_nullable;
SELECT * FROM by_nullable WHERE COALESCE(k, 42) = 42;

SELECT * FROM by_pair WHERE a = 42 AND b = 'tenant-1';
SELECT * FROM by_pair WHERE b = 'tenant-1' AND a = 42 AND n = 2;
SELECT * FROM by_pair WHERE (a, b) = (42, 'x');
SELECT * FROM by_pair WHERE (b, a) = ('x', 42);
SELECT * FROM by_pair WHERE (a, b) IN ((1, 'x'), (2, 'tenant-2'), (42, ''));
SELECT * FROM by_pair WHERE a = 42;
SELECT * FROM by_pair WHERE b = 'x';
SELECT * FROM by_pair WHERE a IN (1, 2) AND b IN ('x', 'tenant-1');
SELECT * FROM by_pair WHERE a = 42 AND b = 'x' OR a = 1 AND b = '';
SELECT * FROM by_pair WHERE a = 42 AND b > 'tenant-1';
SELECT * FROM by_pair WHERE a = 42 AND b IS NULL;
-- params: 42, 'tenant-1'
SELECT * FROM by_pair WHERE a = $1 AND b = $2 ORDER BY n;
-- params: 'tenant-1', 42
SELECT * FROM by_pair WHERE a = $2 AND b = $1 ORDER BY n;
-- params: 42
SELECT * FROM by_pair WHERE a = $1 AND b = 'x' AND n = 1;

-- params: 41
SELECT * FROM by_int WHERE k = $1 + 1;
-- params: 42
SELECT * FROM by_int WHERE k = $1::int;
-- params: 42::bigint
SELECT * FROM by_int WHERE k = $1::bigint;
-- params: '42'
SELECT * FROM by_int WHERE k::text = $1;
-- params: 42::bigint
SELECT * FROM by_int WHERE k = $1;
-- params: 42::smallint
SELECT * FROM by_int WHERE k = $1;
-- params: 42::numeric
SELECT * FROM by_int WHERE k = $1::numeric;
-- params: -7
SELECT * FROM by_int WHERE k = - $1::int;
-- params: '{42,5}'::int[]
SELECT * FROM by_int WHERE k = ANY ($1);
-- params: '{}'::int[]
SELECT * FROM by_int WHERE k = ANY ($1);
-- params: NULL::int[]
SELECT * FROM by_int WHERE k = ANY ($1);
-- params: '{42,NULL}'::int[]
SELECT * FROM by_int WHERE k = ANY ($1);
-- params: '{42}'::int[]
SELECT * FROM by_int WHERE k <> ALL ($1);
-- params: '{6000000000,42}'::bigint[]
SELECT * FROM by_bigint WHERE k = ANY ($1::bigint[]);
-- params: '{abc,"it''s",żółć}'::text[]
SELECT * FROM by_text WHERE k = ANY ($1);
-- params: 'abc'
SELECT * FROM by_text WHERE k = $1 || '';
-- params: 'abc'::varchar
SELECT * FROM by_text WHERE k = $1;
-- params: 'abc '
SELECT * FROM by_char WHERE k = $1;
-- params: 'a', 'abc'
SELECT * FROM by_varchar WHERE k = $1 OR k = $2;
-- params: 42, 42
SELECT * FROM by_int WHERE k = $1 AND k = $2;
-- params: 42, 5
SELECT * FROM by_int WHERE k = $1 AND k = $2;
-- params: 5, 42
SELECT * FROM by_int WHERE k BETWEEN $1 AND $2;
-- params: 42, 1
SELECT * FROM by_int WHERE (k, n) = ($1, $2);
-- params: 42
SELECT $1::int AS echo, k FROM by_int WHERE k = $1::int;
-- params: 42, 'x', NULL
SELECT $2::text || $3, k FROM by_int WHERE k = $1;
