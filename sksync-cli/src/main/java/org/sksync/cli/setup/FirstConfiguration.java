package org.sksync.cli.setup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.KeyChanges;
import org.sksync.config.Secret;
import org.sksync.config.StoredVerifier;
import org.sksync.files.path.EscapedText;
import org.sksync.files.path.WideRoots;
import org.sksync.files.store.KeptRoots;
import org.sksync.files.store.NewFiles;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.tls.NewCertificate;

/**
 * The first configuration of a server, with all that belongs to it, beside which nothing of the same names may be. Only
 * its owner may read what is written; the configuration comes last, so that it never names what is not there. Blocks.
 */
public final class FirstConfiguration {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private final Path file;
    private final Path certificate;
    private final Path key;
    private final Clock clock;
    private final SecureRandom random;

    /** Will write {@code file}, and beside it a certificate and a key with its name and another ending. */
    public FirstConfiguration(Path file, Clock clock, SecureRandom random) {
        this.file = file.toAbsolutePath().normalize();
        String name = String.valueOf(this.file.getFileName());
        String stem = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        this.certificate = this.file.resolveSibling(stem + ".pem");
        this.key = this.file.resolveSibling(stem + ".key");
        this.clock = clock;
        this.random = random;
    }

    /** Returns the configuration's file. */
    public Path file() {
        return file;
    }

    /** Returns the certificate's file. */
    public Path certificate() {
        return certificate;
    }

    /** Returns the key's file. */
    public Path key() {
        return key;
    }

    /**
     * Makes sure that nothing would be in the way.
     *
     * @throws SetupException if the configuration, or what belongs to it, is there already
     */
    public void requireNothingThere() throws SetupException {
        requireNothingThere(List.of(file, certificate, key));
    }

    /**
     * A directory to be served.
     *
     * @param path its real path
     * @param made whether it was not there before
     */
    public record Folder(Path path, boolean made) {}

    /**
     * Finds a directory, or makes it.
     *
     * @param home the user's home directory
     * @param configuration the file that names it, which must not travel with it
     * @throws SetupException if it is one that holds more than anyone means to share, or something else is there
     * @throws IOException if it can't be made or looked at
     */
    public static Folder folder(Path asked, Path home, Path configuration) throws SetupException, IOException {
        try {
            boolean made = NewFiles.createDirectory(asked);
            Path real = KeptRoots.real(asked.toAbsolutePath());
            String tooWide = WideRoots.whyTooWide(real, home).orElse("");
            if (!tooWide.isEmpty()) {
                throw new SetupException("the folder " + real + " " + tooWide
                        + "; choose or make one of its own for what is to be synced");
            }
            if (KeptRoots.real(configuration.toAbsolutePath()).startsWith(real)) {
                throw new SetupException("the folder " + real + " holds " + configuration
                        + ", and a sync would give away the secrets in it; choose a folder beside it, or put the"
                        + " configuration elsewhere with -c FILE");
            }
            return new Folder(real, made);
        } catch (FileAlreadyExistsException e) {
            throw new SetupException(e.getFile() + " is there already and is no folder; choose another one");
        }
    }

    /**
     * Writes the configuration of a server for this program and for pysksync: one folder, one user with a password that
     * nobody knows yet, TLS with a new certificate.
     *
     * @param hosts the server's names and addresses; 1..{@value Invitation#MAX_HOSTS}
     * @return what the other machine needs to know
     * @throws SetupException if something is there already, or a value can't be used; nothing is written
     * @throws IOException if something can't be written; what was is removed again
     */
    public Invitation writeForDesktops(Path folder, UserName user, List<String> hosts, int port)
            throws SetupException, IOException {
        requireNothingThere(List.of(file, certificate, key));
        Secret password = new Secret(Passphrase.draw(random));
        requireHosts(hosts);
        NewCertificate made = NewCertificate.make(withLoopback(hosts), clock, random);
        Invitation invitation = Invitation.of(user, password, hosts, port, folder.toString(), made.fingerprint());
        KeyChanges keys = port(port)
                .flag("use_ssl", true)
                .text("ssl_server_certfile", certificate.toString())
                .text("ssl_server_keyfile", key.toString())
                .flag("require_auth", true)
                .texts("server_dir_whitelist", List.of(folder.toString()))
                .flag("mdns_advertise", true);
        Map<String, StoredVerifier> users = Map.of(user.value(), verifier(user, password));
        List<Path> written = new ArrayList<>();
        try {
            create(key, made.keyPem());
            written.add(key);
            create(certificate, made.certificatePem());
            written.add(certificate);
            write(keys, users);
        } catch (SetupException | IOException e) {
            written.forEach(each -> NewFiles.remove(each, e));
            throw e;
        }
        return invitation;
    }

    /**
     * Writes the configuration of a server for the Android app, which has neither password nor encryption.
     *
     * @throws SetupException if the file is there already, or the app can't name the folder; nothing is written
     * @throws IOException if it can't be written
     */
    public void writeForAndroid(Path folder, int port) throws SetupException, IOException {
        requireNothingThere(List.of(file));
        if (!ProtocolLevel.SKSYNC_1.canCarry(folder.toString())) {
            throw new SetupException("the folder " + folder + " has a name that the app can't write (expected:"
                    + " characters of " + ProtocolLevel.SKSYNC_1.nameCharset() + " alone); choose another one");
        }
        write(
                port(port).flag("sksync1_compat", true).texts("server_dir_whitelist", List.of(folder.toString())),
                Map.of());
    }

    private static void requireHosts(List<String> hosts) throws SetupException {
        for (String host : hosts) {
            if (!Invitation.isHost(host)) {
                throw new SetupException("\"" + EscapedText.of(host) + "\" is no name of this machine (expected: a host"
                        + " name in ASCII, or an address)");
            }
        }
    }

    private static List<String> withLoopback(List<String> hosts) {
        Set<String> all = new LinkedHashSet<>(hosts);
        all.addAll(LOOPBACK);
        return List.copyOf(all);
    }

    private static KeyChanges port(int port) {
        return new KeyChanges().number("port", port);
    }

    private static void requireNothingThere(List<Path> files) throws SetupException {
        for (Path each : files) {
            if (NewFiles.exists(each)) {
                throw there(each);
            }
        }
    }

    private static SetupException there(Path path) {
        return new SetupException(EscapedText.of(path.toString()) + " is there already and stays as it is; name another"
                + " configuration with -c FILE, or move this one away if it is not used any more; to let one more device"
                + " in, or if the line for sksync pair is lost, make a user for it: sksync useredit add NAME");
    }

    private static void create(Path path, byte[] content) throws SetupException, IOException {
        try {
            NewFiles.create(path, content);
        } catch (FileAlreadyExistsException e) {
            throw there(path);
        }
    }

    private void write(KeyChanges keys, Map<String, StoredVerifier> users) throws SetupException, IOException {
        try {
            new ConfigEditor(file, clock).createServer(keys, users);
        } catch (ConfigException e) {
            throw new SetupException(String.valueOf(e.getMessage()));
        }
    }

    private StoredVerifier verifier(UserName user, Secret password) throws SetupException {
        try {
            SrpVerifier verifier = SrpVerifier.create(user, password.reveal().toCharArray(), random);
            return StoredVerifier.ofHex(verifier.saltHex(), verifier.verifierHex());
        } catch (SrpException | ConfigException e) {
            throw new SetupException(String.valueOf(e.getMessage()));
        }
    }
}
