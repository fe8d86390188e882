package io.filejob.service.job;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a compressed image: a file in its folder, of a type that browsers show as an image only.
 *
 * @param name the name
 * @param mediaType the media type by its extension
 */
public record ImageFileName(String name, String mediaType) {
    private static final Pattern IMAGE = Pattern.compile("[^/\\\\]+-[0-9]+-[0-9a-f]{12}[.](jpg|png|webp|avif|gif)");

    /** Parses {@code name}; throws {@link ProblemException} (404) if no image can have it. */
    public static ImageFileName of(String name) {
        Matcher parts = IMAGE.matcher(name);
        if (!parts.matches()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no image " + name + " of this job");
        }
        String extension = parts.group(1);
        return new ImageFileName(name, "image/" + (extension.equals("jpg") ? "jpeg" : extension));
    }
}
