package dev.pgbraid.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.config.key.BadValue;
import dev.pgbraid.config.key.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The kinds of single values that the configuration knows.
final class Scalars {
    /// A leading zero is refused: half of the world's YAML readers take it for octal.
    private static final Pattern INTEGER_FORM = Pattern.compile("0|-?[1-9][0-9]*");

    private static final Pattern DURATION_FORM = Pattern.compile("(0|[1-9][0-9]{0,11})(ms|s|m|h)");
    private static final Pattern SIZE_FORM = Pattern.compile("(0|[1-9][0-9]{0,11})(B|KiB|MiB|GiB)");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern SHARD_NAME_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /// Names longer than PostgreSQL's own limit would be cut by a shard, and two of them could then be one.
    private static final int NAME_BYTES_MAX = 63;

    private static final int HOST_LENGTH_MAX = 255;

    static final Scalar<Boolean> BOOLEAN = Scalar.of("true or false", Scalars::readBoolean, String::valueOf);
    private static final Scalar<Integer> INTEGER = Scalar.of("integer", Scalars::readInteger, String::valueOf);
    static final Scalar<String> TEXT = Scalar.of("text", (text, _) -> text, Function.<String>identity())
            .where(text -> !text.isEmpty(), "must not be empty")
            .where(text -> text.codePoints().noneMatch(Character::isISOControl), "must not hold control characters");

    static final Scalar<String> NAME = TEXT.where(
                    text -> text.getBytes(UTF_8).length <= NAME_BYTES_MAX, "must be at most 63 bytes long")
            .named("name");
    static final Scalar<String> SHARD_NAME = NAME.where(
            text -> SHARD_NAME_FORM.matcher(text).matches(),
            "must be letters, digits, - and _ only, and begin with a letter or digit");
    /// `table`, or `schema.table`; each part as PostgreSQL keeps it, without quotes.
    static final Scalar<String> TABLE_NAME = TEXT.where(
                    Scalars::isTableName, "must be table or schema.table, each at most 63 bytes long")
            .named("table");

    /// A value of a key column, as text.
    static final Scalar<String> KEY_VALUE = TEXT.named("value");
    static final Scalar<String> HOST = TEXT.where(
                    text -> text.length() <= HOST_LENGTH_MAX, "must be at most 255 characters long")
            .where(text -> text.codePoints().noneMatch(Character::isWhitespace), "must not hold blanks")
            .named("host name or address");
    static final Scalar<AddressRange> ADDRESSES =
            Scalar.of("addresses", (text, _) -> AddressRange.parse(text), AddressRange::toString);
    static final Scalar<Integer> PEER_NUMBER = integer(0, PeersConfig.NUMBER_MAX);
    static final Scalar<Integer> PORT = integer(1, 65_535);
    static final Scalar<Integer> PORT_OR_ANY = integer(0, 65_535);
    static final Scalar<Secret> SECRET = Scalar.of("secret", (text, _) -> new Secret(text), Secret::reveal)
            .where(secret -> !secret.reveal().isEmpty(), "must not be empty")
            .where(secret -> secret.reveal().indexOf('\0') < 0, "must not hold a zero byte")
            .sensitive();
    static final Scalar<Path> FILE = Scalar.of("file", Scalars::readFile, Path::toString);
    static final Scalar<Path> DIRECTORY = Scalar.of("directory", Scalars::readDirectory, Path::toString);
    static final Scalar<URI> SERVER = Scalar.of("server", Scalars::readServer, URI::toString);
    private static final Scalar<Duration> DURATION = Scalar.of("duration", Scalars::readDuration, Scalars::show);
    static final Scalar<Duration> TIMEOUT = Scalar.between(DURATION, Duration.ofMillis(1), Duration.ofDays(7));
    static final Scalar<Duration> TIMEOUT_OR_NONE = Scalar.between(DURATION, Duration.ZERO, Duration.ofDays(7));
    /// In whole seconds, as kernels count it; a third of it is one at least.
    static final Scalar<Duration> KEEPALIVE = Scalar.between(DURATION, Duration.ZERO, Duration.ofHours(1))
            .where(silence -> silence.isZero() || silence.toSeconds() >= 3, "must be 0s or at least 3s")
            .where(silence -> silence.toMillisPart() == 0, "must be whole seconds")
            .named("duration, 0s or 3s to 1h");
    private static final Scalar<DataSize> SIZE = Scalar.of("size", Scalars::readSize, DataSize::toString);

    private Scalars() {}

    static Scalar<Integer> integer(int min, int max) {
        return Scalar.between(INTEGER, min, max);
    }

    static Scalar<DataSize> size(DataSize min, DataSize max) {
        return Scalar.between(SIZE, min, max);
    }

    private static boolean isTableName(String text) {
        return Stream.of(text.split("\\.", 2)).allMatch(part -> NAME.judge(part).isEmpty());
    }

    private static boolean readBoolean(String text, Path directory) throws BadValue {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue("must be true or false");
        };
    }

    private static int readInteger(String text, Path directory) throws BadValue {
        if (!INTEGER_FORM.matcher(text).matches()) {
            throw new BadValue("must be an integer, in decimal digits only");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException tooLarge) {
            throw new BadValue("must be an integer of 32 bits");
        }
    }

    private static URI readServer(String text, Path directory) throws BadValue {
        try {
            URI server = new URI(text);
            boolean isPlain = server.getHost() != null
                    && server.getPort() > 0
                    && server.getRawPath().isEmpty();
            if (isPlain && Set.of("http", "https").contains(server.getScheme())) {
                return server;
            }
        } catch (URISyntaxException malformed) {
            throw new BadValue("must be an address such as http://10.0.0.1:2379");
        }
        throw new BadValue("must be an address such as http://10.0.0.1:2379");
    }

    private static Path readFile(String text, Path directory) throws BadValue {
        try {
            Path file = directory.resolve(text).normalize();
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException notAPath) {
            throw new BadValue("must be the path of a file");
        }
        throw new BadValue("must be the path of a file that can be read");
    }

    private static Path readDirectory(String text, Path directory) throws BadValue {
        try {
            Path path = directory.resolve(text).normalize();
            if (Files.isDirectory(path) && Files.isWritable(path)) {
                return path;
            }
        } catch (InvalidPathException notAPath) {
            throw new BadValue("must be the path of a directory");
        }
        throw new BadValue("must be the path of a directory that can be written to");
    }

    private static Duration readDuration(String text, Path directory) throws BadValue {
        Matcher form = withUnit(DURATION_FORM, text, "500ms, 5s, 10m or 1h");
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static DataSize readSize(String text, Path directory) throws BadValue {
        Matcher form = withUnit(SIZE_FORM, text, "500B, 64KiB, 16MiB or 1GiB");
        long count = Long.parseLong(form.group(1));
        try {
            return switch (form.group(2)) {
                case "B" -> new DataSize(count);
                case "KiB" -> DataSize.ofKibibytes(count);
                case "MiB" -> DataSize.ofMebibytes(count);
                default -> DataSize.ofGibibytes(count);
            };
        } catch (ArithmeticException tooLarge) {
            throw new BadValue("must be less than 2^63 bytes");
        }
    }

    private static Matcher withUnit(Pattern form, String text, String examples) throws BadValue {
        Matcher matcher = form.matcher(text);
        if (matcher.matches()) {
            return matcher;
        }
        String need = BARE_NUMBER.matcher(text).matches() ? "needs a unit" : "must be a number and its unit";
        throw new BadValue(need + ", such as " + examples);
    }

    private static String show(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() != 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutesPart() != 0 ? duration.toMinutes() + "m" : duration.toHours() + "h";
    }
}
