package org.sksync.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.config.Secret;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.tls.Fingerprint;

class InvitationTest {

    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String LINE =
            "sksync://me:one-two@192.168.1.10:23456/home/me/notes?fp=" + HEX + "&host=desk&host=2001:db8:0:0:0:0:0:1";

    private static Invitation of(String user, String password, List<String> hosts, int port, String path)
            throws Exception {
        return Invitation.of(
                UserName.of(user), new Secret(password), hosts, port, path, new Fingerprint("SHA256:" + HEX));
    }

    private static void assertRefused(String line, String words) {
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> Invitation.parse(line))
                .withMessageContaining(words);
    }

    @Test
    void isOneLineWithAllThatTheOtherMachineNeeds() throws Exception {
        Invitation invitation =
                of("me", "one-two", List.of("192.168.1.10", "desk", "2001:db8:0:0:0:0:0:1"), 23456, "/home/me/notes");

        assertThat(invitation.line()).isEqualTo(LINE);
        assertThat(Invitation.parse("  " + LINE + " \r\n"))
                .isEqualTo(invitation)
                .hasSameHashCodeAs(invitation);
    }

    @ParameterizedTest
    @CsvSource({
        "J\u00fcrgen \u9152, 'p:a/s@s?#%&=+ w', desk.example, 1, '/srv/K\u00fcche & Bad/100%?#'",
        "a, -, ::1, 65535, /",
        "a, -, 10.0.0.255, 80, '/a b'",
        "a, -, localhost, 80, 'C:\\Users\\me\\notes'",
        "a, -, localhost, 80, 'D:/x'",
        "':@/', ':@/', a_b-c.d, 80, '//two'",
    })
    void readsBackWhatItWrites(String user, String password, String host, int port, String path) throws Exception {
        Invitation invitation = of(user, password, List.of(host), port, path);

        assertThat(invitation.line()).matches("[!-~]+");
        Invitation read = Invitation.parse(invitation.line());
        assertThat(read).isEqualTo(invitation);
        assertThat(read.user().value()).isEqualTo(user);
        assertThat(read.password().reveal()).isEqualTo(password);
        assertThat(read.hosts()).containsExactly(host);
        assertThat(read.port()).isEqualTo(port);
        assertThat(read.serverPath()).isEqualTo(path);
        assertThat(read.fingerprint().hex()).isEqualTo(HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sksync://",
                "http://me:one-two@desk:1/a?fp=",
                "me:one-two@desk:1/a",
                "sksync://me@desk:1/a?fp=x",
                "sksync://me:pw@desk/a?fp=x",
                "sksync://me:pw@desk:1?fp=x",
                "sksync://me:pw@desk:1/a",
                "sksync://me:pw@desk:1/a?fp=x#more",
                "sksync://me:pw@:1/a?fp=x",
                "sksync://:pw@desk:1/a?fp=x",
                "sksync://me:@desk:1/a?fp=x",
                "sksync://me:pw@desk:123456/a?fp=x",
            })
    void refusesWhatIsNotWhole(String line) {
        assertRefused(line, "this is not the whole line");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "me:one-two@192.168.1.10   | me:one%0Atwo@192.168.1.10 | password:",
                "me:one-two                | m%00e:one-two             | user name:",
                "me:one-two                | m%E4:one-two              | user:",
                "me:one-two                | m%4:one-two               | user:",
                "me:one-two                | m\u00fc:one-two           | user:",
                "me:one-two                | %6De:one-two              | not written by sksync init",
                "me:one-two                | m%c3%bc:one-two           | not written by sksync init",
                "@192.168.1.10             | @192.168.1.256            | host:",
                "@192.168.1.10             | @192.168.1                | host:",
                "@192.168.1.10             | @-c                       | host:",
                "@192.168.1.10             | @[desk]                   | host:",
                "@192.168.1.10             | @[1:2]                    | host:",
                "@192.168.1.10             | @[fe80::1%25eth0]         | host:",
                "host=desk                 | host=                     | host:",
                "host=desk                 | host=d%65sk               | host:",
                "host=desk                 | name=desk                 | line:",
                ":23456                    | :0                        | port:",
                ":23456                    | :65536                    | port:",
                ":23456                    | :02345                    | not written by sksync init",
                "/home/me/notes            | /home/%0A                 | path:",
                "/home/me/notes            | /home/%ED%A0%80           | path:",
                "fp=0                      | fp=G                      | fp:",
                "fp=0                      | fp=                       | fp:",
                "fp=0                      | fp=00                     | fp:",
                "fp=0                      | FP=0                      | line:",
            })
    void refusesAFieldThatIsNotAsItShouldBe(String right, String wrong, String words) {
        assertThat(LINE).contains(right);

        assertRefused(LINE.replace(right, wrong), words);
    }

    @Test
    void refusesAFingerprintThatIsMissingOrThereTwice() {
        assertRefused("sksync://me:pw@desk:1/a?host=x", "fp: missing");
        assertRefused(LINE + "&fp=" + HEX, "line:");
    }

    @Test
    void refusesMoreHostsThanItWrites() throws Exception {
        assertRefused(LINE + "&host=x".repeat(6), "host: 9 of them");
        assertThat(Invitation.parse(LINE + "&host=x".repeat(5)).hosts()).hasSize(8);
    }

    @Test
    void refusesALineThatIsTooLong() {
        assertRefused(LINE.replace("notes", "n".repeat(3000)), "line: ");
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> of("a", "b", List.of("desk"), 1, "/" + "\u9152".repeat(1000)))
                .withMessageContaining("line: ");
    }

    @Test
    void refusesToWriteWhatItWouldNotRead() {
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> of("a", "b", List.of(), 1, "/a"))
                .withMessageContaining("host: 0 of them");
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> of("a", "b", Collections.nCopies(9, "x"), 1, "/a"))
                .withMessageContaining("host: 9 of them");
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> of("a", "b", List.of("x"), 1, "relative"))
                .withMessageContaining("path:");
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> of("a", "", List.of("x"), 1, "/a"))
                .withMessageContaining("password:");
    }

    @Test
    void showsItsPasswordInTheLineAlone() throws Exception {
        Invitation invitation = Invitation.parse(LINE);

        assertThat(invitation).asString().contains("me", "192.168.1.10").doesNotContain("one-two");
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> Invitation.parse(LINE.replace(":23456", ":0")))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("one-two"));
    }

    @ParameterizedTest
    @CsvSource({"/home/me/notes, notes", "/home/me/notes/, notes", "'C:\\x\\My Notes', My Notes", "/, ''"})
    void namesTheLastPartOfThePath(String path, String name) throws Exception {
        assertThat(of("a", "b", List.of("x"), 1, path).directoryName()).isEqualTo(name);
    }
}
