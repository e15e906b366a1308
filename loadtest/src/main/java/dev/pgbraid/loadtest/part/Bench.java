package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Database;
import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.ProxySettings;
import dev.pgbraid.loadtest.contender.RunningProxies;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.load.LoadGenerator;
import dev.pgbraid.loadtest.process.Placement;
import dev.pgbraid.loadtest.process.SyscallCounter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What all parts use: the database, the products to compare, the tools that were found.
///
/// @param syscalls empty where system calls cannot be counted
/// @param progress where a part says what it is at
public record Bench(
        Database database,
        List<Proxy> proxies,
        LoadGenerator generator,
        Placement placement,
        Optional<SyscallCounter> syscalls,
        Consumer<String> progress) {
    static final int POOL_SIZE = 20;
    static final int DEFAULT_THREADS = 0;

    public Bench {
        proxies = List.copyOf(proxies);
    }

    ProxySettings settings(int threads) {
        return new ProxySettings(database.endpoint(), database.verifier(), threads, POOL_SIZE);
    }

    /// Starts a proxy and waits until a client got an answer through it.
    RunningProxy start(Proxy proxy, int threads) throws IOException, InterruptedException {
        RunningProxy running = proxy.start(settings(threads));
        try {
            running.awaitAnswer();
            return running;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            running.close();
            throw failed;
        }
    }

    RunningProxies startAll(int threads) throws IOException, InterruptedException {
        RunningProxies all = new RunningProxies();
        try {
            for (Proxy proxy : proxies) {
                all.add(start(proxy, threads));
            }
            return all;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            all.close();
            throw failed;
        }
    }
}
