package io.filejob.service.rest;

import io.filejob.csv.BadRecordSink;
import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.OnBad;
import io.filejob.csv.RowReader;
import io.filejob.failure.JobFailedException;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.filejob.storage.Storage;
import io.filejob.value.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The uploaded files of a caller. */
@Path("/api/v1/files")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FilesApi {
    private static final Pattern DELIMITERS = Pattern.compile("[\\t !#-~]");

    @Inject
    UploadStore store;

    @Inject
    JobHost host;

    @Inject
    RoutingContext request;

    /**
     * Files.
     *
     * @param items the files, the newest first
     */
    public record FileList(List<Upload> items) {}

    /**
     * The header of a CSV file.
     *
     * @param columns the names of its columns
     */
    public record FileColumns(List<String> columns) {}

    private UploadsOf uploads() {
        return UploadsOf.caller(store, CallerOf.request(request));
    }

    /** Returns the caller's files and incomplete uploads, the newest first. */
    @GET
    public Response list() {
        return Response.ok(Json.pretty(new FileList(uploads().list()))).build();
    }

    /** Returns a file or an incomplete upload. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return Response.ok(Json.pretty(uploads().require(id))).build();
    }

    /** Deletes a file; fails (409) while a job reads it. */
    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        Upload upload = uploads().require(id);
        if (host.filesInUse(Duration.ZERO)
                .filter(used -> used.include(upload.id(), upload.uri()))
                .isPresent()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "a job reads the file; cancel the job, or wait until it has ended");
        }
        store.delete(upload.id());
        return Response.noContent().build();
    }

    /** Returns the columns in the header of a CSV file. */
    @GET
    @Path("{id}/columns")
    public Response columns(@PathParam("id") String id, @QueryParam("delimiter") @Nullable String delimiter) {
        Upload upload = uploads().requireComplete(id);
        return Response.ok(Json.pretty(new FileColumns(read(upload, dialect(delimiter)))))
                .build();
    }

    private static CsvDialect dialect(@Nullable String delimiter) {
        if (delimiter == null || delimiter.isEmpty()) {
            return CsvDialect.standard();
        }
        if (!DELIMITERS.matcher(delimiter).matches()) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "delimiter: not one character of ASCII; use , or ;");
        }
        return CsvDialect.of(delimiter.charAt(0), '"');
    }

    private List<String> read(Upload upload, CsvDialect dialect) {
        try (Storage storage = store.storage();
                ByteSource source =
                        storage.open(storage.list(List.of(upload.uri())).getFirst())) {
            return new RowReader(dialect, List.of(), OnBad.SKIP, BadRecordSink.NONE).columns(source);
        } catch (IOException | JobFailedException e) {
            throw new ProblemException(ProblemType.INVALID, "the file has no readable header: " + e.getMessage());
        }
    }
}
