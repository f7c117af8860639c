package org.sksync.cli.command;

import picocli.CommandLine.IVersionProvider;

/** The version that {@code --version} prints; it stands in the jar's manifest. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = VersionText.class.getPackage().getImplementationVersion();
        return new String[] {"sksync " + (version == null ? "(not packaged)" : version)};
    }
}
