#!/bin/sh
# pgbench in its three modes, with pipelines, and with more clients than there are connections.
set -u
failures=0

pass() {
    echo "ok $1"
}

fail() {
    failures=1
    echo "failed $1: $(printf '%s' "$2" | tail -n 4 | tr '\n' '|')"
}

# runs NAME TRANSACTIONS OPTION...: whether all transactions were done.
runs() {
    name=$1
    expected=$2
    shift 2
    if output=$(pgbench -n "$@" 2>&1) \
        && printf '%s' "$output" | grep -q "number of transactions actually processed: $expected\(/$expected\)*\$"; then
        pass "$name"
    else
        fail "$name" "$output"
    fi
}

command -v pgbench >/dev/null || { echo "missing pgbench (package postgresql-contrib or postgresql)"; exit 0; }
echo "version $(pgbench --version | sed 's/^pgbench (PostgreSQL) \([0-9.]*\).*/\1/')"
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

if output=$(pgbench -i -q -s 1 --foreign-keys 2>&1); then pass "initializes"; else fail "initializes" "$output"; fi
if output=$(pgbench -i -q -s 1 -I dtGvp 2>&1); then pass "initializes at the server"; else fail "initializes at the server" "$output"; fi
# A thread for each client: the threads of pgbench wait while they prepare, also for what their other clients hold.
for mode in simple extended prepared; do
    runs "TPC-B, $mode" 400 -M $mode -c 8 -j 8 -t 50
    runs "select only, $mode" 1600 -S -M $mode -c 16 -j 16 -t 100
    runs "a connection per transaction, $mode" 20 -S -C -M $mode -c 4 -j 4 -t 5
done
cat >"$directory/pipeline.sql" <<'SQL'
\set aid random(1, 100000)
\startpipeline
BEGIN;
UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :aid;
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 1, :aid, 1, CURRENT_TIMESTAMP);
END;
\endpipeline
SQL
cat >"$directory/variables.sql" <<'SQL'
SELECT abalance AS balance FROM pgbench_accounts WHERE aid = :client_id + 1 \gset
\if :balance < 0
SELECT 1 / 0;
\endif
SELECT set_config('application_name', 'client ' || :client_id, false) \gset
SELECT (current_setting('application_name') = 'client ' || :client_id)::int AS same \gset
SELECT 1 / :same;
SQL
for mode in extended prepared; do
    runs "pipelines, $mode" 800 -f "$directory/pipeline.sql" -M $mode -c 8 -j 8 -t 100
done
psql -X -q -c 'UPDATE pgbench_accounts SET abalance = 0'
for mode in simple extended prepared; do
    runs "settings stay apart, $mode" 400 -f "$directory/variables.sql" -M $mode -c 8 -j 8 -t 50
done
if psql -X -q -A -t -c 'SELECT (SELECT sum(bbalance) FROM pgbench_branches) = (SELECT sum(tbalance) FROM pgbench_tellers)' 2>&1 | grep -q '^t$'; then
    pass "the books balance"
else
    fail "the books balance" "branches and tellers differ"
fi
echo done
exit $failures
