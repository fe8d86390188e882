package io.filejob.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresourceScale;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.filejob.api.FileJobSpec;
import io.filejob.api.FixedOncePlanned;
import io.filejob.status.FileJobStatus;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Generates the custom resource definition from the records of the spec and the status. */
final class Definition {
    /** A job that reads files has no plan until one of its workers has listed them. */
    private static final String NOT_BEGUN =
            "!has(oldSelf.status) || !(has(oldSelf.status.startTime) || has(oldSelf.status.plan))";

    private static final String FILE = "filejobs.filejob.io-v1";

    private Definition() {}

    /** Returns the definition in YAML, always the same for the same records. */
    static String yaml() {
        Output output = new Output();
        new CRDGenerator()
                .customResourceClasses(FileJobResource.class)
                .forCRDVersions("v1")
                .withMinQuotes(true)
                .withPostProcessor(new Completion())
                .withOutput(output)
                .generate();
        return output.text();
    }

    /** Returns the definition without the generator's comment about itself. */
    private static final class Output implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public ByteArrayOutputStream outputFor(String name) {
            if (!name.equals(FILE)) {
                throw new IllegalStateException("one definition is expected, not " + name);
            }
            return bytes;
        }

        @Override
        public void close() {}

        /** Quotes an equals sign, which is not a string in YAML 1.1 otherwise. */
        String text() {
            String text = bytes.toString(StandardCharsets.UTF_8);
            return "# Made by `make crds` from the records of io.filejob.api, spec and status: edit those.\n"
                    + text.substring(text.indexOf("apiVersion:")).replace("- =\n", "- \"=\"\n");
        }
    }

    private static final class Completion implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata generated, String version) {
            CustomResourceDefinition definition = (CustomResourceDefinition) generated;
            CustomResourceDefinitionVersion only =
                    definition.getSpec().getVersions().getFirst();
            inTheOrderOfTheAnnotations(only.getAdditionalPrinterColumns());
            only.getSubresources()
                    .setScale(
                            new CustomResourceSubresourceScale(".status.selector", ".spec.workers", ".status.workers"));
            JSONSchemaProps root = only.getSchema().getOpenAPIV3Schema();
            root.setDescription("A job over files, done by workers that share its slices.");
            root.setRequired(List.of("spec"));
            JSONSchemaProps spec = SchemaOverlay.property(root, "spec");
            spec.setDescription("What to do.");
            SchemaOverlay.record(spec, FileJobSpec.class);
            JSONSchemaProps status = SchemaOverlay.property(root, "status");
            status.setDescription("What came of it.");
            SchemaOverlay.record(status, FileJobStatus.class);
            JSONSchemaProps conditions = SchemaOverlay.property(status, "conditions");
            conditions.setXKubernetesListType("map");
            conditions.setXKubernetesListMapKeys(List.of("type"));
            Arrays.stream(FileJobSpec.class.getDeclaredFields())
                    .filter(field -> field.isAnnotationPresent(FixedOncePlanned.class))
                    .map(Field::getName)
                    .forEach(name -> Cel.rule(
                                    root,
                                    NOT_BEGUN + " || " + same("self.spec." + name, "oldSelf.spec." + name),
                                    FixedOncePlanned.CHANGED)
                            .setFieldPath(".spec." + name));
            return definition;
        }

        private static String same(String one, String other) {
            return "(has(" + one + ") ? has(" + other + ") && " + one + " == " + other + " : !has(" + other + "))";
        }

        private static void inTheOrderOfTheAnnotations(List<CustomResourceColumnDefinition> columns) {
            List<String> names = Arrays.stream(
                            FileJobResource.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                    .map(AdditionalPrinterColumn::name)
                    .toList();
            columns.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
        }
    }
}
