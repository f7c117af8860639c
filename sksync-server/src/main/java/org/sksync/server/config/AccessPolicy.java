package org.sksync.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.sksync.files.access.AccessRight;
import org.sksync.files.access.DirectoryRights;
import org.sksync.files.scan.ScanDepth;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.tls.Fingerprint;

/**
 * Who may do what in the allowed directories.
 *
 * @param everyone what any client may do, whoever it is
 * @param users what these users may do, within that; a user who is not here may do what everyone may
 * @param certificates whose certificate it is; if there is any, a client whose certificate is not here is refused, and
 *     one whose certificate is here can log in as that user alone
 */
public record AccessPolicy(
        DirectoryRights everyone, Map<UserName, DirectoryRights> users, Map<Fingerprint, UserName> certificates) {

    /** Everyone may do everything. */
    public static final AccessPolicy OPEN =
            new AccessPolicy(DirectoryRights.of(Map.of(), AccessRight.READ_WRITE), Map.of(), Map.of());

    /** Copies the maps. */
    public AccessPolicy {
        users = Map.copyOf(users);
        certificates = Map.copyOf(certificates);
    }

    /**
     * Returns what a client may do in a directory; looks at the disk.
     *
     * @param user who it is, as far as that is known for sure
     * @param realDirectory the directory's real path
     * @param depth whether what lies beneath takes part
     */
    public AccessRight in(Optional<UserName> user, Path realDirectory, ScanDepth depth) {
        AccessRight right = everyone.in(realDirectory, depth);
        return user.map(users::get)
                .map(own -> right.and(own.in(realDirectory, depth)))
                .orElse(right);
    }
}
