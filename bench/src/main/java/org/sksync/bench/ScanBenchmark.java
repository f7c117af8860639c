package org.sksync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.TimeErrors;
import org.sksync.files.store.TreeStore;

/** What listing a tree takes, fifty files to a directory and the cache warm, in milliseconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ScanBenchmark {

    private static final int FILES_PER_DIRECTORY = 50;

    /** How many files the tree has. */
    @Param({"10000", "100000"})
    public int files = 10_000;

    private Path root;
    private PathLocks locks;
    private SecureRandom random;

    /** Makes the tree, in the directory for temporary files. */
    @Setup
    public void makeTree() throws IOException {
        locks = new PathLocks();
        random = new SecureRandom();
        root = Files.createTempDirectory("sksync-scan").toRealPath();
        for (int i = 0; i < files; i++) {
            int directory = i / FILES_PER_DIRECTORY;
            Path parent = root.resolve("t" + directory % 20).resolve("s" + directory);
            if (i % FILES_PER_DIRECTORY == 0) {
                Files.createDirectories(parent);
            }
            Files.createFile(parent.resolve("f" + i + ".txt"));
        }
    }

    /** Removes the tree. */
    @TearDown
    public void removeTree() throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** Opens the store of the tree and lists it, as each session does. */
    @Benchmark
    public ScanResult scan() throws IOException {
        try (TreeStore store = TreeStore.open(root, PlatformNames.current(), locks, random, TimeErrors.FAIL)) {
            return store.scan(ScanDepth.TREE, ExcludeFilter.none());
        }
    }
}
