package org.sksync.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import org.sksync.files.path.EscapedText;
import org.sksync.files.scan.SkippedFile;
import org.sksync.server.status.DaemonStatus;
import org.sksync.server.transfer.SessionListener;
import org.sksync.transport.transfer.FailureText;
import org.slf4j.Logger;

/** Writes and counts what sessions report; peers' text is escaped here and in the summary alone. */
record SessionLog(Logger log, DaemonStatus status) implements SessionListener {

    private static final String INDENT = "    ";

    @Override
    public void skipped(String peer, SkippedFile file) {
        log.info(
                "{} skipped {}: {} ({})",
                peer,
                EscapedText.of(file.name()),
                EscapedText.of(file.detail()),
                file.reason());
    }

    @Override
    public void warning(String peer, String text) {
        log.warn("{} {}", peer, EscapedText.of(text));
    }

    @Override
    public void loginDelayed() {
        status.loginDelayed();
    }

    @Override
    public void loginRefused() {
        status.loginRefused();
    }

    @Override
    public void bug(String peer, Throwable cause) {
        if (cause instanceof VirtualMachineError) {
            // Where it happened says nothing: the memory was taken elsewhere.
            log.error("{} ended: {}", peer, EscapedText.of(FailureText.of(cause)));
            return;
        }
        log.error("{} a fault in this program ended the session{}", peer, trace(cause));
    }

    /** Returns the stack trace, indented: a message of several lines can't pass for entries of the log. */
    private static String trace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString()
                .lines()
                .map(line -> System.lineSeparator() + INDENT + EscapedText.of(line.replace("\t", INDENT)))
                .collect(Collectors.joining());
    }
}
