#!/bin/sh
# psql as people and scripts use it.
set -u
failures=0

# check NAME EXPECTED ACTUAL
check() {
    if [ "$2" = "$3" ]; then
        printf 'ok %s\n' "$1"
    else
        failures=1
        printf 'failed %s: expected [%s], got [%s]\n' "$1" "$(printf '%s' "$2" | tr '\n' '|')" "$(printf '%s' "$3" | tr '\n' '|')"
    fi
}

# has NAME TEXT ACTUAL: whether a text is in the output.
has() {
    case $3 in
        *"$2"*) printf 'ok %s\n' "$1" ;;
        *)
            failures=1
            printf 'failed %s: [%s] is not in [%s]\n' "$1" "$2" "$(printf '%s' "$3" | tr '\n' '|')"
            ;;
    esac
}

# Runs the script on standard input, without alignment and heads.
sql() {
    psql -X -q -A -t "$@" 2>&1
}

command -v psql >/dev/null || { echo "missing psql (package postgresql-client)"; exit 0; }
version=$(psql --version | sed 's/^psql (PostgreSQL) \([0-9.]*\).*/\1/')
major=${version%%.*}
echo "version $version"
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

check "logs in as the user" "$PGUSER" "$(sql -c 'SELECT current_user')"
check "several results of one -c" "1
2" "$(sql -c 'SELECT 1; SELECT 2')"
check "logs in by URL" "1" "$(psql -X -A -t "$DATABASE_URL" -c 'SELECT 1' 2>&1)"
has "refuses a wrong password" "password authentication failed for user" \
    "$(PGPASSWORD=wrong psql -X -c 'SELECT 1' 2>&1)"

sql >"$directory/schema.log" <<'SQL'
CREATE SCHEMA shop;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL UNIQUE, feels mood DEFAULT 'happy');
CREATE TABLE "order" (id bigserial PRIMARY KEY, customer int REFERENCES customer ON DELETE CASCADE, total numeric(10,2));
CREATE INDEX order_customer ON "order" (customer) WHERE total > 0;
CREATE VIEW rich AS SELECT customer, sum(total) AS total FROM "order" GROUP BY customer;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n';
CREATE PROCEDURE fill(n int) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1..n LOOP
        INSERT INTO customer(id, name) VALUES (i, 'customer ' || i);
        COMMIT;
    END LOOP;
END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'new %', NEW.id; RETURN NEW; END $$;
CREATE TRIGGER note BEFORE INSERT ON "order" FOR EACH ROW EXECUTE FUNCTION note();
COMMENT ON TABLE customer IS 'who buys';
SQL
check "creates a schema" "" "$(cat "$directory/schema.log")"

has "\\d lists tables" "public|customer|table|$PGUSER" "$(sql -c '\d')"
has "\\d of a table shows the trigger" "note BEFORE INSERT ON \"order\"" "$(psql -X -c '\d "order"' 2>&1)"
has "\\d of a table shows the foreign key" "ON DELETE CASCADE" "$(psql -X -c '\d+ "order"' 2>&1)"
has "\\dt+ shows comments" "who buys" "$(sql -c '\dt+ customer')"
has "\\di lists indexes" "order_customer" "$(sql -c '\di')"
has "\\dv lists views" "rich" "$(sql -c '\dv')"
has "\\ds lists sequences" "order_id_seq" "$(sql -c '\ds')"
has "\\df lists functions" "twice|integer|n integer|func" "$(sql -c '\df twice')"
has "\\dn lists schemas" "shop|$PGUSER" "$(sql -c '\dn')"
has "\\du lists roles" "$PGUSER" "$(sql -c '\du')"
has "\\l lists databases" "$PGDATABASE|$PGUSER|UTF8" "$(sql -c '\l')"
has "\\dT+ lists types" "sad" "$(sql -c '\dT+ mood')"
has "\\dD lists domains" "positive|integer" "$(sql -c '\dD')"
has "\\sf shows a function" "SELECT 2 * n" "$(sql -c '\sf twice')"
has "\\sv shows a view" "GROUP BY customer" "$(sql -c '\sv rich')"
has "\\dp shows rights" "customer" "$(sql -c '\dp')"
has "\\drds and \\dconfig run" "work_mem" "$(sql -c '\drds' -c '\dconfig work_mem')"

check "CALL of a procedure that commits" "3" "$(sql -c 'CALL fill(3)' -c 'SELECT count(*) FROM customer')"
check "a NOTICE of a trigger arrives" "NOTICE:  new 1
1" "$(sql -c 'INSERT INTO "order"(customer, total) VALUES (1, 12.50) RETURNING id')"
check "variables: \\gset" "2 customer 2" "$(sql <<'SQL'
SELECT id, name FROM customer WHERE id = 2 \gset
SELECT :id, :'name' \g (format=unaligned fieldsep=' ')
SQL
)"
check "\\gexec" "1
2" "$(printf '%s\n' "SELECT format('SELECT %s', n) FROM generate_series(1, 2) n \gexec" | sql)"
check "\\crosstabview" "a|x|y
1|10|20" "$(printf '%s\n' "SELECT a, b, c FROM (VALUES (1, 'x', 10), (1, 'y', 20)) v(a, b, c) \crosstabview" | psql -X -q -A -P footer=off 2>&1)"
check "\\gdesc" "n|integer
t|text
d|numeric(5,2)" "$(printf '%s\n' "SELECT 1 AS n, 'x'::text AS t, 1::numeric(5,2) AS d \gdesc" | sql)"
check "rows in pieces (FETCH_COUNT)" "500" "$(sql -v FETCH_COUNT=7 -c 'SELECT n FROM generate_series(1, 500) n' | wc -l | tr -d ' ')"

printf '10,ten\n11,"eleven, quoted"\n12,\n' >"$directory/in.csv"
check "\\copy in and out" "10,ten
11,\"eleven, quoted\"
12," "$(sql <<SQL
CREATE TABLE copied (id int, name text);
\\copy copied FROM '$directory/in.csv' (FORMAT csv)
\\copy (SELECT * FROM copied ORDER BY id) TO '$directory/out.csv' (FORMAT csv)
\\! cat $directory/out.csv
SQL
)"
check "COPY with the rows in the script" "2" "$(sql <<'SQL'
COPY copied FROM stdin;
20	twenty
21	\N
\.
SELECT count(*) FROM copied WHERE id >= 20;
SQL
)"
check "COPY binary both ways" "5" "$(sql <<SQL
\\copy copied TO '$directory/out.bin' (FORMAT binary)
CREATE TABLE copied_too (LIKE copied);
\\copy copied_too FROM '$directory/out.bin' (FORMAT binary)
SELECT count(*) FROM copied_too;
SQL
)"
has "COPY of a bad row names the line" 'COPY copied, line 2, column id: "x"' "$(sql <<'SQL'
COPY copied FROM stdin;
30	ok
x	not ok
31	ok
\.
SQL
)"
check "a big COPY out" "20000" "$(sql -c "COPY (SELECT n, repeat('x', 200) FROM generate_series(1, 20000) n) TO stdout" | wc -l | tr -d ' ')"

check "an error does not end a script" "ERROR:  division by zero
2" "$(sql -c 'SELECT 1/0' -c 'SELECT 2')"
sql -v ON_ERROR_STOP=1 -c 'SELECT 1/0' -c 'SELECT 2' >/dev/null
check "ON_ERROR_STOP ends it with status 1" "1" "$?"
check "a failed transaction" "ERROR:  division by zero
ERROR:  current transaction is aborted, commands ignored until end of transaction block
0" "$(sql <<'SQL'
BEGIN;
INSERT INTO copied VALUES (50, 'never');
SELECT 1/0;
SELECT 1;
COMMIT;
SELECT count(*) FROM copied WHERE id = 50;
SQL
)"
check "savepoints (ON_ERROR_ROLLBACK)" "ERROR:  division by zero
1" "$(sql -v ON_ERROR_ROLLBACK=on <<'SQL'
BEGIN;
INSERT INTO copied VALUES (51, 'kept');
SELECT 1/0;
COMMIT;
SELECT count(*) FROM copied WHERE id = 51;
SQL
)"
check "--single-transaction rolls back" "0" "$(sql -1 -v ON_ERROR_STOP=1 -c 'INSERT INTO copied VALUES (52)' -c 'SELECT 1/0' >/dev/null; sql -c 'SELECT count(*) FROM copied WHERE id = 52')"
check "AUTOCOMMIT off" "0" "$(sql -v AUTOCOMMIT=off -c 'INSERT INTO copied VALUES (53)' >/dev/null; sql -c 'SELECT count(*) FROM copied WHERE id = 53')"
has "\\errverbose knows the SQLSTATE" "ERROR:  22012: division by zero" "$(sql -c 'SELECT 1/0' -c '\errverbose')"
has "an error shows the position" "LINE 1: SELECT nonsense" "$(sql -c 'SELECT nonsense')"

check "settings stay" "Asia/Tokyo
shop
warning" "$(sql <<'SQL'
SET TimeZone = 'Asia/Tokyo';
SET search_path = shop;
SET client_min_messages = warning;
SELECT 1 WHERE false;
SHOW TimeZone;
SHOW search_path;
SHOW client_min_messages;
SQL
)"
check "settings of the connection" "shop, public/psql check/11MB" "$(PGOPTIONS='-c search_path=shop,public -c work_mem=11MB' PGAPPNAME='psql check' \
    sql -F / -c "SELECT current_setting('search_path'), current_setting('application_name'), current_setting('work_mem')" | sed 's/shop,public/shop, public/')"
check "PREPARE, EXECUTE, DEALLOCATE" "42
ERROR:  prepared statement \"p\" does not exist" "$(sql <<'SQL'
PREPARE p(int) AS SELECT $1 * 2;
EXECUTE p(21);
DEALLOCATE p;
EXECUTE p(21);
SQL
)"
check "a temporary table stays" "3" "$(sql <<'SQL'
CREATE TEMP TABLE scratch AS SELECT generate_series(1, 3) n;
SELECT count(*) FROM scratch;
SQL
)"
check "a cursor" "1
2
3" "$(sql <<'SQL'
BEGIN;
DECLARE c CURSOR FOR SELECT generate_series(1, 10);
FETCH 2 FROM c;
FETCH NEXT FROM c;
COMMIT;
SQL
)"
check "a cursor WITH HOLD outlives its transaction" "1
2" "$(sql <<'SQL'
BEGIN;
DECLARE c CURSOR WITH HOLD FOR SELECT generate_series(1, 10);
FETCH NEXT FROM c;
COMMIT;
FETCH NEXT FROM c;
CLOSE c;
SQL
)"
has "LISTEN and NOTIFY" 'Asynchronous notification "news" with payload "hello" received' "$(sql <<'SQL'
LISTEN news;
NOTIFY news, 'hello';
SELECT 1;
SQL
)"
has "a statement timeout" "canceling statement due to statement timeout" \
    "$(sql -c "SET statement_timeout = '100ms'" -c 'SELECT pg_sleep(20)')"
has "Ctrl-C cancels" "canceling statement due to user request" "$(timeout -s INT 2 psql -X -c 'SELECT pg_sleep(20)' 2>&1)"
check "\\c connects again" "$PGDATABASE" "$(sql -c '\c' -c 'SELECT current_database()')"
check "\\encoding" "LATIN1/$(printf '\344')" "$(sql -F / <<'SQL'
\encoding LATIN1
SELECT current_setting('client_encoding'), chr(228);
SQL
)"
printf 'large object' >"$directory/large"
check "large objects" "large object" "$(sql <<SQL
\\lo_import '$directory/large'
\\lo_export :LASTOID '$directory/large.out'
\\lo_unlink :LASTOID
\\! cat $directory/large.out
SQL
)"
check "unicode" "grüße 日本語 🐘" "$(sql -c "SELECT 'grüße 日本語 🐘'")"
check "a row of 5 MB" "5000000" "$(sql -c "SELECT repeat('x', 5000000)" | tr -d '\n' | wc -c | tr -d ' ')"
check "a statement of 1 MB" "1000000" "$({ printf "SELECT length('"; head -c 1000000 /dev/zero | tr '\0' x; echo "');"; } | sql)"

for number in 1 2 3 4 5 6 7 8; do
    for round in 1 2 3 4 5 6 7 8 9 10; do
        echo "SET application_name = 'client $number'; SELECT current_setting('application_name');"
        echo "BEGIN; SET LOCAL work_mem = '${number}MB'; SELECT current_setting('work_mem'); COMMIT;"
    done >"$directory/turns.$number"
    psql -X -q -A -t -f "$directory/turns.$number" >"$directory/turns.$number.out" 2>&1 &
done
wait
for number in 1 2 3 4 5 6 7 8; do
    cat "$directory/turns.$number.out" | sort | uniq -c | sed 's/^ *//'
done >"$directory/turns"
check "eight at a time keep their settings apart" "$(for number in 1 2 3 4 5 6 7 8; do printf '10 %sMB\n10 client %s\n' $number $number; done)" "$(cat "$directory/turns")"

if [ "$major" -ge 16 ]; then
    check "\\bind" "3" "$(printf '%s\n' 'SELECT $1::int + $2::int \bind 1 2 \g' | sql)"
    check "\\watch with a count" "1
1
1" "$(printf '%s\n' 'SELECT 1 \watch i=0.05 c=3' | sql | grep -v '^$' | grep -v '(every')"
fi
if [ "$major" -ge 18 ]; then
    check "\\parse, \\bind_named, \\close_prepared" "3
7
ERROR:  prepared statement \"sum\" does not exist" "$(sql <<'SQL'
SELECT $1::int + $2::int \parse sum
\bind_named sum 1 2 \g
\bind_named sum 3 4 \g
\close_prepared sum
\bind_named sum 3 4 \g
SQL
)"
    check "pipelines" "1
2
3" "$(sql <<'SQL'
\startpipeline
SELECT $1::int \bind 1 \sendpipeline
SELECT $1::int \bind 2 \sendpipeline
\syncpipeline
SELECT $1::int \bind 3 \sendpipeline
\endpipeline
SQL
)"
    has "an error in a pipeline skips the rest of it" "division by zero" "$(sql <<'SQL'
\startpipeline
SELECT 1 / $1::int \bind 0 \sendpipeline
SELECT $1::int \bind 2 \sendpipeline
\endpipeline
SQL
)"
    check "a pipeline with a transaction" "0" "$(sql <<'SQL'
\startpipeline
BEGIN \bind \sendpipeline
INSERT INTO copied VALUES ($1) \bind 70 \sendpipeline
ROLLBACK \bind \sendpipeline
\endpipeline
SELECT count(*) FROM copied WHERE id = 70;
SQL
)"
fi
check "DISCARD ALL" "DISCARD ALL
UTC" "$(psql -X -A -t <<'SQL' 2>&1 | tail -2
SET TimeZone = 'Asia/Tokyo';
DISCARD ALL;
SELECT 'UTC' WHERE current_setting('TimeZone') <> 'Asia/Tokyo';
SQL
)"
echo done
exit $failures
