-- Rows written by their key, for every type and strategy.
-- answered: 90

-- for each key
INSERT INTO {table} VALUES ({key}, 50, 'new', 1.5) RETURNING *;
-- for each key
INSERT INTO {table} (v, n, k) VALUES ('new', 50, {other});
-- for each key
-- params: {key}::{type}, 50, 'new'
INSERT INTO {table} (k, n, v) VALUES ($1, $2, $3) RETURNING k, v;
-- for each key
UPDATE {table} SET v = 'changed', a = a + 1 WHERE k = {key} RETURNING *;
-- for each key
-- params: 'changed', {key}::{type}
UPDATE {table} SET v = $1 WHERE k = $2 AND n = 1;
-- for each key
UPDATE {table} SET v = 'changed' WHERE k = {absent};
-- for each key
DELETE FROM {table} WHERE k = {key} RETURNING n;
-- for each key
-- params: {key}::{type}
DELETE FROM {table} WHERE k = $1;
-- for each key
UPDATE {table} SET a = 0 WHERE k IN ({key}, {other});
-- for each key
-- error: 23505
INSERT INTO {table} VALUES ({key}, 1, 'twice', 0);
