package org.sksync.discovery.mdns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A question by multicast DNS. Names are in lower case, their parts joined by dots.
 *
 * @param questions what is asked
 * @param known the targets of pointers that the asker has and that are good for a while yet
 */
record DnsQuery(List<Question> questions, Set<String> known) {

    /** The longest datagram that is read: what fits a packet of Ethernet. */
    static final int MAX_BYTES = 1472;

    private static final int MAX_NAME_BYTES = 255;
    /** Far more than real ones have: long chains of pointers, asked for often, would be work. */
    private static final int MAX_POINTERS_A_NAME = 16;

    private static final int MAX_QUESTIONS = 32;
    private static final int POINTER = 0xc0;
    private static final int POINTER_OFFSET = 0x3fff;
    private static final int RESPONSE_OR_OPCODE = 0xf800;
    private static final int CLASS_MASK = 0x7fff;
    private static final int CLASS_IN = 1;

    /**
     * One question.
     *
     * @param name what it is about
     * @param type the type of record, {@link RecordType#ANY} for all
     */
    record Question(String name, int type) {}

    /** The datagram ends too early, or is no question. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    DnsQuery {
        questions = List.copyOf(questions);
        known = Set.copyOf(known);
    }

    /** Reads a datagram; empty if it is anything else. */
    static Optional<DnsQuery> read(byte[] datagram) {
        if (datagram.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(ByteBuffer.wrap(datagram)));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static DnsQuery read(ByteBuffer in) throws Malformed {
        number(in);
        if ((number(in) & RESPONSE_OR_OPCODE) != 0) {
            throw new Malformed();
        }
        int questionCount = number(in);
        int answerCount = number(in);
        number(in);
        number(in);
        if (questionCount > MAX_QUESTIONS) {
            throw new Malformed();
        }
        List<Question> questions = new ArrayList<>();
        for (int index = 0; index < questionCount; index++) {
            String name = name(in);
            int type = number(in);
            int ofClass = number(in) & CLASS_MASK;
            if (ofClass == CLASS_IN || ofClass == RecordType.ANY) {
                questions.add(new Question(name, type));
            }
        }
        Set<String> known = new HashSet<>();
        for (int index = 0; index < answerCount; index++) {
            readAnswer(in, known);
        }
        return new DnsQuery(questions, known);
    }

    private static void readAnswer(ByteBuffer in, Set<String> known) throws Malformed {
        name(in);
        int type = number(in);
        number(in);
        long seconds = (long) number(in) << Short.SIZE | number(in);
        int length = number(in);
        need(in, length);
        int end = in.position() + length;
        if (type == RecordType.PTR && seconds >= RecordType.LONG_SECONDS / 2) {
            known.add(name(in));
        }
        in.position(end);
    }

    private static int number(ByteBuffer in) throws Malformed {
        need(in, Short.BYTES);
        return in.getShort() & 0xffff;
    }

    private static void need(ByteBuffer in, int bytes) throws Malformed {
        if (in.remaining() < bytes) {
            throw new Malformed();
        }
    }

    /** Reads a name. Each pointer leads further to the front than the one before, so it comes to an end, and there are few. */
    private static String name(ByteBuffer in) throws Malformed {
        StringBuilder name = new StringBuilder();
        ByteBuffer part = in;
        int front = in.position();
        int pointers = 0;
        while (true) {
            need(part, 1);
            int length = part.get() & 0xff;
            if (length == 0) {
                return name.toString().toLowerCase(Locale.ROOT);
            }
            if ((length & POINTER) == POINTER) {
                part.position(part.position() - 1);
                int target = number(part) & POINTER_OFFSET;
                pointers++;
                if (target >= front || pointers > MAX_POINTERS_A_NAME) {
                    throw new Malformed();
                }
                front = target;
                part = in.duplicate().position(target);
            } else {
                append(name, part, length);
            }
        }
    }

    private static void append(StringBuilder name, ByteBuffer part, int length) throws Malformed {
        // Beside the letters and the dots there is a first length and a last one.
        if ((length & POINTER) != 0 || name.length() + 1 + length + 2 > MAX_NAME_BYTES) {
            throw new Malformed();
        }
        need(part, length);
        byte[] label = new byte[length];
        part.get(label);
        name.append(name.length() == 0 ? "" : ".").append(new String(label, ISO_8859_1));
    }
}
