package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.filejob.log.Printable;
import io.filejob.validation.Problem;
import io.filejob.value.Json;
import java.util.List;
import java.util.stream.Collectors;

/** The problems of a manifest as people read them, with file, line and column, and as JSON. */
final class ManifestProblems {
    /** The maximum number of problems listed; more would hide the first ones. */
    private static final int SHOWN = 100;

    /** The maximum number of characters of a line that are shown before and after the position of a problem. */
    private static final int AROUND = 60;

    private ManifestProblems() {}

    /** Returns a line for each problem, and for one of YAML's syntax the line of the manifest with a caret below it. */
    static String text(String file, String manifest, List<Problem> problems) {
        return problems.stream()
                        .limit(SHOWN)
                        .map(problem -> one(file, manifest, problem))
                        .collect(Collectors.joining("\n"))
                + (problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : "");
    }

    private static String one(String file, String manifest, Problem problem) {
        if (problem.line() == 0) {
            return file + ": " + problem;
        }
        String where = file + ":" + problem.line() + ":" + problem.column() + ": ";
        return problem.field().isEmpty()
                ? where + problem.message() + excerpt(manifest, problem)
                : where + problem.field() + ": " + problem.message();
    }

    private static String excerpt(String manifest, Problem problem) {
        String line = manifest.lines().skip(problem.line() - 1L).findFirst().orElse("");
        int column = Math.min(problem.column() - 1, line.length());
        int from = Math.max(0, column - AROUND);
        int to = Math.min(line.length(), column + AROUND);
        return "\n  " + Printable.line(line.substring(from, to)) + "\n  " + " ".repeat(column - from) + "^";
    }

    /** Returns the problems as JSON. */
    static ArrayNode json(List<Problem> problems) {
        ArrayNode list = Json.object().arrayNode();
        for (Problem problem : problems) {
            var each = list.addObject();
            if (!problem.field().isEmpty()) {
                each.put("field", problem.field());
            }
            each.put("message", problem.message());
            if (problem.line() > 0) {
                each.put("line", problem.line()).put("column", problem.column());
            }
        }
        return list;
    }
}
