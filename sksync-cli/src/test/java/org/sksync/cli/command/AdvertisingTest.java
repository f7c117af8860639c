package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.config.SkSyncConfig;
import org.sksync.discovery.Announcement;
import org.sksync.discovery.How;
import org.sksync.transport.tls.Fingerprint;

class AdvertisingTest {

    private static final Fingerprint FINGERPRINT = new Fingerprint("SHA256:" + "ab".repeat(32));

    private static ListenAddress listening(String host) throws CommandFailure {
        return ListenAddress.of(host, 23456, "host");
    }

    private static Announcement announced(String host, Optional<Fingerprint> fingerprint) throws Exception {
        return Advertising.announcement(EnumSet.of(How.SSDP), "desk", listening(host), 4711, fingerprint);
    }

    @Test
    void isOffUnlessAskedFor() throws Exception {
        assertThat(Advertising.ways(SkSyncConfig.defaults().server())).isEmpty();
    }

    @Test
    void tellsPortLevelAndFingerprint() throws Exception {
        Announcement announcement = announced("0.0.0.0", Optional.of(FINGERPRINT));

        assertThat(announcement.port()).isEqualTo(4711);
        assertThat(announcement.level()).isEqualTo("pysksync 2");
        assertThat(announcement.fingerprint()).contains(FINGERPRINT.text());
        assertThat(announcement.only()).isEmpty();
        assertThat(announced("0.0.0.0", Optional.empty()).fingerprint()).isEmpty();
    }

    @Test
    void tellsOnlyTheAddressThatIsListenedOn() throws Exception {
        assertThat(announced("192.0.2.1", Optional.empty()).only())
                .contains((Inet4Address) InetAddress.getByName("192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void advertisesWhereOthersReachIt(String host) throws Exception {
        assertThat(Advertising.obstacle(listening(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "2001:db8::1"})
    void saysWhyNothingIsAdvertised(String host) throws Exception {
        String address = InetAddress.getByName(host).getHostAddress();

        assertThat(Advertising.obstacle(listening(host))).hasValueSatisfying(sentence -> assertThat(sentence)
                .startsWith("nothing is advertised, since ")
                .contains(address, "0.0.0.0"));
    }
}
