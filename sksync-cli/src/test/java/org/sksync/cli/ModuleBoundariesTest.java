package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules hold in the product, and each of them finds what breaks it in a product that is made to. */
class ModuleBoundariesTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/testkit/"))
            .importPackages("org.sksync");
    private static final ModuleBoundaries BOUNDARIES = new ModuleBoundaries("org.sksync");

    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("org.sksync.cli.broken");
    private static final ModuleBoundaries BOUNDARIES_OF_BROKEN = new ModuleBoundaries("org.sksync.cli.broken");

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        EvaluationResult result = rule.evaluate(classes);
        return result.getFailureReport().getDetails();
    }

    @Test
    void seesEveryModule() {
        Stream<String> modules = PRODUCT.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.replaceAll("org\\.sksync\\.(\\w+).*", "$1"))
                .distinct();

        assertThat(modules)
                .containsExactlyInAnyOrder(
                        "protocol", "files", "transport", "config", "discovery", "server", "client", "useredit", "cli");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"protocol", "files", "transport", "config", "discovery", "server", "client", "useredit", "cli"})
    void modulesUseNoOthersThanTheyMay(String module) {
        assertThat(violations(BOUNDARIES.arrows().get(module), PRODUCT)).isEmpty();
    }

    @Test
    void findsAnArrowBetweenServerAndClient() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.arrows().get("server"), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("BesideClient"));
        assertThat(violations(BOUNDARIES_OF_BROKEN.arrows().get("client"), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("BesideServer"));
    }

    @Test
    void findsAnArrowFromTheProtocolToFiles() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.arrows().get("protocol"), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("BesideFiles"));
        assertThat(violations(BOUNDARIES_OF_BROKEN.arrows().get("files"), BROKEN))
                .isEmpty();
    }

    @Test
    void everyClassIsInAModuleWithArrows() {
        assertThat(violations(BOUNDARIES.noOtherModules(), PRODUCT)).isEmpty();
        assertThat(violations(BOUNDARIES.noOtherModules(), BROKEN)).isEmpty();
        assertThat(violations(BOUNDARIES_OF_BROKEN.noOtherModules(), PRODUCT)).isNotEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        assertThat(violations(BOUNDARIES.noCycles(), PRODUCT)).isEmpty();
    }

    @Test
    void findsACycle() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.noCycles(), BROKEN))
                .singleElement()
                .asString()
                .contains("Slice client", "Slice server");
    }

    @Test
    void nettyStaysAtTheEdge() {
        assertThat(violations(BOUNDARIES.nettyStaysAtTheEdge(), PRODUCT)).isEmpty();
        assertThat(violations(BOUNDARIES.tlsContextsAreHandedOver(), PRODUCT)).isEmpty();
    }

    @Test
    void findsNettyInTheLogic() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.nettyStaysAtTheEdge(), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("ChannelInTheLogic"));
        assertThat(violations(BOUNDARIES_OF_BROKEN.tlsContextsAreHandedOver(), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("TlsInTheLogic"));
    }

    @Test
    void theDiskIsTouchedInFilesAlone() {
        assertThat(violations(BOUNDARIES.diskStaysInFiles(), PRODUCT)).isEmpty();
    }

    @Test
    void findsAnotherThatTouchesTheDisk() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.diskStaysInFiles(), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("DiskBehindTheBack"));
    }

    @Test
    void theDiskIsTouchedInOnePlaceOfFiles() {
        assertThat(violations(BOUNDARIES.diskStaysInOnePlace(), PRODUCT)).isEmpty();
    }

    @Test
    void findsAnotherPlaceOfFilesThatTouchesTheDisk() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.diskStaysInOnePlace(), BROKEN))
                .filteredOn(line -> line.contains("SecondDisk"))
                .hasSize(3);
    }

    @Test
    void noFileIsHandledInTheOldWay() {
        assertThat(violations(BOUNDARIES.noOldFiles(), PRODUCT)).isEmpty();
    }

    @Test
    void findsAFileHandledInTheOldWay() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.noOldFiles(), BROKEN))
                .isNotEmpty()
                .allMatch(line -> line.contains("OldFile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "err", "exit", "getenv", "setProperty"})
    void theProcessIsThePrograms(String member) {
        assertThat(violations(BOUNDARIES.processIsThePrograms().get(member), PRODUCT))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "err", "exit", "getenv", "setProperty"})
    void findsAnotherThatUsesTheProcess(String member) {
        assertThat(violations(BOUNDARIES_OF_BROKEN.processIsThePrograms().get(member), BROKEN))
                .singleElement()
                .asString()
                .contains("Loud", member);
    }

    @Test
    void nothingMutableIsStatic() {
        assertThat(violations(BOUNDARIES.noMutableStatics(), PRODUCT)).isEmpty();
    }

    @Test
    void findsAMutableStatic() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.noMutableStatics(), BROKEN))
                .singleElement()
                .asString()
                .contains("Loud.count");
    }

    @Test
    void handlersAreFinal() {
        assertThat(violations(BOUNDARIES.handlersAreFinal(), PRODUCT)).isEmpty();
    }

    @Test
    void findsAHandlerThatMayBeExtended() {
        assertThat(violations(BOUNDARIES_OF_BROKEN.handlersAreFinal(), BROKEN))
                .singleElement()
                .asString()
                .contains("OpenHandler");
    }
}
