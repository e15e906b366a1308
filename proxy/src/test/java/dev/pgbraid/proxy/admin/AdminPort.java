package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The admin port of a proxy, as scrapers see it.
record AdminPort(int port) {

    static AdminPort of(ProxyFixture proxy) {
        return new AdminPort(proxy.server().adminPort().orElseThrow());
    }

    HttpResponse<String> get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// The values of a scrape, by names with labels.
    Map<String, Double> scrape() {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                        (first, second) -> {
                            throw new IllegalStateException("twice: " + first + ", " + second);
                        },
                        LinkedHashMap::new));
    }

    /// The value of a metric.
    ///
    /// @param series with its labels in alphabetical order, such as `a{b="c",d="e"}`
    double value(String series) {
        Map<String, Double> all = scrape();
        Double value = all.get(series);
        if (value == null) {
            throw new IllegalArgumentException(series + " is not among " + all.keySet());
        }
        return value;
    }
}
