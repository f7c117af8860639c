package org.sksync.cli.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sksync.config.DirectoryRight;
import org.sksync.config.ServerSettings;
import org.sksync.config.UserAccess;
import org.sksync.files.access.AccessRight;
import org.sksync.files.access.DirectoryRights;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.config.AccessPolicy;
import org.sksync.transport.tls.Fingerprint;

/** Makes of a configuration who may do what. */
final class AccessSetup {

    private AccessSetup() {}

    static AccessPolicy of(ServerSettings settings) throws CommandFailure {
        Map<UserName, DirectoryRights> users = new HashMap<>();
        Map<Fingerprint, UserName> certificates = new HashMap<>();
        for (Map.Entry<String, UserAccess> entry : settings.access().entrySet()) {
            UserName user = user(entry.getKey());
            UserAccess access = entry.getValue();
            access.rights().ifPresent(rights -> users.put(user, rights(rights, AccessRight.NONE)));
            for (String written : access.certificates()) {
                Fingerprint certificate = Fingerprint.parse(written)
                        .orElseThrow(() -> wrong(
                                user, written, "SHA256: and 64 hexadecimal digits, as make-certs.sh prints them"));
                if (certificates.put(certificate, user) != null) {
                    throw wrong(user, written, "a certificate that is listed once");
                }
            }
        }
        return new AccessPolicy(rights(settings.rights(), AccessRight.READ_WRITE), users, certificates);
    }

    private static UserName user(String name) throws CommandFailure {
        try {
            return UserName.of(name);
        } catch (SrpException e) {
            throw new CommandFailure(ExitCode.USAGE, "users." + name + ": " + e.getMessage());
        }
    }

    private static CommandFailure wrong(UserName user, String written, String expected) {
        return new CommandFailure(
                ExitCode.USAGE,
                "users." + user.value() + ".certificates: \"" + written + "\" (expected: " + expected + ")");
    }

    private static DirectoryRights rights(Map<String, DirectoryRight> written, AccessRight elsewhere) {
        Map<String, AccessRight> rights = new LinkedHashMap<>();
        written.forEach((directory, right) -> rights.put(
                directory,
                switch (right) {
                    case NONE -> AccessRight.NONE;
                    case READ -> AccessRight.READ;
                    case WRITE -> AccessRight.WRITE;
                    case READ_WRITE -> AccessRight.READ_WRITE;
                }));
        return DirectoryRights.of(rights, elsewhere);
    }
}
