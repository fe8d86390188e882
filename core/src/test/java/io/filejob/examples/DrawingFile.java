package io.filejob.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Reads the drawings of a file. A case begins with {@code ==} and its title, optionally with settings in brackets, for
 * example {@code == null comes first [nullable columns=2]}. Its input follows, then a line {@code -->}, then its output.
 * Empty lines and lines that begin with {@code #} are ignored.
 */
final class DrawingFile implements ArgumentsProvider {
    private static final String TITLE = "== ";
    private static final String ARROW = "-->";

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        String name = context.getRequiredTestMethod()
                .getAnnotation(DrawingSource.class)
                .value();
        return read(name).stream().map(Arguments::of);
    }

    static List<Drawing> read(String name) {
        try (InputStream in = DrawingFile.class.getResourceAsStream("/drawings/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("drawings/" + name + ": no such file");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Returns the drawings in {@code text}; throws {@link IllegalArgumentException} if a line belongs to none. */
    static List<Drawing> parse(String name, String text) {
        List<Drawing> drawings = new ArrayList<>();
        boolean arrow = true;
        String place = name;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (line.startsWith(TITLE)) {
                checkArrow(arrow, place);
                place = name + ":" + number;
                drawings.add(begin(place, line.substring(TITLE.length())));
                arrow = false;
            } else if (drawings.isEmpty() || (arrow && line.equals(ARROW))) {
                throw new IllegalArgumentException(name + ":" + number + ": does not belong to a case");
            } else if (line.equals(ARROW)) {
                arrow = true;
            } else {
                Drawing drawing = drawings.getLast();
                (arrow ? drawing.expected() : drawing.input()).add(line);
            }
        }
        checkArrow(arrow, place);
        return drawings;
    }

    private static void checkArrow(boolean arrow, String place) {
        if (!arrow) {
            throw new IllegalArgumentException(place + ": the case has no " + ARROW);
        }
    }

    private static Drawing begin(String place, String title) {
        int bracket = title.endsWith("]") ? title.lastIndexOf(" [") : -1;
        List<String> settings = bracket < 0
                ? List.of()
                : List.of(title.substring(bracket + 2, title.length() - 1).split(" "));
        return new Drawing(
                place,
                bracket < 0 ? title : title.substring(0, bracket),
                settings,
                new ArrayList<>(),
                new ArrayList<>());
    }
}
