package org.sksync.cli.setup;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sksync.config.Secret;
import org.sksync.files.path.EscapedText;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.tls.Fingerprint;

/**
 * What another machine needs to know to sync a directory of this one, as one line:
 *
 * <pre>
 * sksync://USER:PASSWORD@HOST:PORT/SERVER/PATH?fp=FINGERPRINT[&amp;host=HOST]...
 * </pre>
 *
 * <p>User, password and path are UTF-8, percent-encoded but for letters, digits and {@code - . _ ~} (in the path also
 * {@code /}); a path that begins with no slash, as on Windows, gets one in front. An IPv6 address stands in brackets in
 * front of the port. {@code fp} is the SHA-256 of the server's certificate, 64 lower-case hexadecimal digits; each
 * {@code host} is another name or address of the same server. Of one line there is one invitation and the other way
 * round. Immutable.
 */
public final class Invitation {

    /** The longest line, in characters: what a QR code holds, and less than a terminal takes at a time. */
    public static final int MAX_CHARS = 2900;

    /** The most names and addresses that a line has. */
    public static final int MAX_HOSTS = 8;

    private static final String ONCE_MORE = "; copy the line once more, from the first character to the last";
    private static final String SCHEME = "sksync://";
    private static final int MAX_PORT = 65535;
    private static final int MAX_PASSWORD_CHARS = 256;
    private static final int MAX_PATH_CHARS = 1024;
    private static final String UNRESERVED = "-._~";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
    private static final Pattern IPV4_CHARACTERS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:]{0,39}:[0-9A-Fa-f:]{0,39}");
    private static final Pattern DRIVE = Pattern.compile("/[A-Za-z]:[/\\\\].*", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile(
            SCHEME + "([^:@/?#]+):([^:@/?#]+)@(\\[[^\\]]+]|[^:@/?#\\[\\]]+):([0-9]{1,5})(/[^?#]*)\\?([^?#]+)");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private final UserName user;
    private final Secret password;
    private final List<String> hosts;
    private final int port;
    private final String serverPath;
    private final Fingerprint fingerprint;

    private Invitation(
            UserName user, Secret password, List<String> hosts, int port, String serverPath, Fingerprint fingerprint) {
        this.user = user;
        this.password = password;
        this.hosts = List.copyOf(hosts);
        this.port = port;
        this.serverPath = serverPath;
        this.fingerprint = fingerprint;
    }

    /**
     * Makes an invitation.
     *
     * @param password 1..256 characters, none of them a control character
     * @param hosts 1..{@value #MAX_HOSTS} names in ASCII or addresses without zone, the one to be tried first in front
     * @param port 1..65535
     * @param serverPath the absolute path of the directory, as the server knows it, of at most 1,024 characters
     * @throws SetupException if one of them is not as it should be; the message names the field
     */
    public static Invitation of(
            UserName user, Secret password, List<String> hosts, int port, String serverPath, Fingerprint fingerprint)
            throws SetupException {
        requirePassword(password.reveal());
        if (hosts.isEmpty() || hosts.size() > MAX_HOSTS) {
            throw wrong("host", hosts.size() + " of them", "1.." + MAX_HOSTS);
        }
        for (String host : hosts) {
            if (!isHost(host)) {
                throw wrong("host", shown(host), "a name in ASCII, or an address");
            }
        }
        if (port < 1 || port > MAX_PORT) {
            throw wrong("port", Integer.toString(port), "1.." + MAX_PORT);
        }
        requirePath(serverPath);
        Invitation made = new Invitation(user, password, hosts, port, serverPath, fingerprint);
        int chars = made.line().length();
        if (chars > MAX_CHARS) {
            throw wrong("line", chars + " characters", "at most " + MAX_CHARS + ", so a shorter path");
        }
        return made;
    }

    /**
     * Reads a line, which may come from anybody. Blanks around it do not count.
     *
     * @throws SetupException if it is no invitation; the message names the field and never shows the password
     */
    public static Invitation parse(String line) throws SetupException {
        String text = line.strip();
        if (text.length() > MAX_CHARS) {
            throw wrong("line", text.length() + " characters", "at most " + MAX_CHARS);
        }
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            throw new SetupException("this is not the whole line that sksync init printed (expected: " + SCHEME
                    + "USER:PASSWORD@HOST:PORT/PATH?fp=...)" + ONCE_MORE);
        }
        List<String> hosts = new ArrayList<>(List.of(unbracketed(matcher.group(3))));
        @Nullable Fingerprint fingerprint = null;
        for (String parameter : matcher.group(6).split("&", -1)) {
            if (parameter.startsWith("host=")) {
                hosts.add(parameter.substring("host=".length()));
            } else if (parameter.startsWith("fp=") && fingerprint == null) {
                fingerprint = fingerprint(parameter.substring("fp=".length()));
            } else {
                throw wrong("line", "it goes on with " + shown(parameter), "fp=... once, host=...");
            }
        }
        if (fingerprint == null) {
            throw wrong("fp", "missing", "the fingerprint of the server's certificate");
        }
        Invitation read = of(
                user(decoded("user", matcher.group(1))),
                new Secret(decoded("password", matcher.group(2))),
                hosts,
                Integer.parseInt(matcher.group(4)),
                path(decoded("path", matcher.group(5))),
                fingerprint);
        if (!read.line().equals(text)) {
            throw new SetupException("this line was not written by sksync init; copy it once more");
        }
        return read;
    }

    /** Returns who logs in. */
    public UserName user() {
        return user;
    }

    /** Returns the password. */
    public Secret password() {
        return password;
    }

    /** Returns the server's names and addresses, the one to be tried first in front. */
    public List<String> hosts() {
        return hosts;
    }

    /** Returns the server's port. */
    public int port() {
        return port;
    }

    /** Returns the directory on the server. */
    public String serverPath() {
        return serverPath;
    }

    /** Returns the fingerprint of the server's certificate. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Returns the last part of the directory's path; empty where that has no parts. */
    public String directoryName() {
        return serverPath.replaceFirst("[/\\\\]+$", "").replaceFirst("^.*[/\\\\]", "");
    }

    /** Returns the line. It holds the password, so it is shown to the user alone and logged nowhere. */
    public String line() {
        String first = hosts.get(0);
        String path = serverPath.startsWith("/") ? serverPath : "/" + serverPath;
        return SCHEME + encoded(user.value(), "") + ":" + encoded(password.reveal(), "") + "@"
                + (first.indexOf(':') < 0 ? first : "[" + first + "]") + ":" + port + encoded(path, "/") + "?fp="
                + fingerprint.hex()
                + hosts.stream().skip(1).map(host -> "&host=" + host).collect(Collectors.joining());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Invitation that
                && user.equals(that.user)
                && password.equals(that.password)
                && hosts.equals(that.hosts)
                && port == that.port
                && serverPath.equals(that.serverPath)
                && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, password, hosts, port, serverPath, fingerprint);
    }

    /** Returns what is no secret. */
    @Override
    public String toString() {
        return "Invitation[" + user + " at " + hosts + ":" + port + serverPath + "]";
    }

    /** Returns whether a text may be a name or an address of a server in an invitation; asks no network. */
    public static boolean isHost(String text) {
        if (IPV6_CHARACTERS.matcher(text).matches()) {
            return isIpv6(text);
        }
        return IPV4_CHARACTERS.matcher(text).matches()
                ? IPV4.matcher(text).matches()
                : HOST_NAME.matcher(text).matches();
    }

    private static boolean isIpv6(String text) {
        try {
            // With a colon in it, it is taken as an address or refused, but never looked up.
            return InetAddress.getByName(text) instanceof Inet6Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void requirePassword(String password) throws SetupException {
        if (password.isEmpty()
                || password.length() > MAX_PASSWORD_CHARS
                || password.chars().anyMatch(Character::isISOControl)) {
            throw new SetupException("password: of the wrong length, or with control characters (expected: 1.."
                    + MAX_PASSWORD_CHARS + " characters)");
        }
    }

    private static void requirePath(String path) throws SetupException {
        boolean absolute = path.startsWith("/") || DRIVE.matcher("/" + path).matches();
        if (!absolute
                || path.length() > MAX_PATH_CHARS
                || path.chars().anyMatch(Character::isISOControl)
                || !ProtocolLevel.PYSKSYNC_2.canCarry(path)) {
            throw wrong(
                    "path",
                    shown(path),
                    "an absolute path of at most " + MAX_PATH_CHARS + " characters, without control characters");
        }
    }

    private static String path(String written) {
        return DRIVE.matcher(written).matches() ? written.substring(1) : written;
    }

    private static UserName user(String name) throws SetupException {
        try {
            return UserName.of(name);
        } catch (SrpException e) {
            throw new SetupException(String.valueOf(e.getMessage()));
        }
    }

    private static Fingerprint fingerprint(String hex) throws SetupException {
        if (!FINGERPRINT.matcher(hex).matches()) {
            throw new SetupException(
                    "fp: " + shown(hex) + " (expected: 64 lower-case hexadecimal digits, the fingerprint"
                            + " of the server's certificate)" + ONCE_MORE);
        }
        return new Fingerprint("SHA256:" + hex);
    }

    private static String unbracketed(String host) throws SetupException {
        if (!host.startsWith("[")) {
            return host;
        }
        String address = host.substring(1, host.length() - 1);
        if (address.indexOf(':') < 0) {
            throw wrong("host", shown(host), "an IPv6 address in brackets, anything else without");
        }
        return address;
    }

    private static String encoded(String text, String alsoAsTheyAre) {
        StringBuilder line = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (isAsItIs(character, alsoAsTheyAre)) {
                line.append(character);
            } else {
                line.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return line.toString();
    }

    private static String decoded(String field, String written) throws SetupException {
        byte[] bytes = new byte[written.length()];
        int length = 0;
        for (int at = 0; at < written.length(); at++) {
            char character = written.charAt(at);
            if (character != '%' && character <= '~') {
                bytes[length++] = (byte) character;
            } else if (isEncoded(written, at)) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(written, at + 1, at + 3);
                at += 2;
            } else {
                throw badEncoding(field);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw badEncoding(field);
        }
    }

    private static boolean isEncoded(String written, int at) {
        return written.charAt(at) == '%'
                && at + 2 < written.length()
                && HexFormat.isHexDigit(written.charAt(at + 1))
                && HexFormat.isHexDigit(written.charAt(at + 2));
    }

    private static SetupException badEncoding(String field) {
        return new SetupException(field + ": not encoded as in an invitation (expected: UTF-8 with % and two"
                + " hexadecimal digits for all but letters, digits and -._~); copy the line once more");
    }

    private static boolean isAsItIs(char character, String alsoAsTheyAre) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || UNRESERVED.indexOf(character) >= 0
                || alsoAsTheyAre.indexOf(character) >= 0;
    }

    private static SetupException wrong(String field, String actual, String expected) {
        return new SetupException(field + ": " + actual + " (expected: " + expected + ")");
    }

    private static String shown(String text) {
        return "\"" + EscapedText.of(text, 80) + "\"";
    }
}
