package io.filejob;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Instant;
import javax.net.ssl.TrustManagerFactory;

/** Which way packages may look. */
@AnalyzeClasses(packages = "io.filejob", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String MODEL = "..filejob.model..";
    private static final String SECURITY = "..filejob.security..";
    private static final String JOB = "..filejob.job..";
    private static final String KUBE = "..filejob.kube..";
    private static final String STORAGE = "..filejob.storage..";
    private static final String READ = "..filejob.read..";
    private static final String GROUP = "..filejob.group..";
    private static final String TABLE = "..filejob.table..";
    private static final String OPERATION = "..filejob.operation..";
    private static final String OP = "..filejob.op..";
    private static final String PLAN = "..filejob.plan..";
    private static final String WORK = "..filejob.work..";
    private static final String MERGE = "..filejob.merge..";
    private static final String LOCAL = "..filejob.local..";
    private static final String CLI = "..filejob.cli..";

    @ArchTest
    static final ArchRule theSpecKnowsNothingOfTheEngine = noClasses()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOB, KUBE, STORAGE, READ, GROUP, TABLE, OPERATION, OP, PLAN, WORK, MERGE, LOCAL, CLI);

    @ArchTest
    static final ArchRule whatStagesExchangeKnowsNoStage = noClasses()
            .that()
            .resideInAPackage(JOB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KUBE, STORAGE, READ, GROUP, TABLE, OPERATION, OP, PLAN, WORK, MERGE, LOCAL, CLI);

    @ArchTest
    static final ArchRule planWorkAndMergeMeetOnlyInRecords =
            slices().matching("..filejob.(plan|work|merge)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule plansAndResultsKnowNoEngine = noClasses()
            .that()
            .resideInAnyPackage(OPERATION, PLAN, MERGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KUBE, STORAGE, TABLE, OP, WORK, LOCAL, CLI);

    @ArchTest
    static final ArchRule operationsAreIndependent =
            slices().matching("..filejob.op.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule theHotPathKnowsBytesOnly = noClasses()
            .that()
            .resideInAPackage(READ)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOB, KUBE, STORAGE, GROUP, TABLE, OPERATION, OP, PLAN, WORK, MERGE, LOCAL, CLI);

    @ArchTest
    static final ArchRule theClientKnowsNoJobs = noClasses()
            .that()
            .resideInAPackage(KUBE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOB, STORAGE, READ, GROUP, TABLE, OPERATION, OP, PLAN, WORK, MERGE, LOCAL, CLI);

    @ArchTest
    static final ArchRule onlyStoresAndTheCommandLineTalkToTheCluster = noClasses()
            .that()
            .resideInAnyPackage(GROUP, TABLE, OPERATION, OP, PLAN, WORK, MERGE, LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KUBE);

    @ArchTest
    static final ArchRule stagesDoNotKnowTheirHosts = noClasses()
            .that()
            .resideInAnyPackage(STORAGE, GROUP, TABLE, OPERATION, OP, PLAN, WORK, MERGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOCAL, CLI);

    @ArchTest
    static final ArchRule digestsAndTrustKnowNothingElse = noClasses()
            .that()
            .resideInAPackage(SECURITY)
            .should()
            .dependOnClassesThat(resideInAPackage("io.filejob..").and(resideOutsideOfPackage(SECURITY)));

    @ArchTest
    static final ArchRule onlyOnePackageComputesDigestsAndReadsCertificates = noClasses()
            .that()
            .resideOutsideOfPackage(SECURITY)
            .should()
            .dependOnClassesThat(belongToAnyOf(
                    MessageDigest.class, KeyStore.class, CertificateFactory.class, TrustManagerFactory.class));

    @ArchTest
    static final ArchRule theCommandLineIsOnTop = classes()
            .that()
            .resideInAPackage(CLI)
            .should()
            .onlyBeAccessed()
            .byClassesThat()
            .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule theRunnerKnowsNoContainer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta.enterprise..", "jakarta.inject..");

    /** Intervals and delays must not depend on the wall clock; ages of files can only be compared with it. */
    @ArchTest
    static final ArchRule onlyTheCommandLineReadsTheWallClock = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .and()
            .doNotHaveSimpleName("TemporaryFolder")
            .and()
            .doNotHaveSimpleName("EarlierTemporaryFolders")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /** Native frames of reflection keep a waiting virtual thread on its carrier, of which a small pod has only one. */
    @ArchTest
    static final ArchRule requestsDoNotWaitBelowReflection = noClasses()
            .that()
            .resideInAPackage(STORAGE)
            .should()
            .callMethod(Method.class, "invoke", Object.class, Object[].class);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.filejob.(*)..").should().beFreeOfCycles();
}
