package org.sksync.cli.command;

import org.sksync.config.BandwidthTimetable;
import org.sksync.config.ConfigException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how fast bytes may travel. */
final class BandwidthWords implements ITypeConverter<BandwidthTimetable> {

    static final String LABEL = "LIMIT";
    static final String DESCRIPTION =
            "How fast files may travel: 512k (KiB a second) or 10M, both ways or SENT:RECEIVED, or by the time as in"
                    + " \"08:00,512k 19:00,10M 23:00,off\".";

    @Override
    public BandwidthTimetable convert(String text) {
        try {
            return BandwidthTimetable.parse(text);
        } catch (ConfigException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
