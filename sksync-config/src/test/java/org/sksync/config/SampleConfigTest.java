package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code config-samples/}, which users begin with. */
class SampleConfigTest {

    @TempDir
    private Path directory;

    private static final Path SAMPLES =
            Path.of(System.getProperty("sksync.root", ".."), "config-samples").normalize();

    private SkSyncConfig sample(String name) throws IOException, ConfigException {
        return ConfigFile.of(directory, Files.readString(SAMPLES.resolve(name))).read();
    }

    static Path[] samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void holdNoKeyThatIsNotKnown(Path file) throws Exception {
        assertThat(sample(file.getFileName().toString()).warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void openWithAComment(Path file) throws Exception {
        assertThat(Files.readString(file)).startsWith("# ");
    }

    @Test
    void serveTheAndroidAppAlone() throws Exception {
        ServerSettings server = sample("android.json").server();

        assertThat(server.sksync1Compat()).isTrue();
        assertThat(server.requireAuth()).isFalse();
        assertThat(server.allowedRoots()).containsExactly("phone");
        assertThat(server.modifyWindow()).hasSeconds(2);
    }

    @Test
    void serveListedDirectories() throws Exception {
        SkSyncConfig config = sample("whitelist.json");

        assertThat(config.server().requireAuth()).isFalse();
        assertThat(config.server().allowedRoots()).containsExactly("music", "documents");
        assertThat(config.server().whitelistPolicy()).isEqualTo(WhitelistPolicy.SILENT);
        assertThat(config.profile("music").syncType()).isEqualTo(ProfileSyncType.FROM_SERVER_USE_TIME);
        assertThat(config.profile("documents").syncType()).isEqualTo(ProfileSyncType.BIDIRECTIONAL_USE_TIME);
    }

    @Test
    void serveUsers() throws Exception {
        SkSyncConfig config = sample("authenticated.json");

        assertThat(config.server().requireAuth()).isTrue();
        assertThat(config.server().useSsl()).isFalse();
        assertThat(config.server().users()).containsOnlyKeys("testuser");
        assertThat(config.server().allowedRoots()).containsExactly("documents");
        assertThat(config.profile("documents").username()).contains("testuser");
        assertThat(config.profile("documents").password()).contains(new Secret("testpassword"));
    }

    @Test
    void serveUsersOverTls() throws Exception {
        SkSyncConfig config = sample("tls.json");

        assertThat(config.server().useSsl()).isTrue();
        assertThat(config.server().requireAuth()).isTrue();
        assertThat(config.server().tls().serverCertificate()).contains(Path.of("certs/server.pem"));
        assertThat(config.server().tls().serverKey()).contains(Path.of("certs/server.key"));
        assertThat(config.server().tls().clientCertificate()).isEmpty();
        assertThat(config.profile("documents").useSsl()).isTrue();
        assertThat(config.profile("documents").tls().serverCertificate()).contains(Path.of("certs/server.pem"));
    }

    @Test
    void serveClientsWithCertificates() throws Exception {
        SkSyncConfig config = sample("mutual-tls.json");

        assertThat(config.server().requireAuth()).isFalse();
        assertThat(config.server().tls().clientCertificate()).contains(Path.of("certs/client.pem"));
        assertThat(config.profile("documents").tls().clientCertificate()).contains(Path.of("certs/client.pem"));
        assertThat(config.profile("documents").tls().clientKey()).contains(Path.of("certs/client.key"));
        assertThat(config.profile("documents").username()).isEmpty();
    }

    @Test
    void configureAClientAlone() throws Exception {
        SkSyncConfig config = sample("client-only.json");

        assertThat(config.profileNames()).containsExactly("photos", "music", "old-server");
        assertThat(config.profile("photos").host()).isEqualTo("server.example.org");
        assertThat(config.profile("photos").useSsl()).isTrue();
        assertThat(config.profile("photos").username()).contains("testuser");
        assertThat(config.profile("photos").password()).isEmpty();
        assertThat(config.profile("music").syncType()).isEqualTo(ProfileSyncType.FROM_SERVER_USE_TIME);
        assertThat(config.profile("old-server").sksync1Compat()).isTrue();
        assertThat(config.profile("old-server").username()).isEmpty();
    }
}
