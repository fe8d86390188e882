package io.filejob.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import one.convert.Arguments;
import one.convert.FlameGraph;

/** Reads the pages of flame graphs with their compressed names of frames. */
public final class FlamePage {
    private FlamePage() {}

    /** Returns the stacks of a page in the collapsed format. */
    public static String stacks(String page) throws IOException {
        Arguments arguments = new Arguments();
        arguments.output = "collapsed";
        FlameGraph graph = new FlameGraph(arguments);
        graph.parseHtml(new StringReader(page));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        graph.dump(text);
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Returns the stacks of the page in {@code file}. */
    public static String stacks(Path file) throws IOException {
        return stacks(Files.readString(file));
    }
}
