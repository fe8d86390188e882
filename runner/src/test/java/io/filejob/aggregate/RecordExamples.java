package io.filejob.aggregate;

import static io.filejob.aggregate.Example.fails;
import static io.filejob.aggregate.Example.failsAnyway;
import static io.filejob.aggregate.Example.gives;
import static io.filejob.aggregate.Example.skips;

import java.util.List;
import java.util.stream.Stream;

/** Examples of records, fields, and text that is not a record. */
final class RecordExamples {
    /** Counts rows by key. */
    private static final String COUNT = "groupBy: [k], measures: [{function: count}]";

    /** Returns the first value of another column by key. */
    private static final String FIRST = "groupBy: [k], measures: [{function: first, column: v, as: f}]";

    private RecordExamples() {}

    static Stream<Example> all() {
        return Stream.of(wellFormed(), malformed(), dialects(), neverClosed()).flatMap(List::stream);
    }

    private static List<Example> wellFormed() {
        return List.of(
                gives("line feeds", "", COUNT, List.of("k,v\na,1\nb,2\na,3\n"), "k,count\na,2\nb,1\n"),
                gives("no last line break", "", COUNT, List.of("k,v\na,1\nb,2"), "k,count\na,1\nb,1\n"),
                gives("CR LF and CR", "", COUNT, List.of("k,v\r\na,1\r\nb,2\ra,3\r\n"), "k,count\na,2\nb,1\n"),
                gives("blank lines", "", COUNT, List.of("\n\r\nk,v\n\n\na,1\r\r\n\nb,2\n\n"), "k,count\na,1\nb,1\n"),
                gives(
                        "a mark before any file",
                        "",
                        COUNT,
                        List.of("\uFEFFk,v\na,1\n", "\uFEFFk,v\na,1\n"),
                        "k,count\na,2\n"),
                gives("nothing in files", "", COUNT, List.of("", "\uFEFF", "\uFEFF\r\n\n", "k,v\n"), "k,count\n"),
                gives("columns by name", "", FIRST, List.of("k,v\na,1\n", "v,x,k\n2,9,b\n"), "k,f\na,1\nb,2\n"),
                gives("quoted header", "", FIRST, List.of("\"k\",\"v\"\na,1\n"), "k,f\na,1\n"),
                gives("quotes do not make another key", "", COUNT, List.of("k,v\na,1\n\"a\",2\n"), "k,count\na,2\n"),
                gives(
                        "doubled quotes",
                        "",
                        FIRST,
                        List.of("k,v\na,\"x\"\"y\"\nb,\"\"\"\"\n"),
                        "k,f\na,\"x\"\"y\"\nb,\"\"\"\"\n"),
                gives(
                        "line breaks in quotes",
                        "",
                        FIRST,
                        List.of("k,v\na,\"1\n2\r\n3\r4\"\n"),
                        "k,f\na,\"1\n2\r\n3\r4\"\n"),
                gives("delimiters in quotes", "", FIRST, List.of("k,v\na,\"1,2\"\n"), "k,f\na,\"1,2\"\n"),
                gives("a record in quotes", "", COUNT, List.of("k,v\na,\"\nb,2\nc,3\n\"\n"), "k,count\na,1\n"),
                gives("empty texts", "", FIRST, List.of("k,v\n,\n\"\",x\n"), "k,f\n,\n"),
                gives(
                        "spaces belong to keys",
                        "",
                        COUNT,
                        List.of("k,v\na,1\n a,1\na ,1\n"),
                        "k,count\n a,1\na,1\na ,1\n"));
    }

    private static List<Example> malformed() {
        return List.of(
                skips(
                        "a stray quote ends with its line",
                        "",
                        COUNT,
                        List.of("k,v\na,x\"y\nb,\"\nb,2\n\"\n"),
                        "k,count\nb,1\n",
                        "f0.csv,2,,quote inside an unquoted field,\"a,x\"\"y\"\n"),
                skips(
                        "after a stray quote nothing is quoted",
                        "",
                        COUNT,
                        List.of("k,v\na\",\"x\nb,2\nc,3\"\n"),
                        "k,count\nb,1\n",
                        "f0.csv,2,,quote inside an unquoted field,\"a\"\",\"\"x\"\n"
                                + "f0.csv,4,,quote inside an unquoted field,\"c,3\"\"\"\n"),
                skips(
                        "text after a closing quote",
                        "",
                        COUNT,
                        List.of("k,v\n\"a\"b,1\nb,\"2\" \n\"c\nd\"e\"\nx\",\nf,1\n"),
                        "k,count\nf,1\n",
                        "f0.csv,2,,text after a closing quote,\"\"\"a\"\"b,1\"\n"
                                + "f0.csv,3,,text after a closing quote,\"b,\"\"2\"\" \"\n"
                                + "f0.csv,4,,text after a closing quote,\"\"\"c\nd\"\"e\"\"\"\n"
                                + "f0.csv,6,,quote inside an unquoted field,\"x\"\",\"\n"),
                skips(
                        "more and fewer fields",
                        "",
                        COUNT,
                        List.of("k,v\na\nb,1\nc,1,2\r\n"),
                        "k,count\nb,1\n",
                        "f0.csv,2,,\"has 1 field, the header has 2\",a\nf0.csv,4,,\"has 3 fields, the header has 2\",\"c,1,2\"\n"),
                skips(
                        "lines are physical ones",
                        "",
                        COUNT,
                        List.of("\n\nk,v\r\na,\"1\n2\r\n3\r4\r\r\n\"\rb\n\nc\n", "k,v\nd\n"),
                        "k,count\na,1\n",
                        """
                        f0.csv,10,,"has 1 field, the header has 2",b
                        f0.csv,12,,"has 1 field, the header has 2",c
                        f1.csv,2,,"has 1 field, the header has 2",d
                        """),
                skips(
                        "not UTF-8 where it is used",
                        "",
                        COUNT,
                        List.of("k,v\na,\uFFFF\n\uFFFF,1\nb,2\n"),
                        "k,count\na,1\nb,1\n",
                        "f0.csv,3,k,not valid UTF-8,\"\uFFFF,1\"\n"),
                fails(
                        "a bad record fails the job",
                        "",
                        COUNT,
                        List.of("k,v\na,1\n", "k,v\nb,\"1\n\"\nc\nd\n"),
                        "f1.csv:4: \"c\": has 1 field, the header has 2"));
    }

    private static List<Example> dialects() {
        return List.of(
                gives(
                        "another delimiter and quote",
                        "delimiter: \";\", quote: \"'\"",
                        FIRST,
                        List.of("k;v\na;'x;''y'\n\"b\";1,5\n"),
                        "k,f\n\"\"\"b\"\"\",\"1,5\"\na,x;'y\n"),
                gives(
                        "no quote",
                        "quote: \"\"",
                        FIRST,
                        List.of("k,v\na,\"x\nb,\"\"\n"),
                        "k,f\na,\"\"\"x\"\nb,\"\"\"\"\"\"\n"),
                gives("tabs", "delimiter: \"\\t\"", FIRST, List.of("k\tv\na\tx,y\n"), "k,f\na,\"x,y\"\n"),
                gives(
                        "no header, columns named",
                        "header: false, columns: [v, k]",
                        FIRST,
                        List.of("1,a\n2,b\n", "3,a"),
                        "k,f\na,1\nb,2\n"),
                gives(
                        "no header, columns numbered",
                        "header: false",
                        "groupBy: [\"2\"], measures: [{function: first, column: \"1\"}]",
                        List.of("1,a\n2,b\n"),
                        "2,first(1)\na,1\nb,2\n"),
                gives(
                        "columns by position",
                        "",
                        "groupBy: [\"#2\"], measures: [{function: first, column: \"#1\", as: f}]",
                        List.of("x,x\n1,a\n"),
                        "#2,f\na,1\n"),
                gives(
                        "comments",
                        "comment: \"#\"",
                        COUNT,
                        List.of("#about: \"\n#\n#x,y\nk,v\n#a,1\na,1\r\n#\"\r\nb,#\n#"),
                        "k,count\na,1\nb,1\n"),
                gives(
                        "no comments in quotes",
                        "comment: \"#\"",
                        FIRST,
                        List.of("k,v\na,\"1\n#2\n3\"\n\"#b\",1\n"),
                        "k,f\n#b,1\na,\"1\n#2\n3\"\n"),
                skips(
                        "comments are lines",
                        "comment: \"#\"",
                        COUNT,
                        List.of("#\nk,v\n#\r\n#\ra\n"),
                        "k,count\n",
                        "f0.csv,5,,\"has 1 field, the header has 2\",a\n"),
                gives(
                        "an escape",
                        "escape: \"\\\\\"",
                        FIRST,
                        List.of("k,v\na,\"x\\\"y\"\nb,\"\\\\\"\nc,\\\nd,\"\\n\\\n\"\ne,\"1\"\"2\"\n"),
                        "k,f\na,\"x\"\"y\"\nb,\\\nc,\\\nd,\"n\n\"\ne,\"1\"\"2\"\n"),
                gives(
                        "nulls",
                        "nullText: \"NULL\"",
                        FIRST,
                        List.of("k,v\nNULL,1\n\"NULL\",2\na,NULL\na,3\nb,NULL\nb,\"NULL\"\n,4\n"),
                        "k,f\nNULL,1\n,4\n\"NULL\",2\na,3\nb,\"NULL\"\n"),
                gives(
                        "empty nulls",
                        "nullText: \"\"",
                        FIRST,
                        List.of("k,v\n,1\n\"\",2\na,\n"),
                        "k,f\n,1\n\"\",2\na,\n"));
    }

    private static List<Example> neverClosed() {
        return List.of(
                failsAnyway(
                        "a quote that is never closed",
                        "",
                        COUNT,
                        List.of("k,v\na,1\nb,\"\n\nc,3\n"),
                        "f0.csv:3: \"b,\"\n\nc,3\n\": quote opened here is never closed"),
                failsAnyway(
                        "one that opens in a later line of its record",
                        "",
                        COUNT,
                        List.of("k,v\n\"a\nb\",\"x"),
                        "f0.csv:3: \"\"a\nb\",\"x\": quote opened here is never closed"),
                failsAnyway(
                        "one that is opened by closing another",
                        "",
                        COUNT,
                        List.of("k,v\na,\"\nb,2\n\"\nc,\"3\n"),
                        "f0.csv:5: \"c,\"3\n\": quote opened here is never closed"),
                failsAnyway(
                        "one that only a second file has",
                        "",
                        COUNT,
                        List.of("k,v\na,1", "k,v\r\n\"\r\n"),
                        "f1.csv:2: \"\"\r\n\": quote opened here is never closed"),
                failsAnyway(
                        "an escaped quote closes nothing",
                        "escape: \"\\\\\"",
                        COUNT,
                        List.of("k,v\na,\"x\\\"\n"),
                        "f0.csv:2: \"a,\"x\\\"\n\": quote opened here is never closed"));
    }
}
