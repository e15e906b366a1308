#!/usr/bin/env bash
# Builds and starts what docker-compose.yml describes, uses it, kills a shard under it, and takes everything down again.
# Services may be named, to start only those and what they depend on: deploy/try.sh pgbraid
set -euo pipefail
cd "$(dirname "$0")/.."
export COMPOSE_PROJECT_NAME=pgbraid-try
rows=60

say() {
    printf '\n== %s\n' "$*"
}

fail() {
    printf 'try.sh: %s\n' "$*" >&2
    docker compose logs --tail=50 pgbraid >&2
    exit 1
}

# Runs what is read, or what options say, at server $1 and port $2.
session() {
    docker compose exec -T --env PGPASSWORD="${SHOP_PASSWORD:-shop}" shard-a psql --host="$1" --port="$2" \
        --username=shop --dbname=shop --no-psqlrc --quiet --tuples-only --no-align "${@:3}"
}

proxy() {
    session pgbraid 6432 --set=ON_ERROR_STOP=1 --command="$1"
}

expect() {
    [ "$1" = "$2" ] || fail "$3: expected $2, got $1"
}

# Prints statement $1 for every user, with the user's number for @.
for_each_user() {
    for id in $(seq "$rows"); do
        printf '%s;\n' "${1//@/$id}"
    done
}

# Prints how many of the users can be read, by a statement for each.
readable() {
    for_each_user "SELECT id FROM users WHERE id = @" | session pgbraid 6432 2>/dev/null | grep -c . || true
}

trap 'say "taking it down"; docker compose down --volumes --timeout 40' EXIT

say "building and starting"
docker compose build
started=$SECONDS
docker compose up --detach --wait --wait-timeout 120 "$@"
echo "healthy after $((SECONDS - started)) s"

say "spreading $rows users"
proxy "CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)"
proxy "CREATE TABLE orders (user_id bigint REFERENCES users, id bigint, PRIMARY KEY (user_id, id))"
for_each_user "INSERT INTO users VALUES (@, 'user @')" | session pgbraid 6432 --set=ON_ERROR_STOP=1
expect "$(proxy "SELECT count(*) FROM users")" "$rows" "users through the proxy"
for shard in a b c d; do
    on_shard=$(session "shard-$shard" 5432 --command="SELECT count(*) FROM users")
    echo "shard $shard: $on_shard"
    [ "$on_shard" -gt 0 ] || fail "shard $shard has no users"
done
on_c=$(session shard-c 5432 --command="SELECT count(*) FROM users")

say "killing shard c"
docker compose kill shard-c
expect "$(readable)" "$((rows - on_c))" "users that can be read"
if proxy "SELECT count(*) FROM users"; then
    fail "a query over all shards should have failed"
fi
echo "the users of the other shards can be read, all $((rows - on_c))"

say "starting shard c again"
docker compose up --detach --wait --wait-timeout 60 shard-c
expect "$(readable)" "$rows" "users that can be read"
expect "$(proxy "SELECT count(*) FROM users")" "$rows" "users through the proxy"

say "it works"
