package io.filejob.oneline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/**
 * Writes manifests as people do: small objects and lists on one line, and quotes only around texts that YAML 1.1 or 1.2
 * could read as something else.
 */
final class ManifestYaml {
    /** Texts that no version of YAML takes for more than text, as far as they are not those of its {@link Resolver}. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/.][A-Za-z0-9_/.-]*( [A-Za-z0-9_/.-]+)*");

    private static final int SHORT_LIST = 4;
    /** The depth of {@code metadata} and {@code spec}, which have a line for each field. */
    private static final int OUTER = 1;

    private static final int WIDTH = 1 << 20;
    private static final Resolver TYPES = new Resolver();

    private ManifestYaml() {}

    /** Returns {@code manifest} as a document of YAML. */
    static String write(JsonNode manifest) {
        DumperOptions options = new DumperOptions();
        options.setWidth(WIDTH);
        options.setSplitLines(false);
        StringWriter out = new StringWriter();
        try {
            Serializer serializer = new Serializer(new Emitter(out, options), TYPES, options, null);
            serializer.open();
            serializer.serialize(node(manifest, 0));
            serializer.close();
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be written", e);
        }
        return out.toString();
    }

    private static Node node(JsonNode value, int depth) {
        if (value.isObject()) {
            List<NodeTuple> members = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                members.add(new NodeTuple(text(member.getKey()), node(member.getValue(), depth + 1)));
            }
            boolean isLong = depth <= OUTER
                    || value.properties().stream()
                            .anyMatch(member -> member.getValue().isContainerNode());
            return new MappingNode(Tag.MAP, members, isLong ? FlowStyle.BLOCK : FlowStyle.FLOW);
        }
        if (value.isArray()) {
            List<Node> members = new ArrayList<>();
            value.forEach(member -> members.add(node(member, depth + 1)));
            boolean isLong = value.size() > SHORT_LIST
                    || (!value.isEmpty() && value.get(0).isContainerNode());
            return new SequenceNode(Tag.SEQ, members, isLong ? FlowStyle.BLOCK : FlowStyle.FLOW);
        }
        return value.isTextual()
                ? text(value.textValue())
                : new ScalarNode(value.isBoolean() ? Tag.BOOL : Tag.INT, value.asText(), null, null, ScalarStyle.PLAIN);
    }

    private static ScalarNode text(String text) {
        boolean isPlain = PLAIN.matcher(text).matches()
                && TYPES.resolve(NodeId.scalar, text, true).equals(Tag.STR)
                && !text.equalsIgnoreCase("y")
                && !text.equalsIgnoreCase("n");
        return new ScalarNode(Tag.STR, text, null, null, isPlain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
}
