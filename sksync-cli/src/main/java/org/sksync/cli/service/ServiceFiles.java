package org.sksync.cli.service;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.sksync.files.store.AtomicFile;
import org.sksync.files.store.DiskProblem;

/** The files by which a system is told of services: small, public, and a person's as much as this program's. */
public final class ServiceFiles {

    private ServiceFiles() {}

    /**
     * Returns the name of the account that owns a file.
     *
     * @throws ServiceException if it can't be found out
     */
    public static String owner(Path file) throws ServiceException {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException e) {
            throw new ServiceException(file + ": its owner can't be found out (" + DiskProblem.describe(e) + ")", e);
        }
    }

    /** Returns whether there is a directory of this name. */
    public static boolean isDirectory(Path directory) {
        return Files.isDirectory(directory);
    }

    /** Returns the number of the account that owns a directory, as launchd names it; empty where there are none. */
    static Optional<Integer> ownerNumber(Path directory) {
        try {
            return Optional.of((Integer) Files.getAttribute(directory, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns what a file holds; empty if it is not there. Text that is not in the encoding is not ours either. */
    static Optional<String> read(Path file, Charset charset) throws ServiceException {
        try {
            return Optional.of(Files.readString(file, charset));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("");
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    /** Writes a file that everybody may read, and the directories that it lies in. */
    static void write(Path file, String text, Charset charset) throws ServiceException {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            AtomicFile.write(file, text.getBytes(charset));
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        } catch (IOException e) {
            throw failed(file, "written", e);
        }
    }

    /** Writes a file that nobody but its owner can read or write, in a new directory of its own. */
    static Path writePrivately(String text, Charset charset) throws ServiceException {
        try {
            Path directory = Files.createTempDirectory("sksync");
            AclFileAttributeView rights = Files.getFileAttributeView(directory, AclFileAttributeView.class);
            if (rights != null) {
                // Elsewhere a new temporary directory is its owner's alone already.
                rights.setAcl(List.of(AclEntry.newBuilder()
                        .setType(AclEntryType.ALLOW)
                        .setPrincipal(rights.getOwner())
                        .setPermissions(AclEntryPermission.values())
                        .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                        .build()));
            }
            return Files.write(directory.resolve("task.xml"), text.getBytes(charset), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new ServiceException("no temporary file can be written (" + DiskProblem.describe(e) + ")", e);
        }
    }

    /** Removes such a file with its directory. */
    static void deletePrivate(Path file) throws ServiceException {
        delete(file);
        delete(file.resolveSibling(""));
    }

    static boolean exists(Path file) {
        return Files.exists(file);
    }

    static void delete(Path file) throws ServiceException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(file, "removed", e);
        }
    }

    private static ServiceException failed(Path file, String what, IOException cause) {
        String next = cause instanceof AccessDeniedException
                ? "; do it as the administrator (sudo), or with --user for a service of your own"
                : "";
        return new ServiceException(
                file + ": it can't be " + what + " (" + DiskProblem.describe(cause) + ")" + next, cause);
    }
}
