package org.sksync.protocol.srp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Made-up verifiers for users that do not exist, so that a login shows a stranger no difference before the proof fails
 * (RFC 5054, 2.5.1.3).
 *
 * <p>With one seed a name always gets the same verifier, also in another process, and its salt has the length of some
 * real user's. Nobody knows a password to one: finding it means finding a discrete logarithm. Immutable, thread-safe.
 */
public final class FakeVerifiers {

    private static final BigInteger SMALLEST = BigInteger.TWO;
    private static final BigInteger COUNT = SrpMath.N.subtract(BigInteger.valueOf(3));

    private final byte[] seed;
    private final int[] saltLengths;

    /**
     * Makes a source of verifiers that look like the ones given.
     *
     * @param seed a secret that stays the same for as long as answers shall; copied
     * @param existing the real users' verifiers; with none, salts are {@value SrpVerifier#SALT_BYTES} bytes long
     */
    public FakeVerifiers(byte[] seed, Collection<SrpVerifier> existing) {
        this.seed = seed.clone();
        this.saltLengths = existing.isEmpty()
                ? new int[] {SrpVerifier.SALT_BYTES}
                : existing.stream().mapToInt(SrpVerifier::saltLength).sorted().toArray();
    }

    /** Returns the verifier that stands in for this user. */
    public SrpVerifier verifierFor(UserName user) {
        // Picked by rank among the sorted lengths: one user more or less changes few names' lengths.
        long rank = Integer.toUnsignedLong(
                ByteBuffer.wrap(expand("length", user, 4)).getInt());
        byte[] salt = expand("salt", user, saltLengths[(int) ((rank * saltLengths.length) >>> 32)]);
        if (salt[0] == 0) {
            salt[0] = 1;
        }
        // 64 bits more than N has: the remainder is as good as evenly spread.
        BigInteger wide = new BigInteger(1, expand("verifier", user, SrpMath.MAX_INTEGER_BYTES + 8));
        try {
            return SrpVerifier.of(salt, wide.mod(COUNT).add(SMALLEST));
        } catch (SrpException e) {
            throw new AssertionError("a made-up verifier is in range", e);
        }
    }

    private byte[] expand(String purpose, UserName user, int length) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(seed));
        byte[] label = purpose.getBytes(StandardCharsets.US_ASCII);
        byte[] name = user.utf8();
        byte[] block = new byte[mac.getMacSize()];
        byte[] out = new byte[length];
        for (int done = 0, counter = 0; done < length; done += block.length, counter++) {
            mac.update(label, 0, label.length);
            mac.update((byte) counter);
            mac.update(name, 0, name.length);
            mac.doFinal(block, 0);
            System.arraycopy(block, 0, out, done, Math.min(block.length, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return out;
    }
}
