package dev.pgbraid.proxy.control.catalog;

/// The queries over `pg_catalog` that a catalog is read with. Each has one parameter: whether PostgreSQL's own objects
/// are wanted, or those of users.
final class CatalogQueries {
    /// The schemas of a namespace `n` that the parameter wants.
    private static final String WANTED = """
        (n.nspname IN ('pg_catalog', 'information_schema')) = ?
        AND n.nspname <> 'pgbraid' AND n.nspname !~ '^pg_(toast|temp)'\
        """;

    private static final String RELATIONS_WANTED =
            WANTED + " AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')";

    static final String SERVER = """
        SELECT current_setting('server_version_num')::int / 10000 AS version,
            pg_encoding_to_char(d.encoding) AS encoding,
            d.datlocprovider::text || ':'
                || coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', d.datcollate::text) AS collation,
            coalesce(pg_database_collation_actual_version(d.oid), '') AS collation_version
        FROM pg_database d WHERE d.datname = current_database()\
        """;

    static final String SCHEMAS = "SELECT n.nspname AS schema FROM pg_namespace n WHERE " + WANTED;

    static final String RELATIONS = """
        SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relrowsecurity AS row_security,
            CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition,
            EXISTS (SELECT FROM pg_options_to_table(c.reloptions) o
                WHERE o.option_name = 'security_barrier' AND o.option_value::boolean) AS barrier,
            ARRAY(SELECT pn.nspname::text FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
                JOIN pg_namespace pn ON pn.oid = p.relnamespace
                WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parent_schemas,
            ARRAY(SELECT p.relname::text FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
                WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parent_names
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE
        """ + RELATIONS_WANTED;

    /// The tree of a default says which functions it calls; their letters for volatility are in alphabetical order.
    static final String COLUMNS = """
        SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name, a.atttypid AS type, a.atttypmod AS modifier,
            a.attnotnull OR t.typnotnull AS not_null, a.attgenerated::text AS generated, a.attidentity::text AS identity,
            format_type(a.atttypid, a.atttypmod) AS written,
            CASE WHEN a.attcollation <> 0 THEN l.collname END AS collation,
            l.collprovider AS provider, l.collcollate AS locale, l.collisdeterministic AS deterministic,
            CASE WHEN a.attcollation >= 16384 THEN pg_collation_actual_version(a.attcollation) END AS collation_version,
            pg_get_expr(d.adbin, d.adrelid) AS expression,
            greatest(
                (SELECT max(p.provolatile::text)
                    FROM regexp_matches(d.adbin::text, ':(?:funcid|opfuncid) ([0-9]+)', 'g') AS m
                    JOIN pg_proc p ON p.oid = m[1]::oid),
                CASE WHEN d.adbin::text ~ '\\{NEXTVALUEEXPR' THEN 'v'
                    WHEN d.adbin::text ~ '\\{(COERCEVIAIO|SQLVALUEFUNCTION)' THEN 's' ELSE 'i' END) AS volatility
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE
        """ + RELATIONS_WANTED + " ORDER BY c.oid, a.attnum";

    static final String COLUMN_SEQUENCES = """
        SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name,
            sn.nspname AS sequence_schema, s.relname AS sequence
        FROM (
            SELECT d.adrelid AS relation, d.adnum AS number, p.refobjid AS sequence
            FROM pg_attrdef d JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
                AND p.refclassid = 'pg_class'::regclass
            UNION
            SELECT p.refobjid, p.refobjsubid, p.objid
            FROM pg_depend p
            WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass AND p.deptype = 'i') AS u
            JOIN pg_class s ON s.oid = u.sequence AND s.relkind = 'S'
            JOIN pg_namespace sn ON sn.oid = s.relnamespace
            JOIN pg_attribute a ON a.attrelid = u.relation AND a.attnum = u.number
            JOIN pg_class c ON c.oid = u.relation
            JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE
        """ + RELATIONS_WANTED;

    static final String UNIQUE_INDEXES = """
        SELECT n.nspname AS schema, c.relname AS relation, x.relname AS name, i.indisprimary AS is_primary,
            ARRAY(SELECT coalesce(a.attname::text, '')
                FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place)
                    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
                WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE (i.indisunique OR i.indisexclusion) AND
        """ + RELATIONS_WANTED;

    static final String INDEXES = """
        SELECT n.nspname AS schema, c.relname AS relation, x.relname AS name
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE
        """ + RELATIONS_WANTED;

    static final String FOREIGN_KEYS = """
        SELECT n.nspname AS schema, c.relname AS relation, k.conname AS name,
            tn.nspname AS target_schema, t.relname AS target,
            ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY u.place) AS columns,
            ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY u.place) AS target_columns
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class t ON t.oid = k.confrelid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
        WHERE k.contype = 'f' AND
        """ + RELATIONS_WANTED;

    static final String FUNCTIONS = """
        SELECT n.nspname AS schema, p.proname AS name, p.prokind AS kind, p.proargtypes::oid[] AS arguments,
            pg_get_function_identity_arguments(p.oid) AS identity, p.prorettype AS result, p.proretset AS is_set,
            p.provolatile AS volatility, l.lanname AS language,
            ARRAY(SELECT coalesce(p.proargnames[u.place], '')
                FROM unnest(p.proargmodes) WITH ORDINALITY AS u(mode, place)
                WHERE u.mode IN ('o', 'b', 't') ORDER BY u.place) AS outputs
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
        WHERE
        """ + WANTED;

    /// Policies, with the relations that they depend on beside their own, and whether they call code of users.
    static final String POLICIES = """
        SELECT n.nspname AS schema, c.relname AS relation, p.polname AS name,
            coalesce(obj_description(p.oid, 'pg_policy') ~ 'pgbraid: *local', false) AS local,
            EXISTS (SELECT FROM pg_depend d
                LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
                JOIN pg_proc f ON f.oid = coalesce(o.oprcode,
                    CASE WHEN d.refclassid = 'pg_proc'::regclass THEN d.refobjid END)
                JOIN pg_language l ON l.oid = f.prolang
                WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid
                    AND f.provolatile <> 'i' AND l.lanname NOT IN ('internal', 'c')) AS calls,
            ARRAY(SELECT rn.nspname::text FROM pg_depend d JOIN pg_class r ON r.oid = d.refobjid
                JOIN pg_namespace rn ON rn.oid = r.relnamespace
                WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass
                    AND r.oid <> c.oid ORDER BY r.oid) AS read_schemas,
            ARRAY(SELECT r.relname::text FROM pg_depend d JOIN pg_class r ON r.oid = d.refobjid
                WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass
                    AND r.oid <> c.oid ORDER BY r.oid) AS read_names
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relrowsecurity AND
        """ + RELATIONS_WANTED;

    /// Triggers of users, with the sources of their functions; one that has a condition with code of users has none.
    static final String TRIGGERS = """
        SELECT n.nspname AS schema, c.relname AS relation, t.tgname AS name,
            coalesce(obj_description(t.oid, 'pg_trigger') ~ 'pgbraid: *local', false)
                OR coalesce(obj_description(f.oid, 'pg_proc') ~ 'pgbraid: *local', false) AS local,
            fn.nspname = 'pg_catalog' AS built_in,
            CASE WHEN l.lanname = 'plpgsql' AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refobjid <> f.oid
                    AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)) THEN f.prosrc END AS source
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
            JOIN pg_language l ON l.oid = f.prolang
        WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND
        """ + RELATIONS_WANTED;

    /// Rules other than those of views.
    static final String RULES = """
        SELECT n.nspname AS schema, c.relname AS relation, r.rulename AS name,
            coalesce(obj_description(r.oid, 'pg_rewrite') ~ 'pgbraid: *local', false) AS local
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND r.ev_enabled <> 'D' AND
        """ + RELATIONS_WANTED;

    static final String TYPES = """
        SELECT t.oid, n.nspname AS schema, t.typname AS name, t.typtype AS type, t.typcategory AS category,
            t.typbasetype AS base, t.typtypmod AS modifier,
            ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE coalesce(c.relpersistence <> 't', true) AND
        """ + WANTED;

    static final String OPERATORS = """
        SELECT n.nspname AS schema, o.oprname AS name, o.oprleft AS left, o.oprright AS right, p.provolatile AS volatility
        FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace JOIN pg_proc p ON p.oid = o.oprcode
        WHERE n.nspname <> 'pg_catalog' AND
        """ + WANTED;

    static final String CASTS = """
        SELECT c.castsource AS source, c.casttarget AS target FROM pg_cast c
        WHERE c.castcontext = 'i' AND (c.oid < 16384) = ? AND c.oid >= 16384\
        """;

    static final String SEQUENCES = """
        SELECT n.nspname AS schema, c.relname AS name, s.seqstart AS start, s.seqincrement AS increment, s.seqcycle AS cycles
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE
        """ + RELATIONS_WANTED;

    /// What changes whenever an object of a user does, at the price of reading the catalog's tables once.
    static final String FINGERPRINT = """
        SELECT concat_ws(' ', pg_postmaster_start_time(), current_setting('server_version_num'),
            (SELECT concat(count(*), ':', sum(hashtext(n.xmin::text || n.oid))) FROM pg_namespace n
                WHERE n.nspname !~ '^pg_(toast|temp)'),
            (SELECT concat(count(*), ':', sum(hashtext(c.xmin::text || c.oid))) FROM pg_class c
                WHERE c.oid >= 16384 AND c.relpersistence <> 't' AND c.relkind <> 't'),
            (SELECT concat(count(*), ':', sum(hashtext(a.xmin::text || a.attrelid))) FROM pg_attribute a
                JOIN pg_class c ON c.oid = a.attrelid AND c.relpersistence <> 't' AND c.relkind <> 't'
                WHERE a.attrelid >= 16384 AND a.attnum > 0),
            (SELECT concat(count(*), ':', sum(hashtext(d.xmin::text || d.oid))) FROM pg_attrdef d
                JOIN pg_class c ON c.oid = d.adrelid AND c.relpersistence <> 't'),
            (SELECT concat(count(*), ':', sum(hashtext(k.xmin::text || k.oid))) FROM pg_constraint k
                LEFT JOIN pg_class c ON c.oid = k.conrelid
                WHERE k.oid >= 16384 AND coalesce(c.relpersistence <> 't', true)),
            (SELECT concat(count(*), ':', sum(hashtext(i.xmin::text || i.indexrelid))) FROM pg_index i
                JOIN pg_class c ON c.oid = i.indrelid AND c.relpersistence <> 't' WHERE i.indexrelid >= 16384),
            (SELECT concat(count(*), ':', sum(hashtext(t.xmin::text || t.oid))) FROM pg_trigger t WHERE NOT t.tgisinternal),
            (SELECT concat(count(*), ':', sum(hashtext(r.xmin::text || r.oid))) FROM pg_rewrite r
                JOIN pg_class c ON c.oid = r.ev_class AND c.relpersistence <> 't' WHERE r.oid >= 16384),
            (SELECT concat(count(*), ':', sum(hashtext(p.xmin::text || p.oid))) FROM pg_policy p),
            (SELECT concat(count(*), ':', sum(hashtext(d.xmin::text || d.objoid))) FROM pg_description d
                WHERE d.description LIKE '%pgbraid:%'),
            (SELECT concat(count(*), ':', sum(hashtext(p.xmin::text || p.oid))) FROM pg_proc p WHERE p.oid >= 16384),
            (SELECT concat(count(*), ':', sum(hashtext(t.xmin::text || t.oid))) FROM pg_type t
                LEFT JOIN pg_class c ON c.oid = t.typrelid
                WHERE t.oid >= 16384 AND t.typcategory <> 'A' AND coalesce(c.relpersistence <> 't', true)),
            (SELECT concat(count(*), ':', sum(hashtext(e.xmin::text || e.oid))) FROM pg_enum e),
            (SELECT concat(count(*), ':', sum(hashtext(o.xmin::text || o.oid))) FROM pg_operator o WHERE o.oid >= 16384),
            (SELECT concat(count(*), ':', sum(hashtext(c.xmin::text || c.oid))) FROM pg_cast c WHERE c.oid >= 16384),
            (SELECT concat(count(*), ':', sum(hashtext(s.xmin::text || s.seqrelid))) FROM pg_sequence s
                JOIN pg_class c ON c.oid = s.seqrelid AND c.relpersistence <> 't'),
            (SELECT concat(count(*), ':', sum(hashtext(i.xmin::text || i.inhrelid))) FROM pg_inherits i)) AS fingerprint\
        """;

    private CatalogQueries() {}
}
