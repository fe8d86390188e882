package io.filejob.service.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJobSpec;
import io.filejob.service.job.JobChange;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads changes of jobs from JSON merge patches (RFC 7396) of a FileJob or of its spec. */
final class JobChanges {
    private static final String WORKERS = "workers";
    private static final String SUSPEND = "suspend";

    private JobChanges() {}

    static JobChange read(String patch) {
        JsonNode tree = Json.parse(patch)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST, "the body is not a JSON object, for example {\"workers\": 4}"));
        boolean isWhole = tree.has("spec");
        List<ProblemDetail> problems = new ArrayList<>();
        if (isWhole) {
            refuseOthers(tree, "", List.of("spec"), problems);
        }
        JsonNode spec = isWhole ? tree.get("spec") : tree;
        String prefix = isWhole ? "spec." : "";
        if (spec.isObject()) {
            refuseOthers(spec, prefix, List.of(WORKERS, SUSPEND), problems);
        } else {
            problems.add(ProblemDetail.ofField("spec", "not an object"));
        }
        JsonNode workers = spec.path(WORKERS);
        if (!workers.isMissingNode()
                && !(workers.canConvertToExactIntegral()
                        && workers.canConvertToInt()
                        && workers.intValue() >= 1
                        && workers.intValue() <= FileJobSpec.MAX_WORKERS)) {
            problems.add(ProblemDetail.ofField(
                    prefix + WORKERS, "not a number from 1 to " + FileJobSpec.MAX_WORKERS + " (" + workers + ")"));
        }
        JsonNode suspend = spec.path(SUSPEND);
        if (!suspend.isMissingNode() && !suspend.isBoolean()) {
            problems.add(ProblemDetail.ofField(prefix + SUSPEND, "not true or false (" + suspend + ")"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "the change is not valid", problems);
        }
        return new JobChange(
                workers.isMissingNode() ? null : Integer.valueOf(workers.intValue()),
                suspend.isMissingNode() ? null : Boolean.valueOf(suspend.booleanValue()));
    }

    private static void refuseOthers(
            JsonNode object, String prefix, List<String> allowed, List<ProblemDetail> problems) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!allowed.contains(member.getKey())) {
                problems.add(ProblemDetail.ofField(
                        prefix + member.getKey(), "cannot be changed; only workers and suspend of the spec can"));
            }
        }
    }
}
