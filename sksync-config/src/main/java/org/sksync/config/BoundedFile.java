package org.sksync.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.sksync.files.store.DiskProblem;

/** The reading of a file that a person keeps, which is whole in memory and must therefore be small. */
final class BoundedFile {

    /** Enough for ten thousand users and more. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private BoundedFile() {}

    /**
     * Reads {@code file} whole.
     *
     * @throws ConfigException if it can't be read or is larger than {@value #MAX_BYTES} bytes
     */
    static byte[] read(Path file) throws ConfigException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file; check its name", e);
        } catch (AccessDeniedException e) {
            throw new ConfigException(file + ": the file may not be read by this user; change its owner or mode", e);
        } catch (IOException e) {
            throw new ConfigException(
                    file + ": the file can't be read (" + DiskProblem.describe(e) + "); check its name", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new ConfigException(file + ": the file is larger than " + MAX_BYTES + " bytes; check its name");
        }
        return bytes;
    }
}
