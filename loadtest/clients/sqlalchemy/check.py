"""SQLAlchemy with three drivers: tables from metadata, relations, sessions, its pool, reflection, async."""

import asyncio
import datetime
import decimal
import os
import sys
import threading
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

failures = 0


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def run(name, action):
    global failures
    try:
        action()
        print("ok", name, flush=True)
    except Exception as failure:
        failures += 1
        text = str(failure).replace("\n", "|")[:400]
        print(f"failed {name}: {type(failure).__name__} {text}", flush=True)


def url(driver):
    return os.environ["DATABASE_URL"].replace("postgresql:", f"postgresql+{driver}:")


class Base(orm.DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(unique=True)
    token: orm.Mapped[uuid.UUID | None]
    born: orm.Mapped[datetime.datetime | None] = orm.mapped_column(sa.DateTime(timezone=True))
    extra: orm.Mapped[dict | None] = orm.mapped_column(pg.JSONB)
    tags: orm.Mapped[list[str] | None] = orm.mapped_column(pg.ARRAY(sa.Text))
    mood: orm.Mapped[str | None] = orm.mapped_column(sa.Enum("sad", "happy", name="mood"))
    purchases: orm.Mapped[list["Purchase"]] = orm.relationship(back_populates="customer", cascade="all, delete-orphan")


class Purchase(Base):
    __tablename__ = "purchase"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    customer_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("customer.id"), index=True)
    total: orm.Mapped[decimal.Decimal] = orm.mapped_column(sa.Numeric(10, 2))
    customer: orm.Mapped[Customer] = orm.relationship(back_populates="purchases")


def check_driver(driver):
    engine = sa.create_engine(url(driver), pool_size=5, max_overflow=10, pool_pre_ping=True)
    run(f"{driver}: creates tables", lambda: (Base.metadata.drop_all(engine), Base.metadata.create_all(engine)))
    run(f"{driver}: objects and relations", lambda: objects(engine))
    run(f"{driver}: bulk inserts with RETURNING", lambda: bulk(engine))
    run(f"{driver}: nested transactions", lambda: nested(engine))
    run(f"{driver}: server-side cursors", lambda: streams(engine))
    run(f"{driver}: reflection", lambda: reflects(engine))
    run(f"{driver}: isolation levels", lambda: isolates(engine))
    run(f"{driver}: many threads", lambda: threads(engine))
    run(f"{driver}: settings on connect", lambda: settings(driver))
    run(f"{driver}: two-phase commit by the client", lambda: two_phase(engine))
    engine.dispose()


def objects(engine):
    born = datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
    token = uuid.uuid4()
    with orm.Session(engine) as session:
        ada = Customer(name="Ada 🐘", token=token, born=born, extra={"a": [1, None]}, tags=["x", "y,z"], mood="happy")
        ada.purchases = [Purchase(total=decimal.Decimal("12.50")), Purchase(total=decimal.Decimal("0.01"))]
        session.add(ada)
        session.commit()
        session.expire_all()
        found = session.scalars(sa.select(Customer).where(Customer.name == "Ada 🐘").options(orm.selectinload(Customer.purchases))).one()
        equal((found.token, found.born, found.extra, found.tags, found.mood), (token, born, {"a": [1, None]}, ["x", "y,z"], "happy"))
        equal(sorted(purchase.total for purchase in found.purchases), [decimal.Decimal("0.01"), decimal.Decimal("12.50")])
        found.purchases.pop()
        session.commit()
        equal(session.scalar(sa.select(sa.func.count()).select_from(Purchase)), 1)
        session.delete(found)
        session.rollback()
        equal(session.scalar(sa.select(sa.func.count()).select_from(Customer)), 1)


def bulk(engine):
    with engine.begin() as connection:
        rows = connection.execute(
            sa.insert(Customer).returning(Customer.id, Customer.name), [{"name": f"bulk {n}"} for n in range(2500)]).all()
        equal(len(rows), 2500)
        statement = pg.insert(Customer).values(name="bulk 1", tags=["new"])
        statement = statement.on_conflict_do_update(index_elements=["name"], set_={"tags": statement.excluded.tags})
        connection.execute(statement)
        equal(connection.scalar(sa.select(Customer.tags).where(Customer.name == "bulk 1")), ["new"])


def nested(engine):
    with orm.Session(engine) as session:
        session.add(Customer(name="outer"))
        session.flush()
        try:
            with session.begin_nested():
                session.add(Customer(name="outer"))
                session.flush()
        except sa.exc.IntegrityError:
            pass
        session.commit()
        equal(session.scalar(sa.select(sa.func.count()).where(Customer.name == "outer")), 1)
        try:
            session.execute(sa.text("SELECT 1/0"))
        except sa.exc.DBAPIError:
            session.rollback()
        equal(session.scalar(sa.text("SELECT 1")), 1)


def streams(engine):
    with engine.connect() as connection:
        result = connection.execution_options(stream_results=True, max_row_buffer=50).execute(
            sa.text("SELECT generate_series(1, 2000)"))
        equal(sum(row[0] for row in result), 2001000)


def reflects(engine):
    inspector = sa.inspect(engine)
    equal({"customer", "purchase"} <= set(inspector.get_table_names()), True)
    equal(inspector.get_foreign_keys("purchase")[0]["referred_table"], "customer")
    equal(inspector.get_indexes("purchase")[0]["name"], "ix_purchase_customer_id")
    equal(inspector.get_enums()[0]["labels"], ["sad", "happy"])
    metadata = sa.MetaData()
    metadata.reflect(engine)
    equal(str(metadata.tables["purchase"].c.total.type), "NUMERIC(10, 2)")


def isolates(engine):
    with engine.connect().execution_options(isolation_level="SERIALIZABLE", postgresql_readonly=True) as connection:
        equal(connection.scalar(sa.text("SHOW transaction_isolation")), "serializable")
        equal(connection.scalar(sa.text("SHOW transaction_read_only")), "on")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM customer"))
        equal(connection.scalar(sa.text("SHOW transaction_isolation")), "read committed")
    with engine.connect() as connection:
        equal(connection.scalar(sa.text("SHOW transaction_read_only")), "off")


def threads(engine):
    problems = []

    def work(number):
        try:
            for n in range(10):
                with engine.begin() as connection:
                    equal(connection.scalar(sa.select(sa.literal(number * 1000 + n))), number * 1000 + n)
        except Exception as problem:
            problems.append(problem)

    running = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if problems:
        raise problems[0]


def settings(driver):
    engine = sa.create_engine(url(driver), pool_size=6)

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection, record):
        cursor = connection.cursor()
        cursor.execute("SET application_name = 'from the hook'")
        cursor.close()
        connection.commit()

    connections = [engine.connect() for _ in range(6)]
    for connection in connections:
        equal(connection.scalar(sa.text("SHOW application_name")), "from the hook")
        connection.rollback()
    for connection in connections:
        connection.close()
    engine.dispose()


def two_phase(engine):
    with engine.connect() as connection:
        transaction = connection.begin_twophase()
        connection.execute(sa.insert(Customer).values(name="two-phase"))
        transaction.prepare()
        transaction.commit()
    with engine.connect() as connection:
        equal(connection.scalar(sa.select(sa.func.count()).where(Customer.name == "two-phase")), 1)


async def check_async():
    engine = create_async_engine(url("asyncpg"), pool_size=6)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)

    async def work(number):
        async with AsyncSession(engine) as session:
            session.add(Customer(name=f"async {number}", extra={"n": number}, tags=["a"], purchases=[Purchase(total=number)]))
            await session.commit()
            found = await session.scalar(sa.select(Customer).where(Customer.name == f"async {number}"))
            equal(found.extra, {"n": number})

    await asyncio.gather(*(work(number) for number in range(20)))
    async with engine.connect() as connection:
        total = 0
        async for row in await connection.stream(sa.text("SELECT generate_series(1, 1000)")):
            total += row[0]
        equal(total, 500500)
    await engine.dispose()


print("version", sa.__version__, flush=True)
for name in ("psycopg", "psycopg2"):
    check_driver(name)
run("asyncpg: objects of twenty tasks, streaming", lambda: asyncio.run(check_async()))
print("done")
sys.exit(failures > 0)
