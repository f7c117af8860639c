package org.sksync.discovery.mdns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Puts records into an answer by multicast DNS. */
final class DnsResponse {

    private static final int AUTHORITATIVE_RESPONSE = 0x8400;
    private static final int CLASS_IN = 1;
    /** This record is the only one of its name and type: older ones are to be forgotten. */
    private static final int UNIQUE = 0x8000;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private int count;

    /** Adds a pointer, of which many machines may have one under the same name. */
    DnsResponse pointer(String name, String target, int seconds) {
        return add(name, RecordType.PTR, CLASS_IN, seconds, name(target));
    }

    /** Adds where a service is. */
    DnsResponse service(String name, int port, String host, int seconds) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        number(data, 0);
        number(data, 0);
        number(data, port);
        data.writeBytes(name(host));
        return add(name, RecordType.SRV, CLASS_IN | UNIQUE, seconds, data.toByteArray());
    }

    /** Adds what a service says of itself; each text is shorter than 256 bytes. */
    DnsResponse texts(String name, List<String> texts, int seconds) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            data.write(bytes.length);
            data.writeBytes(bytes);
        }
        return add(name, RecordType.TXT, CLASS_IN | UNIQUE, seconds, data.toByteArray());
    }

    /** Adds a host's address of four bytes. */
    DnsResponse address(String name, byte[] address, int seconds) {
        return add(name, RecordType.A, CLASS_IN | UNIQUE, seconds, address);
    }

    /** Returns the datagram. */
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        number(all, 0);
        number(all, AUTHORITATIVE_RESPONSE);
        number(all, 0);
        number(all, count);
        number(all, 0);
        number(all, 0);
        all.writeBytes(records.toByteArray());
        return all.toByteArray();
    }

    private DnsResponse add(String name, int type, int ofClass, int seconds, byte[] data) {
        records.writeBytes(name(name));
        number(records, type);
        number(records, ofClass);
        number(records, seconds >>> Short.SIZE);
        number(records, seconds);
        number(records, data.length);
        records.writeBytes(data);
        count++;
        return this;
    }

    private static byte[] name(String dotted) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : List.of(dotted.split("\\.", -1))) {
            byte[] bytes = label.getBytes(UTF_8);
            labels.write(bytes.length);
            labels.writeBytes(bytes);
        }
        labels.write(0);
        return labels.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int number) {
        out.write(number >>> Byte.SIZE);
        out.write(number);
    }
}
