"""psycopg 3: both protocols, pipelines, COPY, server-side cursors, notifications, cancelling, its pool of sessions."""

import datetime
import decimal
import ipaddress
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
from psycopg import errors, sql
from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

failures = 0


def check(check_function):
    """Runs a function at once, with a connection that is closed after it."""
    global failures
    name = check_function.__doc__
    try:
        with psycopg.connect(autocommit=True) as connection:
            check_function(connection)
        print("ok", name, flush=True)
    except Exception as failure:
        failures += 1
        print(f"failed {name}: {type(failure).__name__} {str(failure)!r} line "
              f"{failure.__traceback__.tb_next.tb_lineno if failure.__traceback__.tb_next else '-'}", flush=True)
    return check_function


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def raises(error, action):
    try:
        action()
    except error as expected:
        return expected
    raise AssertionError(f"no {error.__name__}")


print("version", psycopg.__version__, "libpq", psycopg.pq.version(), flush=True)
with psycopg.connect(autocommit=True) as setup:
    setup.execute("CREATE TABLE item (id int PRIMARY KEY, name text, price numeric)")

VALUES = [
    ("int4", 42), ("int8", 2**62), ("int2", -7), ("float8", 0.1), ("numeric", decimal.Decimal("12345678901234567890.123456789")),
    ("text", "grüße 日本語 🐘 ' \\ \t"), ("text", ""), ("bytea", bytes(range(256))), ("bool", True),
    ("timestamptz", datetime.datetime(2026, 3, 29, 1, 59, 59, 123456, datetime.timezone.utc)),
    ("timestamp", datetime.datetime(2026, 3, 29, 2, 30)), ("date", datetime.date(2000, 2, 29)), ("time", datetime.time(23, 59, 59, 999999)),
    ("interval", datetime.timedelta(days=3, seconds=7)), ("uuid", uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")),
    ("jsonb", {"a": [1, None, "ü"]}), ("int4[]", [1, None, 3]), ("text[]", ["a", 'b"c', "d,e", ""]), ("int4[]", [[1, 2], [3, 4]]),
    ("inet", ipaddress.ip_address("192.0.2.1")), ("text", None), ("int4range", psycopg.types.range.Range(1, 5)),
]


@check
def types_text_and_binary(connection):
    """every type, text and binary"""
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        for placeholder in ("%s", "%b", "%t"):
            for type_name, value in VALUES:
                if type_name == "jsonb":
                    value = Jsonb(value)
                cursor.execute(f"SELECT {placeholder}::{type_name}", [value])
                back = cursor.fetchone()[0]
                equal(back, value.obj if isinstance(value, Jsonb) else value)


@check
def simple_protocol(connection):
    """client-side parameters go by the simple protocol"""
    cursor = psycopg.ClientCursor(connection)
    cursor.execute("SELECT %s, %s", ["o'x", 3])
    equal(cursor.fetchone(), ("o'x", 3))
    cursor.execute("SELECT 1; SELECT 2")
    equal(cursor.fetchall(), [(1,)])
    cursor.nextset()
    equal(cursor.fetchall(), [(2,)])


@check
def prepared_automatically(connection):
    """statements are prepared after five uses, and evicted"""
    connection.prepared_max = 3
    for n in range(10):
        for kind in range(6):
            equal(connection.execute(f"SELECT %s::int, {kind}", [n]).fetchone(), (n, kind))
    equal(connection.execute("SELECT %s::text", ["now"], prepare=True).fetchone(), ("now",))
    equal(connection.execute("SELECT %s::text", ["again"], prepare=True).fetchone(), ("again",))


@check
def statements_of_many_connections(first):
    """prepared statements of six connections in turns"""
    connections = [psycopg.connect(autocommit=True, prepare_threshold=0) for _ in range(6)]
    try:
        for n in range(20):
            for number, connection in enumerate(connections):
                # All name their first statement _pg3_0, and each means something else.
                equal(connection.execute(f"SELECT %s::int, 'client {number}'", [n]).fetchone(), (n, f"client {number}"))
    finally:
        for connection in connections:
            connection.close()


@check
def deallocate_all(connection):
    """DEALLOCATE ALL and DISCARD ALL forget statements"""
    for command in ("DEALLOCATE ALL", "DISCARD ALL"):
        equal(connection.execute("SELECT %s::int", [1], prepare=True).fetchone(), (1,))
        connection.execute(command)
        equal(connection.execute("SELECT %s::int", [2], prepare=True).fetchone(), (2,))


@check
def prepared_after_change_of_table(connection):
    """a prepared statement after ALTER TABLE"""
    connection.execute("CREATE TABLE changing (a int)")
    connection.execute("INSERT INTO changing VALUES (1)")
    for _ in range(3):
        connection.execute("SELECT * FROM changing", prepare=True)
    with psycopg.connect(autocommit=True) as other:
        other.execute("ALTER TABLE changing ADD b int DEFAULT 2")
    failure = raises(errors.FeatureNotSupported, lambda: connection.execute("SELECT * FROM changing", prepare=True))
    equal(failure.diag.message_primary, "cached plan must not change result type")


@check
def transactions(connection):
    """transactions, savepoints, errors"""
    with connection.transaction():
        connection.execute("INSERT INTO item VALUES (1, 'kept')")
        try:
            with connection.transaction():
                connection.execute("INSERT INTO item VALUES (2, 'undone')")
                connection.execute("INSERT INTO item VALUES (1, 'twice')")
        except errors.UniqueViolation as violation:
            equal(violation.diag.constraint_name, "item_pkey")
            equal(violation.diag.table_name, "item")
        equal(connection.info.transaction_status, TransactionStatus.INTRANS)
    equal(connection.execute("SELECT id FROM item").fetchall(), [(1,)])
    connection.autocommit = False
    raises(errors.DivisionByZero, lambda: connection.execute("SELECT 1/0"))
    raises(errors.InFailedSqlTransaction, lambda: connection.execute("SELECT 1"))
    connection.rollback()
    equal(connection.execute("SELECT 1").fetchone(), (1,))
    connection.rollback()


@check
def isolation_levels(connection):
    """isolation level, read only, deferrable"""
    connection.autocommit = False
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    connection.read_only = True
    connection.deferrable = True
    row = connection.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')").fetchone()
    equal(row, ("serializable", "on"))
    raises(errors.ReadOnlySqlTransaction, lambda: connection.execute("INSERT INTO item VALUES (99)"))
    connection.rollback()


@check
def two_phase(connection):
    """two-phase commit by the client"""
    for number, finish in enumerate(("tpc_commit", "tpc_rollback")):
        mine = psycopg.connect()
        mine.tpc_begin(mine.xid(1, f"transaction {number}", "branch"))
        mine.execute("INSERT INTO item VALUES (%s, 'prepared')", [500 + number])
        mine.tpc_prepare()
        mine.close()
        with psycopg.connect(autocommit=True) as other:
            prepared = other.tpc_recover()
            equal([xid.gtrid for xid in prepared], [f"transaction {number}"])
            getattr(other, finish)(prepared[0])
    equal(connection.execute("SELECT id FROM item WHERE id >= 500").fetchall(), [(500,)])


@check
def batches(connection):
    """executemany with and without results"""
    cursor = connection.cursor()
    cursor.executemany("INSERT INTO item VALUES (%s, %s)", [(n, f"item {n}") for n in range(100, 400)])
    equal(cursor.rowcount, 300)
    cursor.executemany("UPDATE item SET price = %s WHERE id = %s RETURNING id", [(1, 100), (2, 101)], returning=True)
    equal(cursor.fetchall(), [(100,)])
    cursor.nextset()
    equal(cursor.fetchall(), [(101,)])


@check
def pipeline(connection):
    """pipelines"""
    with connection.pipeline() as pipeline:
        cursors = [connection.execute("SELECT %s::int", [n]) for n in range(500)]
        pipeline.sync()
        equal([cursor.fetchone()[0] for cursor in cursors], list(range(500)))

    def broken():
        with connection.pipeline():
            connection.execute("INSERT INTO item VALUES (600)")
            connection.execute("SELECT 1/0")
            connection.execute("INSERT INTO item VALUES (601)")

    raises(errors.DivisionByZero, broken)
    equal(connection.execute("SELECT count(*) FROM item WHERE id >= 600").fetchone(), (0,))
    with connection.pipeline(), connection.transaction():
        connection.execute("INSERT INTO item VALUES (602)")
        with connection.transaction(force_rollback=True):
            connection.execute("INSERT INTO item VALUES (603)")
    equal(connection.execute("SELECT id FROM item WHERE id >= 600").fetchall(), [(602,)])


@check
def cursors(connection):
    """server-side cursors: forth, back, hold"""
    connection.autocommit = False
    with connection.cursor("numbers", scrollable=True) as cursor:
        cursor.itersize = 10
        cursor.execute("SELECT generate_series(1, %s)", [100])
        equal(sum(row[0] for row in cursor), 5050)
        cursor.scroll(0, mode="absolute")
        equal(cursor.fetchone(), (1,))
    with connection.cursor("held", withhold=True) as cursor:
        cursor.execute("SELECT generate_series(1, 20)")
        connection.commit()
        equal(len(cursor.fetchall()), 20)
    connection.commit()


@check
def stream(connection):
    """streams rows"""
    equal(sum(row[0] for row in connection.cursor().stream("SELECT generate_series(1, %s)", [10000])), 50005000)
    for row in connection.cursor().stream("SELECT generate_series(1, 10000)"):
        break
    equal(connection.execute("SELECT 1").fetchone(), (1,))


@check
def copy(connection):
    """COPY in and out, text and binary, with errors"""
    connection.execute("CREATE TABLE copied (id int, name text, at timestamptz)")
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    cursor = connection.cursor()
    with cursor.copy("COPY copied FROM STDIN") as writer:
        for n in range(2000):
            writer.write_row((n, f"row\t{n}", None))
    with cursor.copy("COPY copied FROM STDIN (FORMAT binary)") as writer:
        writer.set_types(["int4", "text", "timestamptz"])
        for n in range(2000, 4000):
            writer.write_row((n, f"row {n}", at))
    with cursor.copy("COPY (SELECT id, name, at FROM copied ORDER BY id) TO STDOUT (FORMAT binary)") as reader:
        reader.set_types(["int4", "text", "timestamptz"])
        rows = list(reader.rows())
    equal((len(rows), rows[1], rows[3000]), (4000, (1, "row\t1", None), (3000, "row 3000", at)))

    def broken():
        with cursor.copy("COPY copied FROM STDIN") as writer:
            for n in range(5000):
                writer.write(b"not a number\tx\t\\N\n")

    raises(errors.InvalidTextRepresentation, broken)
    try:
        with cursor.copy("COPY copied FROM STDIN") as writer:
            writer.write_row((9999, "never", None))
            raise KeyError("changed my mind")
    except KeyError:
        pass
    equal(connection.execute("SELECT count(*), max(id) FROM copied").fetchone(), (4000, 3999))


@check
def copy_in_between(connection):
    """COPY from one connection to another"""
    with psycopg.connect(autocommit=True) as other:
        other.execute("CREATE TABLE copied_too (LIKE copied)")
        with connection.cursor().copy("COPY copied TO STDOUT") as source:
            with other.cursor().copy("COPY copied_too FROM STDIN") as target:
                for piece in source:
                    target.write(piece)
        equal(other.execute("SELECT count(*) FROM copied_too").fetchone(), (4000,))


@check
def notifications(connection):
    """LISTEN and NOTIFY, while idle and within transactions"""
    connection.execute("LISTEN news")
    with psycopg.connect(autocommit=True) as other:
        other.execute("NOTIFY news, 'one'")
        with other.transaction():
            other.execute("SELECT pg_notify('news', 'two')")
    equal([note.payload for note in connection.notifies(timeout=5, stop_after=2)], ["one", "two"])
    connection.execute("UNLISTEN news")
    with psycopg.connect(autocommit=True) as other:
        other.execute("NOTIFY news, 'three'")
    equal(list(connection.notifies(timeout=0.3)), [])


@check
def notices(connection):
    """notices"""
    said = []
    connection.add_notice_handler(lambda diagnostic: said.append((diagnostic.severity, diagnostic.message_primary)))
    connection.execute("DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'careful'; END $$")
    equal(said, [("NOTICE", "hello"), ("WARNING", "careful")])


@check
def cancel(connection):
    """cancelling from another thread"""
    timer = threading.Timer(0.3, connection.cancel_safe)
    timer.start()
    raises(errors.QueryCanceled, lambda: connection.execute("SELECT pg_sleep(30)"))
    timer.join()
    equal(connection.execute("SELECT 1").fetchone(), (1,))


@check
def statement_timeout(connection):
    """statement and lock timeouts"""
    connection.execute("SET statement_timeout = '100ms'")
    raises(errors.QueryCanceled, lambda: connection.execute("SELECT pg_sleep(30)"))
    connection.execute("RESET statement_timeout")
    equal(connection.execute("SHOW statement_timeout").fetchone(), ("0",))
    connection.execute("SET lock_timeout = '100ms'")
    with psycopg.connect() as other:
        other.execute("LOCK TABLE item")
        raises(errors.LockNotAvailable, lambda: connection.execute("SELECT * FROM item"))


@check
def settings(first):
    """settings of six connections in turns"""
    connections = [psycopg.connect(autocommit=True, options=f"-c search_path=schema{n},public", application_name=f"app {n}")
                   for n in range(6)]
    try:
        for n, connection in enumerate(connections):
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(f"schema{n}")))
            connection.execute("CREATE TABLE own AS SELECT %s::int AS n", [n])
            connection.execute("SELECT set_config('app.tenant', %s, false)", [f"tenant {n}"])
            connection.execute(f"SET TIME ZONE {n}")
        for _ in range(10):
            for n, connection in enumerate(connections):
                row = connection.execute(
                    "SELECT n, current_setting('app.tenant'), current_setting('application_name'), current_setting('TimeZone') FROM own",
                    prepare=True).fetchone()
                equal(row, (n, f"tenant {n}", f"app {n}", f"<+{n:02}>-{n:02}"))
                equal(connection.info.parameter_status("application_name"), f"app {n}")
    finally:
        for connection in connections:
            connection.close()


@check
def set_local(connection):
    """SET LOCAL, and settings that a rollback takes back"""
    before = connection.execute("SHOW work_mem").fetchone()
    with connection.transaction():
        connection.execute("SET LOCAL work_mem = '7MB'")
        equal(connection.execute("SHOW work_mem").fetchone(), ("7MB",))
    equal(connection.execute("SHOW work_mem").fetchone(), before)
    with connection.transaction(force_rollback=True):
        connection.execute("SET work_mem = '9MB'")
    equal(connection.execute("SHOW work_mem").fetchone(), before)
    with connection.transaction():
        connection.execute("SET work_mem = '6MB'")
        with connection.transaction(force_rollback=True):
            connection.execute("SET work_mem = '8MB'")
    equal(connection.execute("SHOW work_mem").fetchone(), ("6MB",))


@check
def temporary_tables(connection):
    """temporary tables and advisory locks"""
    connection.execute("CREATE TEMP TABLE scratch (n int)")
    connection.execute("INSERT INTO scratch VALUES (1)")
    equal(connection.execute("SELECT n FROM scratch").fetchall(), [(1,)])
    connection.execute("SELECT pg_advisory_lock(4711)")
    with psycopg.connect(autocommit=True) as other:
        equal(other.execute("SELECT pg_try_advisory_lock(4711)").fetchone(), (False,))
        connection.execute("SELECT pg_advisory_unlock(4711)")
        equal(other.execute("SELECT pg_try_advisory_lock(4711)").fetchone(), (True,))
    connection.execute("DROP TABLE scratch")


@check
def large_values(connection):
    """large values both ways"""
    text = "ü" * 5_000_000
    equal(connection.execute("SELECT %s::text", [text]).fetchone()[0], text)
    data = bytes(10_000_000)
    equal(connection.execute("SELECT %b::bytea", [data], binary=True).fetchone()[0], data)


@check
def many_threads(connection):
    """sixteen threads with connections of their own"""

    def work(number):
        with psycopg.connect() as mine:
            for n in range(20):
                equal(mine.execute("SELECT %s::int, %s::int", [number, n]).fetchone(), (number, n))
                mine.commit()
        return number

    with ThreadPoolExecutor(16) as threads:
        equal(sorted(threads.map(work, range(16))), list(range(16)))


@check
def lost_clients(connection):
    """connections that are dropped within a transaction do no harm"""
    for _ in range(6):
        lost = psycopg.connect()
        lost.execute("INSERT INTO item VALUES (7000)")
        lost.pgconn.finish()
    deadline = time.monotonic() + 5
    connection.execute("SET lock_timeout = '5s'")
    connection.execute("INSERT INTO item VALUES (7000)")
    connection.execute("DELETE FROM item WHERE id = 7000")
    assert time.monotonic() < deadline


@check
def wrong_password(connection):
    """a wrong password, a database and an option that do not exist"""
    failure = raises(psycopg.OperationalError, lambda: psycopg.connect(password="wrong"))
    assert "password authentication failed for user" in str(failure), str(failure)
    failure = raises(psycopg.OperationalError, lambda: psycopg.connect(dbname="nowhere"))
    assert 'database "nowhere" does not exist' in str(failure), str(failure)
    failure = raises(psycopg.OperationalError, lambda: psycopg.connect(options="-c nonsense=1"))
    assert 'unrecognized configuration parameter "nonsense"' in str(failure), str(failure)


print("done")
sys.exit(failures > 0)
