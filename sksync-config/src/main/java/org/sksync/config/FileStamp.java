package org.sksync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a file looks like from outside. Two stamps of one path that differ tell that the file was changed or replaced, or
 * who may read it.
 *
 * @param file the file; what a symbolic link leads to is looked at
 * @param look its times, its length and which file it is, in a form that is only good to be compared
 */
public record FileStamp(Path file, String look) {

    /** Looks at a file, which need not exist; blocks. */
    public static FileStamp of(Path file) {
        try {
            return new FileStamp(file, look(file));
        } catch (NoSuchFileException e) {
            return new FileStamp(file, "missing");
        } catch (IOException e) {
            return new FileStamp(file, e.getClass().getName());
        }
    }

    private static String look(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            // The time of the last change tells of a new mode too, and no program can set it back.
            return Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime")
                    .toString();
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime() + " " + attributes.creationTime() + " " + attributes.size();
    }
}
