package org.sksync.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK's own {@code jcmd}, on another JVM of this user. */
final class Jcmd {
    /** What the collectors of JDK 17 say of themselves: "total 1234K, used 567K". */
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private Jcmd() {}

    /** Collects twice and returns what is left. */
    static long usedHeapBytesAfterGc(long pid) throws IOException, InterruptedException {
        run(pid, "GC.run");
        run(pid, "GC.run");
        String info = run(pid, "GC.heap_info");
        // The metaspace comes after the heap, whose parts are one for the serial collector's two generations.
        Matcher matcher = USED.matcher(info.substring(0, info.indexOf("Metaspace")));
        long used = 0;
        while (matcher.find()) {
            used += Long.parseLong(matcher.group(1)) * 1024;
        }
        return used;
    }

    private static String run(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String words = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        jcmd.waitFor();
        return words;
    }
}
