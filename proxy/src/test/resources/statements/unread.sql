-- SEARCH and CYCLE are not known
WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) SEARCH DEPTH FIRST BY a SET o SELECT * FROM r;
-- SEARCH and CYCLE are not known
WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) CYCLE a SET c USING p SELECT * FROM r;
-- this use of IS is not known
SELECT c IS NFC NORMALIZED FROM t;
-- this use of IS is not known
SELECT '<a/>'::xml IS DOCUMENT;
-- this use of IS is not known
SELECT c IS JSON OBJECT FROM t;
-- xmlelement has a grammar of its own, which is not known
SELECT xmlelement(name a, 'b');
-- json_object has a grammar of its own, which is not known
SELECT json_object('a' : 1);
-- json_value has a grammar of its own, which is not known
SELECT json_value(d, '$.a' RETURNING int) FROM t;
-- unexpected "("
SELECT * FROM json_table('[]', '$[*]' COLUMNS (a int));
-- an element of ON CONFLICT has a collation or an operator class
INSERT INTO t (a) VALUES (1) ON CONFLICT (a int4_ops) DO NOTHING;
-- columns are defined in ROWS FROM
SELECT * FROM ROWS FROM (rows_of(1) AS (n int, s text));
