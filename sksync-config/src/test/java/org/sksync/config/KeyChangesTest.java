package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyChangesTest {

    @Test
    void tellTheTextThatAKeyGetsAndNothingElse() {
        KeyChanges keys = new KeyChanges()
                .text("client_path", "/home")
                .number("port", 1)
                .nothing("host")
                .remove("fsync");

        assertThat(keys.textOf("client_path")).contains("/home");
        assertThat(keys.textOf("port")).isEmpty();
        assertThat(keys.textOf("host")).isEmpty();
        assertThat(keys.textOf("fsync")).isEmpty();
        assertThat(keys.textOf("none")).isEmpty();
    }
}
