package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Sets of directories. */
final class Directories {

    private Directories() {}

    /**
     * Returns those that are in no other one, sorted. A directory that a service is given by itself, within another one,
     * would be a mount of its own: no file could be renamed from the outer one into it.
     */
    static List<Path> outermost(Collection<Path> directories) {
        List<Path> outermost = new ArrayList<>();
        for (Path each : new TreeSet<>(directories)) {
            if (outermost.stream().noneMatch(each::startsWith)) {
                outermost.add(each);
            }
        }
        return List.copyOf(outermost);
    }

    /** Returns whether a directory is one of these or lies in one. */
    static boolean within(Path directory, Collection<Path> others) {
        return others.stream().anyMatch(directory::startsWith);
    }
}
