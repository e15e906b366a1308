package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ScramSecret;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What a login shows of a user before any proof: everybody who does not exist looks like somebody who does.
///
/// It is always the same one for a name, as long as there is nobody who looks different from all others.
final class Looks {
    /// Names that are asked for do not fill the memory.
    private static final int COUNT_MAX = 100;

    /// @param iterations of the SCRAM secret
    /// @param hasMd5 whether an MD5 hash can be asked for
    record Look(int iterations, boolean hasMd5) {
        private static final Look DEFAULT = new Look(ScramSecret.ITERATIONS_DEFAULT, false);
        private static final Comparator<Look> ORDER =
                Comparator.comparingInt(Look::iterations).thenComparing(Look::hasMd5);

        static Look of(User user) {
            return new Look(
                    user.scram().map(ScramSecret::iterations).orElse(ScramSecret.ITERATIONS_DEFAULT),
                    user.md5().isPresent());
        }
    }

    /// Read and replaced by all event loops.
    private volatile List<Look> known;

    private Looks(List<Look> known) {
        this.known = known;
    }

    static Looks of(Collection<User> users) {
        Looks looks = new Looks(List.of());
        users.forEach(looks::see);
        return looks;
    }

    /// These, and how others look.
    Looks with(Collection<User> users) {
        Looks looks = new Looks(known);
        users.forEach(looks::see);
        return looks;
    }

    /// Takes note of how somebody looks who exists.
    void see(User user) {
        Look look = Look.of(user);
        List<Look> before = known;
        if (!before.contains(look) && before.size() < COUNT_MAX) {
            known = Stream.concat(before.stream(), Stream.of(look))
                    .sorted(Look.ORDER)
                    .toList();
        }
    }

    /// What somebody looks like who is not known.
    ///
    /// @param choice any bytes, always the same for the same name
    Look of(ByteString choice) {
        List<Look> looks = known;
        return looks.isEmpty() ? Look.DEFAULT : looks.get(Math.floorMod(choice.hashCode(), looks.size()));
    }
}
