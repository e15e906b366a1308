package dev.pgbraid.proxy.control.placement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.proxy.control.json.Json;
import dev.pgbraid.proxy.control.json.JsonException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The placement in an etcd cluster, by the JSON form of its interface.
///
/// Each epoch is a key below `/pgbraid/DATABASE/placement/`. It is made by a transaction that wants the epoch before it
/// to be the newest, as the key `/pgbraid/DATABASE/newest` says.
public final class EtcdStore implements PlacementStore {
    private static final int EPOCHS_KEPT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final List<URI> servers;
    private final String prefix;
    private final String newest;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// @param servers of the cluster, any of which is asked
    /// @param database whose placement it is
    public EtcdStore(List<URI> servers, String database) {
        this.servers = List.copyOf(servers);
        this.prefix = "/pgbraid/" + database + "/placement/";
        this.newest = "/pgbraid/" + database + "/newest";
    }

    @Override
    public Optional<StoredTopology> read() throws StoreFailure {
        Json.Members answer = ask(
                "/v3/kv/range",
                members(
                        "key", encoded(prefix),
                        "range_end", encoded(prefix + "~"),
                        "sort_order", new Json.Text("DESCEND"),
                        "sort_target", new Json.Text("KEY"),
                        "limit", new Json.Whole(1)));
        List<Json> found = answer.find("kvs").map(Json::elements).orElse(List.of());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(StoredTopology.of(
                        decoded(found.getFirst().object().get("value").text())));
    }

    @Override
    public boolean append(StoredTopology next) throws StoreFailure {
        Json forget = members(
                "request_delete_range",
                members(
                        "key",
                        encoded(prefix),
                        "range_end",
                        encoded(key(Math.max(0, next.epoch() - EPOCHS_KEPT + 1)))));
        List<Json> changes =
                List.of(put(newest, Long.toString(next.epoch())), put(key(next.epoch()), next.toText()), forget);
        Json.Members answer = ask(
                "/v3/kv/txn",
                members(
                        "compare",
                        new Json.Array(List.of(isNewest(next.epoch() - 1))),
                        "success",
                        new Json.Array(changes)));
        return answer.find("succeeded").filter(new Json.Flag(true)::equals).isPresent();
    }

    private static Json put(String key, String value) {
        return members("request_put", members("key", encoded(key), "value", encoded(value)));
    }

    /// The condition that this is the newest epoch; 0 if there is none, for then no revision has made the key.
    private Json isNewest(long epoch) {
        boolean isNone = epoch == 0;
        return members(
                "key",
                encoded(newest),
                "result",
                new Json.Text("EQUAL"),
                "target",
                new Json.Text(isNone ? "CREATE" : "VALUE"),
                isNone ? "create_revision" : "value",
                isNone ? new Json.Text("0") : encoded(Long.toString(epoch)));
    }

    private String key(long epoch) {
        return prefix + String.format("%019d", epoch);
    }

    /// The answer of the first server that has one. Where a server may have done what it was asked before it failed,
    /// another is not asked the same: a transaction that is made twice looks as if it had been refused.
    private Json.Members ask(String path, Json.Members question) throws StoreFailure {
        List<String> problems = new ArrayList<>();
        for (URI server : servers) {
            try {
                return ask(server.resolve(path), question);
            } catch (ConnectException | HttpConnectTimeoutException away) {
                problems.add(server + " is away");
            } catch (IOException | JsonException broken) {
                throw new StoreFailure(
                        "the placement cannot be read or changed: etcd " + server + ": " + broken, broken);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                throw new StoreFailure("the placement cannot be read or changed: the proxy is stopping", hurried);
            }
        }
        throw new StoreFailure(
                "the placement cannot be read or changed: etcd cannot be reached: " + String.join(", ", problems));
    }

    private Json.Members ask(URI address, Json.Members question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(question.write()))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString(UTF_8));
        if (response.statusCode() != OK) {
            throw new IOException("status " + response.statusCode() + ": " + response.body());
        }
        return Json.read(response.body()).object();
    }

    private static Json encoded(String text) {
        return new Json.Text(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }

    private static Json.Members members(Object... namesAndValues) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], (Json) namesAndValues[i + 1]);
        }
        return new Json.Members(members);
    }

    @Override
    public void close() {
        client.close();
    }
}
