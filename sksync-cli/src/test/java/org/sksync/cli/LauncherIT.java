package org.sksync.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;

/** The script {@code sksync}, beside the real jar in a directory whose name has a space. */
@EnabledOnOs(OS.LINUX)
class LauncherIT {

    @TempDir
    static Path shared;

    private static Path program;
    private static Path madeOnce;

    @TempDir
    Path here;

    private Path cache;
    private Path kept;

    @BeforeAll
    static void installAndRunOnce() throws Exception {
        program = Files.createDirectory(shared.resolve("a program"));
        Files.copy(SksyncJar.ROOT.resolve("sksync"), program.resolve("sksync"));
        Files.copy(SksyncJar.ROOT.resolve("target/sksync.jar"), program.resolve("sksync.jar"));
        madeOnce = shared.resolve("a cache");
        run(shared, program.resolve("sksync"), Map.of("XDG_CACHE_HOME", madeOnce.toString()), "--version");
        await().atMost(SksyncJar.LIMIT).until(() -> entries(madeOnce.resolve("sksync")), LauncherIT::isOneArchive);
    }

    @BeforeEach
    void copyTheCache() throws Exception {
        Path source = entries(madeOnce.resolve("sksync")).get(0);
        cache = Files.createDirectory(here.resolve("cache"));
        Path directory = Files.createDirectory(
                cache.resolve("sksync"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        kept = Files.copy(source, directory.resolve(source.getFileName()));
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
    }

    /** What a test has spoiled is made anew in the background; that is over before the directory is removed. */
    @AfterEach
    void awaitWhatIsMade() {
        await().atMost(SksyncJar.LIMIT).until(() -> entries(cache.resolve("sksync")).stream()
                .noneMatch(file -> file.toString().endsWith(".making")));
    }

    private static List<Path> entries(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static boolean isOneArchive(List<Path> entries) {
        return entries.size() == 1
                && entries.get(0).getFileName().toString().matches(".*\\.(AOTCache|SharedArchiveFile)\\.\\d+");
    }

    private static Process start(Path directory, Path script, Map<String, String> environment, String... words)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended run(Path directory, Path script, Map<String, String> environment, String... words)
            throws Exception {
        Process process = start(directory, script, environment, words);
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            String err = new String(process.getErrorStream().readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor(SksyncJar.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            return new Ended(process.exitValue(), out, err);
        } finally {
            process.destroyForcibly();
        }
    }

    private Ended run(String... words) throws Exception {
        return run(here, program.resolve("sksync"), Map.of("XDG_CACHE_HOME", cache.toString()), words);
    }

    private static void assertVersion(Ended ended) {
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).matches("sksync \\d+\\.\\d+\\.\\d+\\S*");
        assertThat(ended.exitCode()).isZero();
    }

    /** Starts a daemon and returns whether it has mapped what lies in the cache. */
    private boolean daemonUsesTheCache() throws Exception {
        Files.writeString(
                here.resolve("sksync.json"), "{\"require_auth\": false, \"server_dir_whitelist\": [\"served\"]}");
        Process daemon = start(
                here,
                program.resolve("sksync"),
                Map.of("XDG_CACHE_HOME", cache.toString(), "LC_ALL", "C"),
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                "0");
        try (BufferedReader out = new BufferedReader(new InputStreamReader(daemon.getInputStream(), UTF_8))) {
            assertThat(out.readLine()).startsWith("listening on 127.0.0.1:");
            return Files.readString(Path.of("/proc/" + daemon.pid() + "/maps")).contains(kept.toString());
        } finally {
            daemon.destroy();
            assertThat(daemon.waitFor(SksyncJar.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void startsTheProgram() throws Exception {
        assertVersion(run("--version"));
    }

    @Test
    void startsThroughSymbolicLinks() throws Exception {
        Path bin = Files.createDirectory(here.resolve("bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("absolute"), program.resolve("sksync"));
        Path relative = Files.createSymbolicLink(here.resolve("relative"), Path.of("bin/absolute"));

        assertVersion(run(here, absolute, Map.of("XDG_CACHE_HOME", cache.toString()), "--version"));
        assertVersion(run(here, relative, Map.of("XDG_CACHE_HOME", cache.toString()), "--version"));
    }

    @Test
    void handsOnWordsAndExitCodeAsTheyAre() throws Exception {
        Files.writeString(here.resolve("my config.json"), "{}");

        Ended ended = run("client", "-c", "my config.json", "a  b*");

        assertThat(ended.err()).startsWith("error: my config.json: there is no client profile \"a  b*\"");
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void takesTheHomeThatTheEnvironmentNames() throws Exception {
        Map<String, String> environment = Map.of(
                "XDG_CACHE_HOME",
                cache.toString(),
                "HOME",
                here.toString(),
                "JDK_JAVA_OPTIONS",
                "-XshowSettings:properties");

        Ended ended = run(here, program.resolve("sksync"), environment, "--version");

        assertThat(ended.err()).contains("user.home = " + here + "\n");
    }

    @Test
    void usesTheArchiveThatAnEarlierRunHasMade() throws Exception {
        assertThat(daemonUsesTheCache()).isTrue();
    }

    @Test
    void usesNoArchiveThatOthersMayWrite() throws Exception {
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(daemonUsesTheCache()).isFalse();
    }

    @Test
    void usesNoDirectoryThatOthersMayWriteTo() throws Exception {
        Files.setPosixFilePermissions(kept.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(daemonUsesTheCache()).isFalse();
    }

    @Test
    void usesNoArchiveBehindALink() throws Exception {
        Path elsewhere = Files.move(kept, here.resolve("elsewhere"));
        Files.createSymbolicLink(kept, elsewhere);

        assertThat(daemonUsesTheCache()).isFalse();
    }

    @Test
    void usesNoArchiveOfAnotherUser() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("who may give files away")
                .isEqualTo("root");
        UserPrincipal nobody =
                here.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(kept, nobody);

        assertThat(daemonUsesTheCache()).isFalse();
    }

    @Test
    void usesNoArchiveThatIsTorn() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(kept.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertVersion(run("--version"));
    }

    @Test
    void saysNothingOfAnArchiveThatDoesNotFit() throws Exception {
        byte[] other = new byte[Math.toIntExact(Files.size(kept))];
        Files.write(kept, other);

        assertVersion(run("--version"));
    }

    @Test
    void worksWhereThereCanBeNoCache() throws Exception {
        Path file = Files.writeString(here.resolve("file"), "");

        assertVersion(run(here, program.resolve("sksync"), Map.of("XDG_CACHE_HOME", file.toString()), "--version"));
        assertVersion(run(here, program.resolve("sksync"), Map.of("XDG_CACHE_HOME", "", "HOME", ""), "--version"));
        assertThat(file).isEmptyFile();
    }

    @Test
    void makesTheArchiveForItsOwnerAlone() throws Exception {
        assertThat(Files.getPosixFilePermissions(madeOnce.resolve("sksync")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        Path made = entries(madeOnce.resolve("sksync")).get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .endsWith("------");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path alone = Files.copy(program.resolve("sksync"), here.resolve("sksync"));

        Ended withoutJar = run(here, alone, Map.of(), "--version");
        Ended withoutJava = run(
                here,
                program.resolve("sksync"),
                Map.of("JAVA_HOME", here.toString(), "PATH", here.toString()),
                "--version");

        assertThat(withoutJar)
                .isEqualTo(new Ended(
                        1,
                        "",
                        "error: there is no sksync.jar in " + here.toRealPath()
                                + " or its directory target; build it with: mvn package"));
        assertThat(withoutJava)
                .isEqualTo(new Ended(1, "", "error: there is no java; install Java 17 or later, or set JAVA_HOME"));
    }
}
