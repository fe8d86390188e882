package io.filejob.oneline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.MeasureFunction;
import io.filejob.value.Json;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the short texts of the command line from text to fields of a manifest. */
final class ShortTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Date>=2020-01-01            | [{'column':'Date','operator':'>=','value':'2020-01-01','type':'date'}]",
                "Number of Plays < 10        | [{'column':'Number of Plays','operator':'<','value':'10','type':'decimal'}]",
                "Date>='2020-01-01'          | [{'column':'Date','operator':'>=','value':'2020-01-01','type':'string'}]",
                "Song=Blue                   | [{'column':'Song','operator':'=','value':'Blue'}]",
                "zip=01234                   | [{'column':'zip','operator':'=','value':'01234'}]",
                "price:decimal=10            | [{'column':'price','operator':'=','value':'10','type':'decimal'}]",
                "a==b                        | [{'column':'a','operator':'=','value':'b'}]",
                "a<>b                        | [{'column':'a','operator':'!=','value':'b'}]",
                "Song=                       | [{'column':'Song','operator':'=','value':''}]",
                "\"a<b\">=1                  | [{'column':'a<b','operator':'>=','value':'1','type':'decimal'}]",
                "`a=b`:date>2020-02-30       | [{'column':'a=b','operator':'>','value':'2020-02-30','type':'date'}]",
                "Song='>1'                   | [{'column':'Song','operator':'=','value':'>1'}]",
                "Song=Rock and Roll          | [{'column':'Song','operator':'=','value':'Rock and Roll'}]",
                "Song=Rock or Roll           | [{'column':'Song','operator':'=','value':'Rock or Roll'}]",
                "a>1 AND b!=x                | [{'column':'a','operator':'>','value':'1','type':'decimal'},{'column':'b','operator':'!=','value':'x'}]",
                "a='x and b=2' and c=3       | [{'column':'a','operator':'=','value':'x and b=2'},{'column':'c','operator':'=','value':'3'}]",
                "#2>1                        | [{'column':'#2','operator':'>','value':'1','type':'decimal'}]"
            })
    void conditionsAreParsed(String text, String fields) {
        assertThat(List.<JsonNode>copyOf(ConditionText.ofRows("--where", text))).isEqualTo(fields(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date",
                "",
                "=1",
                "a>1 or b=2",
                "a='x' or b=2",
                "a='x' y",
                "a='x",
                "a ~ b",
                "<1",
                "a=>1",
                "a=< 1",
                "a===b",
                "a>>1"
            })
    void otherConditionsAreRefusedByName(String text) {
        refused(() -> ConditionText.ofRows("--where", text), "--where " + text + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Total>100   | [{'column':'Total','operator':'>','value':'100'}]",
                "Song>M      | [{'column':'Song','operator':'>','value':'M','type':'string'}]",
                "Song=M      | [{'column':'Song','operator':'=','value':'M'}]"
            })
    void onlyKeysOfGroupsGetTypes(String text, String fields) {
        assertThat(List.<JsonNode>copyOf(ConditionText.ofGroups("--having", text, List.of("Song"))))
                .isEqualTo(fields(fields));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Plays                  | [{'function':'max','column':'Plays'}]",
                "Number of Plays:Total  | [{'function':'max','column':'Number of Plays','as':'Total'}]",
                "Date:date              | [{'function':'max','column':'Date','type':'date'}]",
                "Date:Last:date         | [{'function':'max','column':'Date','as':'Last','type':'date'}]",
                "Date:date:string       | [{'function':'max','column':'Date','as':'date','type':'string'}]",
                "a, b:B                 | [{'function':'max','column':'a'},{'function':'max','column':'b','as':'B'}]",
                "\"a:b,c\":N            | [{'function':'max','column':'a:b,c','as':'N'}]",
                "f(x                    | [{'function':'max','column':'f(x'}]"
            })
    void measuresAreParsed(String text, String fields) {
        assertThat(List.<JsonNode>copyOf(MeasureText.parse(MeasureFunction.MAX, "--max", text)))
                .isEqualTo(fields(fields));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,", ",a", ":b", "\"a", "\"a\"b", "a:b:c", "a:b:c:date"})
    void otherMeasuresAreRefusedByName(String text) {
        refused(() -> MeasureText.parse(MeasureFunction.MAX, "--max", text), "--max " + text + ": ");
    }

    @Test
    void quotesInQuotesAreDoubled() {
        assertThat(ConditionText.ofRows("--where", "Song='it''s'")
                        .getFirst()
                        .path("value")
                        .asText())
                .isEqualTo("it's");
        assertThat(ItemList.names("--by", "\"x \"\"y\",z")).containsExactly("x \"y", "z");
    }

    @ParameterizedTest
    @CsvSource({"tab, 9", "TAB, 9", "'\\t', 9", "semicolon, 59", "pipe, 124", "comma, 44", "';', 59", "' ', 32", "^, 94"
    })
    void delimitersHaveNames(String name, int character) {
        assertThat(DelimiterName.character(name)).hasSize(1).satisfies(text -> assertThat((int) text.charAt(0))
                .isEqualTo(character));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tabs", "", ";;"})
    void otherDelimitersAreRefusedByName(String name) {
        refused(() -> DelimiterName.character(name), "--delimiter " + name + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "a.tsv, true",
        "a.TSV.gz, true",
        "'data/*.tsv', true",
        "s3://b/x.tab, true",
        "a.csv, false",
        "tsv, false"
    })
    void filesOfTabsAreKnownByName(String file, boolean hasTabs) {
        assertThat(DelimiterName.ofFiles(List.of(file, file)).isPresent()).isEqualTo(hasTabs);
        if (hasTabs) {
            refused(() -> DelimiterName.ofFiles(List.of(file, "b.csv")), "1 of 2 inputs");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"price,numeric(10,2),a", "price, numeric(10,2) , \"a,b\""})
    void parenthesesHoldCommas(String text) {
        Collection<String> names = ItemList.names("--by", text);
        assertThat(names).hasSize(3).element(1).isEqualTo("numeric(10,2)");
    }

    private static void refused(Runnable parsing, String start) {
        assertThatThrownBy(parsing::run)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith(start);
    }

    private static List<JsonNode> fields(String text) {
        JsonNode list = Json.parse(text.replace('\'', '"')).orElseThrow();
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
