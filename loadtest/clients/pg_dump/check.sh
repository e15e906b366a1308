#!/bin/sh
# pg_dump and pg_restore, whose dumps must be the same whatever way they are made.
set -u
failures=0

# check NAME EXPECTED ACTUAL
check() {
    if [ "$2" = "$3" ]; then
        printf 'ok %s\n' "$1"
    else
        failures=1
        echo "failed $1: expected [$(printf '%s' "$2" | head -c 300 | tr '\n' '|')], got [$(printf '%s' "$3" | head -c 300 | tr '\n' '|')]"
    fi
}

sql() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 "$@" 2>&1
}

# What every row of the dumped tables comes to.
sums() {
    sql -c 'SELECT count(*), sum(hashtext(t::text)::bigint) FROM customer t' \
        -c 'SELECT count(*), sum(hashtext(t::text)::bigint) FROM purchase t' \
        -c 'SELECT count(*), md5(string_agg(data, NULL ORDER BY id)) FROM picture' \
        -c 'SELECT total FROM summary' -c "SELECT last_value FROM purchase_id_seq" -c 'SELECT twice(4)'
}

for program in psql pg_dump pg_restore; do
    command -v $program >/dev/null || { echo "missing $program (package postgresql-client)"; exit 0; }
done
version=$(pg_dump --version | sed 's/^pg_dump (PostgreSQL) \([0-9.]*\).*/\1/')
server=$(sql -c 'SHOW server_version_num')
if [ "${version%%.*}" -lt $((server / 10000)) ]; then
    echo "missing pg_dump $((server / 10000)) or newer, for servers of that version (this one is $version)"
    exit 0
fi
echo "version $version"
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

sql >"$directory/log" <<'SQL'
CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL, born timestamptz, tags text[], extra jsonb);
CREATE TABLE purchase (id bigserial PRIMARY KEY, customer int REFERENCES customer, total numeric(10, 2) CHECK (total > 0));
CREATE TABLE picture (id int GENERATED ALWAYS AS IDENTITY, data bytea);
CREATE TABLE part (day date, n int) PARTITION BY RANGE (day);
CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX purchase_customer ON purchase (customer);
CREATE MATERIALIZED VIEW summary AS SELECT 0::numeric AS total;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';
INSERT INTO customer SELECT n, 'customer ' || n || E' \t\\ "ü"', timestamptz '2026-01-01 00:00Z' + n * interval '1 h',
    ARRAY['a', NULL, 'b,c'], jsonb_build_object('n', n) FROM generate_series(1, 2000) n;
INSERT INTO purchase(customer, total) SELECT 1 + n % 2000, 1 + n / 100.0 FROM generate_series(1, 5000) n;
INSERT INTO picture(data) SELECT decode(repeat('00ff5c0a', n * 100), 'hex') FROM generate_series(1, 50) n;
INSERT INTO part SELECT date '2026-01-01' + n, n FROM generate_series(0, 99) n;
REFRESH MATERIALIZED VIEW summary;
SQL
check "makes a schema" "" "$(cat "$directory/log")"
before=$(sums)

check "a plain dump" "" "$(pg_dump -f "$directory/plain.sql" 2>&1)"
check "a custom dump" "" "$(pg_dump -Fc -f "$directory/custom" 2>&1)"
check "a dump by INSERT" "" "$(pg_dump --rows-per-insert=100 -f "$directory/inserts.sql" 2>&1)"
check "only the schema" "" "$(pg_dump -s -f "$directory/schema.sql" 2>&1)"
check "a dump as a directory" "" "$(pg_dump -Fd -f "$directory/tree" 2>&1)"
check "one table" "" "$(pg_dump -t purchase -a -f "$directory/table.sql" 2>&1)"

clear_all() {
    sql -c 'DROP TABLE customer, purchase, picture, part CASCADE' -c 'DROP MATERIALIZED VIEW summary' \
        -c 'DROP FUNCTION twice'
}

check "drops" "" "$(clear_all)"
check "restores the plain dump by psql" "" "$(sql -o "$directory/out" -1 -f "$directory/plain.sql" | grep -v 'already exists')"
check "has the same rows after it" "$before" "$(sums)"
check "drops again" "" "$(clear_all)"
check "restores the custom dump" "" "$(pg_restore -d "$PGDATABASE" "$directory/custom" 2>&1)"
check "has the same rows after that" "$before" "$(sums)"
check "restores over what is there (--clean)" "" "$(pg_restore --clean --if-exists -d "$PGDATABASE" "$directory/custom" 2>&1)"
check "has the same rows after --clean" "$before" "$(sums)"
check "drops once more" "" "$(clear_all)"
check "restores with two jobs" "" "$(pg_restore -j 2 -d "$PGDATABASE" "$directory/tree" 2>&1)"
check "has the same rows after two jobs" "$before" "$(sums)"
check "drops for the last time" "" "$(clear_all)"
check "restores the dump by INSERT" "" "$(sql -o "$directory/out" -f "$directory/inserts.sql" | grep -v 'already exists')"
check "has the same rows after INSERT" "$before" "$(sums)"
pg_dump -f "$directory/again.sql"
check "the second dump is the first one" "" \
    "$(grep -v '^.\(un\)*restrict ' "$directory/plain.sql" >"$directory/a"; grep -v '^.\(un\)*restrict ' "$directory/again.sql" >"$directory/b"; diff "$directory/a" "$directory/b" | head -5)"
echo done
exit $failures
