package org.sksync.discovery.mdns;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sksync.discovery.group.Answers;
import org.sksync.discovery.group.Asker;
import org.sksync.discovery.mdns.DnsQuery.Question;
import org.sksync.discovery.offer.Offer;

/**
 * Answers for one daemon. All answers go to the group, on the network that was asked on: nobody can have them sent to
 * another, and who listens need not ask. The names are this daemon's alone ({@link MachineName}), so it does not probe
 * for others that have them.
 */
public final class MdnsAnswers implements Answers {

    private volatile Offer offer;
    private final String instance;
    private final String host;

    /** Creates the answers of a daemon. */
    public MdnsAnswers(MachineName name, Offer offer) {
        this.offer = offer;
        this.instance = name.text() + "." + Mdns.SERVICE;
        this.host = name.text() + Mdns.DOMAIN;
    }

    /** Has what is told later tell of another offer; on any thread. */
    public void renew(Offer other) {
        offer = other;
    }

    @Override
    public Audience audience() {
        return Audience.GROUP;
    }

    @Override
    public int maxBytes() {
        return DnsQuery.MAX_BYTES;
    }

    @Override
    public Optional<byte[]> answer(byte[] datagram, Asker asker) {
        Optional<DnsQuery> query = DnsQuery.read(datagram);
        if (query.isEmpty()) {
            return Optional.empty();
        }
        List<Question> questions = query.get().questions();
        if (questions.stream().anyMatch(question -> isForUs(question, query.get()))) {
            return hello(asker.own());
        }
        if (questions.stream().anyMatch(question -> isAsked(question, Mdns.SERVICES, RecordType.PTR))) {
            return Optional.of(new DnsResponse()
                    .pointer(Mdns.SERVICES, Mdns.SERVICE, RecordType.LONG_SECONDS)
                    .bytes());
        }
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> hello(Inet4Address own) {
        return Optional.of(records(own, RecordType.LONG_SECONDS, RecordType.SHORT_SECONDS));
    }

    @Override
    public Optional<byte[]> goodbye(Inet4Address own) {
        return Optional.of(records(own, 0, 0));
    }

    private boolean isForUs(Question question, DnsQuery query) {
        return (isAsked(question, Mdns.SERVICE, RecordType.PTR)
                        && !query.known().contains(instance.toLowerCase(Locale.ROOT)))
                || isAsked(question, instance, RecordType.SRV)
                || isAsked(question, instance, RecordType.TXT)
                || isAsked(question, host, RecordType.A);
    }

    private static boolean isAsked(Question question, String name, int type) {
        return question.name().equals(name.toLowerCase(Locale.ROOT))
                && (question.type() == type || question.type() == RecordType.ANY);
    }

    private byte[] records(Inet4Address own, int longSeconds, int shortSeconds) {
        Offer told = offer;
        return new DnsResponse()
                .pointer(Mdns.SERVICE, instance, longSeconds)
                .service(instance, told.port(), host, shortSeconds)
                .texts(instance, texts(told), longSeconds)
                .address(host, own.getAddress(), shortSeconds)
                .bytes();
    }

    private static List<String> texts(Offer offer) {
        List<String> texts = new ArrayList<>();
        offer.level().ifPresent(level -> texts.add(Mdns.LEVEL + "=" + level));
        texts.add(Mdns.TLS + "=" + offer.fingerprint().isPresent());
        offer.fingerprint().ifPresent(hex -> texts.add(Mdns.FINGERPRINT + "=" + hex));
        return texts;
    }
}
