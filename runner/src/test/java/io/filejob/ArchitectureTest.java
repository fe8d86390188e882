package io.filejob;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.filejob.operation.Planner;
import java.lang.reflect.Method;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.TrustManagerFactory;

/** Which way packages may look. */
@AnalyzeClasses(
        packages = "io.filejob",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestSupport.class})
final class ArchitectureTest {
    private static final String SECURITY = "..filejob.security..";
    private static final String KUBERNETES = "..filejob.kubernetes..";
    private static final String STORAGE = "..filejob.storage..";
    private static final String POSTGRES = "..filejob.postgres..";
    private static final String OPERATION = "..filejob.operation..";
    private static final String MERGE = "..filejob.merge..";
    private static final String ENGINE = "..filejob.engine..";
    private static final String WORKER = "..filejob.worker..";
    private static final String LOCAL = "..filejob.local..";
    private static final String IMAGE = "..filejob.image..";
    private static final String TERMINAL = "..filejob.terminal..";
    private static final String CLI = "..filejob.cli..";

    /** The FileJob as users write and read it. */
    private static final String[] RESOURCE =
            packages("value", "failure", "validation", "spec", "status", "api", "manifest", "callback");
    /** The records that planning, workers and the merge exchange. */
    private static final String[] EXCHANGED = packages("plan", "ledger", "coverage");
    /** The hot path: from bytes to fields and numbers. */
    private static final String[] PARSING = packages("bytes", "numeric", "csv");
    /** Groups of rows, from accumulators to rows of the result. */
    private static final String[] GROUPING = packages("measure", "group", "spill", "output", "aggregate");
    /** The parts that read, write, or run others. */
    private static final String[] HOSTS =
            packages("kubernetes", "storage", "postgres", "engine", "webhook", "worker", "local", "cli");

    private static final String[] STAGES = packages("operation", "merge");

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "..filejob." + name + "..").toArray(String[]::new);
    }

    private static String[] and(String[]... lists) {
        return Arrays.stream(lists).flatMap(Arrays::stream).toArray(String[]::new);
    }

    @ArchTest
    static final ArchRule theResourceKnowsNothingOfTheEngine = noClasses()
            .that()
            .resideInAnyPackage(RESOURCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(EXCHANGED, PARSING, GROUPING, STAGES, HOSTS));

    @ArchTest
    static final ArchRule exchangedRecordsKnowNoStage = noClasses()
            .that()
            .resideInAnyPackage(EXCHANGED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(packages("numeric", "csv"), GROUPING, STAGES, HOSTS));

    @ArchTest
    static final ArchRule plansAreMadeBeforeTheWork = noClasses()
            .that()
            .resideInAnyPackage(WORKER, MERGE)
            .should()
            .dependOnClassesThat(belongToAnyOf(Planner.class));

    @ArchTest
    static final ArchRule workersAndMergeAreIndependent =
            slices().matching("..filejob.(worker|merge)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule plansAndResultsKnowNoEngine = noClasses()
            .that()
            .resideInAnyPackage(STAGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOSTS);

    @ArchTest
    static final ArchRule operationsAreIndependent =
            slices().matching("..filejob.engine.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule parsingKnowsBytesOnly = noClasses()
            .that()
            .resideInAnyPackage(PARSING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(EXCHANGED, GROUPING, STAGES, HOSTS));

    @ArchTest
    static final ArchRule groupsKnowNoStage = noClasses()
            .that()
            .resideInAnyPackage(GROUPING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(STAGES, HOSTS));

    @ArchTest
    static final ArchRule theClientKnowsNoJobs = noClasses()
            .that()
            .resideInAPackage(KUBERNETES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(
                    EXCHANGED,
                    PARSING,
                    GROUPING,
                    STAGES,
                    packages("storage", "postgres", "engine", "worker", "local", "cli")));

    @ArchTest
    static final ArchRule onlyStoresAndTheCommandLineTalkToTheCluster = noClasses()
            .that()
            .resideInAnyPackage(and(GROUPING, STAGES, packages("postgres", "engine", "worker", "local")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KUBERNETES);

    @ArchTest
    static final ArchRule stagesDoNotKnowTheirHosts = noClasses()
            .that()
            .resideInAnyPackage(STORAGE, POSTGRES, OPERATION, ENGINE, WORKER, MERGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOCAL, CLI);

    /** A kind of storage knows neither the others nor the entry point for all of them. */
    @ArchTest
    static final ArchRule kindsOfStorageAreIndependent = slices().matching(
                    "..filejob.storage.(s3|http|configmap|compression)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule storageHasNoCycles =
            slices().matching("io.filejob.(storage.*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule kindsOfStorageDoNotKnowTheEntryPoint = noClasses()
            .that()
            .resideInAPackage("io.filejob.storage.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.filejob.storage");

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
    static final ArchRule compressionOfImagesKnowsNothingElse = noClasses()
            .that()
            .resideInAPackage(IMAGE)
            .should()
            .dependOnClassesThat(resideInAPackage("io.filejob..").and(resideOutsideOfPackage(IMAGE)));

    /** A native crash ends the process, so that few classes may cause one. */
    @ArchTest
    static final ArchRule onlyTwoPackagesCallNativeFunctions = noClasses()
            .that()
            .resideOutsideOfPackages(IMAGE, TERMINAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

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

    /** Retries have one back-off; the other classes wait for regular intervals, which are no retries. */
    @ArchTest
    static final ArchRule onlyOnePolicyDecidesOnDelays = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*\\.(RetryPolicy|ApiRetries|ProgressPoller|SessionWatch|VolumeReads|WaitReport)(\\$.*)?")
            .should()
            .callMethod(Thread.class, "sleep", Duration.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat(belongToAnyOf(ThreadLocalRandom.class));

    /** Native frames of reflection keep a waiting virtual thread on its carrier, and a small pod has a single one. */
    @ArchTest
    static final ArchRule requestsDoNotWaitBelowReflection = noClasses()
            .that()
            .resideInAPackage(STORAGE)
            .should()
            .callMethod(Method.class, "invoke", Object.class, Object[].class);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.filejob.(*)..").should().beFreeOfCycles();

    /** Skips the module of the helpers of tests. */
    static final class WithoutTestSupport implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/filejob/testing/");
        }
    }
}
