package io.filejob.engine;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.file.Target;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.spec.KeepSpec;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PartNames;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares all files that a job writes with all that it reads, and with each other, before any is written. It compares
 * the identities of files rather than their names. For one thread.
 */
public final class OverwriteCheck {
    private static final String OPTION = "--";
    private static final String REMEDY = "; name another file";

    private final FileJobSpec spec;
    private final Plan plan;
    private final Storage storage;
    private final List<WrittenFile> all = new ArrayList<>();
    private final Map<Object, WrittenFile> written = new HashMap<>();

    /** A file to be written; {@code field} is the field of the spec, or the option of the command line, that names it. */
    private record WrittenFile(String field, String location, FileIdentity identity) {}

    private OverwriteCheck(FileJobSpec spec, Plan plan, Storage storage) {
        this.spec = spec;
        this.plan = plan;
        this.storage = storage;
    }

    /**
     * Throws {@link JobFailedException} with {@link ExitCode#BAD_MANIFEST} if a file would overwrite another one that is read
     * or written, with {@link ExitCode#NO_OUTPUT} if one is a device, or if parts of an earlier run would remain beside
     * those of this one.
     *
     * @param store the path or URI of the store of ledgers or partial results; null if it is in scratch space
     * @param read files and folders of this machine that are read besides the input
     */
    public static void check(FileJobSpec spec, Plan plan, Storage storage, @Nullable String store, List<Path> read) {
        check(spec, plan, storage, store, read, Map.of());
    }

    /**
     * As {@link #check(FileJobSpec, Plan, Places, String, List)}, with files of this machine that options of the command
     * line ask for; {@link ExitCode#USAGE} if one of them is the one at fault.
     *
     * @param options the names of the options, each with its file
     */
    public static void check(
            FileJobSpec spec,
            Plan plan,
            Storage storage,
            @Nullable String store,
            List<Path> read,
            Map<String, Path> options) {
        OverwriteCheck check = new OverwriteCheck(spec, plan, storage);
        check.collect();
        options.forEach((option, file) -> check.add(option, file.toString(), Storage.identityOfFile(file)));
        check.inputs();
        check.others(read);
        check.kept();
        if (store != null) {
            check.store(store);
        }
    }

    private void collect() {
        OutputSpec output = spec.output();
        if (output != null) {
            Target target = storage.target(output);
            PartNames names = new PartNames(target.name(), output.parts());
            for (int part = 1; part <= output.parts(); part++) {
                add(output.configMap() == null ? "spec.output.uri" : "spec.output.configMap", target, names.of(part));
            }
            if (output.parts() > 1) {
                target.destination().findName(names.stem(), names.others()).ifPresent(name -> {
                    throw new JobFailedException(
                            ExitCode.NO_OUTPUT,
                            "spec.output.parts: " + target.destination().location(name) + " is not one of the "
                                    + output.parts() + " parts, but is named like one; remove it or name another file");
                });
            }
        }
        if (spec.rejects() != null) {
            Target target = storage.target(spec.rejects().uri());
            add("spec.rejects.uri", target, target.name());
        }
    }

    private void add(String field, Target target, String name) {
        add(field, target.destination().location(name), target.destination().identity(name));
    }

    private void add(String field, String location, FileIdentity identity) {
        WrittenFile file = new WrittenFile(field, location, identity);
        for (Object key : file.identity().keys()) {
            WrittenFile other = written.get(key);
            if (other != null) {
                throw refused(file, "is the file " + other.location() + " of " + other.field() + " too");
            }
        }
        file.identity().keys().forEach(key -> written.put(key, file));
        all.add(file);
    }

    private static JobFailedException refused(WrittenFile file, String why) {
        ExitCode code = file.field().startsWith(OPTION) ? ExitCode.USAGE : ExitCode.BAD_MANIFEST;
        return new JobFailedException(code, file.field() + ": " + file.location() + " " + why + REMEDY);
    }

    private void inputs() {
        if (!(plan.slicing() instanceof FileSlicing files) || all.isEmpty()) {
            return;
        }
        for (InputFile input : files.files()) {
            for (Object key : storage.identity(input).keys()) {
                WrittenFile file = written.get(key);
                if (file != null) {
                    throw refused(
                            file,
                            "is one of the input files"
                                    + (file.location().equals(input.name()) ? "" : ", " + input.name()));
                }
            }
        }
    }

    private void others(List<Path> read) {
        for (Path path : read) {
            FileIdentity identity = Storage.identityOfFile(path);
            for (WrittenFile file : all) {
                if (file.identity().isWithin(identity)) {
                    throw refused(file, "is read by this job (" + path + ")");
                }
            }
        }
    }

    private void kept() {
        if (!(plan.slicing() instanceof GeneratedSlicing generated)
                || generated.generate().keep() == null) {
            return;
        }
        FileIdentity folder = keepFolder(generated);
        for (WrittenFile file : all) {
            String start = folder.location() + "/";
            String location = file.identity().location();
            if (location.startsWith(start) && generated.isSource(location.substring(start.length()))) {
                throw refused(file, "is one of the generated files that spec.input.generate.keep asks for");
            }
        }
    }

    private FileIdentity keepFolder(GeneratedSlicing generated) {
        KeepSpec keep = Objects.requireNonNull(generated.generate().keep());
        return Storage.identityOfFile(storage.keepFolder(keep.uri()).path());
    }

    private void store(String store) {
        FileIdentity folder = storage.identityOfStore(store);
        for (WrittenFile file : all) {
            if (file.identity().isWithin(folder)) {
                throw refused(file, "is in the store " + store + ", which is for the job alone");
            }
        }
        if (plan.slicing() instanceof FileSlicing files) {
            for (InputFile input : files.files()) {
                if (storage.identity(input).isWithin(folder)) {
                    throw ofStore(store, "holds the input file " + input.name());
                }
            }
        } else if (plan.slicing() instanceof GeneratedSlicing generated
                && generated.generate().keep() != null
                && keepFolder(generated).isWithin(folder)) {
            throw ofStore(store, "holds the folder of spec.input.generate.keep");
        }
    }

    private static JobFailedException ofStore(String store, String why) {
        return new JobFailedException(
                ExitCode.BAD_MANIFEST, "the store " + store + " " + why + "; name a folder for the store alone");
    }
}
