package io.filejob.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleReadsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "self.a != self.b.c; ; VALUE a, VALUE b.c; ",
                "!has(self.a) || self.a.b.startsWith('self.x'); ; PRESENCE a, VALUE a.b; ",
                "self.__as__.trim() != ''; ; VALUE as; ",
                "self.a.matches(r'^[^\\p{Cc}]+$') && 'self.x' in self.m; ; VALUE a, PRESENCE m; ",
                "self.a.size() > 0; ; VALUE a; ",
                "self.list.exists(e, e.a == self.b); ; MEMBER_OF_ALL list.a, VALUE b; ",
                "self.list.all(e, self.list.exists_one(o, o.a == e.a)); list; ; VALUE a",
                "self.list.all(e, self.list.exists_one(o, o == e)); list; ; KEY ",
                "self.texts.exists(t, t.startsWith('x')); ; VALUE texts; ",
                "[0, 1].all(i, i >= self.list.size() || self.list[i].a in self.keys); list; AT_KEY keys; VALUE a",
                "self.map.all(k, k in self.other && self.map[k] == self.other[k]); map; AT_KEY other; KEY , VALUE "
            })
    void fieldsAreThoseThatTheConditionNames(
            String cel, @Nullable String each, @Nullable String fields, @Nullable String ofElement) {
        RuleReads reads = RuleReads.of(cel, each);
        assertThat(shown(reads.fields())).isEqualTo(names(fields));
        assertThat(shown(reads.ofElement())).isEqualTo(names(ofElement));
    }

    private static Set<String> shown(Set<RuleReads.Read> reads) {
        return reads.stream()
                .map(read -> read.kind() + " "
                        + Stream.concat(read.path().stream(), read.member().stream())
                                .collect(Collectors.joining(".")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(@Nullable String text) {
        List<String> all = text == null ? List.of() : Arrays.asList(text.split(","));
        return all.stream().map(String::strip).collect(Collectors.toSet());
    }
}
