package org.sksync.cli.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The exit codes of a command, which its help shows with the meanings that they have everywhere. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface EndsWith {

    /** Returns the codes, in any order. */
    ExitCode[] value();
}
