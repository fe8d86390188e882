package io.filejob.model;

import java.util.List;
import java.util.stream.Collectors;

/** A manifest was refused; nothing has been done. It lists all that is wrong with it, not only the first. */
public final class InvalidManifest extends Exception {
    private static final long serialVersionUID = 1L;

    /** More would hide the first ones. */
    private static final int SHOWN = 100;

    private final transient List<Problem> problems;

    InvalidManifest(List<Problem> problems) {
        super(problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"))
                + (problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : ""));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }
}
