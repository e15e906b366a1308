package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.router.GatherResult;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.gather.Gathering;
import dev.pgbraid.router.gather.Sql;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out how the rows of one query are gathered, and which shards have some for the values that it has.
final class GatherPlanner {
    private static final Logger LOGGER = LoggerFactory.getLogger(GatherPlanner.class);

    private final RoutedDatabase database;
    private final Perspective perspective;
    private final Parameters parameters;
    private final ShardId home;
    private final Listener listener;
    private final List<PlannedPart> parts = new ArrayList<>();

    interface Listener {
        void planned(List<PlannedPart> parts, Sql text);

        void refused(ErrorFields error);
    }

    GatherPlanner(
            RoutedDatabase database, Perspective perspective, Parameters parameters, ShardId home, Listener listener) {
        this.database = database;
        this.perspective = perspective;
        this.parameters = parameters;
        this.home = home;
        this.listener = listener;
    }

    void plan(byte[] text) {
        database.gathering(text, perspective, this::found, this::failed);
    }

    private void failed(Throwable problem) {
        LOGGER.atError().setCause(problem).log("a bug keeps rows from being gathered");
        listener.refused(RouteErrors.bug(problem));
    }

    private void found(GatherResult result) {
        switch (result) {
            case GatherResult.Refused(Plan.Refused refusal) -> listener.refused(RouteErrors.of(refusal));
            case GatherResult.Gathered(Gathering gathering) -> goOn(gathering);
        }
    }

    /// Plans the parts that have no shards yet.
    private void goOn(Gathering gathering) {
        while (parts.size() < gathering.parts().size()) {
            byte[] query = gathering.parts().get(parts.size()).rows().bytes();
            Routes routes = database.find(query, query.length, perspective);
            if (routes == null) {
                database.read(query, perspective, read -> routed(gathering, read), this::failed);
                return;
            }
            if (!add(gathering, routes)) {
                return;
            }
        }
        listener.planned(parts, gathering.text());
    }

    private void routed(Gathering gathering, Routes routes) {
        if (add(gathering, routes)) {
            goOn(gathering);
        }
    }

    /// Whether the next part has shards now.
    private boolean add(Gathering gathering, Routes routes) {
        return switch (routes.route(0).plan(parameters)) {
            case Plan.OnShard(ShardId shard, var _) -> add(gathering, ShardSet.of(shard));
            case Plan.OnAnyShard _ -> add(gathering, ShardSet.of(home));
            case Plan.Scatter(ShardSet shards, var _) -> add(gathering, shards);
            case Plan.Refused refused -> refuse(RouteErrors.of(refused));
            case Plan.Gather _, Plan.Everywhere _ ->
                refuse(RouteErrors.bug(new IllegalStateException("a part runs everywhere, or is itself gathered")));
        };
    }

    private boolean refuse(ErrorFields error) {
        listener.refused(error);
        return false;
    }

    private boolean add(Gathering gathering, ShardSet shards) {
        parts.add(new PlannedPart(gathering.parts().get(parts.size()), shards));
        return true;
    }
}
