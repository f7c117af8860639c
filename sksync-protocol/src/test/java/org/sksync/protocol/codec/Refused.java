package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/**
 * An input that must be refused, and a twin that differs only where it matters and must be accepted.
 *
 * @param what what is wrong with the one and right with the other
 * @param before what the peer has said correctly
 * @param refused what follows and breaks a rule
 * @param reason the rule
 * @param accepted what may follow instead; it completes at least one message
 */
record Refused(String what, String before, String refused, Reason reason, String accepted) {

    /** Text that would be decoded in most states, were it not for the error before it. */
    private static final String AFTERWARDS = "sksync 1\n0\n0\n/\n/\n1000 a\n\n1\nx\na\n\n";

    void check(Supplier<WireEnd> ends) {
        refuses(ends);
        accepts(ends);
    }

    private void refuses(Supplier<WireEnd> ends) {
        try (WireEnd end = ends.get()) {
            List<Object> before = end.feed(before()).messages();
            assertThat(end.errors()).as("errors in what comes before").isEmpty();

            end.feed(refused());
            assertThat(end.error().map(SyncProtocolException::reason)).contains(reason);
            assertThat(end.messages()).isEqualTo(before);

            end.feed(AFTERWARDS).feed(accepted());
            assertThat(end.messages()).as("messages after the error").isEqualTo(before);
            assertThat(end.errors()).as("all errors").hasSize(1);
        }
    }

    private void accepts(Supplier<WireEnd> ends) {
        try (WireEnd end = ends.get()) {
            int before = end.feed(before()).messages().size();

            end.feed(accepted());

            assertThat(end.errors()).as("errors in the accepted twin").isEmpty();
            assertThat(end.messages()).hasSizeGreaterThan(before);
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
