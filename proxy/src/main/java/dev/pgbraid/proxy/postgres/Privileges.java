package dev.pgbraid.proxy.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whose rights a server runs with. PostgreSQL refuses to run as root.
enum Privileges {
    /// The user's own.
    OWN,
    /// Root's, which a user namespace of its own makes look like nobody's.
    NAMESPACE,
    /// Those of the user nobody, where namespaces are not allowed (as in most containers).
    NOBODY;

    private static final String NOBODY_ID = "65534";

    static Privileges available() {
        if (!System.getProperty("user.name").equals("root")) {
            return OWN;
        }
        for (Privileges privileges : List.of(NAMESPACE, NOBODY)) {
            List<String> words = new ArrayList<>(privileges.prefix());
            words.add("true");
            if (new Command(words).succeeds()) {
                return privileges;
            }
        }
        throw new PostgresException("PostgreSQL does not run as root, and neither unshare nor setpriv can change that"
                + " here; run this as another user");
    }

    /// What stands before a command to run it so.
    List<String> prefix() {
        return switch (this) {
            case OWN -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY -> List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
        };
    }

    /// Gives `path` and all in it to the user that a server runs as.
    void own(Path path) {
        if (this == NOBODY) {
            new Command("chown", "-R", NOBODY_ID + ":" + NOBODY_ID, path.toString()).run(OWN);
        }
    }
}
