package org.sksync.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sksync.cli.SksyncJar;
import org.sksync.client.config.Credentials;
import org.sksync.client.config.SyncProfile;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsConfigException;
import org.sksync.transport.tls.TlsContexts;

/** {@code sksync.jar server} in a JVM of its own, what that JVM takes from the machine, and who may sync with it. */
final class Daemon implements AutoCloseable {
    static final String USER = "ann";
    static final String PASSWORD = "secret word";

    private static final Pattern COMPLAINT = Pattern.compile("cut short|refused|failed| skipped [^=]|WARN|ERROR");
    private static final Pattern SESSION_SECONDS = Pattern.compile(" skipped=\\d+ (\\S+)s ");

    private final JavaProgram program;
    private final int port;
    private final Optional<SslContext> clientTls;
    private final Optional<Credentials> credentials;

    private Daemon(JavaProgram program, int port, Optional<SslContext> clientTls, Optional<Credentials> credentials) {
        this.program = program;
        this.port = port;
        this.clientTls = clientTls;
        this.credentials = credentials;
    }

    /** Begins a daemon that serves a directory and what is below, in the clear and to everybody. */
    static Setup serving(Path directory) {
        return new Setup(directory);
    }

    /** What a daemon is started with. Each setup can start many, one after another. */
    static final class Setup {
        private final Path home;
        private final Map<String, String> config = new LinkedHashMap<>();
        private final List<String> vmArguments = new ArrayList<>();
        private Optional<SslContext> clientTls = Optional.empty();
        private Optional<Credentials> credentials = Optional.empty();

        private Setup(Path home) {
            this.home = home;
            set("host", "\"0.0.0.0\"");
            set("server_dir_whitelist", "[\"" + home + "\"]");
            set("require_auth", "false");
        }

        /** Sets a key of {@code sksync.json}. */
        Setup set(String key, Object value) {
            config.put(key, value.toString());
            return this;
        }

        /** Adds arguments for its virtual machine. */
        Setup vm(String... arguments) {
            vmArguments.addAll(List.of(arguments));
            return this;
        }

        /** Lets in so many clients at a time, from one address and before a login too. */
        Setup admitting(int connections) {
            return set("max_connections", connections)
                    .set("max_connections_per_address", connections)
                    .set("max_unauthenticated", connections);
        }

        /** Lets clients take so long until their greeting. */
        Setup openingSeconds(int seconds) {
            return set("opening_timeout_seconds", seconds);
        }

        /** Turns TLS on, with a certificate of its own that {@link Daemon#profile} trusts. */
        Setup tls() throws IOException {
            return tls(TestCertificates.KeyType.EC);
        }

        /** Turns TLS on, with a key of that kind. */
        Setup tls(TestCertificates.KeyType keyType) throws IOException {
            Issued issued = TestCertificates.certificate().keyType(keyType).selfSigned();
            set("use_ssl", "true");
            set(
                    "ssl_server_certfile",
                    '"' + issued.writeCertificate(home.resolve("server.pem")).toString() + '"');
            set(
                    "ssl_server_keyfile",
                    '"' + issued.writeKey(home.resolve("server.key")).toString() + '"');
            try {
                clientTls = Optional.of(TlsContexts.forClient(
                        PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC()),
                        Optional.empty()));
            } catch (TlsConfigException e) {
                throw new IOException(e);
            }
            return this;
        }

        /** Demands a login; the user {@value #USER} may. */
        Setup login() throws IOException {
            set("require_auth", "true");
            write();
            SksyncJar.Ended added = SksyncJar.end(
                    SksyncJar.launch(home, "useredit", "add", USER, "--password-stdin", "-c", config().toString())
                            .stdin(PASSWORD + "\n"));
            assertThat(added.exitCode()).as(added.err()).isZero();
            String written = Files.readString(config());
            String users = written.substring(written.indexOf("\"users\""));
            set("users", users.substring(users.indexOf('{'), users.lastIndexOf('}')));
            try {
                credentials = Optional.of(new Credentials(UserName.of(USER), PASSWORD.toCharArray()));
            } catch (SrpException e) {
                throw new IOException(e);
            }
            return this;
        }

        private Path config() {
            return home.resolve("sksync.json");
        }

        private void write() throws IOException {
            Files.deleteIfExists(config());
            Files.writeString(
                    config(),
                    config.entrySet().stream()
                            .map(key -> '"' + key.getKey() + "\": " + key.getValue())
                            .collect(Collectors.joining(",\n", "{\n", "\n}\n")));
            Files.setPosixFilePermissions(config(), PosixFilePermissions.fromString("rw-------"));
        }

        /** Starts the daemon on a free port and waits until it listens; {@code -Dsoak.vm} has the last word. */
        Daemon start() throws IOException {
            String more = System.getProperty("soak.vm", "");
            return start(JavaProgram.jar(SksyncJar.ROOT.resolve("target/sksync.jar"))
                    .vmArgs(vmArguments.toArray(String[]::new))
                    .vmArgs(more.isEmpty() ? new String[0] : more.split(" ", -1)));
        }

        /** Starts it as a program for a short life. */
        Daemon startQuickly() throws IOException {
            return start(SksyncJar.launch(home));
        }

        private Daemon start(JavaProgram.Launch launch) throws IOException {
            write();
            JavaProgram program = launch.directory(home)
                    .args("server", "-c", config().toString(), "--port", "0")
                    .start();
            try {
                return new Daemon(program, SksyncJar.port(program), clientTls, credentials);
            } catch (AssertionError e) {
                program.close();
                throw e;
            }
        }
    }

    int port() {
        return port;
    }

    JavaProgram program() {
        return program;
    }

    Optional<SslContext> clientTls() {
        return clientTls;
    }

    /** Returns what a client of this daemon is told that syncs whole trees both ways. */
    SyncProfile profile(Path clientPath, Path serverPath) {
        return profile(port, clientPath, serverPath, SyncType.BIDIRECTIONAL_USE_TIME);
    }

    SyncProfile profile(Path clientPath, Path serverPath, SyncType type) {
        return profile(port, clientPath, serverPath, type);
    }

    /** Returns the same for a client that connects to another port, where a proxy is. */
    SyncProfile profile(int throughPort, Path clientPath, Path serverPath, SyncType type) {
        return new SyncProfile(
                "127.0.0.1",
                throughPort,
                clientTls,
                credentials,
                ProtocolLevel.PYSKSYNC_2,
                type,
                Recursion.RECURSIVE,
                serverPath.toString(),
                clientPath,
                ExcludeFilter.none(),
                Duration.ofSeconds(1),
                TimeErrors.FAIL,
                KeepReplaced.OFF,
                Durability.BATCH,
                Optional.empty(),
                GuardedFiles.NONE);
    }

    /** Returns the memory that the JVM has of the machine's now. */
    long rssBytes() throws IOException {
        return status("VmRSS") * 1024;
    }

    /** Returns the most that it ever had. */
    long peakRssBytes() throws IOException {
        return status("VmHWM") * 1024;
    }

    int threads() throws IOException {
        return (int) status("Threads");
    }

    int fds() throws IOException {
        try (Stream<Path> fds = Files.list(proc("fd"))) {
            return (int) fds.count();
        }
    }

    /** Returns the processor time that it has used, on all cores together. */
    Duration cpu() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        // User and system time, in hundredths of a second on every Linux.
        return Duration.ofMillis(10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
    }

    /** Returns the first line in which it speaks of a fault of its own, exhausted memory or a leaked buffer. */
    Optional<String> fault() {
        return program.lines(JavaProgram.Stream.ERR).stream()
                .filter(line -> Stream.of("a fault in this program", "OutOfMemory", "OutOfDirectMemory", "LEAK:")
                        .anyMatch(line::contains))
                .findFirst();
    }

    /** Returns {@code fault()} for the end of a sentence; empty if there is none. */
    String faultText() {
        return fault().map(line -> "; a fault: " + line).orElse("");
    }

    /**
     * Waits until so many sessions with a directory have ended, or the time is over. A client that does not read can't
     * be told that its connection is closed, but the daemon's log tells.
     *
     * @return how long each was there from its connect on, the shortest first
     */
    List<Duration> awaitEnded(Path directory, int count, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<Duration> ended = ended(directory);
        while (ended.size() < count && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            ended = ended(directory);
        }
        return ended;
    }

    private List<Duration> ended(Path directory) {
        return program.lines(JavaProgram.Stream.ERR).stream()
                .filter(line -> line.contains(" path=" + directory + " "))
                .map(SESSION_SECONDS::matcher)
                .filter(Matcher::find)
                .map(matcher -> Duration.ofMillis((long) (1000 * Double.parseDouble(matcher.group(1)))))
                .sorted()
                .toList();
    }

    /** Returns what it said of sessions that did not get to their end, and of files that it left out. */
    List<String> complaints() {
        return program.lines(JavaProgram.Stream.ERR).stream()
                .filter(line -> COMPLAINT.matcher(line).find())
                .toList();
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(program.pid()), name);
    }

    @Override
    public void close() {
        program.close();
    }
}
