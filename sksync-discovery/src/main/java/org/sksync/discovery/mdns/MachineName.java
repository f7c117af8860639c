package org.sksync.discovery.mdns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a daemon in a network: that of its host and four digits that tell hosts of the same name apart.
 *
 * @param text letters, digits and hyphens, 1..63 of them
 */
public record MachineName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,63}");
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9-]");
    private static final int MAX_HOST = 40;
    private static final int MARK_BYTES = 2;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it has another
     */
    public MachineName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("name: not in the form of a host's");
        }
    }

    /**
     * Makes the name.
     *
     * @param host the host's, of which the first part is taken
     * @param distinct what no other daemon in the network has; a few bits of its digest can be seen in the name
     */
    public static MachineName of(String host, byte[] distinct) {
        String first = host.split("\\.", 2)[0];
        String plain = OTHERS.matcher(first.substring(0, Math.min(first.length(), MAX_HOST)))
                .replaceAll("-");
        return new MachineName((plain.isEmpty() ? "sksync" : plain) + "-" + mark(host, distinct));
    }

    private static String mark(String host, byte[] distinct) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(host.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(distinct), 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
