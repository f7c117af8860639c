package org.sksync.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sksync.files.store.AtomicFile;

/**
 * The servers that a client has met over TLS without being given a certificate to check them against: their
 * fingerprints, kept in a text file with a line {@code HOST:PORT SHA256:HEX} for each. An IPv6 address stands in
 * brackets. Empty lines and those that begin with {@code #} are left alone. Several processes may use one file at a
 * time.
 */
public final class KnownServers {

    private static final String PREFIX = "SHA256:";

    private final Path file;
    /** Those that could not be written: what was trusted once is not trusted anew by the same process. */
    private final Map<String, String> unwritten = new ConcurrentHashMap<>();

    /** Uses {@code file}, which need not exist. */
    public KnownServers(Path file) {
        this.file = file;
    }

    /** Uses the file {@code known_servers} in the directory of {@code configFile}. */
    public static KnownServers beside(Path configFile) {
        return new KnownServers(configFile.resolveSibling("known_servers"));
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns the fingerprint that is kept for the server: the SHA-256 of its certificate, 64 lower-case hexadecimal
     * digits. Empty when it was never met.
     *
     * @throws ConfigException if the file can't be read, if a line of it makes no sense, or if {@code host} and
     *     {@code port} can't be those of a server
     */
    public Optional<String> fingerprint(String host, int port) throws ConfigException {
        String server = server(host, port);
        Kept kept = kept(content()).get(server);
        return Optional.ofNullable(kept == null ? unwritten.get(server) : kept.fingerprint());
    }

    /**
     * Returns the line, from 1 on, in which the server is kept; empty where it is not in the file.
     *
     * @throws ConfigException as {@link #fingerprint} does
     */
    public OptionalInt line(String host, int port) throws ConfigException {
        Kept kept = kept(content()).get(server(host, port));
        return kept == null ? OptionalInt.empty() : OptionalInt.of(kept.line());
    }

    /**
     * Keeps the fingerprint of a server that was never met. Does nothing when that fingerprint is kept already.
     *
     * @param fingerprint the SHA-256 of its certificate, 64 hexadecimal digits
     * @throws ConfigException if another fingerprint is kept for the server, as when another process has met it with
     *     another certificate meanwhile; if the file can't be read or a line of it makes no sense; if an argument is no
     *     such thing; the file is left as it is
     * @throws IOException if the file can't be written; it is left as it is, and this object alone knows the fingerprint;
     *     not thrown again for the same one
     */
    public void remember(String host, int port, String fingerprint) throws ConfigException, IOException {
        String server = server(host, port);
        if (!Form.FINGERPRINT.matcher(fingerprint).matches()) {
            throw new ConfigException("the fingerprint of " + server + " is " + Quoted.quoted(fingerprint)
                    + ", but must be 64 hexadecimal digits");
        }
        String canonical = fingerprint.toLowerCase(Locale.ROOT);
        Optional<String> before = fingerprint(host, port);
        if (before.isEmpty()) {
            try {
                before = write(server, canonical);
            } catch (IOException e) {
                before = Optional.ofNullable(unwritten.putIfAbsent(server, canonical));
                if (before.isEmpty()) {
                    throw e;
                }
            }
        }
        if (before.isPresent() && !before.get().equals(canonical)) {
            OptionalInt line = line(host, port);
            throw new ConfigException(file.toAbsolutePath().normalize()
                    + (line.isPresent() ? ", line " + line.getAsInt() : "") + ": another fingerprint is kept for "
                    + server + ", which was " + PREFIX + before.get() + " and is " + PREFIX + canonical + " now"
                    + (line.isPresent() ? "; delete that line if you know that the change is right" : ""));
        }
    }

    /** Writes a server's line, unless another process has; returns what was kept before. */
    private Optional<String> write(String server, String fingerprint) throws ConfigException, IOException {
        try (SiblingLock lock = SiblingLock.acquire(file)) {
            String content = content();
            Optional<String> kept =
                    Optional.ofNullable(kept(content).get(server)).map(Kept::fingerprint);
            if (kept.isEmpty()) {
                String line = server + " " + PREFIX + fingerprint + "\n";
                String before = content.isEmpty() || content.endsWith("\n") ? content : content + "\n";
                AtomicFile.write(lock.target(), (before + line).getBytes(StandardCharsets.UTF_8));
            }
            return kept;
        }
    }

    private static String server(String host, int port) throws ConfigException {
        if (!Form.HOST.matcher(host).matches() || port < 1 || port > 65535) {
            throw new ConfigException(
                    "the server " + Quoted.quoted(host) + ", port " + port + ", is none that can be connected to");
        }
        String name = host.toLowerCase(Locale.ROOT);
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }

    private String content() throws ConfigException {
        if (Files.notExists(file)) {
            return "";
        }
        byte[] bytes = BoundedFile.read(file);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": the file is not UTF-8; repair it or move it away", e);
        }
    }

    private Map<String, Kept> kept(String content) throws ConfigException {
        Map<String, Kept> kept = new LinkedHashMap<>();
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = Form.LINE.matcher(line);
            if (!matcher.matches()) {
                throw new ConfigException(file + ", line " + (i + 1) + ": " + Quoted.quoted(line)
                        + " is no known server; it must be HOST:PORT " + PREFIX + " and 64 hexadecimal digits");
            }
            String server = matcher.group(1).toLowerCase(Locale.ROOT);
            if (kept.put(server, new Kept(i + 1, matcher.group(2).toLowerCase(Locale.ROOT))) != null) {
                throw new ConfigException(
                        file + ", line " + (i + 1) + ": the server " + server + " is here twice; remove one line");
            }
        }
        return kept;
    }

    /** What a line says. */
    private record Kept(int line, String fingerprint) {}

    /** What the parts of a line look like; apart, since a client without TLS has no use for it. */
    private static final class Form {

        static final Pattern HOST = Pattern.compile("[^\\s\\p{Cntrl}#\\[\\]]+");
        static final Pattern FINGERPRINT = Pattern.compile("[0-9a-fA-F]{64}");
        static final Pattern LINE = Pattern.compile(
                "(\\[[^\\s\\[\\]]+]:[0-9]{1,5}|[^\\s:\\[\\]]+:[0-9]{1,5})\\s+" + PREFIX + "(" + FINGERPRINT + ")\\s*");
    }
}
