"""asyncpg: binary throughout, a statement cache per connection, a pool that resets what it lends."""

import asyncio
import datetime
import decimal
import os
import sys
import uuid

import asyncpg

failures = 0
checks = []


def check(function):
    checks.append(function)
    return function


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


async def raises(error, awaitable):
    try:
        await awaitable
    except error as expected:
        return expected
    raise AssertionError(f"no {error.__name__}")


async def connect(**options):
    return await asyncpg.connect(os.environ["DATABASE_URL"], **options)


@check
async def types(connection):
    """every type, in binary"""
    values = [
        ("int4", 42), ("int8", 2**62), ("int2", -7), ("float8", 0.1), ("numeric", decimal.Decimal("12345678901234567890.123456789")),
        ("text", "grüße 日本語 🐘"), ("bytea", bytes(range(256))), ("bool", False),
        ("timestamptz", datetime.datetime(2026, 3, 29, 1, 59, 59, 123456, datetime.timezone.utc)),
        ("date", datetime.date(2000, 2, 29)), ("interval", datetime.timedelta(days=3, seconds=7)),
        ("uuid", uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")), ("jsonb", '{"a": [1, null]}'), ("int4[]", [1, None, 3]),
        ("text[]", ["a", 'b"c', ""]), ("int4range", asyncpg.Range(1, 5)), ("point", asyncpg.Point(1, 2)), ("text", None),
    ]
    for type_name, value in values:
        equal(await connection.fetchval(f"SELECT $1::{type_name}", value), value)


@check
async def own_types(connection):
    """enums, composites and codecs, which it looks up in the catalog"""
    await connection.execute("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE pair AS (a int, b mood[])")
    equal(tuple(await connection.fetchval("SELECT $1::pair", (1, ["happy", "sad"]))), (1, ["happy", "sad"]))
    import json
    await connection.set_type_codec("json", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
    equal(await connection.fetchval("SELECT $1::json", {"a": 1}), {"a": 1})


@check
async def several_statements(connection):
    """several statements by the simple protocol"""
    equal(await connection.execute("CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'a'), (2, 'b')"),
          "INSERT 0 2")


@check
async def statements_of_many_connections(connection):
    """prepared statements of six connections in turns"""
    connections = [await connect() for _ in range(6)]
    for n in range(20):
        for number, one in enumerate(connections):
            equal(await one.fetchval(f"SELECT $1::int + {number}", n), n + number)
    for one in connections:
        await one.close()


@check
async def prepared_ahead(connection):
    """six connections prepare statements and run them later"""
    connections = [await connect() for _ in range(6)]
    statements = [await one.prepare(f"SELECT 'client {number}', $1::int") for number, one in enumerate(connections)]
    for n in range(10):
        for number, statement in enumerate(statements):
            equal(tuple(await statement.fetchrow(n)), (f"client {number}", n))
    for one in connections:
        await one.close()


@check
async def concurrently(connection):
    """twelve connections at the same time"""

    async def work(number):
        one = await connect()
        for n in range(20):
            equal(await one.fetchval("SELECT $1::int + $2::int", number, n), number + n)
            async with one.transaction():
                equal(await one.fetchval("SELECT $1::text", f"client {number}"), f"client {number}")
        await one.close()

    await asyncio.gather(*(work(number) for number in range(12)))


@check
async def cache_of_statements(connection):
    """more statements than its cache holds, and none cached"""
    small = await connect(statement_cache_size=2)
    for n in range(30):
        equal(await small.fetchval(f"SELECT {n % 5} + $1::int", n), n % 5 + n)
    await small.close()
    none = await connect(statement_cache_size=0)
    for n in range(5):
        equal(await none.fetchval("SELECT $1::int", n), n)
    await none.close()


@check
async def change_of_table(connection):
    """a cached statement after ALTER TABLE"""
    await connection.execute("CREATE TABLE changing (a int); INSERT INTO changing VALUES (1)")
    equal(tuple(await connection.fetchrow("SELECT * FROM changing")), (1,))
    await connection.execute("ALTER TABLE changing ADD b int DEFAULT 2")
    equal(tuple(await connection.fetchrow("SELECT * FROM changing")), (1, 2))


@check
async def transactions(connection):
    """transactions, savepoints, errors"""
    async with connection.transaction():
        await connection.execute("INSERT INTO item VALUES (10)")
        try:
            async with connection.transaction():
                await connection.execute("INSERT INTO item VALUES (11)")
                await connection.execute("INSERT INTO item VALUES (10)")
        except asyncpg.UniqueViolationError as violation:
            equal(violation.constraint_name, "item_pkey")
    equal(await connection.fetchval("SELECT array_agg(id) FROM item WHERE id >= 10"), [10])
    transaction = connection.transaction(isolation="serializable", readonly=True, deferrable=True)
    await transaction.start()
    equal(await connection.fetchval("SELECT current_setting('transaction_isolation')"), "serializable")
    await raises(asyncpg.ReadOnlySQLTransactionError, connection.execute("INSERT INTO item VALUES (12)"))
    await raises(asyncpg.InFailedSQLTransactionError, connection.execute("SELECT 1"))
    await transaction.rollback()
    equal(await connection.fetchval("SELECT 1"), 1)


@check
async def errors(connection):
    """errors of each step, and life after them"""
    await raises(asyncpg.PostgresSyntaxError, connection.fetch("SELEC 1"))
    await raises(asyncpg.UndefinedTableError, connection.fetch("SELECT * FROM nowhere WHERE id = $1", 1))
    await raises(asyncpg.DivisionByZeroError, connection.fetch("SELECT 1 / $1::int", 0))
    await raises(asyncpg.DataError, connection.fetch("SELECT $1::int", "x"))
    equal(await connection.fetchval("SELECT $1::int", 5), 5)


@check
async def batches(connection):
    """executemany is all or nothing"""
    await connection.executemany("INSERT INTO item VALUES ($1, $2)", [(n, f"item {n}") for n in range(100, 1100)])
    equal(await connection.fetchval("SELECT count(*) FROM item WHERE id >= 100"), 1000)
    await raises(asyncpg.UniqueViolationError,
                 connection.executemany("INSERT INTO item VALUES ($1, '')", [(2000,), (2001,), (100,)]))
    equal(await connection.fetchval("SELECT count(*) FROM item WHERE id >= 2000"), 0)
    rows = await connection.fetchmany("INSERT INTO item VALUES ($1) RETURNING id", [(3000,), (3001,)])
    equal([row[0] for row in rows], [3000, 3001])


@check
async def cursors(connection):
    """cursors: iteration, fetch, forward, two at once"""
    async with connection.transaction():
        numbers = [row[0] async for row in connection.cursor("SELECT generate_series(1, $1::int)", 200, prefetch=7)]
        equal(numbers, list(range(1, 201)))
        first = await connection.cursor("SELECT generate_series(1, 100)")
        second = await connection.cursor("SELECT generate_series(101, 200)")
        equal([row[0] for row in await first.fetch(2)], [1, 2])
        equal((await second.fetchrow())[0], 101)
        equal(await first.forward(10), 10)
        equal((await first.fetchrow())[0], 13)


@check
async def copy(connection):
    """COPY in and out"""
    await connection.execute("CREATE TABLE copied (id int, name text, at timestamptz)")
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    equal(await connection.copy_records_to_table("copied", records=[(n, f"row {n}", at) for n in range(5000)]), "COPY 5000")
    with open("out.csv", "wb") as out:
        equal(await connection.copy_from_table("copied", output=out, format="csv"), "COPY 5000")
    equal(await connection.copy_to_table("copied", source="out.csv", format="csv"), "COPY 5000")
    with open("out.bin", "wb") as out:
        equal(await connection.copy_from_query("SELECT * FROM copied WHERE id < $1", 10, output=out, format="binary"), "COPY 20")
    await raises(asyncpg.BadCopyFileFormatError, connection.copy_to_table("copied", source="out.csv", format="binary"))
    equal(await connection.fetchval("SELECT count(*) FROM copied"), 10000)


@check
async def listen(connection):
    """LISTEN and NOTIFY"""
    queue = asyncio.Queue()
    await connection.add_listener("news", lambda _, pid, channel, payload: queue.put_nowait(payload))
    other = await connect()
    await other.execute("NOTIFY news, 'one'")
    await connection.execute("NOTIFY news, 'two'")
    equal([await asyncio.wait_for(queue.get(), 5), await asyncio.wait_for(queue.get(), 5)], ["one", "two"])
    await connection.reset()
    await other.execute("NOTIFY news, 'three'")
    await connection.fetchval("SELECT 1")
    equal(queue.empty(), True)
    await other.close()


@check
async def cancelling(connection):
    """a timeout cancels the statement, a lost task too"""
    await raises(asyncio.TimeoutError, connection.fetchval("SELECT pg_sleep(30)", timeout=0.3))
    equal(await connection.fetchval("SELECT 1"), 1)
    task = asyncio.create_task(connection.fetchval("SELECT pg_sleep(30)"))
    await asyncio.sleep(0.3)
    task.cancel()
    await raises(asyncio.CancelledError, task)
    equal(await connection.fetchval("SELECT 2"), 2)
    await connection.execute("SET statement_timeout = 100")
    await raises(asyncpg.QueryCanceledError, connection.fetchval("SELECT pg_sleep(30)"))


@check
async def pool(connection):
    """its pool resets connections when they return"""
    lent = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=5, max_size=5,
                                     server_settings={"application_name": "pooled", "search_path": "public"})

    async def work(number):
        for n in range(5):
            async with lent.acquire() as one:
                equal(await one.fetchval("SELECT current_setting('app.tenant', true)") in (None, ""), True)
                equal(await one.fetchval("SHOW work_mem"), default)
                equal(await one.fetchval("SHOW application_name"), "pooled")
                await one.execute(f"SET app.tenant = '{number}'; SET work_mem = '9MB'")
                equal(await one.fetchval("SELECT current_setting('app.tenant')"), str(number))
                async with one.transaction():
                    equal(await one.fetchval("SELECT current_setting('app.tenant')"), str(number))

    default = await connection.fetchval("SHOW work_mem")
    await asyncio.gather(*(work(number) for number in range(15)))
    await lent.close()


@check
async def pool_with_temporary_tables(connection):
    """temporary tables in turns"""
    for n in range(4):
        one = await connect()
        await one.execute("CREATE TEMP TABLE scratch AS SELECT 1 AS n")
        equal(await one.fetchval("SELECT n FROM scratch"), 1)
        await one.close()


@check
async def introspection(connection):
    """attributes of statements, server version, settings"""
    statement = await connection.prepare("SELECT $1::int AS a, $2::text[] AS b")
    equal([parameter.name for parameter in statement.get_parameters()], ["int4", "text[]"])
    equal([attribute.name for attribute in statement.get_attributes()], ["a", "b"])
    equal(connection.get_server_version().major >= 15, True)
    await connection.execute("SET TIME ZONE 'Asia/Tokyo'")
    equal(connection.get_settings().TimeZone, "Asia/Tokyo")


async def main():
    global failures
    print("version", asyncpg.__version__, flush=True)
    for function in checks:
        try:
            connection = await connect(timeout=10)
            try:
                await asyncio.wait_for(function(connection), 40)
            finally:
                await connection.close(timeout=5)
            print("ok", function.__doc__, flush=True)
        except BaseException as failure:
            failures += 1
            print(f"failed {function.__doc__}: {type(failure).__name__} {str(failure)!r}", flush=True)
    print("done")


asyncio.run(main())
sys.exit(failures > 0)
