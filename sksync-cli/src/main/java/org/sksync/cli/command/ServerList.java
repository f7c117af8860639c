package org.sksync.cli.command;

import java.util.List;
import java.util.Locale;
import org.sksync.discovery.FoundServer;
import org.sksync.discovery.How;

/** Servers that were found, a line each: name, address, level, fingerprint. */
final class ServerList {

    private static final String NOTHING = "-";

    private ServerList() {}

    static void tell(List<FoundServer> servers, Terminal terminal) {
        TextTable table = new TextTable();
        for (FoundServer server : servers) {
            table.add(
                    server.name(),
                    place(server),
                    server.level().orElse(NOTHING),
                    server.fingerprint().orElse(NOTHING));
        }
        List<String> lines = table.lines();
        for (int i = 0; i < lines.size(); i++) {
            terminal.tell(lines.get(i), json(servers.get(i)));
        }
    }

    /** Returns where a server says that it is. */
    static String place(FoundServer server) {
        return server.address().getHostAddress() + ":" + server.port();
    }

    private static JsonLine json(FoundServer server) {
        JsonLine json = JsonLine.of("server")
                .put("name", server.name())
                .put("address", server.address().getHostAddress())
                .put("port", server.port());
        server.level().ifPresent(level -> json.put("level", level));
        server.fingerprint().ifPresent(fingerprint -> json.put("fingerprint", fingerprint));
        return json.put(
                "how",
                server.how().stream()
                        .sorted()
                        .map(How::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
    }
}
