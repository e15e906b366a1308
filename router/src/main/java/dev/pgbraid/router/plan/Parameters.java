package dev.pgbraid.router.plan;

/// The values that a client has bound to the parameters `$1`, `$2` and so on of a statement.
public interface Parameters {
    /// No values, for a statement without parameters.
    Parameters NONE = new Parameters() {
        @Override
        public int count() {
            return 0;
        }

        @Override
        public int type(int number) {
            throw new IndexOutOfBoundsException(number);
        }

        @Override
        public boolean isNull(int number) {
            throw new IndexOutOfBoundsException(number);
        }

        @Override
        public boolean isBinary(int number) {
            throw new IndexOutOfBoundsException(number);
        }

        @Override
        public byte[] bytes(int number) {
            throw new IndexOutOfBoundsException(number);
        }
    };

    int count();

    /// The object identifier of the type that the client declared for `$number`, 0 where it left that to the server.
    int type(int number);

    boolean isNull(int number);

    /// Whether the value is in the binary format of its type.
    boolean isBinary(int number);

    /// The value of `$number`, which is not NULL, as it was sent.
    byte[] bytes(int number);
}
