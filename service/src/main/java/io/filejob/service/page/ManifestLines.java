package io.filejob.service.page;

import io.filejob.validation.Problem;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the lines of a manifest that problems are about. */
final class ManifestLines {
    private static final int MAX_TEXT = 120;
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,9})\\]");

    private final List<String> lines;
    private final @Nullable Node root;
    /** The position of an error of the syntax; null for valid syntax. */
    private final @Nullable Mark error;

    ManifestLines(String manifest) {
        this.lines = manifest.lines().toList();
        Node tree = null;
        Mark mark = null;
        try {
            tree = new Yaml(new LoaderOptions()).compose(new StringReader(manifest));
        } catch (MarkedYAMLException e) {
            mark = e.getProblemMark();
        } catch (YAMLException e) {
            // A character that YAML does not allow has no line here; its message names its position.
            tree = null;
        }
        this.root = tree;
        this.error = mark;
    }

    /** Returns {@code problem} with its line: that of the field, or else of the nearest field around it. */
    DraftProblem locate(Problem problem) {
        int line = error != null ? error.getLine() + 1 : problem.field().isEmpty() ? 0 : line(problem.field());
        String text =
                line == 0 || line > lines.size() ? "" : lines.get(line - 1).strip();
        return new DraftProblem(
                problem.field(),
                problem.message(),
                line,
                text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text);
    }

    private int line(String field) {
        Node node = root;
        int line = node == null ? 0 : node.getStartMark().getLine() + 1;
        Matcher step = STEP.matcher(field);
        while (node != null && step.find()) {
            Optional<FoundNode> next =
                    step.group(1) == null ? item(node, Integer.parseInt(step.group(2))) : member(node, step.group(1));
            line = next.map(FoundNode::line).orElse(line);
            node = next.map(FoundNode::node).orElse(null);
        }
        return line;
    }

    /**
     * A value in the manifest.
     *
     * @param node the value
     * @param line the line, from 1, of its name or, in a list, of itself
     */
    private record FoundNode(Node node, int line) {}

    private static Optional<FoundNode> member(Node node, String name) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        for (NodeTuple member : mapping.getValue()) {
            if (member.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return Optional.of(
                        new FoundNode(member.getValueNode(), key.getStartMark().getLine() + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<FoundNode> item(Node node, int index) {
        if (!(node instanceof SequenceNode list) || index >= list.getValue().size()) {
            return Optional.empty();
        }
        Node item = list.getValue().get(index);
        return Optional.of(new FoundNode(item, item.getStartMark().getLine() + 1));
    }
}
