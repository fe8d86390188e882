package io.filejob.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The end of a command: its exit status and output. */
record End(int status, String out, String err) {
    /** Executes a command in this process. */
    static End of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = commandLine.execute(arguments);
        return new End(status, out.toString(), err.toString());
    }

    JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(out);
    }
}
