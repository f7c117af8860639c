package org.sksync.cli.broken.files;

import java.io.File;

/** Uses the old class of files, with its errors that can't be seen. */
record OldFile(File file) {}
