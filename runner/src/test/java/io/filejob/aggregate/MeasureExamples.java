package io.filejob.aggregate;

import static io.filejob.aggregate.Example.fails;
import static io.filejob.aggregate.Example.gives;
import static io.filejob.aggregate.Example.skips;

import java.util.List;
import java.util.stream.Stream;

/** Examples of measures, row filters and group filters. */
final class MeasureExamples {
    private static final String PLAYS =
            "Song,Date,Plays\nx,2020-01-01,1\ny,2020-01-02,2.50\nx,2020-01-01,3\nx,2020-01-03,-4\n";
    private static final String SUM = "measures: [{function: sum, column: v, as: s}]";

    private MeasureExamples() {}

    static Stream<Example> all() {
        return Stream.of(measures(), numbers(), filters(), results()).flatMap(List::stream);
    }

    private static List<Example> measures() {
        return List.of(
                gives(
                        "songs by day",
                        "",
                        "groupBy: [Song, Date], measures: [{function: sum, column: Plays}]",
                        List.of(PLAYS),
                        "Song,Date,sum(Plays)\nx,2020-01-01,4\nx,2020-01-03,-4\ny,2020-01-02,2.5\n"),
                gives(
                        "one row without keys",
                        "",
                        "measures: [{function: count}, {function: count, column: Song, as: n}, {function: sum, column: Plays, as: s},"
                                + " {function: avg, column: Plays, as: a}, {function: first, column: Plays, as: f},"
                                + " {function: last, column: Plays, as: l}]",
                        List.of(PLAYS),
                        "count,n,s,a,f,l\n4,4,2.5,0.625,1,-4\n"),
                gives(
                        "one row of nothing",
                        "nullText: \"-\"",
                        "measures: [{function: count}, {function: sum, column: v, as: s}, {function: min, column: v, as: m},"
                                + " {function: first, column: v, as: f}, {function: countDistinct, column: v, as: d}]",
                        List.of("k,v\n"),
                        "count,s,m,f,d\n0,-,-,-,0\n"),
                gives(
                        "nothing is printed for null without a text for it",
                        "",
                        "measures: [{function: count}, {function: sum, column: v, as: s}]",
                        List.of(""),
                        "count,s\n0,\n"),
                gives(
                        "extremes by type",
                        "",
                        "measures: [{function: min, column: v, as: a}, {function: max, column: v, as: b},"
                                + " {function: min, column: v, as: c, type: string}, {function: max, column: v, as: d, type: string}]",
                        List.of("v\n10\n9.0\n+1e2\n009\n"),
                        "a,b,c,d\n9,100,+1e2,9.0\n"),
                gives(
                        "extremes of dates",
                        "",
                        "measures: [{function: min, column: d, as: a, type: date}, {function: max, column: d, as: b, type: date}]",
                        List.of("d\n2020-02-29\n1999-12-31\n2020-10-01\n"),
                        "a,b\n1999-12-31,2020-10-01\n"),
                gives(
                        "distinct by type",
                        "",
                        "measures: [{function: countDistinct, column: v, as: a}, {function: countDistinct, column: v, as: b, type: decimal}]",
                        List.of("v\n1\n1.0\n\"1\"\n10e-1\n-0\n0\n"),
                        "a,b\n5,2\n"),
                gives(
                        "nulls are ignored, rows are not",
                        "nullText: N",
                        "groupBy: [k], measures: [{function: count}, {function: count, column: v, as: n}, {function: avg, column: v, as: a},"
                                + " {function: last, column: v, as: l}, {function: countDistinct, column: v, as: d}]",
                        List.of("k,v\na,1\na,N\na,2\nb,N\n"),
                        "k,count,n,a,l,d\na,3,2,1.5,2,2\nb,1,0,N,N,0\n"),
                gives(
                        "first and last go by file",
                        "",
                        "measures: [{function: first, column: v, as: f}, {function: last, column: v, as: l}]",
                        List.of("v\nz\ny\n", "", "v\n\"\"\n a \n"),
                        "f,l\nz, a \n"));
    }

    private static List<Example> numbers() {
        String digits = "9".repeat(1000);
        return List.of(
                gives(
                        "how numbers are written",
                        "",
                        SUM,
                        List.of("v\n.5\n5.\n+1e2\n-2E-1\n\" 7\t\"\n\t8\n1e+0\n"),
                        "s\n121.3\n"),
                gives(
                        "sums are exact",
                        "",
                        SUM,
                        List.of("v\n0.1\n0.2\n9223372036854775807\n170141183460469231731687303715884105727\n"),
                        "s\n170141183460469231740910675752738881534.3\n"),
                gives("no zeros at the end", "", SUM, List.of("v\n1.50\n98.50\n"), "s\n100\n"),
                gives(
                        "no negative zero",
                        "",
                        "measures: [{function: sum, column: v, as: s}, {function: min, column: v, as: m}]",
                        List.of("v\n-0\n-0.00\n"),
                        "s,m\n0,0\n"),
                gives(
                        "plain notation",
                        "",
                        "measures: [{function: max, column: v, as: a}, {function: min, column: v, as: b}]",
                        List.of("v\n1e20\n1e-7\n"),
                        "a,b\n100000000000000000000,0.0000001\n"),
                gives(
                        "an average is rounded once",
                        "",
                        "measures: [{function: avg, column: v, as: a}]",
                        List.of("v\n1\n0\n1\n"),
                        "a\n0.6666666666666666666666666666666667\n"),
                gives(
                        "half even",
                        "",
                        "measures: [{function: avg, column: v, as: a}]",
                        List.of("v\n10000000000000000000000000000000001\n10000000000000000000000000000000000\n"),
                        "a\n10000000000000000000000000000000000\n"),
                gives(
                        "a thousand digits",
                        "",
                        SUM,
                        List.of("v\n" + digits + "\n1\n"),
                        "s\n1" + "0".repeat(1000) + "\n"),
                gives(
                        "exponents of a thousand",
                        "",
                        "measures: [{function: max, column: v, as: m}]",
                        List.of("v\n1e1000\n1e-1000\n"),
                        "m\n1" + "0".repeat(1000) + "\n"),
                skips(
                        "no numbers",
                        "",
                        SUM,
                        List.of("v\nabc\n1e\n1.2.3\n--1\n0x1\nNaN\n\"1,5\"\n\"\"\n1 2\n1e1001\n\"1\n\"\n2\n"),
                        "s\n2\n",
                        "f0.csv,2,v,not a number,abc\nf0.csv,3,v,not a number,1e\nf0.csv,4,v,not a number,1.2.3\n"
                                + "f0.csv,5,v,not a number,--1\nf0.csv,6,v,not a number,0x1\nf0.csv,7,v,not a number,NaN\n"
                                + "f0.csv,8,v,not a number,\"\"\"1,5\"\"\"\nf0.csv,9,v,not a number,\"\"\"\"\"\"\n"
                                + "f0.csv,10,v,not a number,1 2\nf0.csv,11,v,exponent beyond 1000,1e1001\n"
                                + "f0.csv,12,v,not a number,\"\"\"1\n\"\"\"\n"),
                skips(
                        "too many digits",
                        "",
                        SUM,
                        List.of("v\n0" + digits + "\n1\n"),
                        "s\n1\n",
                        "f0.csv,2,v,more than 1000 digits,0" + digits + "\n"),
                skips(
                        "no dates",
                        "",
                        "measures: [{function: max, column: v, as: m, type: date}]",
                        List.of("v\n2021-02-29\n2020-1-01\n\" 2020-01-01\"\n2020-01-01\n"),
                        "m\n2020-01-01\n",
                        "f0.csv,2,v,not a date,2021-02-29\nf0.csv,3,v,not a date,2020-1-01\nf0.csv,4,v,not a date,\"\"\" 2020-01-01\"\"\"\n"),
                fails(
                        "the text in a message is the field's",
                        "",
                        SUM,
                        List.of("k,v\na,\"x\"\"y\"\n"),
                        "f0.csv:2: column \"v\": \"x\"y\": not a number"));
    }

    private static List<Example> filters() {
        return List.of(
                gives(
                        "where",
                        "",
                        "groupBy: [Song], measures: [{function: count}], where: [{column: Date, operator: \">=\", value: \"2020-01-02\", type: date}]",
                        List.of(PLAYS),
                        "Song,count\nx,1\ny,1\n"),
                gives(
                        "numbers are compared by value",
                        "",
                        "measures: [{function: count}], where: [{column: v, operator: \"=\", value: \"1.0\", type: decimal}]",
                        List.of("v\n1\n1.00\n01\n2\n10e-1\n"),
                        "count\n4\n"),
                gives(
                        "texts are compared as they are",
                        "",
                        "measures: [{function: count}], where: [{column: v, operator: \"!=\", value: \"1\"}]",
                        List.of("v\n1\n1.0\n\"1\"\n"),
                        "count\n1\n"),
                gives(
                        "texts in the order of bytes",
                        "",
                        "measures: [{function: count}], where: [{column: v, operator: \">\", value: \"\uFF5E\", type: string}]",
                        List.of("v\nz\n\u00E9\n\uD83D\uDE00\n\uFF5Ea\n"),
                        "count\n2\n"),
                gives(
                        "where holds for no null",
                        "nullText: N",
                        "measures: [{function: count}], where: [{column: v, operator: \"!=\", value: \"1\"}]",
                        List.of("k,v\na,N\na,1\na,\"N\"\n"),
                        "count\n1\n"),
                gives(
                        "nothing else is looked at in a row that where drops",
                        "",
                        "groupBy: [k], measures: [{function: sum, column: v, as: s}], where: [{column: w, operator: \"=\", value: x}]",
                        List.of("k,v,w\n\uFFFF,abc,y\na,1,x\n"),
                        "k,s\na,1\n"),
                skips(
                        "where needs what it compares, and records their fields",
                        "",
                        "measures: [{function: count}], where: [{column: v, operator: \"<\", value: \"5\", type: decimal}]",
                        List.of("v,w\nabc,1\n9\n9,1\n1,1\n"),
                        "count\n1\n",
                        "f0.csv,2,v,not a number,\"abc,1\"\nf0.csv,3,,\"has 1 field, the header has 2\",9\n"),
                gives(
                        "having",
                        "",
                        "groupBy: [Song], measures: [{function: sum, column: Plays, as: s}], having: [{column: s, operator: \">\", value: \"0\"}]",
                        List.of(PLAYS),
                        "Song,s\ny,2.5\n"),
                gives(
                        "having holds for no null",
                        "nullText: N",
                        "groupBy: [k], measures: [{function: sum, column: v, as: s}], having: [{column: s, operator: \"!=\", value: \"0\"}]",
                        List.of("k,v\na,N\nb,0.0\nc,1\n"),
                        "k,s\nc,1\n"));
    }

    private static List<Example> results() {
        String top = "groupBy: [k], measures: [{function: sum, column: v, as: s}], top: {by: s, ";
        String rows = "k,v\nd,1\nc,10\nb,2\na,1\ne,N\n";
        return List.of(
                gives("the largest", "nullText: N", top + "limit: 3}", List.of(rows), "k,s\nc,10\nb,2\na,1\n"),
                gives(
                        "the smallest",
                        "nullText: N",
                        top + "order: ascending, limit: 4}",
                        List.of(rows),
                        "k,s\na,1\nd,1\nb,2\nc,10\n"),
                gives(
                        "nulls last, all of them",
                        "nullText: N",
                        top + "order: ascending, limit: 100}",
                        List.of(rows),
                        "k,s\na,1\nd,1\nb,2\nc,10\ne,N\n"),
                gives(
                        "by a key",
                        "",
                        "groupBy: [k], measures: [{function: count}], top: {by: k, limit: 2}",
                        List.of("k\n9\n10\nb\n"),
                        "k,count\nb,1\n9,1\n"),
                gives(
                        "keys in the order of bytes, null first",
                        "nullText: N",
                        "groupBy: [k, l], measures: [{function: count}]",
                        List.of("k,l\nb,\nb,N\nN,b\nB,x\n\u00E9,1\n\uD83D\uDE00,1\n\uFF5E,1\nba,0\nb,a\n,\n"),
                        "k,l,count\nN,b,1\n,,1\nB,x,1\nb,N,1\nb,,1\nb,a,1\nba,0,1\n\u00E9,1,1\n\uFF5E,1,1\n\uD83D\uDE00,1,1\n"),
                gives(
                        "quoted only where needed",
                        "",
                        "groupBy: [k], measures: [{function: first, column: v, as: \"a,\\\"b\\\"\"}]",
                        List.of("k,v\n\"x y\",'\n\"x,y\",\"\r\"\n"),
                        "k,\"a,\"\"b\"\"\"\nx y,'\n\"x,y\",\"\r\"\n"));
    }
}
