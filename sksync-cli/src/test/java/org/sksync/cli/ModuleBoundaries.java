package org.sksync.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import io.netty.channel.ChannelHandler;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the modules and packages below a root package may know of each other and of the world. */
final class ModuleBoundaries {

    /** Module to the packages of others that it may use; its own are always allowed. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "protocol", List.of(),
            "files", List.of(),
            "transport", List.of("protocol..", "files.."),
            "config", List.of("files.store", "files.path"),
            "discovery", List.of(),
            "server", List.of("transport..", "protocol..", "files.."),
            "client", List.of("transport..", "protocol..", "files.."),
            "useredit", List.of("config", "protocol.srp", "files.store", "files.path"),
            "cli",
                    List.of(
                            "server..",
                            "client..",
                            "useredit.edit",
                            "useredit.usage",
                            "config",
                            "discovery",
                            "transport.tls",
                            "transport.limit",
                            "protocol.message",
                            "protocol.srp",
                            "files.."));

    /**
     * Who reads a file outside of sksync-files: a configuration, its neighbours and its certificates are single files
     * that a person wrote, and the client looks whether its directory is there before a store is opened in it. The
     * socket of a daemon's status is a file too, and its directory must be its user's alone. A lock is a file beside all
     * folders; a watch of a folder looks at the times of what it is told of, and reads nothing. What tells a system of
     * its services is written as a whole. And no call of Java's tells where standard error leads.
     */
    private static final List<String> SINGLE_FILES = List.of(
            "cli.service.ServiceFiles",
            "config.BoundedFile",
            "config.ConfigReader",
            "config.EditedFile",
            "config.FileStamp",
            "config.FolderLock",
            "config.KnownServers",
            "config.SiblingLock",
            "transport.tls.PemFiles",
            "cli.command.StandardError",
            "cli.status.StatusPlace",
            "cli.watch.TreeWatch",
            "client.SkSyncClient");

    /**
     * What touches the disk in sksync-files: the calls that go by a path, those that go by a handle, and the search for
     * the directory of a request, which reads no file. What lies in a synced tree is reached through the second alone.
     */
    private static final List<String> DISK = List.of(
            "files.store.Disk",
            "files.store.HandleDirectory",
            "files.path.AllowedRoots",
            "files.path.WideRoots",
            "files.access.DirectoryRights");

    private final String root;

    ModuleBoundaries(String root) {
        this.root = root + ".";
    }

    /** Returns for each module the rule that it uses no other modules than it may. */
    Map<String, ArchRule> arrows() {
        Map<String, ArchRule> rules = new TreeMap<>();
        ARROWS.forEach((module, others) -> rules.put(
                module,
                classes()
                        .that()
                        .resideInAPackage(root + module + "..")
                        .should()
                        .onlyDependOnClassesThat(resideOutsideOfPackage(root + ".")
                                .or(resideInAnyPackage(Stream.concat(Stream.of(module + ".."), others.stream())
                                        .map(name -> root + name)
                                        .toArray(String[]::new))))
                        .allowEmptyShould(true)));
        return rules;
    }

    /** Returns the rule that every class is in a module whose arrows are known. */
    ArchRule noOtherModules() {
        return classes()
                .should()
                .resideInAnyPackage(ARROWS.keySet().stream()
                        .map(module -> root + module + "..")
                        .toArray(String[]::new));
    }

    /**
     * Returns the rule that no two packages know each other, be it through others. Two pairs
     * do: a client's session tells the listener how it gets on and says which kind of failure it met, in the words of
     * the module's entry; and a name off the wire is refused with the exception of the session that it ends.
     */
    ArchRule noCycles() {
        return slices().matching(root + "(**)").should().beFreeOfCycles();
    }

    /** Returns the rule that sessions, plans and arithmetic run without a channel. */
    ArchRule nettyStaysAtTheEdge() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + "*.codec..", root + "*.connection..", root + "*.tls..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..")
                                .and(not(name("io.netty.handler.ssl.SslContext"))));
    }

    /** Returns the rule that a TLS context is made and used at the edge, and handed through configurations only. */
    ArchRule tlsContextsAreHandedOver() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        root + "*.codec..",
                        root + "*.connection..",
                        root + "*.tls..",
                        root + "*.config",
                        root + "cli.command",
                        root + "cli.setup")
                .should()
                .dependOnClassesThat(name("io.netty.handler.ssl.SslContext"));
    }

    /** Returns the rule that the disk is touched in one module. */
    ArchRule diskStaysInFiles() {
        return noClasses()
                .that(resideOutsideOfPackage(root + "files..").and(not(singleFiles())))
                .should()
                .dependOnClassesThat(nameMatching("java\\.nio\\.file\\.Files|java\\.nio\\.channels\\.\\w*FileChannel"));
    }

    /** Returns the rule that within that module one place does it, so that one place has to know what a link can do. */
    ArchRule diskStaysInOnePlace() {
        return noClasses()
                .that(resideInAPackage(root + "files..").and(not(outermostIn(DISK, "are the disk"))))
                .should()
                .dependOnClassesThat(name("java.nio.file.Files").or(name("java.nio.file.SecureDirectoryStream")))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(FileChannel.class))).and(target(name("open"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Path.class)))
                        .and(target(nameMatching("toRealPath|toFile|register"))));
    }

    /** Returns the rule that no file is handled through a class that hides its errors or its links. */
    ArchRule noOldFiles() {
        return noClasses()
                .should()
                .dependOnClassesThat(nameMatching(
                        "java\\.io\\.(File|RandomAccessFile|File(Input|Output)Stream|File(Reader|Writer))"));
    }

    /** Returns the rules that the process is the program's alone. */
    Map<String, ArchRule> processIsThePrograms() {
        Map<String, ArchRule> rules = new TreeMap<>();
        rules.put("out", noClassesButThePrograms().accessField(System.class, "out"));
        rules.put("err", noClassesButThePrograms().accessField(System.class, "err"));
        rules.put("exit", noClassesButThePrograms().callMethod(System.class, "exit", int.class));
        rules.put("getenv", noClassesButThePrograms().callMethod(System.class, "getenv", String.class));
        rules.put(
                "setProperty",
                noClassesButThePrograms().callMethod(System.class, "setProperty", String.class, String.class));
        return rules;
    }

    private ClassesShould noClassesButThePrograms() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + "cli..", root + "useredit.edit")
                .should();
    }

    /** Returns the rule that nothing is shared behind the callers' backs. */
    ArchRule noMutableStatics() {
        return fields().that().areStatic().should().beFinal();
    }

    /** Returns the rule that a handler is what it is; one without a name extends a class of Netty's only. */
    ArchRule handlersAreFinal() {
        return classes()
                .that()
                .areAssignableTo(ChannelHandler.class)
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL);
    }

    private DescribedPredicate<JavaClass> singleFiles() {
        return outermostIn(SINGLE_FILES, "read a person's file");
    }

    private DescribedPredicate<JavaClass> outermostIn(List<String> classes, String description) {
        List<String> names = classes.stream().map(name -> root + name).toList();
        return DescribedPredicate.describe(description, type -> names.contains(outermost(type)));
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
