package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;

/**
 * The files of {@code config-samples/}, used as their comments say: in a directory of their own, on a free port, with
 * certificates as {@code certs/make-certs.sh} makes them.
 */
class ConfigSamplesIT {

    private static final Path SAMPLES = SksyncJar.ROOT.resolve("config-samples");
    private static final String PORT = "23456";

    @TempDir
    Path here;

    @BeforeEach
    void writeFilesAndPlacesForCopies() throws IOException {
        for (String name : List.of("phone", "music", "documents", "photos", "notes")) {
            Path directory = Files.createDirectory(here.resolve(name));
            Files.writeString(directory.resolve("of-" + name + ".txt"), name);
        }
        for (String name : List.of("copy-of-music", "copy-of-documents", "copy-of-phone", "served")) {
            Files.createDirectory(here.resolve(name));
        }
    }

    private void make(String file, String content) throws IOException {
        Path written = Files.writeString(here.resolve(file), content);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name));
    }

    private void makeCertificates() throws Exception {
        Process script = new ProcessBuilder(
                        "sh",
                        SksyncJar.ROOT
                                .resolve("certs/make-certs.sh")
                                .toAbsolutePath()
                                .toString(),
                        "--client",
                        "--dir",
                        "certs")
                .directory(here.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
    }

    /** Starts a daemon with the sample as it is, but for the port. */
    private JavaProgram serve(String sample) throws IOException {
        make(sample, sample(sample));
        return SksyncJar.daemon(here, sample);
    }

    private void pointAt(JavaProgram daemon, String sample) throws IOException {
        make(sample, sample(sample).replace(PORT, Integer.toString(SksyncJar.port(daemon))));
    }

    private void sync(String... words) throws IOException {
        Ended ended = SksyncJar.run(here, words);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
    }

    private void assertArrived(String directory, String name) {
        assertThat(here.resolve(directory).resolve("of-" + name + ".txt")).hasContent(name);
    }

    @Test
    void areAllUsedHere() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }

        assertThat(names)
                .containsExactly(
                        "android.json",
                        "authenticated.json",
                        "client-only.json",
                        "mutual-tls.json",
                        "tls.json",
                        "whitelist.json");
    }

    @Test
    void servesAPhone() throws Exception {
        try (JavaProgram daemon = serve("android.json")) {
            make("phone.json", """
                    {"sksync1_compat": true, "port": %d, "clients": {"phone": {
                        "server_path": "phone", "client_path": "copy-of-phone", "sync_type": "bidirectional_use_time"}}}
                    """.formatted(SksyncJar.port(daemon)));
            Files.writeString(here.resolve("copy-of-phone/of-the-app.txt"), "the-app");

            sync("client", "phone", "-c", "phone.json");
        }
        assertArrived("copy-of-phone", "phone");
        assertArrived("phone", "the-app");
    }

    @Test
    void servesListedDirectories() throws Exception {
        try (JavaProgram daemon = serve("whitelist.json")) {
            pointAt(daemon, "whitelist.json");

            sync("client", "music", "documents", "-c", "whitelist.json");
        }
        assertArrived("copy-of-music", "music");
        assertArrived("copy-of-documents", "documents");
    }

    @Test
    void servesUsers() throws Exception {
        try (JavaProgram daemon = serve("authenticated.json")) {
            pointAt(daemon, "authenticated.json");

            sync("client", "documents", "-c", "authenticated.json");
        }
        assertArrived("copy-of-documents", "documents");
    }

    @Test
    void servesUsersOverTls() throws Exception {
        makeCertificates();
        try (JavaProgram daemon = serve("tls.json")) {
            pointAt(daemon, "tls.json");

            sync("client", "documents", "-c", "tls.json");
        }
        assertArrived("copy-of-documents", "documents");
    }

    @Test
    void servesClientsWithCertificates() throws Exception {
        makeCertificates();
        try (JavaProgram daemon = serve("mutual-tls.json")) {
            pointAt(daemon, "mutual-tls.json");

            sync("client", "documents", "-c", "mutual-tls.json");
        }
        assertArrived("copy-of-documents", "documents");
    }

    @Test
    void syncsWithServersElsewhere() throws Exception {
        makeCertificates();
        Path served = here.resolve("served");
        for (String name : List.of("photos", "music", "notes")) {
            Files.createDirectory(served.resolve(name));
        }
        Files.writeString(served.resolve("music/of-song.txt"), "song");
        Files.writeString(served.resolve("notes/of-note.txt"), "note");
        make(
                "new.json",
                sample("tls.json")
                        .replace("\"use_ssl\"", "\"server_dir_whitelist\": [\"photos\", \"music\"], \"use_ssl\"")
                        .replace("certs/", "../certs/"));
        make(
                "old.json",
                "{\"sksync1_compat\": true, \"server_dir_whitelist\": [\"/sdcard/notes\"]}"
                        .replace("/sdcard", served.toString()));
        try (JavaProgram daemon = SksyncJar.daemon(served, "../new.json");
                JavaProgram old = SksyncJar.daemon(served, "../old.json")) {
            make(
                    "client-only.json",
                    sample("client-only.json")
                            .replace("server.example.org", "localhost")
                            .replace(PORT, Integer.toString(SksyncJar.port(daemon)))
                            .replace("\"192.0.2.20\"", "\"127.0.0.1\", \"port\": " + SksyncJar.port(old))
                            .replace("/sdcard", served.toString())
                            // There is no terminal to ask for it at.
                            .replace(
                                    "\"username\": \"testuser\"",
                                    "\"username\": \"testuser\", \"password\": \"testpassword\""));

            Ended ended = SksyncJar.run(here, "client", "photos", "music", "old-server", "-c", "client-only.json");

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err())
                    .startsWith("warning: first contact with localhost")
                    .hasLineCount(1);
        }
        assertArrived("served/photos", "photos");
        assertArrived("music", "song");
        assertArrived("notes", "note");
    }
}
