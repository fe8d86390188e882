package io.filejob.image;

/** An image that cannot be compressed. The message says why without naming the image. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ImageProblem problem;

    ImageException(ImageProblem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** Returns the kind of problem, for counting and reporting. */
    public ImageProblem problem() {
        return problem;
    }
}
