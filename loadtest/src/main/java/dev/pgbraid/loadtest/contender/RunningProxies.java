package dev.pgbraid.loadtest.contender;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proxies that run side by side and end together.
public final class RunningProxies implements AutoCloseable {
    private final List<RunningProxy> proxies = new ArrayList<>();

    public void add(RunningProxy proxy) {
        proxies.add(proxy);
    }

    public List<RunningProxy> all() {
        return List.copyOf(proxies);
    }

    public Optional<Contender> named(String name) {
        return proxies.stream()
                .map(RunningProxy::contender)
                .filter(contender -> contender.name().equals(name))
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        for (RunningProxy proxy : proxies) {
            proxy.close();
        }
    }
}
