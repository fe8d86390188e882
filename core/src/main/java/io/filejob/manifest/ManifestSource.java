package io.filejob.manifest;

import io.filejob.validation.Problem;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a manifest with the positions of its fields. It is parsed only when a position or the text of a value is
 * wanted, which is rare. Not thread-safe.
 */
final class ManifestSource {
    /** The maximum depth at which positions are known; an alias may contain itself. */
    private static final int MAX_DEPTH = 60;

    /** A field's name, or an element of a list, with its value. */
    private record SourceNode(Mark begin, Node value) {}

    private final String text;
    private @Nullable Map<String, SourceNode> entries;
    private @Nullable List<String> lines;

    ManifestSource(String text) {
        this.text = text;
    }

    /** Returns the text of a scalar as it is written, without quotes; empty if it is not known. */
    Optional<String> scalar(String field) {
        return Optional.ofNullable(entries().get(field))
                .filter(entry -> entry.value() instanceof ScalarNode)
                .map(entry -> ((ScalarNode) entry.value()).getValue());
    }

    /** Returns the problems with the positions of their fields, or else of the nearest fields around them. */
    List<Problem> locate(List<Problem> problems) {
        return problems.stream().map(this::locate).toList();
    }

    private Problem locate(Problem problem) {
        if (problem.line() > 0) {
            return problem;
        }
        for (String field = problem.field(); !field.isEmpty(); field = parent(field)) {
            SourceNode entry = entries().get(field);
            if (entry != null) {
                Mark begin = entry.begin();
                String message = field.equals(problem.field())
                        ? UnquotedMark.explain(problem.message(), line(begin), entry.value())
                        : problem.message();
                return new Problem(problem.field(), message, begin.getLine() + 1, begin.getColumn() + 1);
            }
        }
        return problem;
    }

    private String line(Mark mark) {
        if (lines == null) {
            lines = text.lines().toList();
        }
        String line = mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
        return line.substring(Math.min(line.length(), mark.getColumn()));
    }

    private static String parent(String field) {
        return field.substring(0, Math.max(0, Math.max(field.lastIndexOf('.'), field.lastIndexOf('['))));
    }

    private Map<String, SourceNode> entries() {
        if (entries == null) {
            Map<String, SourceNode> found = new HashMap<>();
            try {
                Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
                if (root != null) {
                    collect(root, "", 0, found);
                }
            } catch (YAMLException e) {
                // The parser of values accepts slightly more; positions are then unknown.
                found.clear();
            }
            entries = found;
        }
        return entries;
    }

    private static void collect(Node node, String path, int depth, Map<String, SourceNode> found) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    String field = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    found.put(field, new SourceNode(key.getStartMark(), tuple.getValueNode()));
                    collect(tuple.getValueNode(), field, depth + 1, found);
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                Node element = sequence.getValue().get(i);
                String field = path + "[" + i + "]";
                found.put(field, new SourceNode(element.getStartMark(), element));
                collect(element, field, depth + 1, found);
            }
        }
    }
}
