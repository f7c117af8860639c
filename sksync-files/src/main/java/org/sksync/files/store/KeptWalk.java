package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** One walk over all replaced files that are kept, the oldest session's first. */
final class KeptWalk implements TreeWalk.Visitor {
    /** What is done with each kept file. */
    @FunctionalInterface
    interface FileVisitor {
        /**
         * Looks at a file.
         *
         * @param text its name in the tree
         */
        void visit(Stamp stamp, String text, HeldDirectory directory, Path name, BasicFileAttributes attributes)
                throws IOException;
    }

    /** What becomes of a directory that has nothing in it when the walk leaves it. */
    enum Empty {
        LEFT,
        REMOVED
    }

    private final Stamp stamp;
    private final FileVisitor visitor;
    private final Failures failures;
    private final Empty empty;

    private KeptWalk(Stamp stamp, FileVisitor visitor, Empty empty, Failures failures) {
        this.stamp = stamp;
        this.visitor = visitor;
        this.empty = empty;
        this.failures = failures;
    }

    /**
     * Shows all files to a visitor.
     *
     * @throws IOException if something can't be read, or the visitor throws; it has seen the rest nevertheless
     */
    static void all(HeldDirectory kept, BooleanSupplier stopped, Empty empty, FileVisitor visitor) throws IOException {
        Map<Stamp, Path> stamps = new TreeMap<>();
        kept.list(name -> Stamp.parse(name.toString()).ifPresent(stamp -> stamps.put(stamp, name)));
        Failures failures = new Failures();
        for (Map.Entry<Stamp, Path> stamp : stamps.entrySet()) {
            Path name = stamp.getValue();
            if (kept.attributes(name).filter(HeldDirectory::isDirectory).isEmpty()) {
                continue;
            }
            KeptWalk walk = new KeptWalk(stamp.getKey(), visitor, empty, failures);
            try (HeldDirectory directory = kept.open(name)) {
                new TreeWalk(walk, stopped).walk(directory);
            }
            if (empty == Empty.REMOVED) {
                failures.run(() -> kept.deleteDirectoryIfEmpty(name));
            }
        }
        failures.rethrow();
    }

    @Override
    public boolean visit(TreeWalk.Level level, Path name) {
        boolean[] enters = new boolean[1];
        failures.run(() -> {
            Optional<BasicFileAttributes> found = level.directory().attributes(name);
            if (found.isPresent() && found.get().isRegularFile()) {
                visitor.visit(stamp, level.prefix() + name, level.directory(), name, found.get());
            }
            enters[0] = found.filter(HeldDirectory::isDirectory).isPresent();
        });
        return enters[0];
    }

    @Override
    public void unreadable(String prefix, IOException error) {
        failures.add(error);
    }

    @Override
    public void left(TreeWalk.Level parent, Path name) {
        if (empty == Empty.REMOVED) {
            failures.run(() -> parent.directory().deleteDirectoryIfEmpty(name));
        }
    }
}
