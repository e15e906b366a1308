-- What psql, pg_dump and drivers ask of the catalog.
-- answered: 100

SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname OPERATOR(pg_catalog.~) '^(orders)$' COLLATE pg_catalog.default AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 2, 3;
SELECT n.nspname AS "Schema", c.relname AS "Name", CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' END AS "Type", pg_catalog.pg_get_userbyid(c.relowner) AS "Owner" FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', '') AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1, 2;
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull, a.attidentity, a.attgenerated FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum;
SELECT c2.relname, i.indisprimary, i.indisunique, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) FROM pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_index i WHERE c.oid = 'items'::regclass AND c.oid = i.indrelid AND i.indexrelid = c2.oid ORDER BY i.indisprimary DESC, c2.relname;
SELECT conname, pg_catalog.pg_get_constraintdef(r.oid, true) FROM pg_catalog.pg_constraint r WHERE r.conrelid = 'items'::regclass ORDER BY 1;
SELECT conname, conrelid::pg_catalog.regclass AS ontable FROM pg_catalog.pg_constraint c WHERE confrelid = 'orders'::regclass AND contype = 'f' ORDER BY conname;
SELECT p.proname, pg_catalog.pg_get_function_result(p.oid), pg_catalog.pg_get_function_arguments(p.oid) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' ORDER BY 1;
SELECT t.typname, e.enumlabel FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid ORDER BY 1, e.enumsortorder;
SELECT t.typname, t.typtype, pg_catalog.format_type(t.typbasetype, t.typtypmod) FROM pg_catalog.pg_type t WHERE t.typname IN ('sku', 'status', 'address') ORDER BY 1;
SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE 'tenant%' ORDER BY 1;
SELECT rolname, rolsuper, rolcanlogin FROM pg_catalog.pg_roles WHERE rolname = 'tester';
SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name;
SELECT column_name, ordinal_position, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'customers' ORDER BY ordinal_position;
SELECT tc.constraint_type, kcu.column_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name) WHERE tc.table_name = 'orders' AND tc.constraint_type = 'PRIMARY KEY' ORDER BY kcu.ordinal_position;
SELECT view_name FROM (SELECT table_name AS view_name FROM information_schema.views WHERE table_schema = 'public') v ORDER BY 1;
SELECT NULL AS table_cat, n.nspname AS table_schem, c.relname AS table_name FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname LIKE 'ord%' AND c.relkind = 'r' ORDER BY 2, 3;
SELECT oid, typname, typarray FROM pg_type WHERE typname = 'status';
SELECT typname, typcategory, typdelim FROM pg_type WHERE oid = 25;
SELECT 'orders'::regclass::oid = c.oid AS same FROM pg_class c WHERE c.relname = 'orders';
SELECT 'by_int'::regclass, 'public.by_int'::regclass::text;
SELECT to_regclass('orders'), to_regclass('nowhere');
SELECT to_regtype('status'), to_regproc('plus_one');
SELECT current_schema(), current_schemas(false);
SELECT current_setting('server_version_num')::int > 100000 AS is_new;
SELECT current_setting('search_path'), current_setting('TimeZone') <> '' AS has_zone;
SELECT set_config('application_name', 'set by a test', false);
SELECT name, setting FROM pg_settings WHERE name = 'block_size';
SHOW search_path;
SHOW standard_conforming_strings;
SHOW TRANSACTION ISOLATION LEVEL;
SELECT pg_catalog.obj_description('orders'::regclass, 'pg_class');
SELECT pg_catalog.col_description('orders'::regclass, 1);
SELECT pg_get_serial_sequence('audit', 'id');
SELECT attname FROM pg_attribute WHERE attrelid = 'by_pair'::regclass AND attnum > 0;
SELECT relname FROM pg_class WHERE relname LIKE 'by\_%' AND relkind = 'r' ORDER BY 1;
SELECT relhasindex, relkind FROM pg_class WHERE oid = 'customers'::regclass;
SELECT c.relname, o.id FROM pg_class c JOIN orders o ON c.relname = 'orders' WHERE o.customer_id = 4;
SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'by_varchar'::regclass AND attname = 'k';
SELECT collname FROM pg_collation WHERE collname = 'C' AND collnamespace = 'pg_catalog'::regnamespace;
SELECT amname FROM pg_am ORDER BY 1;
SELECT sequencename, start_value FROM pg_sequences WHERE sequencename = 'tickets';
SELECT tablename FROM pg_tables WHERE schemaname = 'tenant_first';
SELECT has_table_privilege('orders', 'SELECT');
SELECT pg_relation_is_publishable('orders'::regclass);
-- params: 'orders'
SELECT relkind FROM pg_class WHERE relname = $1::name;
-- params: 'public', 'customers'
SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position;
