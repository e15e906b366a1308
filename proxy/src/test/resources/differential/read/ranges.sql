-- Conditions on ranges of keys, and on tables that are placed by ranges and lists.
-- answered: 100

SELECT * FROM by_range WHERE k < 0;
SELECT * FROM by_range WHERE k <= 0;
SELECT * FROM by_range WHERE k >= 100;
SELECT * FROM by_range WHERE k > 99;
SELECT * FROM by_range WHERE k BETWEEN 0 AND 9;
SELECT * FROM by_range WHERE k BETWEEN 5 AND 50;
SELECT * FROM by_range WHERE k BETWEEN 50 AND 5;
SELECT * FROM by_range WHERE k BETWEEN SYMMETRIC 50 AND 5;
SELECT * FROM by_range WHERE k NOT BETWEEN 0 AND 99;
SELECT * FROM by_range WHERE k > 3 AND k < 7;
SELECT * FROM by_range WHERE 3 < k AND 7 > k;
SELECT * FROM by_range WHERE k > 3 OR k < -50;
SELECT * FROM by_range WHERE NOT k > 3;
SELECT * FROM by_range WHERE k < 10 AND k > 10;
SELECT * FROM by_range WHERE k IN (-1, 0, 9, 10, 99, 100);
SELECT * FROM by_range WHERE k = 10;
SELECT * FROM by_range WHERE k = 9.5;
SELECT * FROM by_range WHERE k < 9.5;
SELECT * FROM by_range WHERE k < '10';
SELECT * FROM by_range WHERE k < 5::bigint;
SELECT * FROM by_range WHERE k < 10000000000;
SELECT * FROM by_range WHERE k + 0 < 0;
SELECT * FROM by_range WHERE (k, n) < (1, 2);
SELECT * FROM by_range WHERE k < n;
SELECT * FROM by_range WHERE k < (SELECT 0);
SELECT k, n FROM by_range WHERE k >= 0 AND k < 10 ORDER BY k DESC, n;
SELECT count(*), sum(a) FROM by_range WHERE k >= 0 AND k < 10;
SELECT count(*), sum(a) FROM by_range WHERE k >= 0;
SELECT max(k) FROM by_range WHERE k < 10;
-- params: 3, 7
SELECT k, n FROM by_range WHERE k > $1 AND k < $2;
-- params: 0
SELECT k, n FROM by_range WHERE k >= $1;
-- params: NULL::int
SELECT k, n FROM by_range WHERE k >= $1;
-- params: 50, 5
SELECT k, n FROM by_range WHERE k BETWEEN $1 AND $2;

SELECT k, n FROM by_days WHERE k < '2026-01-01';
SELECT k, n FROM by_days WHERE k >= '2026-01-01' AND k < '2026-02-01';
SELECT k, n FROM by_days WHERE k >= date '2026-02-28';
SELECT k, n FROM by_days WHERE k = '2026-02-28'::date;
SELECT k, n FROM by_days WHERE k BETWEEN '2026-01-09' AND '2026-01-29' AND n = 1;
SELECT k, n FROM by_days WHERE k < '2026-01-09 12:00'::timestamp;
SELECT k, n FROM by_days WHERE k < '-infinity';
SELECT k, n FROM by_days WHERE extract(month FROM k) = 2;
SELECT k, n FROM by_days WHERE date_trunc('month', k) = '2026-01-01';
SELECT k, count(*) FROM by_days GROUP BY k;
SELECT date_trunc('month', k) AS month, count(*), sum(a) FROM by_days GROUP BY month ORDER BY month;
-- params: '2026-01-09'::date
SELECT k, n FROM by_days WHERE k = $1;
-- params: '2026-01-01'::date, '2026-02-01'::date
SELECT k, n FROM by_days WHERE k >= $1 AND k < $2;

SELECT * FROM by_list WHERE k = 'eu';
SELECT * FROM by_list WHERE k = 'EU';
SELECT * FROM by_list WHERE k IN ('eu', 'uk');
SELECT * FROM by_list WHERE k IN ('us', 'br');
SELECT * FROM by_list WHERE k = 'br';
SELECT * FROM by_list WHERE k <> 'eu';
SELECT * FROM by_list WHERE k > 'jp';
SELECT * FROM by_list WHERE k BETWEEN 'jp' AND 'kr';
SELECT * FROM by_list WHERE k LIKE 'u_';
SELECT * FROM by_list WHERE k IS NULL;
SELECT k, count(*), string_agg(v, ',') FROM by_list GROUP BY k;
-- params: 'kr'
SELECT * FROM by_list WHERE k = $1;
-- params: 'nowhere'
SELECT * FROM by_list WHERE k = $1;
-- params: '{eu,br}'::text[]
SELECT * FROM by_list WHERE k = ANY ($1);

SELECT * FROM by_int WHERE k > 42;
SELECT * FROM by_int WHERE k < -100 OR k > 1000;
SELECT k, n FROM by_int WHERE k >= 3 AND k <= 5 ORDER BY k, n;
SELECT * FROM by_modulo WHERE k BETWEEN 1 AND 3;
SELECT * FROM by_ring WHERE k > 42;
SELECT * FROM by_ring WHERE k IN (42, 2147483648, 9223372036854775807);
SELECT * FROM by_modulo WHERE k IN (1, 2, 3, 42);
SELECT * FROM by_text WHERE k >= 'abc' AND k < 'tenant';
SELECT * FROM by_uuid WHERE k > '11111111-1111-4111-8111-111111111111';
SELECT * FROM by_numeric WHERE k > 1;
SELECT * FROM by_timestamptz WHERE k > '2020-01-01 00:00:00Z' ORDER BY k, n;
SELECT * FROM by_bytea WHERE k >= '\xde' ORDER BY k, n;
