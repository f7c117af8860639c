package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.setup.Invitation;
import org.sksync.cli.setup.Pairing;
import org.sksync.cli.setup.ServerAddress;
import org.sksync.client.report.SyncFailedException;
import org.sksync.discovery.FoundServer;
import org.sksync.files.path.EscapedText;

/**
 * What {@code pair} offers a person of the servers in the network. None is believed: whoever is chosen has still to show
 * the certificate of the line before anything is said to it.
 */
final class NearbyServers {

    private static final Duration TIME = Duration.ofSeconds(3);
    /** So many that say they are the one of the line are tried; all but one of them lie. */
    private static final int MAX_OFFERS = 3;
    /** A longer name, which anybody may choose, would push the address off the screen. */
    private static final int MAX_NAME_CHARS = 60;

    private final ServerSearch search;
    private final Terminal terminal;

    NearbyServers(ServerSearch search, Terminal terminal) {
        this.search = search;
        this.terminal = terminal;
    }

    /** Lists those that are found, and tells how to come by a line. */
    void list() {
        List<FoundServer> found = look();
        if (found.isEmpty()) {
            terminal.warn("no server was found in the network; one is found if it has ssdp_advertise or mdns_advertise,"
                    + " and the firewalls let UDP 1900 and 5353 through");
        } else {
            terminal.print("Found in the network:");
            ServerList.tell(found, terminal);
        }
        terminal.print(
                "No server tells its line, for that holds a password. On the machine that keeps the files, run:");
        terminal.print("  sksync init                if no daemon is set up there; it prints the line");
        terminal.print("  sksync useredit add NAME   if there is one; then here: sksync job add PROFILE");
    }

    /**
     * Meets the server of a line where somebody in the network says that it is, and the person agrees.
     *
     * @param why why it was not met where the line says
     * @throws SyncFailedException if nobody says so, or it is met nowhere, or refuses the login or the folder
     * @throws CommandFailure if the person did not agree
     */
    ServerAddress meet(Pairing pairing, Invitation invitation, Path clientPath, SyncFailedException why)
            throws SyncFailedException, CommandFailure, InterruptedException {
        List<FoundServer> claiming = claiming(invitation);
        if (claiming.isEmpty()) {
            throw why;
        }
        SyncFailedException last = why;
        for (FoundServer server : claiming) {
            terminal.warn(String.valueOf(last.getMessage()));
            ServerAddress place = new ServerAddress(server.address().getHostAddress(), server.port());
            if (!agrees(server, place)) {
                break;
            }
            try {
                pairing.meetAt(place, invitation, clientPath);
                return place;
            } catch (SyncFailedException e) {
                if (!Pairing.isElsewhere(e)) {
                    throw e;
                }
                last = e;
            }
        }
        if (last == why) {
            throw new CommandFailure(
                    ExitCode.of(why.kind()), "the server of the line was not met; no profile was written");
        }
        throw last;
    }

    private boolean agrees(FoundServer server, ServerAddress place) throws CommandFailure {
        return new Questions(terminal)
                .yes(
                        "Found " + EscapedText.of(server.name(), MAX_NAME_CHARS) + " at " + place
                                + " with the same certificate; use it?",
                        true,
                        "--stdin");
    }

    private List<FoundServer> claiming(Invitation invitation) {
        Optional<String> fingerprint = Optional.of(invitation.fingerprint().text());
        return look().stream()
                .filter(server -> server.fingerprint().equals(fingerprint))
                .filter(server -> server.port() != invitation.port()
                        || !invitation.hosts().contains(server.address().getHostAddress()))
                .limit(MAX_OFFERS)
                .toList();
    }

    private List<FoundServer> look() {
        terminal.progress("looking for servers in the network");
        try {
            return search.find(TIME, terminal::warn);
        } catch (IOException e) {
            terminal.warn(String.valueOf(e.getMessage()));
            return List.of();
        } finally {
            terminal.endProgress();
        }
    }
}
