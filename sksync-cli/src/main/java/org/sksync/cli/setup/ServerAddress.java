package org.sksync.cli.setup;

/**
 * Where a server was met.
 *
 * @param host its name or address
 * @param port 1..65535
 */
public record ServerAddress(String host, int port) {

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
