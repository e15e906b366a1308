"""Django: migrations, models with relations, transactions, its own pool, server-side cursors, its shell of psycopg."""

import datetime
import decimal
import os
import sys
import threading
import uuid

import django
from django.conf import settings

failures = 0


def database(**options):
    return {
        "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"], "HOST": os.environ["PGHOST"],
        "PORT": os.environ["PGPORT"], "USER": os.environ["PGUSER"], "PASSWORD": os.environ["PGPASSWORD"], **options}


settings.configure(
    DATABASES={
        "default": database(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True),
        "bound": database(OPTIONS={"server_side_binding": True}),
        "pooled": database(OPTIONS={"pool": {"min_size": 4, "max_size": 6}}),
        "loose": database(DISABLE_SERVER_SIDE_CURSORS=True, AUTOCOMMIT=True),
    },
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.postgres"],
    USE_TZ=True, TIME_ZONE="Europe/Berlin", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", SECRET_KEY="not secret")
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.postgres.fields import ArrayField  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, IntegrityError, connection, connections, models, transaction  # noqa: E402


class Item(models.Model):
    name = models.CharField(max_length=100, unique=True)
    price = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    at = models.DateTimeField(null=True)
    token = models.UUIDField(default=uuid.uuid4)
    extra = models.JSONField(default=dict)
    tags = ArrayField(models.TextField(), default=list)
    data = models.BinaryField(default=b"")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")

    class Meta:
        app_label = "shop"
        indexes = [models.Index(fields=["price"], name="item_price")]


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def check(action):
    global failures
    try:
        action()
        print("ok", action.__doc__, flush=True)
    except Exception as failure:
        failures += 1
        text = str(failure).replace("\n", "|")[:400]
        print(f"failed {action.__doc__}: {type(failure).__name__} {text}", flush=True)
    for name in connections:
        connections[name].close()


print("version", django.__version__, flush=True)


@check
def migrate():
    """migrates the apps that come with it"""
    call_command("migrate", verbosity=0, interactive=False)
    equal(Group.objects.count(), 0)
    equal("auth_user" in connection.introspection.table_names(), True)


@check
def migrate_back():
    """migrates back and forth"""
    call_command("migrate", "auth", "0011", verbosity=0)
    call_command("migrate", "auth", verbosity=0)


@check
def schema_editor():
    """creates and alters a table in one transaction"""
    with connection.schema_editor() as editor:
        editor.create_model(Item)
        field = models.IntegerField(null=True)
        field.set_attributes_from_name("stock")
        editor.add_field(Item, field)
        editor.remove_field(Item, field)
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, "shop_item")]
        equal("stock" in names, False)
        equal("item_price" in connection.introspection.get_constraints(cursor, "shop_item"), True)


@check
def objects():
    """objects of every type"""
    at = datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.timezone.utc)
    for name in ("default", "bound", "pooled", "loose"):
        item = Item.objects.using(name).create(name=f"ü {name}", price="12.50", at=at, extra={"a": [1, None]}, tags=["x", "y,z"], data=bytes(range(256)))
        found = Item.objects.using(name).get(pk=item.pk)
        equal((found.price, found.at, found.extra, found.tags, bytes(found.data), found.token),
              (decimal.Decimal("12.50"), at, {"a": [1, None]}, ["x", "y,z"], bytes(range(256)), item.token))


@check
def relations():
    """relations, queries, aggregates"""
    parent = Item.objects.create(name="parent")
    Item.objects.bulk_create([Item(name=f"child {n}", parent=parent, price=n) for n in range(500)], batch_size=100)
    equal(parent.children.aggregate(total=models.Sum("price"))["total"], decimal.Decimal("124750.00"))
    equal(Item.objects.filter(parent__name="parent", tags__contains=[]).count(), 500)
    equal(Item.objects.filter(extra__has_key="a").count(), 4)
    user = User.objects.create_user("ada", password="x")
    user.groups.add(Group.objects.create(name="editors"))
    equal(User.objects.prefetch_related("groups").get().groups.all()[0].name, "editors")
    Item.objects.bulk_create([Item(name="child 1", price=7)], update_conflicts=True, unique_fields=["name"], update_fields=["price"])
    equal(Item.objects.get(name="child 1").price, 7)


@check
def iterates():
    """server-side cursors, within and without a transaction"""
    for name in ("default", "bound", "loose"):
        equal(sum(1 for _ in Item.objects.using(name).filter(parent__isnull=False).iterator(chunk_size=20)), 500)
        with transaction.atomic(using=name):
            equal(sum(1 for _ in Item.objects.using(name).filter(parent__isnull=False).iterator(chunk_size=20)), 500)


@check
def atomic():
    """atomic blocks, savepoints, hooks"""
    said = []
    with transaction.atomic():
        Item.objects.create(name="kept")
        transaction.on_commit(lambda: said.append("committed"))
        try:
            with transaction.atomic():
                Item.objects.create(name="kept")
        except IntegrityError as violation:
            equal(violation.__cause__.diag.constraint_name, "shop_item_name_key")
        equal(Item.objects.filter(name="kept").count(), 1)
    equal(said, ["committed"])
    try:
        with transaction.atomic():
            Item.objects.create(name="undone")
            raise KeyError
    except KeyError:
        pass
    equal(Item.objects.filter(name="undone").count(), 0)
    try:
        connection.cursor().execute("SELECT 1/0")
    except DatabaseError:
        pass
    equal(Item.objects.filter(name="kept").count(), 1)


@check
def locks():
    """SELECT FOR UPDATE of several threads"""
    Item.objects.create(name="counter", price=0)
    problems = []

    def work():
        try:
            for _ in range(5):
                with transaction.atomic():
                    counter = Item.objects.select_for_update().get(name="counter")
                    counter.price += 1
                    counter.save()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    equal(Item.objects.get(name="counter").price, 30)


@check
def time_zone():
    """its time zone stays through many connections"""
    with connection.cursor() as cursor:
        cursor.execute("SHOW TimeZone")
        equal(cursor.fetchone(), ("UTC",))
    with connections["pooled"].cursor() as cursor:
        cursor.execute("SHOW TimeZone")
        equal(cursor.fetchone(), ("UTC",))


@check
def inspects():
    """inspectdb"""
    import io
    out = io.StringIO()
    call_command("inspectdb", "shop_item", stdout=out)
    equal("class ShopItem(models.Model):" in out.getvalue(), True)
    equal("Unable to inspect" in out.getvalue(), False)


@check
def explains():
    """EXPLAIN of a query"""
    equal("Execution Time" in Item.objects.filter(data=b"").explain(analyze=True), True)


@check
def flushes():
    """flush truncates all tables and resets their sequences"""
    call_command("flush", verbosity=0, interactive=False)
    equal(User.objects.count(), 0)
    equal(User.objects.create_user("grace").pk, 1)


print("done")
sys.exit(failures > 0)
