package org.sksync.protocol.codec;

import static org.sksync.protocol.session.SyncProtocolException.Reason.BAD_ENCODING;
import static org.sksync.protocol.session.SyncProtocolException.Reason.BAD_NAME;

import java.util.stream.Stream;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/**
 * A name that no peer may send, beside one that looks like it and may be sent; both as bytes, one character for each.
 * What only some platforms can't store ({@code C:x}, a backslash) passes the wire and is another part's concern.
 */
record BadNames(String what, String refused, Reason reason, String accepted) {

    /** Returns names of the levels that use UTF-8. */
    static Stream<BadNames> all() {
        return Stream.of(
                new BadNames("parent", "..", BAD_NAME, "..."),
                new BadNames("this directory", ".", BAD_NAME, ".a"),
                new BadNames("parent first", "../a", BAD_NAME, "..a/a"),
                new BadNames("parent last", "a/..", BAD_NAME, "a/..a"),
                new BadNames("parent between", "a/../b", BAD_NAME, "a/.../b"),
                new BadNames("this directory first", "./a", BAD_NAME, ".a/a"),
                new BadNames("this directory between", "a/./b", BAD_NAME, "a/.b/b"),
                new BadNames("empty part", "a//b", BAD_NAME, "a/b"),
                new BadNames("absolute", "/a", BAD_NAME, "\\a"),
                new BadNames("absolute twice", "//host/a", BAD_NAME, "C:\\a"),
                new BadNames("root", "/", BAD_NAME, "C:"),
                new BadNames("procfs", "/proc/self/../a", BAD_NAME, "proc/self/a"),
                new BadNames("slash at the end", "a/", BAD_NAME, "a\\"),
                new BadNames("NUL", "a\u0000b", BAD_NAME, "a\u0001b"),
                new BadNames("NUL alone", "\u0000", BAD_NAME, "\u001b"),
                new BadNames("overlong UTF-8 slash", "a\u00c0\u00afb", BAD_ENCODING, "a/b"),
                new BadNames("overlong UTF-8 NUL", "a\u00c0\u0080", BAD_ENCODING, "a\u00c2\u0080"),
                new BadNames("surrogate in UTF-8", "\u00ed\u00a0\u0080", BAD_ENCODING, "\u00ed\u009f\u00bf"),
                new BadNames("byte FF", "a\u00ff", BAD_ENCODING, "a\u00c3\u00bf"),
                new BadNames("half a UTF-8 sequence", "\u00e2\u0082", BAD_ENCODING, "\u00e2\u0082\u00ac"),
                new BadNames("beyond Unicode", "\u00f4\u0090\u0080\u0080", BAD_ENCODING, "\u00f4\u008f\u00bf\u00bf"));
    }

    /** Returns names of the level that uses windows-1252: the bytes that stand for nothing in it. */
    static Stream<BadNames> windows1252() {
        return Stream.of("\u0081", "\u008d", "\u008f", "\u0090", "\u009d")
                .map(hole -> new BadNames(
                        String.format("byte %02X of windows-1252", (int) hole.charAt(0)),
                        "a" + hole,
                        BAD_ENCODING,
                        "a\u0080\u009f\u00ff"));
    }
}
