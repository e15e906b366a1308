package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.BackendPools;
import dev.pgbraid.proxy.backend.BackendReport;
import dev.pgbraid.proxy.backend.ShardServer;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// Sees what all event loops are at, and gives them orders. Each answers on its own thread, so nothing is locked.
public final class Survey {
    private final Map<EventLoop, Worker> workers;
    private final BackendPools pools;
    private final Gate gate;

    Survey(Map<EventLoop, Worker> workers, BackendPools pools, Gate gate) {
        this.workers = workers;
        this.pools = pools;
        this.gate = gate;
    }

    /// What every event loop has counted.
    public CompletableFuture<List<LoopReport>> loops() {
        return ask((loop, worker) -> worker.report());
    }

    public CompletableFuture<List<ClientReport>> clients() {
        return flat(ask((loop, worker) -> worker.clientReports()));
    }

    public CompletableFuture<List<BackendReport>> backends() {
        return flat(ask((loop, worker) -> pools.backendReports(loop)));
    }

    /// The shapes of each database whose clients have waited longest, as many of each event loop. The same shape is
    /// there
    /// once for each event loop.
    public CompletableFuture<List<ShapeReport>> hottestShapes(int max) {
        return flat(ask((loop, worker) -> worker.hottestShapes(max)));
    }

    /// How many connections are logging in.
    public int logins() {
        return gate.logins();
    }

    /// How many clients are connected and past the first message, those of the admin database too.
    public int clientCount() {
        return gate.clients();
    }

    /// Disconnects clients at once.
    ///
    /// @return how many there were
    public CompletableFuture<Integer> kill(Predicate<ClientReport> which) {
        return ask((loop, worker) -> worker.kill(which))
                .thenApply(killed -> killed.stream().mapToInt(Integer::intValue).sum());
    }

    /// Lends no backend of these shards until [#resume].
    public void pause(Set<ShardServer> shards) {
        pools.pause(shards);
    }

    public void resume(Set<ShardServer> shards) {
        pools.resume(shards);
    }

    /// Replaces every connection to these shards, those that are lent when they come back.
    public void renew(Set<ShardServer> shards) {
        pools.renew(shards);
    }

    /// Ends every connection to these shards.
    public void killBackends(Set<ShardServer> shards) {
        pools.kill(shards);
    }

    private <T> CompletableFuture<List<T>> ask(BiFunction<EventLoop, Worker, T> question) {
        List<CompletableFuture<T>> answers = workers.entrySet().stream()
                .map(entry -> CompletableFuture.supplyAsync(
                        () -> question.apply(entry.getKey(), entry.getValue()), entry.getKey()))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        _ -> answers.stream().map(CompletableFuture::resultNow).toList());
    }

    private static <T> CompletableFuture<List<T>> flat(CompletableFuture<List<List<T>>> lists) {
        return lists.thenApply(all -> all.stream().flatMap(Collection::stream).toList());
    }
}
