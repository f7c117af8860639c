package org.sksync.useredit.edit;

import java.io.PrintWriter;
import java.util.Map;
import org.sksync.files.path.EscapedText;

/** Tells in lines of text: results on one stream, warnings and errors on another. */
final class TextReport implements Report {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean debug;

    TextReport(PrintWriter out, PrintWriter err, boolean debug) {
        this.out = out;
        this.err = err;
        this.debug = debug;
    }

    @Override
    public void tell(String line, String messageType, Map<String, String> fields) {
        out.println(EscapedText.of(line));
        out.flush();
    }

    @Override
    public void warn(String sentence) {
        complain("warning: ", sentence);
    }

    @Override
    public void error(String sentence, Exception cause) {
        complain("error: ", sentence);
        if (debug) {
            cause.printStackTrace(err);
            err.flush();
        }
    }

    private void complain(String kind, String sentence) {
        err.println(kind + EscapedText.of(sentence));
        err.flush();
    }
}
