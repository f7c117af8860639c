package org.sksync.files.plan;

/** Whether modification times decide (protocol: sync types). */
public enum TimeUse {
    /** A newer copy replaces an older one. */
    USED,
    /** Only missing files travel; nothing is ever replaced. */
    IGNORED
}
