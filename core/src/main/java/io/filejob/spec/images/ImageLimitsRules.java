package io.filejob.spec.images;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.SpecRule;
import io.filejob.value.ByteSize;
import java.util.List;

/** The rule about {@code spec.operation.compressImages.limits}. */
final class ImageLimitsRules implements RuleSet<ImageLimitsSpec> {
    @Override
    public List<SpecRule<ImageLimitsSpec, ?>> rules() {
        return new RuleList<ImageLimitsSpec>()
                .add(
                        "bytes",
                        "!has(self.bytes) || !isQuantity(string(self.bytes)) || quantity(string(self.bytes))"
                                + ".compareTo(quantity('" + ImageLimitsSpec.MAX_BYTES + "')) <= 0",
                        limits -> limits.bytes().bytes()
                                <= ByteSize.parse(ImageLimitsSpec.MAX_BYTES).bytes(),
                        "is more than " + ImageLimitsSpec.MAX_BYTES + ": use that or less")
                .toList();
    }
}
