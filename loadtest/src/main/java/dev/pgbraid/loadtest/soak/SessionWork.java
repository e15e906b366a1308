package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.NotificationResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a session has of its own: settings, temporary tables, locks, notifications.
final class SessionWork {
    private static final int LOCKS = 3;
    private static final int NOTIFICATIONS = 10;

    private SessionWork() {}

    static void changeSettings(Guest guest) {
        String inside = (200 + guest.random().nextInt(100)) + "kB";
        Map<String, String> changed = new TreeMap<>(guest.settings());
        changed.put("work_mem", inside);
        guest.run("BEGIN; SET LOCAL work_mem = '" + inside + "'").requireStatus(TransactionStatus.IN_TRANSACTION);
        guest.probe(changed);
        boolean commits = guest.random().nextBoolean();
        String name = guest.tag() + "-" + guest.random().nextInt(100);
        guest.run("SET application_name = '" + name + "'").rows();
        guest.run(commits ? "COMMIT" : "ROLLBACK").requireStatus(TransactionStatus.IDLE);
        if (commits) {
            guest.settings().put("application_name", name);
        }
        guest.probe();
        String mark = guest.tag() + "-" + guest.random().nextInt(100);
        guest.run("SELECT set_config('soak.tag', '" + mark + "', false)").requireColumn(List.of(mark));
        guest.settings().put("soak.tag", mark);
        guest.probe();
    }

    static void resetSettings(Guest guest) {
        boolean discards = guest.random().nextBoolean();
        guest.run(discards ? "DISCARD ALL" : "RESET ALL").rows();
        guest.settingsAreReset();
        if (discards) {
            guest.prepared().clear();
        }
        guest.probe();
    }

    /// All guests give theirs the same name.
    static void useTemporaryTable(Guest guest) throws InterruptedException {
        guest.surroundings().tied(() -> {
            guest.run("CREATE TEMPORARY TABLE scratch (value text)").rows();
            String nonce = guest.nonce();
            guest.run("INSERT INTO scratch VALUES ('" + nonce + "')").rows();
            guest.probe();
            guest.pause(20);
            guest.run("SELECT value FROM scratch").requireColumn(List.of(nonce));
            switch (guest.random().nextInt(3)) {
                case 0 -> guest.run("DROP TABLE scratch").rows();
                case 1 -> guest.run("DISCARD TEMP").rows();
                default -> guest.reconnect();
            }
            guest.run("SELECT value FROM scratch").requireError("42P01");
        });
    }

    /// A lock that only one guest can have at a time, kept over several transactions.
    static void holdLock(Guest guest) throws InterruptedException {
        int lock = guest.random().nextInt(LOCKS);
        guest.surroundings().tied(() -> {
            guest.run("SELECT pg_advisory_lock(" + lock + ")").rows();
            guest.probe();
            guest.pause(20);
            List<List<String>> holders = guest.run("SELECT pid = pg_backend_pid() FROM pg_locks WHERE granted"
                            + " AND locktype = 'advisory' AND objid = " + lock + " AND database = (SELECT oid FROM"
                            + " pg_database WHERE datname = current_database())")
                    .rows();
            if (!holders.equals(List.of(List.of("t")))) {
                throw new WrongAnswer("holders of the lock: " + holders);
            }
            if (guest.random().nextBoolean()) {
                guest.run("SELECT pg_advisory_unlock(" + lock + ")").requireColumn(List.of("t"));
            } else {
                guest.reconnect();
            }
        });
    }

    /// What the guest notifies itself of must come, all of it, once and in order; nothing for others may.
    static void listen(Guest guest) throws InterruptedException {
        guest.notifications().clear();
        guest.run("LISTEN \"" + guest.tag() + "\"").rows();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < NOTIFICATIONS; i++) {
            wanted.add(guest.nonce());
            guest.run("NOTIFY \"" + guest.tag() + "\", '" + wanted.getLast() + "'")
                    .rows();
            guest.pause(10);
        }
        while (guest.notifications().size() < wanted.size()) {
            awaitNotification(guest);
        }
        guest.probe();
        requireNotified(guest, wanted);
        if (guest.random().nextBoolean()) {
            guest.run("UNLISTEN *").rows();
            guest.notifications().clear();
            guest.run("NOTIFY \"" + guest.tag() + "\", 'unheard'").rows();
            guest.probe();
            requireNotified(guest, List.of());
        } else {
            guest.reconnect();
        }
    }

    private static void awaitNotification(Guest guest) {
        BackendMessage message = guest.receiveAny();
        if (!(message instanceof NotificationResponse notification)) {
            throw new WrongAnswer("instead of a notification there is " + message);
        }
        guest.notifications().add(notification);
    }

    private static void requireNotified(Guest guest, List<String> wanted) {
        List<String> found = guest.notifications().stream()
                .filter(notification -> notification.channel().equals(ByteString.utf8(guest.tag())))
                .map(notification -> notification.payload().toString())
                .toList();
        if (found.size() != guest.notifications().size() || !found.equals(wanted)) {
            throw new WrongAnswer("instead of " + wanted + " was notified " + guest.notifications());
        }
    }

    static void getNotice(Guest guest) {
        String nonce = guest.nonce();
        Answer answer = guest.run("DO $$ BEGIN RAISE NOTICE '" + nonce + "'; END $$");
        if (!answer.notices().equals(List.of(nonce))) {
            throw new WrongAnswer("instead of " + nonce + " was noticed " + answer.notices());
        }
    }
}
