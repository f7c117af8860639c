package org.sksync.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.testkit.ScriptedPeer;

/** The server's words, said over a scripted peer; what it does not say is up to the test. */
final class WireServer {
    private final ScriptedPeer peer;
    private final ProtocolLevel level;

    WireServer(ScriptedPeer peer, ProtocolLevel level) {
        this.peer = peer;
        this.level = level;
    }

    ScriptedPeer peer() {
        return peer;
    }

    /** Answers the greeting and takes the request's four lines. */
    WireServer establish() {
        peer.expectLine(level.greeting()).send("Protocol Established\n");
        for (int i = 0; i < 4; i++) {
            peer.readLine();
        }
        return this;
    }

    /** Answers up to the listing and returns its lines. */
    List<String> takeListing() {
        establish();
        if (level.checksum() == Checksum.MD5) {
            peer.send("md5\n");
        }
        return Stream.generate(peer::readLine)
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    /** Asks for a file and returns its bytes. */
    byte[] ask(String name) {
        peer.send((name + "\n").getBytes(level.nameCharset()));
        byte[] content = peer.readExactly(Integer.parseInt(peer.readLine()));
        if (level.checksum() == Checksum.MD5) {
            peer.expectLine(md5(content));
        }
        return content;
    }

    WireServer wantNoMore() {
        peer.send("\n");
        return this;
    }

    WireServer offer(String name, long mtimeSeconds, String content) {
        peer.send(offered(level, name, mtimeSeconds, content));
        return this;
    }

    /** Returns a whole offer; its content is ASCII. */
    static byte[] offered(ProtocolLevel level, String name, long mtimeSeconds, String content) {
        String checksum = level.checksum() == Checksum.MD5 ? md5(content.getBytes(US_ASCII)) + "\n" : "";
        return (name + "\n" + mtimeSeconds + "000\n" + content.length() + "\n" + content + checksum)
                .getBytes(level.nameCharset());
    }

    /** Says the last word and waits for the client to leave. */
    void end() {
        peer.send("\n").expectClose();
    }

    static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
