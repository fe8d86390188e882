package io.filejob.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is generated from the description of the API runs a job. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class GeneratedClientTest {
    private static final Path SCRIPT =
            Path.of("../scripts/openapi-python-client").toAbsolutePath().normalize();

    /** Uploads a file, creates a job that reads it, waits for its end, and prints the result. */
    private static final String PROGRAM = """
            import io, sys, time
            from client import AuthenticatedClient
            from client.api.files import upload_file
            from client.api.jobs import create_job, get_job, get_result, list_workers
            from client.models import FileJob, Problem
            from client.types import File

            client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
            file = upload_file.sync(client=client, body=File(io.BytesIO(b"Song,Plays\\nB,3\\nA,4\\nB,5\\n")), name="plays.csv")
            manifest = {
                "apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "client"},
                "spec": {
                    "input": {"files": [file.uri], "format": {"csv": {}}},
                    "operation": {"aggregate": {
                        "groupBy": ["Song"], "measures": [{"function": "sum", "column": "Plays", "as": "Total"}]}},
                    "output": {"uri": "result.csv"}}}
            refused = create_job.sync(client=client, body=FileJob.from_dict(manifest | {"spec": manifest["spec"] | {"workers": 0}}))
            assert isinstance(refused, Problem) and refused.errors[0].field == "spec.workers", refused
            job = create_job.sync(client=client, body=FileJob.from_dict(manifest))
            name = job.metadata.name
            end = time.monotonic() + 120
            while job.status is not None and job.status.to_dict().get("phase") not in ("Complete", "Failed"):
                assert time.monotonic() < end, job
                time.sleep(0.1)
                job = get_job.sync(name, client=client)
            workers = list_workers.sync(name, client=client)
            assert sum(worker.rows for worker in workers.items) == 3, workers
            print(get_result.sync(name, client=client), end="")
            """;

    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    @Test
    void aGeneratedClientSubmitsWaitsAndDownloads() throws IOException, InterruptedException {
        String python = output(new ProcessBuilder(SCRIPT.toString())).strip();
        Path settings = Files.writeString(folder.resolve("settings.yaml"), "post_hooks: []\n");
        output(new ProcessBuilder(
                python,
                "-m",
                "openapi_python_client",
                "generate",
                "--path",
                Path.of("src/main/resources/META-INF/openapi.yaml")
                        .toAbsolutePath()
                        .toString(),
                "--config",
                settings.toString(),
                "--meta",
                "none",
                "--output-path",
                folder.resolve("client").toString()));
        Path program = Files.writeString(folder.resolve("program.py"), PROGRAM);
        assertThat(output(new ProcessBuilder(
                        python, program.toString(), service.toString().replaceAll("/$", ""), LocalService.TOKEN)))
                .isEqualTo("Song,Total\nA,4\nB,8\n");
    }

    private String output(ProcessBuilder command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process process = command.directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(output + Files.readString(errors))
                    .isZero();
            return output;
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }
}
