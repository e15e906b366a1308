package dev.pgbraid.proxy.client;

import dev.pgbraid.config.AuthQueryConfig;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.login.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Users that are looked up at shards, remembered for a short time. Confined to one event loop.
final class UserLookup {
    private static final Logger LOGGER = LoggerFactory.getLogger(UserLookup.class);
    private static final int ANSWERS_MAX = 10_000;

    private final AuthQueryConfig config;
    private final Map<Question, Answer> answers = new HashMap<>();

    private record Question(String shard, String user) {}

    private record Answer(Optional<User> user, long since) {}

    UserLookup(AuthQueryConfig config) {
        this.config = config;
    }

    /// One question. It can be abandoned from its making on.
    interface Asking {
        void begin();

        void abandon();
    }

    /// A question for a user, for backends of `pool` unless the answer is still known.
    Asking ask(BackendPool pool, String user, UserQuery.Listener listener) {
        Question question = new Question(pool.target().toString(), user);
        Answer known = answers.get(question);
        if (known != null
                && System.nanoTime() - known.since < config.cacheTime().toNanos()) {
            return new Remembered(known.user, listener);
        }
        return new UserQuery(pool, config.statement(), user, new UserQuery.Listener() {
            @Override
            public void found(Optional<User> found) {
                remember(question, found);
                listener.found(found);
            }

            @Override
            public void failed(String why) {
                LOGGER.atWarn().addKeyValue("shard", pool.target()).log("users cannot be looked up: {}", why);
                listener.failed(why);
            }
        });
    }

    private record Remembered(Optional<User> user, UserQuery.Listener listener) implements Asking {
        @Override
        public void begin() {
            listener.found(user);
        }

        @Override
        public void abandon() {}
    }

    private void remember(Question question, Optional<User> found) {
        if (answers.size() >= ANSWERS_MAX) {
            // Somebody asks for names that come to mind; nobody else loses more than the time of a query.
            answers.clear();
        }
        answers.put(question, new Answer(found, System.nanoTime()));
    }
}
