package dev.pgbraid.proxy.control.placement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A copy of what is stored, for a start without the store. It is replaced as a whole.
public final class TopologyFile {
    private final Path file;

    public TopologyFile(Path directory, String database) {
        file = directory.resolve(URLEncoder.encode(database, UTF_8) + ".topology.json");
    }

    /// The last copy, if there is one.
    public Optional<StoredTopology> read() throws StoreFailure {
        try {
            return Optional.of(StoredTopology.of(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new StoreFailure(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    public void write(StoredTopology topology) throws StoreFailure {
        try {
            // Another proxy may write into the same directory.
            Path fresh = Files.createTempFile(file.getParent(), "topology", ".part");
            Files.writeString(fresh, topology.toText());
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new StoreFailure(file + " cannot be written: " + failed.getMessage(), failed);
        }
    }
}
