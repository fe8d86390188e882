package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.filejob.service.template.Destinations;
import io.filejob.service.template.Form;
import io.filejob.service.template.Template;
import io.filejob.service.template.TemplateCheck;
import io.filejob.service.template.TemplateInput;
import io.filejob.service.upload.FileRenewal;
import io.filejob.service.upload.Receiving;
import io.filejob.service.upload.RequestBodyReader;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.filejob.storage.Storage;
import io.filejob.value.Json;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A form that creates a job, with an optional file. */
final class TemplateRequest {
    private static final String FILE = "file";

    private final RoutingContext request;
    private final JobHost host;
    private final Caller caller;
    private final UploadStore store;
    private final FileRenewal renewal;
    private final ServiceSettings settings;
    private final @Nullable String key;

    private @Nullable RequestBodyReader body;
    private @Nullable CompletableFuture<Received> file;
    private boolean hasOtherFiles;
    /** The number of bytes of files that are ignored, for the event loop. */
    private long otherBytes;

    /**
     * The file of the form.
     *
     * @param upload the upload
     * @param isNew whether this request has created it
     */
    private record Received(Upload upload, boolean isNew) {}

    TemplateRequest(
            RoutingContext request,
            JobHost host,
            Caller caller,
            UploadStore store,
            FileRenewal renewal,
            ServiceSettings settings) {
        this.renewal = renewal;
        this.request = request;
        this.host = host;
        this.caller = caller;
        this.store = store;
        this.settings = settings;
        this.key = Parameters.idempotencyKey(request.request().getHeader("Idempotency-Key"));
    }

    /** Begins to receive a file; for the event loop. */
    void file(HttpServerFileUpload part) {
        if (file != null || !part.name().equals(FILE)) {
            hasOtherFiles = true;
            part.handler(bytes -> otherBytes += bytes.length());
            return;
        }
        RequestBodyReader reader = new RequestBodyReader(
                part,
                request.vertx().getOrCreateContext(),
                UploadsOf.repeatedCheck(host, caller, request.pathParam("namespace"), settings));
        CompletableFuture<Received> received = new CompletableFuture<>();
        String name = FileNames.cleaned(part.filename(), "upload.csv");
        body = reader;
        file = received;
        Thread.ofVirtual().name("upload").start(() -> {
            try {
                received.complete(receive(reader, name));
            } catch (IOException | RuntimeException e) {
                received.completeExceptionally(e);
                drain(reader);
            }
        });
    }

    /** Reads the rest of a refused file, so that the form ends. */
    private static void drain(RequestBodyReader reader) {
        try {
            Receiving.digest(reader);
        } catch (IOException e) {
            // The client has gone.
            return;
        }
    }

    /** Returns the number of bytes of files that have been received, for the event loop. */
    long fileBytes() {
        return otherBytes + (body == null ? 0 : body.received());
    }

    /** Receives no more of the form, and deletes its file; for the event loop. */
    void discard() {
        if (body == null || file == null) {
            return;
        }
        body.cut();
        Thread.ofVirtual().name("upload").start(this::deleteFile);
    }

    private void deleteFile() {
        try {
            Received received = received();
            if (received != null && received.isNew()) {
                store.delete(received.upload().id());
            }
        } catch (IOException | RuntimeException e) {
            // A file that has not been received completely is deleted already.
            return;
        }
    }

    /** Stores the file; one that was sent before with the same idempotency key is used again, so that jobs are equal. */
    private Received receive(RequestBodyReader reader, String name) throws IOException {
        UploadsOf.authorize(host, caller, request.pathParam("namespace"));
        String id = key == null
                ? UUID.randomUUID().toString()
                : UUID.nameUUIDFromBytes((caller.name() + "\0" + key).getBytes(StandardCharsets.UTF_8))
                        .toString();
        Optional<Upload> earlier = store.find(id);
        if (earlier.isPresent() && earlier.get().isComplete()) {
            if (!Receiving.digest(reader).equals(earlier.get().digest())) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "Idempotency-Key: used before with another file; use another key");
            }
            return new Received(earlier.get(), false);
        }
        if (earlier.isPresent()) {
            store.delete(id);
        }
        Upload created = store.create(id, caller.name(), name, null);
        return new Received(Receiving.whole(store, created, reader, settings.maxUploadBytes(), null), true);
    }

    /** Creates the job when the whole form has been received. */
    Runnable create() throws IOException {
        Received received = received();
        try {
            FileJob created = create(received == null ? null : received.upload());
            String location = NewJob.path(created, host, request.pathParam("namespace"));
            return () -> request.response()
                    .setStatusCode(202)
                    .putHeader("Location", location)
                    .putHeader("ETag", "\"" + EntityTags.of(created) + "\"")
                    .putHeader("Content-Type", "application/json")
                    .end(Json.pretty(created));
        } catch (RuntimeException e) {
            if (received != null && received.isNew()) {
                store.delete(received.upload().id());
            }
            return () -> ProblemWriter.write(request, e);
        }
    }

    private @Nullable Received received() throws IOException {
        if (file == null) {
            return null;
        }
        try {
            return file.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException cut -> throw cut;
                case RuntimeException problem -> throw problem;
                case null, default -> throw e;
            }
        }
    }

    private FileJob create(@Nullable Upload sent) {
        Map<String, List<String>> fields = new HashMap<>();
        request.request()
                .formAttributes()
                .names()
                .forEach(name ->
                        fields.put(name, request.request().formAttributes().getAll(name)));
        Form form = new Form(fields);
        if (hasOtherFiles) {
            form.problem(FILE, "more than one file, or a file in another field; send one file in the field file");
        }
        Template template = template(form);
        Upload upload = form.text("fileId")
                .map(id -> UploadsOf.caller(store, caller).requireComplete(id))
                .orElse(sent);
        NewJob job = NewJob.read(template.manifest(form, input(upload), new Destinations(settings)));
        if (upload != null) {
            try (Storage storage = store.storage()) {
                TemplateCheck.check(job.job(), storage);
            }
        }
        renewal.renew(job.job(), caller);
        return job.createIn(host, host.jobs(caller), request.pathParam("namespace"), key);
    }

    private static Template template(Form form) {
        try {
            return Template.of(form.text("template").orElse(""));
        } catch (ProblemException e) {
            throw ProblemException.ofField("template", "missing or unknown; use average, products, songs or images");
        }
    }

    static @Nullable TemplateInput input(@Nullable Upload upload) {
        return upload == null ? null : new TemplateInput(upload.id(), upload.uri());
    }
}
