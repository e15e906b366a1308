package dev.pgbraid.proxy.postgres;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A program that starts a server, says so, and never stops it.
final class LeavesServerBehind {
    private LeavesServerBehind() {}

    static void main() throws InterruptedException {
        PostgresServer server =
                PostgresInstallation.newest().temporaryServer(Map.of()).start();
        System.out.println(server.processIdentity());
        System.out.println(server.log().getParent());
        new CountDownLatch(1).await();
        server.close();
    }
}
