package io.filejob.service.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.manifest.ManifestReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files of the service a job may use. */
final class FileReferencesTest {
    private static final String ID = "0a1b2c3d-0000-4000-8000-00000000000a";
    private static final String OTHER = "0a1b2c3d-0000-4000-8000-00000000000b";

    private static FileReferences of(String location, String more) throws Exception {
        return FileReferences.of(
                ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: totals}
                spec:
                  input: {files: ["LOCATION"]}
                  operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
                  MORE
                """.replace("LOCATION", location).replace("MORE", more))
                        .spec());
    }

    private static String upload(String root) {
        return root + ID + "/plays.csv";
    }

    @ParameterizedTest
    @CsvSource({
        "s3://files/uploads/*/plays.csv, s3://files/uploads/, true",
        "s3://files/uploads/, s3://files/uploads/, true",
        "s3://files/**, s3://files/uploads/, true",
        "s3://files/inputs/*.csv, s3://files/uploads/, false",
        "s3://others/uploads/*/plays.csv, s3://files/uploads/, false",
        "/data/uploads/*/plays.csv, file:///data/uploads/, true",
        "/data/my uploads, file:///data/my%20uploads/, true",
        "file:///data/my%20uploads/*, file:///data/my%20uploads/, true",
        "/data/up[l]oads/*, file:///data/uploads/, true",
        "/home/ann/*.csv, file:///data/uploads/, false",
        "https://shop.example/uploads/, file:///data/uploads/, false"
    })
    void aFolderOrPatternIsInUseWithAllThatIsBelow(String location, String root, boolean isUsed) throws Exception {
        assertThat(of(location, "").include(ID, upload(root))).isEqualTo(isUsed);
    }

    @Test
    void aFileOfTheServiceIsItselfOnly() throws Exception {
        FileReferences job = of("s3://files/uploads/" + ID + "/*", "");
        assertThat(job.include(ID, upload("s3://files/uploads/"))).isTrue();
        assertThat(job.include(OTHER, "s3://files/uploads/" + OTHER + "/plays.csv"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/files/uploads/*/plays.csv, true", "/files/up*, true", "/files/inputs/*, false", "/fil*, true"})
    void aVolumeIsMountedElsewhereInOtherPods(String location, boolean isUsed) throws Exception {
        String volumes = "volumes: [{name: files, claimName: files, mountPath: /files}]";
        assertThat(of(location, volumes).include(ID, upload("file:///filejob/uploads/")))
                .isEqualTo(isUsed);
    }

    @Test
    void thoseOfSeveralJobsAreJoined() throws Exception {
        FileReferences all =
                FileReferences.all(List.of(of("s3://files/a/*", ""), of("s3://files/" + OTHER + "/x.csv", "")));
        assertThat(all.include(ID, "s3://files/a/" + ID)).isTrue();
        assertThat(all.include(OTHER, "s3://files/b/" + OTHER)).isTrue();
        assertThat(all.include(ID, "s3://files/b/" + ID)).isFalse();
    }
}
