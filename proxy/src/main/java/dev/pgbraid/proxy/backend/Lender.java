package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.Settings;
import org.jspecify.annotations.Nullable;

/// Who lends backends of one shard.
public interface Lender {
    ShardLogin target();

    /// The epoch by which statements for its backends are routed, 0 if they are not.
    long epoch();

    /// A backend at once, or null: then the tenant waits until it is granted one or refused.
    @Nullable
    Backend checkOut(Tenant tenant, Settings settings);

    /// The tenant waits no longer.
    void withdraw(Tenant tenant);

    /// Takes a backend back from its tenant.
    void giveBack(Backend backend);
}
