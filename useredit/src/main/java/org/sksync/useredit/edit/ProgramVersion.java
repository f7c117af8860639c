package org.sksync.useredit.edit;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest has; none where the classes are not in a jar. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Optional<String> version =
                Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion());
        return new String[] {"useredit " + version.orElse("(not packaged)")};
    }
}
