package io.filejob.validation;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a manifest is rejected, before anything is done. The message lists all problems, not only the first. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The maximum number of problems listed; more would hide the first ones. */
    private static final int SHOWN = 100;

    private final transient List<Problem> problems;

    /** Creates one with all problems, of which there is at least one. */
    public InvalidManifestException(List<Problem> problems) {
        super(problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"))
                + (problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : ""));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
