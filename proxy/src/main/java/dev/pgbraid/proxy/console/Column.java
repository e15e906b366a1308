package dev.pgbraid.proxy.console;

/// A column of an answer.
public record Column(String name, Type type) {

    /// What its values are.
    public enum Type {
        TEXT(25, -1),
        INTEGER(20, Long.BYTES);

        private final int oid;
        private final int size;

        Type(int oid, int size) {
            this.oid = oid;
            this.size = size;
        }

        int oid() {
            return oid;
        }

        int size() {
            return size;
        }
    }
}
