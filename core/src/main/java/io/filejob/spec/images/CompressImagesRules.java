package io.filejob.spec.images;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;
import java.util.Objects;

/** The rules between the fields of {@code spec.operation.compressImages}. */
final class CompressImagesRules implements RuleSet<CompressImagesSpec> {
    @Override
    public List<SpecRule<CompressImagesSpec, ?>> rules() {
        return new RuleList<CompressImagesSpec>()
                .add(
                        "quality",
                        "!has(self.quality) || !has(self.targetBytes)",
                        images -> images.quality() == null || images.targetBytes() == null,
                        "has no effect with targetBytes: leave one of them out")
                .add(
                        "targetBytes",
                        "!has(self.targetBytes) || self.targetBytes.matches('^(" + CompressImagesSpec.TARGET + ")$')",
                        images -> images.targetBytes() == null
                                || images.targetBytes().matches(CompressImagesSpec.TARGET),
                        "%s is neither a size nor a percentage from 1 to 100: write for example 200Ki, or a number and a percent sign",
                        ShownValue.quoted("self.targetBytes", images -> Objects.requireNonNull(images.targetBytes())))
                .toList();
    }
}
