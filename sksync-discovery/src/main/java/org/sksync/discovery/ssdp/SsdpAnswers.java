package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.Inet4Address;
import java.util.Optional;
import org.sksync.discovery.group.Answers;
import org.sksync.discovery.group.Asker;
import org.sksync.discovery.offer.Offer;

/**
 * Answers searches for SK Sync, and nothing else. An answer is never longer than its search, so that a forged source
 * address gains nothing by us: who makes room gets level and fingerprint too, who leaves too little gets none.
 */
public final class SsdpAnswers implements Answers {

    private static final String DISCOVER = "ssdp:discover";

    private volatile Offer offer;

    /** Creates the answers of a daemon. */
    public SsdpAnswers(Offer offer) {
        this.offer = offer;
    }

    /** Has later answers tell of another offer; on any thread. */
    public void renew(Offer other) {
        offer = other;
    }

    @Override
    public Audience audience() {
        return Audience.ASKER;
    }

    @Override
    public int maxBytes() {
        return SsdpMessage.MAX_BYTES;
    }

    @Override
    public Optional<byte[]> answer(byte[] datagram, Asker asker) {
        return SsdpMessage.read(datagram)
                .filter(SsdpAnswers::isForUs)
                .flatMap(search -> fitting(datagram.length, asker.own()));
    }

    @Override
    public Optional<byte[]> hello(Inet4Address own) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> goodbye(Inet4Address own) {
        return Optional.empty();
    }

    private static boolean isForUs(SsdpMessage search) {
        // The standard has quotes around it, pysksync has none.
        boolean discovers = search.has("man", DISCOVER) || search.has("man", '"' + DISCOVER + '"');
        return search.firstLine().equals(Ssdp.SEARCH_LINE) && discovers && search.has(Ssdp.TARGET_HEADER, Ssdp.TARGET);
    }

    private Optional<byte[]> fitting(int room, Inet4Address own) {
        Offer told = offer;
        byte[] whole = text(own, told.port(), details(told));
        if (whole.length <= room) {
            return Optional.of(whole);
        }
        byte[] bare = text(own, told.port(), "");
        return bare.length <= room ? Optional.of(bare) : Optional.empty();
    }

    private static String details(Offer offer) {
        return offer.level().map(level -> "LEVEL:" + level + "\r\n").orElse("")
                + offer.fingerprint().map(hex -> "FP:" + hex + "\r\n").orElse("");
    }

    /** Without a blank after the colons, as pysksync answers: that is what makes it fit pysksync's own search. */
    private static byte[] text(Inet4Address own, int port, String details) {
        String location = own.getHostAddress() + ":" + port;
        return (Ssdp.FOUND_LINE + "\r\nLocation:" + location + "\r\nST:" + Ssdp.TARGET + "\r\nNTS:ssdp:alive\r\n"
                        + details + "\r\n")
                .getBytes(US_ASCII);
    }
}
