package org.sksync.protocol.message;

import java.util.Optional;

/** Which way files travel and whether their times decide; the wire's token is one digit. */
public enum SyncType {
    /** Token {@code 0}. */
    BIDIRECTIONAL_USE_TIME('0', "bidirectional_use_time", true, true, true),
    /** Token {@code 1}. */
    TO_SERVER_USE_TIME('1', "to_server_use_time", true, false, true),
    /** Token {@code 2}. */
    FROM_SERVER_USE_TIME('2', "from_server_use_time", false, true, true),
    /** Token {@code 3}. */
    BIDIRECTIONAL_NO_TIME('3', "bidirectional_no_time", true, true, false),
    /** Token {@code 4}. */
    TO_SERVER_NO_TIME('4', "to_server_no_time", true, false, false),
    /** Token {@code 5}. */
    FROM_SERVER_NO_TIME('5', "from_server_no_time", false, true, false);

    private final char token;
    private final String configName;
    private final boolean toServer;
    private final boolean fromServer;
    private final boolean usesTimes;

    SyncType(char token, String configName, boolean toServer, boolean fromServer, boolean usesTimes) {
        this.token = token;
        this.configName = configName;
        this.toServer = toServer;
        this.fromServer = fromServer;
        this.usesTimes = usesTimes;
    }

    /** Returns the type whose wire token is {@code line}, exactly one digit. */
    public static Optional<SyncType> fromWire(String line) {
        for (SyncType type : values()) {
            if (line.length() == 1 && line.charAt(0) == type.token) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the wire's token. */
    public char token() {
        return token;
    }

    /** Returns the name that configurations and logs use. */
    public String configName() {
        return configName;
    }

    /** Tells whether the client's files go to the server. */
    public boolean toServer() {
        return toServer;
    }

    /** Tells whether the server's files come to the client. */
    public boolean fromServer() {
        return fromServer;
    }

    /** Tells whether a newer file replaces an older one; where not, nothing is ever replaced. */
    public boolean usesTimes() {
        return usesTimes;
    }
}
