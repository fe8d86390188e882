package io.filejob.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between packages. (ArchUnit's own JUnit engine and that of Quarkus are incompatible.) */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The helpers of tests are the main classes of a module of their own.
            .withImportOption(location -> !location.contains("/io/filejob/testing/"))
            .importPackages("io.filejob");

    private static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("io.filejob.operator.api")
            .layer("observe")
            .definedBy("io.filejob.operator.observe")
            .layer("status")
            .definedBy("io.filejob.operator.status")
            .layer("dependent")
            .definedBy("io.filejob.operator.dependent")
            .layer("health")
            .definedBy("io.filejob.operator.health")
            .layer("reconcile")
            .definedBy("io.filejob.operator.reconcile")
            .whereLayer("reconcile")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("dependent")
            .mayOnlyBeAccessedByLayers("reconcile")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("reconcile")
            .whereLayer("status")
            .mayOnlyBeAccessedByLayers("dependent", "reconcile")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("status", "dependent", "reconcile");

    private static final ArchRule NO_WORK = noClasses()
            .that()
            .resideInAPackage("io.filejob.operator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.filejob.worker..",
                    "io.filejob.csv..",
                    "io.filejob.engine..",
                    "io.filejob.local..",
                    "io.filejob.cli..");

    @Test
    void reconcileObserveDecideBringAbout() {
        LAYERS.check(CLASSES);
    }

    /**
     * Times of Kubernetes' objects can only be compared with the wall clock. All other classes measure intervals, which
     * must not depend on it.
     */
    @Test
    void onlyClassesThatReadTimesOfObjectsGetTheWallClock() {
        assertThat(CLASSES.stream()
                        .filter(each -> each.getConstructors().stream()
                                .filter(constructor ->
                                        each.getConstructors().size() == 1 || constructor.isAnnotatedWith(Inject.class))
                                .flatMap(constructor -> constructor.getParameters().stream())
                                .anyMatch(parameter -> parameter.getRawType().isEquivalentTo(Clock.class)
                                        && !parameter.isAnnotatedWith(ForIntervals.class)))
                        .filter(each -> each.isAnnotatedWith(ApplicationScoped.class))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "FinishedJobCleanup", "LeftoversSweep", "Observer", "RedriveWindow", "Transitions");
    }

    /** The operator must not depend on the implementation of workers. */
    @Test
    void theOperatorPlansAndMergesAndDoesNotWork() {
        NO_WORK.check(CLASSES);
    }

    /** A name has one meaning: readers do not need the package to tell two classes apart. */
    @Test
    void namesOfTopLevelClassesAreUnique() {
        assertThat(CLASSES.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info")))
                .doesNotHaveDuplicates();
    }

    /** So do nested classes, except for those that have the same role in alternatives. */
    @Test
    void namesOfNestedClassesAreUnique() {
        // Each store of ledgers remembers the version of a ledger that it has read.
        Set<String> alternatives = Set.of("Cached");
        assertThat(CLASSES.stream()
                        .filter(each -> !each.isAnonymousClass() && !each.isLocalClass())
                        .map(JavaClass::getSimpleName)
                        .filter(name ->
                                !name.equals("package-info") && !name.isEmpty() && !alternatives.contains(name)))
                .doesNotHaveDuplicates();
    }
}
