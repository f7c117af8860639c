package org.sksync.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;

/** Attackers who try passwords as fast as they can. */
@Tag("F9")
class LoginFloodSoak {
    private static final int ATTACKERS = 64;
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("soak.seconds", 60));
    private static final Duration TARGET = Duration.ofSeconds(1);

    @TempDir
    private Path temp;

    @Test
    void doesNotLockOutWhoKnowsThePassword() throws Exception {
        Path home = temp.toRealPath();
        try (Daemon daemon = Daemon.serving(home).login().vm("-Xmx256m").start();
                Honest honest = new Honest(daemon, home)) {
            honest.syncFor(Duration.ofSeconds(5));
            Honest.Times quiet = honest.syncFor(Duration.ofSeconds(10));
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong attempts = new AtomicLong();
            ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS);
            Honest.Times attacked;
            try {
                for (int i = 0; i < ATTACKERS; i++) {
                    int attacker = i;
                    threads.execute(() -> {
                        Random random = new Random(attacker);
                        while (!over.get()) {
                            attempt(daemon.port(), attacker, random);
                            attempts.incrementAndGet();
                        }
                    });
                }
                attacked = honest.syncFor(LENGTH);
            } finally {
                over.set(true);
                threads.shutdown();
                threads.awaitTermination(30, TimeUnit.SECONDS);
            }

            Figure.of("F9", ATTACKERS + " attackers who try passwords for " + LENGTH.toSeconds() + " s")
                    .target("honest login and sync of an unchanged folder: p99 <= 1 s")
                    .reached("quiet " + quiet + "; attacked " + attacked + "; " + attempts + " attempts"
                            + daemon.faultText())
                    .report(attacked.p99().compareTo(TARGET) <= 0
                            && daemon.fault().isEmpty());
        }
    }

    /** Half of them try the user that exists, half others that do not; each comes from an address of its own. */
    private static void attempt(int port, int attacker, Random random) {
        String user = attacker % 2 == 0 ? "616e6e" : String.format("%08x", random.nextInt());
        try (Socket socket = new Socket()) {
            socket.bind(address(2 + attacker, 0));
            socket.connect(address(1, port));
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            byte[] number = new byte[256];
            random.nextBytes(number);
            number[0] = 1;
            out.write(
                    ("PYSKSYNC SRP START:" + user + " " + HexFormat.of().formatHex(number) + "\n").getBytes(US_ASCII));
            if (in.readLine() != null) {
                out.write(("a".repeat(40) + "\n").getBytes(US_ASCII));
                in.readLine();
            }
        } catch (IOException e) {
            // Refused early: the daemon's right.
            return;
        }
    }

    private static InetSocketAddress address(int last, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
    }
}
