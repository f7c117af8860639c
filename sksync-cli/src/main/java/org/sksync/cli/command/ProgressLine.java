package org.sksync.cli.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.transport.tls.Fingerprint;

/** Shows how a sync gets on, in one line on a terminal, and keeps the certificate of a server that is met first. */
final class ProgressLine implements SyncListener {

    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ClientProfile profile;
    private final KnownServers known;
    private final Terminal terminal;
    private int files;
    private long bytes;
    private long drawnNanos = System.nanoTime();

    ProgressLine(ClientProfile profile, KnownServers known, Terminal terminal) {
        this.profile = profile;
        this.known = known;
        this.terminal = terminal;
    }

    @Override
    public void received(String name, long fileBytes) {
        files++;
        draw();
    }

    @Override
    public void sent(String name, long fileBytes) {
        files++;
        draw();
    }

    @Override
    public void moved(int pieceBytes) {
        bytes += pieceBytes;
        draw();
    }

    @Override
    public void established(Optional<Fingerprint> server) throws SyncFailedException {
        boolean trustsOnFirstUse = profile.tls().serverCertificate().isEmpty();
        if (!trustsOnFirstUse || server.isEmpty()) {
            return;
        }
        Fingerprint fingerprint = server.get();
        String address = profile.host() + ":" + profile.port();
        try {
            boolean first = known.fingerprint(profile.host(), profile.port()).isEmpty();
            // Refuses another one, whoever has kept it: an earlier connection of this sync, or another process.
            known.remember(profile.host(), profile.port(), fingerprint.hex());
            if (first) {
                terminal.warn("first contact with " + address + ": its certificate " + fingerprint.text()
                        + " is trusted from now on (kept in " + known.file() + "); compare it with the server's own");
            }
        } catch (ConfigException e) {
            throw new SyncFailedException(Kind.IDENTITY, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            terminal.warn("the certificate of " + address + " can't be kept, so a change will not be noticed: "
                    + e.getMessage());
        }
    }

    private void draw() {
        long now = System.nanoTime();
        if (now - drawnNanos >= REDRAW_NANOS) {
            drawnNanos = now;
            terminal.progress(
                    profile.name() + ": " + files + (files == 1 ? " file, " : " files, ") + ByteText.of(bytes));
        }
    }
}
