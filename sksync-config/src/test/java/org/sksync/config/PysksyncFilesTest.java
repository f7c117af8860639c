package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as users of pysksync have them, which must load unchanged. */
class PysksyncFilesTest {

    @TempDir
    private Path directory;

    @Test
    void loadForThePhoneWithTheOlderFormOfAProfile() throws Exception {
        SkSyncConfig config = ConfigFile.of(directory, """
                {
                    "host": "0.0.0.0",
                    "port": 23456,
                    "server_dir_whitelist": ["/tmp/override/path"],
                    "server_dir_whitelist_policy": "silent",
                    "client": {
                        "recursive": true,
                        "server_path": "/tmp/server/path",
                        "client_path": "/tmp/client/path"
                    },
                    "require_auth": false,
                }
                """).read();

        assertThat(config.warnings()).isEmpty();
        assertThat(config.server().requireAuth()).isFalse();
        assertThat(config.server().allowedRoots()).containsExactly("/tmp/override/path");
        assertThat(config.profile("client").recursive()).isTrue();
        assertThat(config.profile("client").host()).isEqualTo("localhost");
    }

    @Test
    void loadForBothLevelsAtOnce() throws Exception {
        SkSyncConfig config = ConfigFile.of(directory, """
                {
                    "sksync1_compat": true,
                    "clients": {
                        "phone": {
                            "recursive": true,
                            "server_path": "/tmp/server/path",
                            "client_path": "/tmp/client/path"
                        },
                        "desk": {
                            "sksync1_compat": false,
                            "sync_type": "0\\n",
                            "server_path": "/tmp/server/desk",
                            "client_path": "/tmp/client/desk"
                        }
                    },
                    "require_auth": false,
                    "raise_errors": true,
                    "ignore_time_errors": false,
                    "ssdp_advertise": false
                }
                """).read();

        assertThat(config.warnings()).isEmpty();
        assertThat(config.server().allowedRoots()).containsExactly("/tmp/server/path", "/tmp/server/desk");
        assertThat(config.profile("phone").sksync1Compat()).isTrue();
        assertThat(config.profile("desk").sksync1Compat()).isFalse();
        assertThat(config.profile("desk").syncType()).isEqualTo(ProfileSyncType.BIDIRECTIONAL_USE_TIME);
    }

    @Test
    void loadWithCertificatesAndLogin() throws Exception {
        SkSyncConfig config = ConfigFile.of(directory, """
                {
                    "use_ssl": true,
                    "ssl_server_certfile": "cert.pem",
                    "ssl_server_keyfile": "key.pem",

                    "ssl_client_certfile": "cert.pem",
                    "ssl_client_keyfile": "key.pem",
                    "username": "testuser",
                    "password": "testpassword",

                    "client": {
                        "server_path": "/tmp/server/path",
                        "client_path": "/tmp/client/path"
                    },
                }
                """).read();

        assertThat(config.warnings()).isEmpty();
        assertThat(config.server().tls().clientCertificate()).contains(Path.of("cert.pem"));
        assertThat(config.profile("client").username()).contains("testuser");
        assertThat(config.profile("client").tls().clientKey()).contains(Path.of("key.pem"));
    }
}
