package org.sksync.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.srp.Hex;
import org.sksync.protocol.srp.SrpClientHandshake;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;

/**
 * The client's words, said over a scripted peer; what it does not say is up to the test. Names on the wire are in the
 * level's encoding.
 */
final class WireClient implements AutoCloseable {
    private final ScriptedPeer peer;
    private final ProtocolLevel level;

    private WireClient(ScriptedPeer peer, ProtocolLevel level) {
        this.peer = peer;
        this.level = level;
    }

    static WireClient connect(SkSyncServer server, ProtocolLevel level) {
        return over(ScriptedPeer.client(server.address().getPort()), level);
    }

    static WireClient over(ScriptedPeer peer, ProtocolLevel level) {
        return new WireClient(peer, level);
    }

    /** Greets and asks for a whole tree; the listing is next. */
    static WireClient begin(SkSyncServer server, ProtocolLevel level, String type, Path root) {
        return connect(server, level).greet().request(type, "0", root.toString());
    }

    ScriptedPeer peer() {
        return peer;
    }

    WireClient login(String user, String password) throws SrpException {
        SrpClientHandshake handshake = challenged(user, password);
        byte[] confirmation = Hex.decode("server proof", peer.readLine(), 20);
        assertThat(handshake.confirms(confirmation)).isTrue();
        return this;
    }

    /** Logs in up to the proof; the server's last word is next. */
    SrpClientHandshake challenged(String user, String password) throws SrpException {
        UserName name = UserName.of(user);
        SrpClientHandshake handshake = new SrpClientHandshake(name, password.toCharArray(), new SecureRandom());
        peer.send("PYSKSYNC SRP START:" + Hex.encode(name.utf8()) + " " + Hex.encode(handshake.publicKey()) + "\n");
        String[] challenge = peer.readLine().split(" ", -1);
        assertThat(challenge).hasSize(2);
        byte[] proof = handshake.proof(Hex.decode("salt", challenge[0], 64), Hex.decode("B", challenge[1], 256));
        peer.send(Hex.encode(proof) + "\n");
        return handshake;
    }

    WireClient greet() {
        peer.send(level.greeting() + "\n").expectLine("Protocol Established");
        return this;
    }

    /** Sends the request's four lines and takes the checksum where one comes. */
    WireClient request(String type, String recursion, String serverPath) {
        sendRequest(type, recursion, serverPath);
        if (level.checksum() != Checksum.NONE) {
            peer.expectLine("md5");
        }
        return this;
    }

    WireClient sendRequest(String type, String recursion, String serverPath) {
        peer.send(wire(type + "\n" + recursion + "\n" + serverPath + "\n/home/u/sync\n"));
        return this;
    }

    /** Lists a tree, and ends the listing. */
    WireClient list(Map<String, TreeFile> tree) {
        StringBuilder listing = new StringBuilder();
        tree.forEach((name, file) ->
                listing.append(file.mtimeSeconds()).append("000 ").append(name).append('\n'));
        peer.send(wire(listing.append('\n').toString()));
        return this;
    }

    /** Answers each request from a tree and returns the names in their order, once the server wants no more. */
    List<String> answerFrom(Map<String, TreeFile> tree) {
        return answer(name -> reply(tree.get(name).content()));
    }

    List<String> answer(Function<String, byte[]> replies) {
        List<String> requested = new ArrayList<>();
        for (String name = readName(); !name.isEmpty(); name = readName()) {
            requested.add(name);
            peer.send(replies.apply(name));
        }
        return requested;
    }

    /** Takes all that the server gives, its last line included; fails where a name comes twice or an MD5 is wrong. */
    NavigableMap<String, TreeFile> takeOffers() {
        NavigableMap<String, TreeFile> given = new TreeMap<>();
        for (String name = readName(); !name.isEmpty(); name = readName()) {
            String mtime = peer.readLine();
            assertThat(mtime).endsWith("000");
            byte[] content = peer.readExactly(Integer.parseInt(peer.readLine()));
            if (level.checksum() == Checksum.MD5) {
                peer.expectLine(md5(content));
            }
            TreeFile file = TreeFile.of(content, Long.parseLong(mtime) / 1000);
            assertThat(given.put(name, file)).as(name).isNull();
        }
        return given;
    }

    /** Returns length, content and checksum of a file as this level sends them. */
    byte[] reply(byte[] content) {
        String checksum = level.checksum() == Checksum.MD5 ? md5(content) + "\n" : "";
        return (content.length + "\n" + new String(content, ISO_8859_1) + checksum).getBytes(ISO_8859_1);
    }

    String readName() {
        return new String(peer.readLine().getBytes(ISO_8859_1), level.nameCharset());
    }

    byte[] wire(String text) {
        return text.getBytes(level.nameCharset());
    }

    static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
