-- Rows looked up by their key, in every spelling and for every type and strategy.
-- answered: 100

-- for each key
SELECT * FROM {table} WHERE k = {key};
-- for each key
SELECT k, n, v FROM {table} WHERE {key} = k ORDER BY n;
-- for each key
SELECT t.v FROM {table} AS t WHERE t.k = {key} AND t.n = 1;
-- for each key
SELECT public.{table}.v, a FROM public.{table} WHERE public.{table}.k = {key} AND n > 1;
-- for each key
SELECT count(*), max(n), sum(a) FROM {table} WHERE k = {absent};
-- for each key
-- params: {key}::{type}
SELECT * FROM {table} WHERE k = $1 ORDER BY n;
-- for each key
-- params: {absent}::{type}
SELECT n FROM {table} WHERE k = $1;
-- for each key
-- params: {key}::{type}, 2
SELECT n, v, a FROM {table} WHERE n = $2 AND k = $1;
-- for each key
-- params: NULL::{type}
SELECT * FROM {table} WHERE k = $1;
-- for each key
SELECT k, n FROM {table} WHERE k IN ({key});
-- for each key
SELECT k, n FROM {table} WHERE k IN ({key}, {other}, {absent});
-- for each key
-- params: {key}::{type}, {other}::{type}
SELECT k, n, a FROM {table} WHERE k IN ($1, $2);
-- for each key
-- params: {key}::{type}, {key}::{type}
SELECT k, n, a FROM {table} WHERE k = $1 OR k = $2;
-- for each key
SELECT k, n FROM {table} WHERE k = {key} OR k = {other};
-- for each key
SELECT k, n FROM {table} WHERE k = {key} OR n = 1;
-- for each key
SELECT k, n FROM {table} WHERE k = {key} AND k = {other};
-- for each key
SELECT k, n FROM {table} WHERE k = {key} AND (n = 1 OR k = {other});
-- for each key
SELECT k, n FROM {table} WHERE NOT k = {key};
-- for each key
SELECT k, n FROM {table} WHERE k <> {key};
-- for each key
SELECT k, n FROM {table} WHERE k IS NOT DISTINCT FROM {key};
-- for each key
SELECT count(*) FROM {table} WHERE k > {key};
-- for each key
SELECT k, n FROM {table} WHERE k BETWEEN {key} AND {key};
-- for each key
SELECT k, n FROM {table} WHERE (k, n) = ({key}, 1);
-- for each key
SELECT k, n FROM {table} WHERE k = CAST({key} AS {type});
-- for each key
SELECT k, n, v FROM {table} ORDER BY k, n;
-- for each key
SELECT k FROM {table} GROUP BY k;
