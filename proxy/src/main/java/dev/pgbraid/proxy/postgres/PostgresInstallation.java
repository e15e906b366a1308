package dev.pgbraid.proxy.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The unpacked programs of one version of PostgreSQL, and the template that its servers are copies of.
public final class PostgresInstallation {
    /// The system property that names the directory with the jars of the binaries.
    public static final String DIRECTORY_PROPERTY = "pgbraid.postgres";

    private static final String SUPERUSER = "postgres";

    private final String version;
    private final Path programs;
    private final Path template;
    private final Privileges privileges;

    private PostgresInstallation(BinariesJar jar, Cache cache, Privileges privileges) {
        this.version = jar.version();
        this.privileges = privileges;
        String identity = jar.identity();
        this.programs = cache.directory("postgres-" + identity, jar::unpack);
        this.template = cache.directory("template-" + identity + "-" + optionsIdentity(), this::makeTemplate);
    }

    /// The newest version that the build has put in place.
    public static PostgresInstallation newest() {
        return of("");
    }

    /// The newest version that begins with `version`, such as `15` or `18.6.0`.
    public static PostgresInstallation of(String version) {
        return of(version, Privileges.available());
    }

    static PostgresInstallation of(String version, Privileges privileges) {
        Path directory = Path.of(System.getProperty(DIRECTORY_PROPERTY, "proxy/target/postgres"));
        List<BinariesJar> jars = BinariesJar.in(directory);
        BinariesJar jar = jars.stream()
                .filter(candidate -> (candidate.version() + ".").startsWith(version.isEmpty() ? "" : version + "."))
                .findFirst()
                .orElseThrow(() -> new PostgresException("no PostgreSQL " + version + " in " + directory + ", only "
                        + jars.stream().map(BinariesJar::version).collect(Collectors.joining(", ", "[", "]"))
                        + "; the build puts them there: mvn generate-resources -Dpostgres.version=<version>"));
        return new PostgresInstallation(jar, Cache.ofUser(), privileges);
    }

    /// Three numbers, such as `18.6.0`.
    public String version() {
        return version;
    }

    /// A server, not yet started, whose files are in a temporary directory and go with it.
    ///
    /// @param settings for `postgresql.conf`, over quick and small defaults that sync nothing to disk
    public PostgresServer temporaryServer(Map<String, String> settings) {
        return temporaryServer(Path.of(System.getProperty("java.io.tmpdir")), settings);
    }

    /// As [#temporaryServer(Map)], with its temporary directory in `parent`.
    public PostgresServer temporaryServer(Path parent, Map<String, String> settings) {
        try {
            return new PostgresServer(this, Files.createTempDirectory(parent, "pgbraid-"), settings, true);
        } catch (IOException failed) {
            throw new PostgresException("cannot make a temporary directory: " + failed.getMessage(), failed);
        }
    }

    /// A server, not yet started, whose files are in `directory`, stay there and are used again.
    public PostgresServer keptServer(Path directory, Map<String, String> settings) {
        return new PostgresServer(this, directory.toAbsolutePath(), settings, false);
    }

    String superuser() {
        return SUPERUSER;
    }

    Privileges privileges() {
        return privileges;
    }

    Path program(String name) {
        return programs.resolve("bin").resolve(name);
    }

    /// Puts a copy of the template into `directory` unless its data is already there.
    void provide(Path directory) {
        Path data = directory.resolve("data");
        if (Files.isDirectory(data)) {
            requireSameVersion(data);
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new PostgresException("cannot make " + directory + ": " + failed.getMessage(), failed);
        }
        privileges.own(directory);
        // The last step names the data, so that an interrupted copy is never taken for data.
        String copy = "rm -rf \"$1/copy\" && cp -p \"$0/password\" \"$1\" && cp -Rp \"$0/data\" \"$1/copy\""
                + " && mv \"$1/copy\" \"$1/data\"";
        new Command("sh", "-c", copy, template.toString(), directory.toString()).run(privileges);
    }

    private void requireSameVersion(Path data) {
        try {
            String found = Files.readString(data.resolve("PG_VERSION")).strip();
            if (!version.startsWith(found + ".")) {
                throw new PostgresException(data + " is of PostgreSQL " + found + " and cannot be used by " + version);
            }
        } catch (IOException unreadable) {
            throw new PostgresException(data + " is not the data of a PostgreSQL server", unreadable);
        }
    }

    private void makeTemplate(Path work) {
        byte[] password = new byte[16];
        new SecureRandom().nextBytes(password);
        Path passwordFile = work.resolve("password");
        try {
            Files.writeString(passwordFile, HexFormat.of().formatHex(password));
            Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw new PostgresException("cannot write " + passwordFile, failed);
        }
        privileges.own(work);
        List<String> words = new ArrayList<>();
        words.add(program("initdb").toString());
        words.addAll(options());
        words.addAll(List.of(
                "--pwfile", passwordFile.toString(), "-D", work.resolve("data").toString()));
        new Command(words).run(privileges);
    }

    private static List<String> options() {
        List<String> locale = System.getProperty("os.name").startsWith("Mac")
                ? List.of("--locale=C", "--lc-ctype=UTF-8")
                : List.of("--locale=C.UTF-8");
        List<String> options = new ArrayList<>(
                List.of("--no-sync", "--encoding=UTF8", "--auth=scram-sha-256", "--username=" + SUPERUSER));
        options.addAll(locale);
        return options;
    }

    /// A template made with other options, or owned by another user, is another template.
    private String optionsIdentity() {
        return Integer.toHexString((options() + privileges.name()).hashCode());
    }
}
