package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sksync.config.SkSyncConfig;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.config.SessionLimits;

class LimitsMappingTest {

    @Test
    void whatIsNotConfiguredIsWhatTheServerHasByItself() throws Exception {
        var limits = SkSyncConfig.defaults().server().limits();

        assertThat(LimitsMapping.session(limits)).isEqualTo(SessionLimits.DEFAULT);
        assertThat(LimitsMapping.daemon(limits)).isEqualTo(DaemonLimits.defaults());
    }
}
