package io.filejob;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;

/** Core computes; it has no input or output of its own, so that the operator and the engine can share it. */
@AnalyzeClasses(packages = "io.filejob", importOptions = ImportOption.DoNotIncludeTests.class)
final class CoreArchitectureTest {
    @ArchTest
    static final ArchRule coreReachesNoFileAndNoNetwork = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net..", "java.sql..", "java.nio.channels..")
                    // The exceptions of these are described, too.
                    .and(not(assignableTo(IOException.class))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Files.class,
                    FileInputStream.class,
                    FileOutputStream.class,
                    RandomAccessFile.class,
                    Process.class,
                    ProcessBuilder.class);

    @ArchTest
    static final ArchRule coreUsesNoLibraryButJackson = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.filejob..",
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..",
                    "io.fabric8.generator.annotation..",
                    "org.jspecify.annotations..");
}
