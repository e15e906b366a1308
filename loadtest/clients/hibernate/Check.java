import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;

/// Uses Hibernate with HikariCP and pgjdbc: its schema tool, relations, batches, locks, scrolling.
final class Check {
    private static int failures;
    private static SessionFactory factory;

    private Check() {}

    /// Has purchases.
    @Entity(name = "Customer")
    @Table(name = "customer")
    static class Customer {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        String name;
        UUID token;
        OffsetDateTime born;
        String[] tags;

        @Version
        int version;

        @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true)
        List<Purchase> purchases = new ArrayList<>();
    }

    /// Belongs to a customer; its key is an identity column.
    @Entity(name = "Purchase")
    @Table(name = "purchase")
    static class Purchase {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        BigDecimal total;

        @ManyToOne
        Customer customer;
    }

    public static void main(String[] arguments) {
        System.out.println("version " + org.hibernate.Version.getVersionString());
        check("makes the schema", () -> factory = configuration("create").buildSessionFactory());
        check("finds the schema as it should be", () -> configuration("validate").buildSessionFactory().close());
        check("updates the schema", () -> configuration("update").buildSessionFactory().close());
        check("objects and relations", Check::objects);
        check("batches", Check::batches);
        check("scrolls", Check::scrolls);
        check("optimistic and pessimistic locks", Check::locks);
        check("a constraint, and what comes after it", Check::constraint);
        check("many sessions at the same time", Check::concurrently);
        check("a stateless session", Check::stateless);
        factory.close();
        System.out.println("done");
        System.exit(failures > 0 ? 1 : 0);
    }

    private static void check(String name, Runnable action) {
        try {
            action.run();
            System.out.println("ok " + name);
        } catch (RuntimeException | AssertionError failure) {
            failures++;
            System.out.println("failed " + name + ": " + String.valueOf(failure).replace('\n', '|'));
        }
    }

    private static Configuration configuration(String schema) {
        return new Configuration()
                .addAnnotatedClass(Customer.class)
                .addAnnotatedClass(Purchase.class)
                .setProperty("hibernate.connection.url", "jdbc:postgresql://" + System.getenv("PGHOST") + ":"
                        + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE"))
                .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
                .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"))
                .setProperty("hibernate.hikari.maximumPoolSize", "6")
                .setProperty("hibernate.jdbc.batch_size", "50")
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.hbm2ddl.auto", schema);
    }

    private static void equal(Object actual, Object expected) {
        if (!Objects.deepEquals(actual, expected)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private static void inTransaction(Consumer<Session> action) {
        factory.inTransaction(action::accept);
    }

    private static Customer customer(String name) {
        Customer customer = new Customer();
        customer.name = name;
        return customer;
    }

    private static void objects() {
        UUID token = UUID.randomUUID();
        OffsetDateTime born = OffsetDateTime.parse("2001-02-03T04:05:06Z");
        inTransaction(session -> {
            Customer ada = customer("Ada 🐘");
            ada.token = token;
            ada.born = born;
            ada.tags = new String[] {"x", "y,z"};
            for (String total : List.of("12.50", "0.01")) {
                Purchase purchase = new Purchase();
                purchase.total = new BigDecimal(total);
                purchase.customer = ada;
                ada.purchases.add(purchase);
            }
            session.persist(ada);
        });
        inTransaction(session -> {
            Customer found = session.createSelectionQuery("from Customer c join fetch c.purchases where c.name = :name", Customer.class)
                    .setParameter("name", "Ada 🐘")
                    .getSingleResult();
            equal(found.token, token);
            equal(found.born.toInstant(), born.toInstant());
            equal(found.tags, new String[] {"x", "y,z"});
            equal(found.purchases.size(), 2);
            found.purchases.remove(0);
        });
    }

    private static void batches() {
        inTransaction(session -> {
            for (int n = 0; n < 500; n++) {
                session.persist(customer("batch " + n));
            }
        });
        inTransaction(session -> equal(
                session.createMutationQuery("update Customer set tags = null where name like 'batch%'").executeUpdate(), 500));
    }

    private static void scrolls() {
        inTransaction(session -> {
            try (Stream<Customer> all = session.createSelectionQuery("from Customer where name like 'batch%' order by id", Customer.class)
                    .setFetchSize(20)
                    .getResultStream()) {
                equal(all.count(), 500L);
            }
        });
    }

    private static void locks() {
        Long[] id = new Long[1];
        inTransaction(session -> {
            Customer locked = customer("locked");
            session.persist(locked);
            id[0] = locked.id;
        });
        inTransaction(session -> session.find(Customer.class, id[0], LockModeType.PESSIMISTIC_WRITE).name = "locked twice");
        inTransaction(session -> equal(session.find(Customer.class, id[0]).version, 1));
    }

    private static void constraint() {
        inTransaction(session -> session.createNativeMutationQuery("create unique index customer_name on customer (name)").executeUpdate());
        try {
            inTransaction(session -> session.persist(customer("batch 1")));
            throw new AssertionError("no violation");
        } catch (ConstraintViolationException violation) {
            equal(violation.getConstraintName(), "customer_name");
        }
        inTransaction(session -> session.persist(customer("another")));
    }

    private static void concurrently() {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<Future<?>> tasks = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            int number = n;
            tasks.add(threads.submit(() -> {
                inTransaction(session -> session.persist(customer("at once " + number)));
                inTransaction(session -> equal(session.createSelectionQuery("from Customer where name = ?1", Customer.class)
                        .setParameter(1, "at once " + number)
                        .getResultCount(), 1L));
            }));
        }
        try {
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
            throw new IllegalStateException(failure);
        } finally {
            threads.shutdown();
        }
    }

    private static void stateless() {
        try (StatelessSession session = factory.openStatelessSession()) {
            session.beginTransaction();
            session.setJdbcBatchSize(30);
            for (int n = 0; n < 100; n++) {
                session.insert(customer("stateless " + n));
            }
            session.getTransaction().commit();
        }
        inTransaction(session -> equal(
                session.createSelectionQuery("select count(*) from Customer where name like 'stateless%'", Long.class).getSingleResult(), 100L));
    }
}
