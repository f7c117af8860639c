package org.sksync.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.sksync.cli.SksyncJar;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.SyncType;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.Side;
import org.sksync.testkit.chaos.ChaosProxy;
import org.sksync.testkit.chaos.Incident;
import org.sksync.testkit.chaos.Weather;
import org.sksync.testkit.trees.TwoTrees;

/**
 * Rounds in which one of two real peers is killed (SIGKILL) in the middle of a sync. After it every path on both sides
 * holds its old or its new bytes; after the next sync the trees are equal and nothing of ours is left; the one after
 * moves nothing. The moment follows from the round's seed: a byte of the conversation, and some microseconds more.
 */
final class Kills implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A session that is over lets go of its directory at once. */
    private static final Duration LETTING_GO = Duration.ofSeconds(10);

    /** What Java makes of a process that ended by SIGKILL. */
    private static final int KILLED = 128 + 9;

    private static final List<String> FSYNC = List.of("batch", "off", "each");

    private static final int LONGEST_DELAY_MICROS = 3_000;

    private final Path base;
    private final Daemon.Setup setup;
    private final SkSyncClient client = new SkSyncClient();
    private int programs;
    private Daemon daemon;

    /** Starts the daemon of the first round; it serves {@code base}, which is empty. */
    Kills(Path base) throws IOException {
        this.base = base;
        this.setup = Daemon.serving(base);
        this.daemon = nextDaemon();
    }

    /** What survives a kill is the same whether and when files are forced to the disk; each way has its turn. */
    private String nextFsync() {
        return FSYNC.get(programs++ % FSYNC.size());
    }

    private Daemon nextDaemon() throws IOException {
        return setup.set("fsync", '"' + nextFsync() + '"').startQuickly();
    }

    /** Two directories of a round and what they held before. */
    record Round(Path clientRoot, Path serverRoot, TwoTrees trees) {
        private static Round in(Path base, TwoTrees trees) throws IOException {
            Path directory = Files.createTempDirectory(base, "round");
            Round round = new Round(directory.resolve("client"), directory.resolve("server"), trees);
            round.trees.write(round.clientRoot, round.serverRoot);
            return round;
        }

        private void assertNothingTorn() throws IOException {
            assertThat(trees.torn(Side.CLIENT, clientRoot)).as("the client").isEmpty();
            assertThat(trees.torn(Side.SERVER, serverRoot)).as("the server").isEmpty();
        }

        private void assertConverged() throws IOException {
            trees.assertConverged(clientRoot);
            trees.assertConverged(serverRoot);
            assertThat(TwoTrees.leftovers(clientRoot)).as("the client").isEmpty();
            assertThat(TwoTrees.leftovers(serverRoot)).as("the server").isEmpty();
        }
    }

    /** Returns the seeds of some rounds, drawn from one that a system property can set. */
    static List<Long> seeds(int count) {
        return new Random(Long.getLong("sksync.seed", System.nanoTime()))
                .longs(count)
                .boxed()
                .toList();
    }

    /** Kills the daemon while our client syncs with it; the next daemon takes its place. Always true. */
    boolean killDaemon(long seed) throws Exception {
        Round round = Round.in(base, TwoTrees.large(seed));
        Daemon victim = daemon;
        syncIn(moment(new Random(seed), round, victim.program()::kill), round);
        victim.program().exitCode(LIMIT);
        replaceDaemon(round);
        return true;
    }

    /** Kills a client, a program of its own, while it syncs with the daemon. Always true. */
    boolean killClient(long seed) throws Exception {
        Round round = Round.in(base, TwoTrees.large(seed));
        CompletableFuture<JavaProgram> victim = new CompletableFuture<>();
        runClient(moment(new Random(seed), round, () -> victim.join().kill()), round, victim);
        clearUpAfterClient(round);
        return true;
    }

    /**
     * Kills the daemon as one of its threads enters such a system call for the nth time.
     *
     * @return false if no thread got that far and the sync went through
     */
    boolean killDaemonAt(Step step) throws Exception {
        Round round = Round.in(base, TwoTrees.tiny(step.nth()));
        boolean killed;
        try (Tracer tracer = Tracer.attach(daemon.program().pid(), step)) {
            syncIn(Weather.CALM, round);
            killed = tracer.hasKilled();
        }
        if (killed) {
            replaceDaemon(round);
        } else {
            converge(round);
        }
        return killed;
    }

    /**
     * Kills a client as one of its threads enters such a system call for the nth time after it has connected.
     *
     * @return false if no thread got that far and the sync went through
     */
    boolean killClientAt(Step step) throws Exception {
        Round round = Round.in(base, TwoTrees.tiny(step.nth()));
        CompletableFuture<JavaProgram> victim = new CompletableFuture<>();
        CompletableFuture<Tracer> tracing = new CompletableFuture<>();
        Incident attach = Incident.call(
                "attach",
                () -> tracing.completeAsync(() -> Tracer.attach(victim.join().pid(), step), Runnable::run));
        int exitCode = runClient(Weather.CALM.at(Side.CLIENT, 0, attach), round, victim);
        tracing.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().close();
        clearUpAfterClient(round);
        return exitCode == KILLED;
    }

    private void syncIn(Weather weather, Round round) throws Exception {
        try (ChaosProxy proxy = ChaosProxy.before(daemon.port())) {
            proxy.weather(weather);
            client.sync(
                    daemon.profile(
                            proxy.port(), round.clientRoot(), round.serverRoot(), SyncType.BIDIRECTIONAL_USE_TIME),
                    SyncListener.NONE);
        } catch (SyncFailedException e) {
            // As it should when the daemon is gone; what is left is looked at.
            assertThat(e).hasMessageNotContaining("fault");
        }
    }

    /** Looks at what a killed daemon left, starts another, and looks at what that one makes of it. */
    private void replaceDaemon(Round round) throws Exception {
        daemon.close();
        round.assertNothingTorn();
        daemon = nextDaemon();
        converge(round);
    }

    private int runClient(Weather weather, Round round, CompletableFuture<JavaProgram> victim) throws Exception {
        try (ChaosProxy proxy = ChaosProxy.before(daemon.port())) {
            proxy.weather(weather);
            try (JavaProgram program = startClient(round, proxy.port())) {
                victim.complete(program);
                int exitCode = program.exitCode(LIMIT);
                proxy.awaitQuiet(LIMIT);
                return exitCode;
            }
        }
    }

    private void clearUpAfterClient(Round round) throws Exception {
        awaitNoTemps(round.serverRoot());
        round.assertNothingTorn();
        converge(round);
    }

    private JavaProgram startClient(Round round, int port) throws IOException {
        Path config = round.clientRoot().resolveSibling("sksync.json");
        Files.writeString(config, String.format("""
                        {"clients": {"p": {"host": "127.0.0.1", "port": %d, "server_path": "%s", "client_path": "%s",
                        "recursive": true, "sync_type": "bidirectional_use_time", "fsync": "%s"}}}
                        """, port, round.serverRoot(), round.clientRoot(), nextFsync()));
        return SksyncJar.launch(base, "client", "p", "-c", config.toString()).start();
    }

    /** Draws a byte of the files' and a delay, so that it strikes between bytes too, where the disk works. */
    private static Weather moment(Random random, Round round, Runnable kill) {
        Side sender = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
        long atByte = random.nextLong(round.trees().bytesFrom(sender));
        long delayNanos = TimeUnit.MICROSECONDS.toNanos(random.nextInt(LONGEST_DELAY_MICROS));
        Incident delayedKill = Incident.call("kill", () -> {
            LockSupport.parkNanos(delayNanos);
            kill.run();
        });
        return Weather.CALM.at(sender, atByte, delayedKill);
    }

    private void converge(Round round) throws Exception {
        sync(round);
        round.assertConverged();
        SyncReport second = sync(round);
        assertThat(second.sentFiles() + second.receivedFiles()).isZero();
        delete(round.clientRoot().getParent());
    }

    private SyncReport sync(Round round) throws Exception {
        SyncReport report = client.sync(daemon.profile(round.clientRoot(), round.serverRoot()), SyncListener.NONE);
        awaitNoTemps(round.serverRoot());
        return report;
    }

    /** Waits for the daemon's session to let go of its directory, which the client's end does not wait for. */
    private static void awaitNoTemps(Path root) {
        await().atMost(LETTING_GO).until(() -> TwoTrees.leftovers(root).isEmpty());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        daemon.close();
    }
}
