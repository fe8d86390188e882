package io.filejob.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which way packages may look. */
final class ServiceArchitectureTest {
    private static final String PROBLEM = "..service.problem..";
    private static final String JOB = "..service.job..";
    private static final String ACCESS = "..service.access..";
    private static final String[] HOSTS = {"..service.local..", "..service.cluster.."};
    private static final String[] FEATURES = {"..service.upload..", "..service.template..", "..service.table.."};
    private static final String[] SURFACES = {"..service.rest..", "..service.page.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.filejob.service");

    @Test
    void thePortKnowsNoImplementationAndNoUser() {
        noClasses()
                .that()
                .resideInAnyPackage(PROBLEM, JOB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..service.local..", "..service.cluster..", ACCESS)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(SURFACES)
                .check(CLASSES);
    }

    @Test
    void hostsAreBehindThePort() {
        noClasses()
                .that()
                .resideInAnyPackage(HOSTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(SURFACES)
                .check(CLASSES);
        slices().matching("..service.(local|cluster)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void surfacesReachHostsThroughThePort() {
        noClasses()
                .that()
                .resideInAnyPackage(SURFACES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOSTS)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("..filejob.service.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void namesOfClassesAreUnique() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .withImportOption(location -> !location.contains("/io/filejob/testing/"))
                                .importPackages("io.filejob")
                                .stream()
                                .filter(each -> !each.isAnonymousClass() && !each.isLocalClass())
                                .map(JavaClass::getSimpleName)
                                // Each store of ledgers remembers the version of a ledger that it has read.
                                .filter(name ->
                                        !name.equals("package-info") && !name.isEmpty() && !name.equals("Cached")))
                .doesNotHaveDuplicates();
    }
}
