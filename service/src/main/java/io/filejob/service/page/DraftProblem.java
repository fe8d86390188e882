package io.filejob.service.page;

import io.filejob.service.problem.ProblemDetail;
import java.util.Objects;

/**
 * A problem of a manifest that is being written.
 *
 * @param field the path of the field; empty if the whole manifest is meant
 * @param message the problem and its remedy
 * @param line the line of the manifest or, for a form, of the uploaded file, from 1; 0 if it is unknown
 * @param text the text of the line
 */
record DraftProblem(String field, String message, int line, String text) {
    /** Converts the problem of a form or its file. */
    static DraftProblem of(ProblemDetail problem) {
        return new DraftProblem(
                Objects.requireNonNullElse(problem.field(), Objects.requireNonNullElse(problem.column(), "")),
                problem.detail(),
                problem.line() == null ? 0 : Math.toIntExact(Math.min(Integer.MAX_VALUE, problem.line())),
                Objects.requireNonNullElse(problem.value(), ""));
    }
}
