package dev.pgbraid.proxy.admin;

import java.util.List;

/// What the admin database asks of the program around the proxy.
public interface Operations {
    /// Where there is no file.
    Operations NONE = new Operations() {
        @Override
        public List<String> reload() {
            return List.of("this proxy has none");
        }

        @Override
        public List<Key> keys() {
            return List.of();
        }

        @Override
        public boolean shutdown(boolean atOnce) {
            return false;
        }
    };

    /// Reads the configuration file again.
    ///
    /// @return what is wrong with it; nothing if it is in force
    List<String> reload();

    /// Every key that is in force.
    List<Key> keys();

    /// Ends the process, when open transactions have ended or at once; false if that is not for this one to do.
    boolean shutdown(boolean atOnce);

    /// A key of the configuration.
    ///
    /// @param changeable whether a reload is enough
    record Key(String path, String value, boolean changeable) {}
}
