package io.filejob.spec.images;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules between the fields of {@code spec.operation.compressImages.columns}. */
final class ImageColumnsRules implements RuleSet<ImageColumnsSpec> {
    @Override
    public List<SpecRule<ImageColumnsSpec, ?>> rules() {
        return new RuleList<ImageColumnsSpec>()
                .add(
                        "name",
                        "self.name != self.serial",
                        columns -> !columns.name().equals(columns.serial()),
                        "%s is the column of serial numbers too: name another",
                        ShownValue.quoted("self.name", ImageColumnsSpec::name))
                .add(
                        "urls",
                        "self.urls != self.serial && self.urls != self.name",
                        columns -> !columns.urls().equals(columns.serial())
                                && !columns.urls().equals(columns.name()),
                        "%s is the column of serial numbers or product names too: name another",
                        ShownValue.quoted("self.urls", ImageColumnsSpec::urls))
                .toList();
    }
}
