package dev.pgbraid.loadtest.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The open files of a process.
public final class OpenFiles {
    private static final String RING = "anon_inode:[io_uring]";
    private static final String SOCKET = "socket:";

    private OpenFiles() {}

    /// How a process asks the kernel for input and output: `io_uring`, or else `epoll`, which Java's NIO uses too.
    public static String transport(long pid) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                if (isRing(file)) {
                    return "io_uring";
                }
            }
        }
        return "epoll";
    }

    /// How many connections a process has, and ports that it listens on.
    public static int sockets(long pid) throws IOException {
        int sockets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                if (target(file).startsWith(SOCKET)) {
                    sockets++;
                }
            }
        }
        return sockets;
    }

    private static boolean isRing(Path file) throws IOException {
        return target(file).equals(RING);
    }

    private static String target(Path file) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }
}
