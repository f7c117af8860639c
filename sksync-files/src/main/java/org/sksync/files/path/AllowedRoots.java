package org.sksync.files.path;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sksync.files.path.PathRefusedException.Reason;

/**
 * The directories that clients may sync: the listed ones and what lies beneath them.
 *
 * <p>An empty list allows nothing. A request is allowed when its text is that of an entry, or when it is absolute,
 * free of {@code .} and {@code ..}, and names a listed directory or one beneath it that is reached without a symbolic
 * link below the listed one. Paths are compared on the disk, never as text: {@code /data} does not allow
 * {@code /data2}, and a listed directory may itself be reached through links. Immutable; {@link #resolve} touches the
 * disk, so it belongs on a thread that may block.
 */
public final class AllowedRoots {
    private final FileSystem fileSystem;
    private final List<String> entries;
    private final OutsidePolicy policy;

    private AllowedRoots(FileSystem fileSystem, List<String> entries, OutsidePolicy policy) {
        this.fileSystem = fileSystem;
        this.entries = entries;
        this.policy = policy;
    }

    /**
     * Returns the rule for a list of directories.
     *
     * @param entries directories as the operator wrote them; relative ones are relative to the working directory of
     *     the process. They need not exist yet
     * @param policy what happens to requests outside them
     */
    public static AllowedRoots of(List<String> entries, OutsidePolicy policy) {
        return of(FileSystems.getDefault(), entries, policy);
    }

    static AllowedRoots of(FileSystem fileSystem, List<String> entries, OutsidePolicy policy) {
        return new AllowedRoots(fileSystem, List.copyOf(entries), Objects.requireNonNull(policy, "policy"));
    }

    /**
     * Returns the directory to sync for a request; blocking.
     *
     * @param requested the server path as the client sent it
     * @throws PathRefusedException if the directory is not allowed ({@code NOT_ALLOWED}, {@code DOT_PART},
     *     {@code LINK}, {@code STAGING_NAME}), or is allowed and {@code MISSING} or {@code NOT_A_DIRECTORY}. Under
     *     {@link OutsidePolicy#SILENT} only the last two, and any for an empty list
     */
    public ResolvedRoot resolve(String requested) throws PathRefusedException {
        try {
            return find(requested);
        } catch (PathRefusedException e) {
            boolean allowed = e.reason() == Reason.MISSING || e.reason() == Reason.NOT_A_DIRECTORY;
            if (policy == OutsidePolicy.DENY || allowed || entries.isEmpty()) {
                throw e;
            }
            String first = entries.get(0);
            ResolvedRoot instead = descend(parse(first), List.of(), first);
            return new ResolvedRoot(instead.listed(), instead.directory(), true);
        }
    }

    /** Returns the real paths of the listed directories that exist; blocking. */
    public List<Path> existing() {
        List<Path> existing = new ArrayList<>();
        for (String entry : entries) {
            try {
                existing.add(descend(parse(entry), List.of(), entry).directory());
            } catch (PathRefusedException e) {
                // Whoever asks for it is told so.
            }
        }
        return existing;
    }

    private ResolvedRoot find(String requested) throws PathRefusedException {
        for (String entry : entries) {
            if (entry.equals(requested) || (entry + "/").equals(requested)) {
                return descend(parse(entry), List.of(), requested);
            }
        }
        Path path = parse(requested);
        Path top = path.getRoot();
        if (!path.isAbsolute() || top == null) {
            throw refused(
                    Reason.NOT_ALLOWED,
                    "is neither listed nor absolute; ask for it by its whole path, or list it so in"
                            + " server_dir_whitelist",
                    requested);
        }
        List<Path> parts = new ArrayList<>();
        path.forEach(parts::add);
        for (Path part : parts) {
            if (part.toString().equals(".") || part.toString().equals("..")) {
                throw refused(Reason.DOT_PART, "has a part \".\" or \"..\"", requested);
            }
        }
        PathRefusedException refusal = refused(
                Reason.NOT_ALLOWED,
                "is outside the allowed directories; list it in server_dir_whitelist if clients may have it",
                requested);
        for (String entry : entries) {
            try {
                Optional<ResolvedRoot> directory = findBeneath(parse(entry), top, parts, requested);
                if (directory.isPresent()) {
                    return directory.get();
                }
            } catch (PathRefusedException e) {
                refusal = e;
            }
        }
        throw refusal;
    }

    /** Walks from the top of the file system down: what lies below the first directory that is the listed one counts. */
    private static Optional<ResolvedRoot> findBeneath(Path listed, Path top, List<Path> parts, String requested)
            throws PathRefusedException {
        Path ancestor = top;
        int depth = 0;
        while (!isSame(ancestor, listed)) {
            if (depth == parts.size()) {
                return Optional.empty();
            }
            ancestor = ancestor.resolve(parts.get(depth++));
            if (!Files.exists(ancestor)) {
                if (!Files.exists(listed) && ancestorOf(parts, top).startsWith(listed.toAbsolutePath())) {
                    throw missing(requested);
                }
                return Optional.empty();
            }
        }
        return Optional.of(descend(listed, parts.subList(depth, parts.size()), requested));
    }

    private static Path ancestorOf(List<Path> parts, Path top) {
        Path path = top;
        for (Path part : parts) {
            path = path.resolve(part);
        }
        return path;
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Follows the operator's own path to the listed directory wherever it leads, and no link below it. What may change
     * below until it is opened, {@code TreeStore} looks at again.
     */
    private static ResolvedRoot descend(Path listed, List<Path> parts, String requested) throws PathRefusedException {
        try {
            Path root = listed.toRealPath();
            Path directory = root;
            for (Path part : parts) {
                if (part.toString().equalsIgnoreCase(RelativePath.STAGING_NAME)) {
                    throw refused(Reason.STAGING_NAME, "lies in a directory for temp files", requested);
                }
                directory = directory.resolve(part);
                if (Files.isSymbolicLink(directory)) {
                    throw refused(Reason.LINK, "leads through a symbolic link", requested);
                }
            }
            Path real = directory.toRealPath();
            if (!real.startsWith(root)) {
                throw refused(Reason.LINK, "leads out of the allowed directory", requested);
            }
            if (!Files.isDirectory(real)) {
                throw refused(Reason.NOT_A_DIRECTORY, "is no directory", requested);
            }
            return new ResolvedRoot(root, real, false);
        } catch (IOException e) {
            throw missing(requested);
        }
    }

    private Path parse(String text) throws PathRefusedException {
        try {
            return fileSystem.getPath(text);
        } catch (InvalidPathException e) {
            throw refused(Reason.NOT_ALLOWED, "is no path on this platform; correct it", text);
        }
    }

    private static PathRefusedException missing(String requested) {
        return refused(Reason.MISSING, "does not exist or can't be read", requested);
    }

    private static PathRefusedException refused(Reason reason, String what, String requested) {
        return new PathRefusedException(reason, "directory: \"" + EscapedText.of(requested) + "\" " + what);
    }
}
