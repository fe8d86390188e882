package io.filejob.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import one.convert.Arguments;
import one.convert.FlameGraph;
import one.convert.JfrToFlame;

/** Converts recordings of JDK Flight Recorder to {@link Stacks}, and stacks to pages in HTML. */
public final class FlameGraphs {
    private FlameGraphs() {}

    /** Returns an HTML page that needs no other file and no network; {@code title} is plain text. */
    public static byte[] html(String title, Stacks stacks) {
        Arguments arguments = new Arguments();
        arguments.title = title.replace("&", "&amp;").replace("<", "&lt;");
        arguments.output = "html";
        FlameGraph graph = new FlameGraph(arguments);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            graph.parseCollapsed(new StringReader(stacks.text()));
            graph.dump(page);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read or written", e);
        }
        return page.toByteArray();
    }

    /** Returns the title of a graph of {@code subject}, such as the name of a job. */
    public static String title(String subject, Stacks stacks) {
        return String.format(
                Locale.ROOT,
                "%s: %,d samples, one for every %d ms of CPU time of a thread",
                subject,
                stacks.samples(),
                FlightRecording.INTERVAL.toMillis());
    }

    /** Returns the stacks in the {@code recording} of this or another process. */
    static String collapsed(Path recording) throws IOException {
        Arguments arguments = new Arguments();
        arguments.output = "collapsed";
        arguments.cpuTime = FlightRecording.HAS_CPU_TIME;
        arguments.norm = true;
        arguments.dot = true;
        Path text = recording.resolveSibling(recording.getFileName() + ".collapsed");
        JfrToFlame.convert(recording.toString(), text.toString(), arguments);
        return Files.readString(text, StandardCharsets.UTF_8);
    }
}
