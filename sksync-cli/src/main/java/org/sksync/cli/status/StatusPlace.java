package org.sksync.cli.status;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the status of the daemon with one configuration can be asked for: sockets in directories that are its user's
 * alone, the first of which that can be used is. Their name is a digest of the configuration's path, since the path of a
 * socket has room for some 100 bytes only.
 */
public final class StatusPlace {

    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");
    private static final int NAME_BYTES = 16;
    /** What systemd makes for a service with {@code RuntimeDirectory=sksync}. */
    private static final Path OF_SERVICE = Path.of("/run/sksync/status");

    private final List<Path> directories;
    private final String name;

    private StatusPlace(List<Path> directories, String name) {
        this.directories = directories;
        this.name = name;
    }

    /**
     * Returns the place of a configuration, which need not exist.
     *
     * @param environment of the process
     * @param home the user's home directory
     */
    public static StatusPlace of(Path config, Map<String, String> environment, Path home) {
        List<Path> directories = new ArrayList<>();
        String ofService = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        if (!ofService.isEmpty()) {
            directories.add(Path.of(ofService.split(":", -1)[0]).resolve("status"));
        }
        String ofLogin = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!ofLogin.isEmpty()) {
            directories.add(Path.of(ofLogin).resolve("sksync"));
        }
        directories.add(home.resolve(".cache").resolve("sksync").resolve("run"));
        return new StatusPlace(directories, name(config));
    }

    /** Returns the sockets where a daemon may be asked, the likeliest first. */
    List<Path> sockets() {
        List<Path> all = new ArrayList<>(directories);
        all.add(OF_SERVICE);
        return all.stream().map(directory -> directory.resolve(name + ".sock")).toList();
    }

    /** The right to one socket, until it is closed or the process ends. */
    static final class Held implements AutoCloseable {

        private final Path socket;
        private final FileChannel lock;

        private Held(Path socket, FileChannel lock) {
            this.socket = socket;
            this.lock = lock;
        }

        Path socket() {
            return socket;
        }

        /** Takes the socket, which was made by now, from the group and from others. */
        void keepToOwner() throws IOException {
            if (hasPermissions(socket)) {
                Files.setPosixFilePermissions(socket, OWNER_ONLY_FILE);
            }
        }

        @Override
        public void close() throws IOException {
            try (lock) {
                Files.deleteIfExists(socket);
            }
        }
    }

    /**
     * Takes one of the sockets; empty if another daemon holds it. What a killed daemon has left behind is removed.
     *
     * @throws IOException if the directory can't be used
     */
    static Optional<Held> take(Path socket) throws IOException {
        Path directory = socket.resolveSibling("");
        makeOwn(directory);
        Path lockFile = socket.resolveSibling(socket.getFileName() + ".lock");
        FileChannel lock = FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes(directory, OWNER_ONLY_FILE));
        boolean taken = false;
        try {
            requireOwn(directory, lockFile);
            if (lock.tryLock() == null) {
                return Optional.empty();
            }
            // Whoever made it is gone, or its lock would be held.
            Files.deleteIfExists(socket);
            taken = true;
            return Optional.of(new Held(socket, lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /** Returns the sockets that a daemon may open, in the order of preference. */
    List<Path> own() {
        return directories.stream()
                .map(directory -> directory.resolve(name + ".sock"))
                .toList();
    }

    private static void makeOwn(Path directory) throws IOException {
        Path parent = directory.resolveSibling("");
        boolean isCache = directory.endsWith(Path.of(".cache", "sksync", "run"));
        if (isCache) {
            Files.createDirectories(parent, attributes(directory, OWNER_ONLY_DIRECTORY));
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory, attributes(directory, OWNER_ONLY_DIRECTORY));
        }
    }

    /** Fails unless the directory is a directory, belongs to who makes files in it, and is closed to all others. */
    private static void requireOwn(Path directory, Path ownFile) throws IOException {
        if (!hasPermissions(directory)) {
            return;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()
                || !attributes.permissions().equals(OWNER_ONLY_DIRECTORY)
                || !attributes.owner().equals(Files.getOwner(ownFile, LinkOption.NOFOLLOW_LINKS))) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "it is not a directory of mode 700 of this user; remove it, it is made anew");
        }
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return hasPermissions(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Links in the last part of the path are not followed: some replace the file by pointing a link elsewhere. */
    private static String name(Path config) {
        Path absolute = config.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        Path file = absolute.getFileName();
        Path known = absolute;
        if (directory != null && file != null) {
            try {
                known = directory.toRealPath().resolve(file);
            } catch (IOException e) {
                // It need not exist; then there is but the one name for it.
                known = absolute;
            }
        }
        return HexFormat.of().formatHex(sha256(known.toString().getBytes(StandardCharsets.UTF_8)), 0, NAME_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
