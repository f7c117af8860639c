package org.sksync.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.connection.Admissions.Decision;

/** Six connections, three of one network, four that are not admitted. */
class AdmissionsTest {

    private static final ClientNetwork A = new ClientNetwork(false, 1);
    private static final ClientNetwork B = new ClientNetwork(false, 2);
    private static final ClientNetwork C = new ClientNetwork(false, 3);

    private DaemonLimits limits = new DaemonLimits(6, 3, 4, 1, 1);
    private final Admissions<String> admissions = new Admissions<>(() -> limits);

    @Test
    void acceptsWhatIsBelowTheLimits() {
        assertAccepted("a1", A);
        assertAccepted("a2", A);
        assertAccepted("b1", B);
        assertAccepted("b2", B);
    }

    @Test
    void thoseThatAreHereStayWhenTheLimitsShrink() {
        admitAll(A, "a1", "a2");
        admitAll(B, "b1");

        limits = new DaemonLimits(2, 1, 1, 1, 1);

        assertRefused("c1", C, "max_connections", 2);
        admissions.left("a1");
        admissions.left("a2");
        assertAccepted("c1", C);
    }

    @Test
    void theOldestThatIsNotAdmittedMakesRoomWhereTooManyAreNotAdmitted() {
        acceptAll(A, "a1", "a2");
        acceptAll(B, "b1", "b2");
        admissions.admitted("a1");
        assertAccepted("c1", C);

        assertPushesOut("c2", C, "a2");
        assertPushesOut("c3", C, "b1");
    }

    @Test
    void theOldestOfANetworkThatIsFullMakesRoom() {
        acceptAll(B, "b1");
        acceptAll(A, "a1", "a2", "a3");

        assertPushesOut("a4", A, "a1");
        admissions.admitted("a2");
        assertPushesOut("a5", A, "a3");
    }

    @Test
    void refusesANetworkThatIsFullOfAdmittedOnes() {
        admitAll(A, "a1", "a2", "a3");
        acceptAll(B, "b1");

        assertRefused("a4", A, "max_connections_per_address", 3);
        assertAccepted("b2", B);
    }

    @Test
    void refusesWhereAllAreAdmitted() {
        admitAll(A, "a1", "a2", "a3");
        admitAll(B, "b1", "b2", "b3");

        assertRefused("c1", C, "max_connections", 6);
    }

    @Test
    void theOldestThatIsNotAdmittedMakesRoomWhereThereAreTooManyInAll() {
        admitAll(A, "a1", "a2", "a3");
        admitAll(B, "b1");
        acceptAll(B, "b2", "b3");

        assertPushesOut("c1", C, "b2");
        assertPushesOut("c2", C, "b3");
        assertPushesOut("c3", C, "c1");
    }

    @Test
    void whoLeavesMakesRoom() {
        admitAll(A, "a1", "a2", "a3");
        assertRefused("a4", A, "max_connections_per_address", 3);

        admissions.left("a2");

        assertAccepted("a4", A);
    }

    @Test
    void leavingCountsOnceAndOnlyWhereOneWasCounted() {
        acceptAll(A, "a1", "a2", "a3");
        assertPushesOut("a4", A, "a1");
        admissions.left("a1");
        admissions.left("nobody");
        admissions.admitted("a1");

        assertPushesOut("a5", A, "a2");
        admissions.left("a3");
        admissions.left("a3");
        assertAccepted("a6", A);
        assertPushesOut("a7", A, "a4");
    }

    @Test
    void forgetsEverythingOfThoseThatLeft() {
        for (int i = 0; i < 100; i++) {
            assertAccepted("c" + i, new ClientNetwork(true, i));
            admissions.left("c" + i);
        }
        acceptAll(A, "a1", "a2", "a3");
        assertAccepted("b1", B);
    }

    private void acceptAll(ClientNetwork from, String... connections) {
        for (String connection : connections) {
            assertAccepted(connection, from);
        }
    }

    private void admitAll(ClientNetwork from, String... connections) {
        for (String connection : connections) {
            assertAccepted(connection, from);
            admissions.admitted(connection);
        }
    }

    private void assertAccepted(String connection, ClientNetwork from) {
        assertThat(admissions.arrived(connection, from)).isEqualTo(new Decision.Accepted<>(Optional.empty()));
    }

    private void assertPushesOut(String connection, ClientNetwork from, String victim) {
        assertThat(admissions.arrived(connection, from)).isEqualTo(new Decision.Accepted<>(Optional.of(victim)));
    }

    private void assertRefused(String connection, ClientNetwork from, String limit, int bound) {
        assertThat(admissions.arrived(connection, from)).isEqualTo(new Decision.Refused<>(limit, bound));
    }
}
