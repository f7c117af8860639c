package org.sksync.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TestCertificates.KeyType;
import org.sksync.testkit.TestCertificates.Purpose;
import org.sksync.transport.tls.TlsConversation.Outcome;

/** Which certificates each end accepts, seen over real sockets and real TLS. */
@ExtendWith(NoLeaks.class)
class TlsContextsTest {

    private static final Clock CLOCK = Clock.systemUTC();

    private final TlsConversation conversation = new TlsConversation();

    @AfterEach
    void stop() throws InterruptedException {
        conversation.stop();
    }

    private static TlsIdentity identity(Issued issued, X509Certificate... more) throws TlsConfigException {
        List<X509Certificate> chain = new ArrayList<>(List.of(issued.certificate()));
        chain.addAll(List.of(more));
        return TlsIdentity.of(issued.key(), chain);
    }

    private static PeerTrust trustIn(Issued... issued) {
        return PeerTrust.ofCertificates(
                Arrays.stream(issued).map(Issued::certificate).toList(), "trusted.pem", CLOCK);
    }

    private static String fingerprint(Issued issued) {
        return Fingerprint.of(issued.certificate()).text();
    }

    private Outcome meet(TlsIdentity server, PeerTrust clientsTrust, String host) throws Exception {
        return conversation.hold(
                Optional.of(TlsContexts.forServer(server, Optional.empty())),
                Optional.of(TlsContexts.forClient(clientsTrust, Optional.empty())),
                host);
    }

    @Nested
    class PinnedServer {

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void isAcceptedWhateverItsHost(KeyType type) throws Exception {
            Issued server = TestCertificates.certificate()
                    .keyType(type)
                    .hosts("elsewhere.example")
                    .selfSigned();

            Outcome outcome = meet(identity(server), trustIn(server), "localhost");

            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.client().session())
                    .hasValueSatisfying(
                            session -> assertThat(session.getProtocol()).isEqualTo("TLSv1.3"))
                    .hasValueSatisfying(session ->
                            assertThat(Fingerprint.ofPeer(session)).hasValue(new Fingerprint(fingerprint(server))));
        }

        @Test
        void isRefusedWithAnotherKeyUnderTheSameName() throws Exception {
            Issued pinned = TestCertificates.certificate().selfSigned();
            Issued impostor = TestCertificates.certificate().selfSigned();

            Outcome outcome = meet(identity(impostor), trustIn(pinned), "localhost");

            assertThat(outcome.client().described())
                    .isEqualTo("the peer's certificate " + fingerprint(impostor) + " is not in trusted.pem (expected: "
                            + fingerprint(pinned) + ")");
            assertThat(outcome.server().described())
                    .isEqualTo("the peer does not trust the certificate that it was shown; give it this end's"
                            + " certificate");
        }

        @Test
        void isRefusedOnceItHasExpired() throws Exception {
            Issued server = TestCertificates.expired().selfSigned();

            Outcome outcome = meet(identity(server), trustIn(server), "localhost");

            assertThat(outcome.client().described())
                    .startsWith("the peer's certificate " + fingerprint(server) + " expired on ")
                    .endsWith("; its owner must renew it");
        }

        @Test
        void isRefusedBeforeItIsValid() throws Exception {
            Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
            Issued server = TestCertificates.certificate()
                    .valid(tomorrow, tomorrow.plus(Duration.ofDays(1)))
                    .selfSigned();

            Outcome outcome = meet(identity(server), trustIn(server), "localhost");

            assertThat(outcome.client().described()).contains(" is not valid before ", "check the clocks");
        }

        @Test
        void isJudgedByTheGivenClock() throws Exception {
            Issued server = TestCertificates.expired().selfSigned();
            Clock lastWeek = Clock.fixed(Instant.now().minus(Duration.ofDays(7)), ZoneOffset.UTC);
            PeerTrust trust = PeerTrust.ofCertificates(List.of(server.certificate()), "trusted.pem", lastWeek);

            assertThat(meet(identity(server), trust, "localhost").succeeded()).isTrue();
        }

        @Test
        void isAcceptedAlthoughItsAuthorityIsUnknown() throws Exception {
            Issued stranger = TestCertificates.authority("stranger");
            Issued server = TestCertificates.certificate().signedBy(stranger);

            assertThat(meet(identity(server), trustIn(server), "localhost").succeeded())
                    .isTrue();
        }
    }

    @Nested
    class ServerOfAnAuthority {

        private final Issued authority = TestCertificates.authority("ours");

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
        void isAcceptedUnderTheNamesInItsCertificate(String host) throws Exception {
            Issued server = TestCertificates.certificate()
                    .purpose(Purpose.SERVER)
                    .keyType(KeyType.RSA)
                    .signedBy(authority);

            assertThat(meet(identity(server), trustIn(authority), host).succeeded())
                    .isTrue();
        }

        @Test
        void isAcceptedThroughAnIntermediateAuthority() throws Exception {
            Issued intermediate = TestCertificates.certificate().authoritySignedBy(authority, "middle");
            Issued server = TestCertificates.certificate().signedBy(intermediate);

            Outcome outcome = meet(identity(server, intermediate.certificate()), trustIn(authority), "localhost");

            assertThat(outcome.succeeded()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"example.org", "127.0.0.2"})
        void isRefusedUnderAnotherHost(String host) throws Exception {
            Issued server = TestCertificates.certificate().signedBy(authority);

            assertThat(meet(identity(server), trustIn(authority), host).client().described())
                    .isEqualTo("the peer's certificate " + fingerprint(server) + " is not for the host " + host
                            + "; connect by a name that is in it, or pin it");
        }

        @Test
        void isRefusedWithoutAnyName() throws Exception {
            Issued server = TestCertificates.certificate().hosts().signedBy(authority);

            assertThat(meet(identity(server), trustIn(authority), "localhost")
                            .client()
                            .described())
                    .contains(" is not for the host localhost");
        }

        @Test
        void isRefusedWhenAStrangerSignedIt() throws Exception {
            Issued server = TestCertificates.certificate().signedBy(TestCertificates.authority("ours"));

            assertThat(meet(identity(server), trustIn(authority), "localhost")
                            .client()
                            .described())
                    .isEqualTo("the peer's certificate " + fingerprint(server)
                            + " is not in trusted.pem, and no authority in it vouches for it");
        }

        @Test
        void isRefusedWhenACertificateThatIsNoAuthoritySignedIt() throws Exception {
            Issued pinned = TestCertificates.certificate().selfSigned();
            Issued server = TestCertificates.certificate().signedBy(pinned);

            assertThat(meet(identity(server, pinned.certificate()), trustIn(pinned), "localhost")
                            .client()
                            .described())
                    .contains(" is not in trusted.pem");
        }

        @Test
        void isRefusedOnceItHasExpired() throws Exception {
            Issued server = TestCertificates.expired().signedBy(authority);

            assertThat(meet(identity(server), trustIn(authority), "localhost")
                            .client()
                            .described())
                    .endsWith("has expired; its owner must renew it");
        }

        @Test
        void isRefusedOnceItsAuthorityHasExpired() throws Exception {
            Issued server = TestCertificates.certificate()
                    .valid(Instant.now(), Instant.now().plus(Duration.ofDays(30)))
                    .signedBy(authority);
            Clock nextWeek = Clock.offset(CLOCK, Duration.ofDays(7));
            PeerTrust trust = PeerTrust.ofCertificates(List.of(authority.certificate()), "trusted.pem", nextWeek);

            assertThat(meet(identity(server), trust, "localhost").client().described())
                    .isEqualTo("no certificate authority in trusted.pem is valid today; its owner must renew it");
        }

        @Test
        void isRefusedWhenItsCertificateIsForClients() throws Exception {
            Issued server =
                    TestCertificates.certificate().purpose(Purpose.CLIENT).signedBy(authority);

            assertThat(meet(identity(server), trustIn(authority), "localhost")
                            .client()
                            .described())
                    .contains(" is not meant for servers");
        }
    }

    @Nested
    class ServerOnFirstUse {

        private final Issued server =
                TestCertificates.certificate().hosts("elsewhere.example").selfSigned();

        @Test
        void isAcceptedWhileNoneIsKnown() throws Exception {
            Outcome outcome = meet(identity(server), trust(Optional.empty()), "localhost");

            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.client().session().flatMap(Fingerprint::ofPeer))
                    .hasValue(Fingerprint.of(server.certificate()));
        }

        @Test
        void isAcceptedWhenItIsTheKnownOne() throws Exception {
            PeerTrust trust = trust(Optional.of(Fingerprint.of(server.certificate())));

            assertThat(meet(identity(server), trust, "localhost").succeeded()).isTrue();
        }

        @Test
        void isRefusedWhenItHasChanged() throws Exception {
            Issued known = TestCertificates.certificate().selfSigned();
            PeerTrust trust = trust(Optional.of(Fingerprint.of(known.certificate())));

            assertThat(meet(identity(server), trust, "localhost").client().described())
                    .isEqualTo("the certificate of desk:23456 has changed: it was " + fingerprint(known) + " and is "
                            + fingerprint(server) + " now, so somebody may sit between; if you know that the change is"
                            + " right, delete line 3 of /home/me/known_servers and try again");
        }

        @Test
        void isRefusedWhenItChangesOnceTheFirstWasKept() throws Exception {
            AtomicReference<Optional<Fingerprint>> kept = new AtomicReference<>(Optional.empty());
            PeerTrust trust = trust(kept::get);
            Issued impostor = TestCertificates.certificate().selfSigned();
            assertThat(meet(identity(server), trust, "localhost").succeeded()).isTrue();

            kept.set(Optional.of(Fingerprint.of(server.certificate())));

            assertThat(meet(identity(impostor), trust, "localhost").client().described())
                    .startsWith("the certificate of desk:23456 has changed: ")
                    .contains("and is " + fingerprint(impostor) + " now");
            assertThat(meet(identity(server), trust, "localhost").succeeded()).isTrue();
        }

        @Test
        void isRefusedWhenWhatIsKnownCannotBeTold() throws Exception {
            PeerTrust trust = trust(() -> {
                throw new CertificateException("known_servers can't be read");
            });

            assertThat(meet(identity(server), trust, "localhost").client().described())
                    .isEqualTo("known_servers can't be read");
        }

        @Test
        void isRefusedWhenItHasExpired() throws Exception {
            Issued expired = TestCertificates.expired().selfSigned();

            assertThat(meet(identity(expired), trust(Optional.empty()), "localhost")
                            .client()
                            .described())
                    .contains(" expired on ");
        }

        private PeerTrust trust(Optional<Fingerprint> known) {
            return trust(() -> known);
        }

        private PeerTrust trust(Known known) {
            return PeerTrust.onFirstUse(
                    new KnownFingerprint() {
                        @Override
                        public Optional<Fingerprint> now() throws CertificateException {
                            return known.now();
                        }

                        @Override
                        public String server() {
                            return "desk:23456";
                        }

                        @Override
                        public String place() {
                            return "line 3 of /home/me/known_servers";
                        }
                    },
                    CLOCK);
        }

        /** What is kept of the server. */
        private interface Known {
            Optional<Fingerprint> now() throws CertificateException;
        }
    }

    @Nested
    class ServerThatDemandsACertificate {

        private final Issued server = TestCertificates.certificate().selfSigned();
        private final Issued authority = TestCertificates.authority("clients");

        @Test
        void acceptsPinnedClient() throws Exception {
            Issued client = TestCertificates.certificate().selfSigned();

            Outcome outcome = meet(Optional.of(client), trustIn(client));

            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.server().session().flatMap(Fingerprint::ofPeer))
                    .hasValue(Fingerprint.of(client.certificate()));
        }

        @Test
        void acceptsClientOfAnAuthorityWhateverItsHost() throws Exception {
            Issued client = TestCertificates.certificate()
                    .purpose(Purpose.CLIENT)
                    .hosts("elsewhere.example")
                    .signedBy(authority);

            assertThat(meet(Optional.of(client), trustIn(authority)).succeeded())
                    .isTrue();
        }

        @Test
        void refusesClientWithoutCertificate() throws Exception {
            Outcome outcome = meet(Optional.empty(), trustIn(authority));

            assertThat(outcome.server().described())
                    .isEqualTo("the client showed no certificate although this server demands one");
            assertThat(outcome.client().described())
                    .isEqualTo("the peer demands a certificate that it knows, and got none or a wrong one; set the"
                            + " client certificate that it expects");
        }

        @Test
        void refusesClientOfAnotherAuthority() throws Exception {
            Issued client = TestCertificates.certificate().signedBy(TestCertificates.authority("clients"));

            Outcome outcome = meet(Optional.of(client), trustIn(authority));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.server().described())
                    .isEqualTo("the peer's certificate " + fingerprint(client)
                            + " is not in trusted.pem, and no authority in it vouches for it");
        }

        @Test
        void refusesExpiredClient() throws Exception {
            Issued client = TestCertificates.expired().selfSigned();

            assertThat(meet(Optional.of(client), trustIn(client)).server().described())
                    .contains(" expired on ");
        }

        @Test
        void refusesClientWhoseCertificateIsForServers() throws Exception {
            Issued client =
                    TestCertificates.certificate().purpose(Purpose.SERVER).signedBy(authority);

            assertThat(meet(Optional.of(client), trustIn(authority)).server().described())
                    .contains(" is not meant for clients");
        }

        private Outcome meet(Optional<Issued> client, PeerTrust serversTrust) throws Exception {
            Optional<TlsIdentity> shown = client.isPresent() ? Optional.of(identity(client.get())) : Optional.empty();
            return conversation.hold(
                    Optional.of(TlsContexts.forServer(identity(server), Optional.of(serversTrust))),
                    Optional.of(TlsContexts.forClient(trustIn(server), shown)),
                    "localhost");
        }
    }

    @Nested
    class Versions {

        private final Issued server = TestCertificates.certificate().selfSigned();

        @Test
        void includeTls12() throws Exception {
            Outcome outcome = conversation.hold(
                    Optional.of(TlsContexts.forServer(identity(server), Optional.empty())),
                    Optional.of(clientOf("TLSv1.2")),
                    "localhost");

            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.server().session()).hasValueSatisfying(session -> assertThat(session.getProtocol())
                    .isEqualTo("TLSv1.2"));
        }

        @Test
        void leaveOutSuitesWithoutForwardSecrecy() throws Exception {
            Issued rsa = TestCertificates.certificate().keyType(KeyType.RSA).selfSigned();
            SslContext old = SslContextBuilder.forClient()
                    .trustManager(rsa.certificate())
                    .protocols("TLSv1.2")
                    .ciphers(List.of("TLS_RSA_WITH_AES_128_GCM_SHA256"))
                    .build();

            SslContext ours = TlsContexts.forServer(identity(rsa), Optional.empty());

            // Recent JDKs offer no such suite either, so which end says no depends on the JDK.
            assertThat(ours.cipherSuites())
                    .isNotEmpty()
                    .allMatch(suite -> suite.matches("TLS_(ECDHE_.*|AES_.*|CHACHA20_.*)"));
            assertThat(conversation
                            .hold(Optional.of(ours), Optional.of(old), "localhost")
                            .succeeded())
                    .isFalse();
        }

        private SslContext clientOf(String version) throws Exception {
            return SslContextBuilder.forClient()
                    .trustManager(server.certificate())
                    .protocols(version)
                    .build();
        }
    }

    @Nested
    class PlainPeer {

        private final Issued server = TestCertificates.certificate().selfSigned();

        @Test
        void isNamedByAServerThatSpeaksTls() throws Exception {
            Outcome outcome = conversation.hold(
                    Optional.of(TlsContexts.forServer(identity(server), Optional.empty())),
                    Optional.empty(),
                    "localhost");

            assertThat(outcome.server().described())
                    .isEqualTo("the peer does not speak TLS on this port; use TLS at both ends or at neither");
        }

        @Test
        void isNamedByAClientThatSpeaksTls() throws Exception {
            Outcome outcome = conversation.hold(
                    Optional.empty(),
                    Optional.of(TlsContexts.forClient(trustIn(server), Optional.empty())),
                    "localhost");

            assertThat(outcome.client().described())
                    .isEqualTo("the peer does not speak TLS on this port; use TLS at both ends or at neither");
        }
    }
}
