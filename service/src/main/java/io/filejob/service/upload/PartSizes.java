package io.filejob.service.upload;

import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * The parts of a file: all have the same size, but for the last one.
 *
 * @param bytes the size of the file in bytes, at least 1
 * @param partBytes the size of a part in bytes
 */
record PartSizes(long bytes, long partBytes) {
    /** The number of parts that S3 accepts. */
    private static final int MAX_COUNT = 10_000;

    private static final long MIN_BYTES = 16 << 20;
    private static final long STEP = 1 << 20;
    private static final int MAX_PROBLEMS = 100;

    /** Returns parts of 16 MiB, or of more for a file that would need more than 10,000 of them. */
    static PartSizes of(long bytes) {
        long needed = Math.ceilDiv(bytes, MAX_COUNT);
        return new PartSizes(bytes, Math.max(MIN_BYTES, Math.ceilDiv(needed, STEP) * STEP));
    }

    int count() {
        return Math.toIntExact(Math.ceilDiv(bytes, partBytes));
    }

    long offset(int number) {
        return (number - 1) * partBytes;
    }

    long size(int number) {
        return Math.min(partBytes, bytes - offset(number));
    }

    /** Returns the stored parts that have the size of their number, by number. */
    Map<Integer, Part> whole(List<Part> stored) {
        Map<Integer, Part> whole = new HashMap<>();
        for (Part part : stored) {
            if (part.partNumber() <= count() && part.size() == size(part.partNumber())) {
                whole.put(part.partNumber(), part);
            }
        }
        return whole;
    }

    /**
     * Returns the stored parts in the order of their numbers. Throws {@link ProblemException} (422) with at most 100 problems
     * unless {@code sent} has each part once, with the entity tag of the stored one.
     */
    List<Part> check(List<SentPart> sent, List<Part> stored) {
        Map<Integer, String> tags = new HashMap<>();
        List<ProblemDetail> problems = new ArrayList<>();
        for (int i = 0; i < sent.size() && problems.size() < MAX_PROBLEMS; i++) {
            SentPart part = sent.get(i);
            if (part.number() > count()) {
                problems.add(problem(i, "number", "the upload has " + count() + " parts (" + part.number() + ")"));
            } else if (tags.put(part.number(), SentPart.bare(part.etag())) != null) {
                problems.add(problem(i, "number", "listed twice (" + part.number() + ")"));
            }
        }
        Map<Integer, Part> whole = whole(stored);
        List<Part> ordered = new ArrayList<>();
        for (int number = 1; number <= count() && problems.size() < MAX_PROBLEMS; number++) {
            Part part = whole.get(number);
            String problem = problem(number, part, tags.get(number));
            if (problem != null) {
                problems.add(new ProblemDetail(problem, "parts", null, null, null));
            } else if (part != null) {
                ordered.add(part);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the parts are not those of the upload; send them, then complete it",
                    problems);
        }
        return ordered;
    }

    private static ProblemDetail problem(int index, String member, String problem) {
        return ProblemDetail.ofField("parts[" + index + "]." + member, problem);
    }

    private static @Nullable String problem(int number, @Nullable Part stored, @Nullable String tag) {
        if (stored == null) {
            return "part " + number + " is not stored; send it";
        }
        if (tag == null) {
            return "part " + number + " is not listed; add it";
        }
        return SentPart.bare(stored.eTag()).equals(tag)
                ? null
                : "part " + number + " is stored with another etag (" + tag + "); send it again";
    }
}
