package headway.cli;

import headway.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Many command lines in one JVM, for tests that call the program hundreds of times: with `-Dheadway.lines=true` it
/// reads a JSON array of arguments a line, and answers each with one line `{"exit": 0, "out": "…", "err": "…"}`.
final class CommandLines {
    private CommandLines() {}

    static void run(Reader lines, PrintWriter answers) throws IOException {
        var in = new BufferedReader(lines);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> arguments = new ArrayList<>();
            for (JsonNode argument : Json.parse(line, "standard input")) {
                arguments.add(argument.asString());
            }
            var out = new StringWriter();
            var err = new StringWriter();
            int exit = Headway.run(
                    new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
            answers.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("exit", exit)
                    .put("out", out.toString())
                    .put("err", err.toString()));
        }
    }
}
