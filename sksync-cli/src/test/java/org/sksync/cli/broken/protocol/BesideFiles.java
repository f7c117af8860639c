package org.sksync.cli.broken.protocol;

import org.sksync.cli.broken.files.Disk;

/** The protocol knows the disk. */
public record BesideFiles(Disk disk) {}
