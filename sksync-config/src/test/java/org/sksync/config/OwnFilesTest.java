package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.store.GuardedFiles;

/** Which files a configuration counts as its own. */
class OwnFilesTest {

    @TempDir
    Path temp;

    private Path here;
    private Path file;

    @BeforeEach
    void findTheRealDirectory() throws IOException {
        here = temp.toRealPath();
        file = here.resolve("sksync.json");
    }

    private SkSyncConfig read(String json) throws Exception {
        Files.writeString(file, json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return ConfigReader.read(file);
    }

    @Test
    void areItselfTheKnownServersAndWhatItNamesForAnyRole() throws Exception {
        SkSyncConfig config = read("""
                {"ssl_server_certfile": "server.pem", "ssl_server_keyfile": "/etc/server.key",
                 "ssl_client_certfile": null, "ssl_client_keyfile": 5,
                 "clients": {
                    "p": {"server_path": "/s", "client_path": "c", "ssl_client_certfile": "p.pem"},
                    "q": {"ssl_client_keyfile": "q.key"}}}""");

        assertThat(config.ownFiles().files())
                .contains(
                        file,
                        here.resolve("known_servers"),
                        Path.of("server.pem"),
                        Path.of("/etc/server.key"),
                        Path.of("p.pem"),
                        Path.of("q.key"));
    }

    @Test
    void areThoseOfTheProfileWithItsOtherValuesToo() throws Exception {
        SkSyncConfig config = read("{\"clients\": {\"p\": {\"server_path\": \"/s\", \"client_path\": \"c\"}}}");

        ClientProfile profile = config.profile("p", Overrides.of(List.of("ssl_client_keyfile=other.key")));

        assertThat(profile.ownFiles().files()).contains(file, Path.of("other.key"));
    }

    @Test
    void areWhatAChangeLeavesBesideIt() throws Exception {
        SkSyncConfig config = read("{\"port\": 1, /* a comment */}");
        new ConfigEditor(file, Clock.systemUTC())
                .addProfile("p", new KeyChanges().text("server_path", "/s").text("client_path", "/c"));
        KnownServers.beside(file).remember("host", 1, "0a".repeat(32));

        GuardedFiles own = config.ownFiles();

        try (var left = Files.list(here)) {
            assertThat(left).hasSize(5).allSatisfy(each -> assertThat(
                            own.files().contains(each)
                                    || own.beginnings().stream().anyMatch(beginning -> each.toString()
                                            .startsWith(beginning.toString())))
                    .as(each.toString())
                    .isTrue());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void areFoundBesideWhatALinkLeadsTo() throws Exception {
        Path real = Files.createDirectory(here.resolve("real"));
        read("{}");
        Files.move(file, real.resolve("conf.json"));
        Files.createSymbolicLink(file, real.resolve("conf.json"));

        GuardedFiles own = ConfigReader.read(file).ownFiles();

        assertThat(own.files()).contains(file);
        assertThat(own.beginnings()).contains(real.resolve(".conf.json.lock"), real.resolve("conf.json.bak-"));
        assertThat(own.in(real)).contains(file);
    }
}
