package io.filejob.spec.images;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rule about {@code spec.operation.compressImages.to}. */
final class ImageFolderRules implements RuleSet<ImageFolderSpec> {
    @Override
    public List<SpecRule<ImageFolderSpec, ?>> rules() {
        return new RuleList<ImageFolderSpec>()
                .add(
                        "uri",
                        "!self.uri.contains(',')",
                        folder -> !folder.uri().contains(","),
                        "%s has a comma, which separates the URLs of images in the output: name another folder",
                        ShownValue.quoted("self.uri", ImageFolderSpec::uri))
                .toList();
    }
}
