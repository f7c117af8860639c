package org.sksync.protocol.srp;

import java.util.Arrays;

/**
 * How the digest of {@code user ":" password} enters the next hash.
 *
 * <p>Some old peers made verifiers from it as an integer and so lost its leading zero bytes, which one password in 256
 * has. Such a verifier fits only {@link #LEADING_ZEROS_STRIPPED}.
 */
public enum InnerDigest {
    /** All twenty bytes: what the protocol says. */
    WHOLE {
        @Override
        byte[] form(byte[] digest) {
            return digest;
        }
    },
    /** Without leading zero bytes. */
    LEADING_ZEROS_STRIPPED {
        @Override
        byte[] form(byte[] digest) {
            int start = 0;
            while (start < digest.length && digest[start] == 0) {
                start++;
            }
            return Arrays.copyOfRange(digest, start, digest.length);
        }
    };

    abstract byte[] form(byte[] digest);
}
