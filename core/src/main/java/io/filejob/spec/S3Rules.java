package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;
import java.util.Objects;

/** The rules between the fields of {@code spec.s3}. */
final class S3Rules implements RuleSet<S3Spec> {
    @Override
    public List<SpecRule<S3Spec, ?>> rules() {
        return new RuleList<S3Spec>()
                .add(
                        "endpoint",
                        "!has(self.endpoint) || self.endpoint.matches('^" + S3Spec.ENDPOINT + "$')",
                        s3 -> s3.endpoint() == null || s3.endpoint().matches(S3Spec.ENDPOINT),
                        "%s is not an endpoint: write https://host or http://host:port, without a user",
                        ShownValue.quoted("self.endpoint", s3 -> Objects.requireNonNull(s3.endpoint())))
                .add(
                        "caSecret",
                        "!has(self.caSecret) || !has(self.endpoint) || !self.endpoint.startsWith('http:')",
                        s3 -> s3.caSecret() == null
                                || s3.endpoint() == null
                                || !s3.endpoint().startsWith("http:"),
                        "has no effect with an http: endpoint: leave it out")
                .toList();
    }
}
