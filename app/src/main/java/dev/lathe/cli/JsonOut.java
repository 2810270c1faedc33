package dev.lathe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lathe.core.LatheException;
import java.io.PrintWriter;
import java.nio.file.Path;

/// Writes a command's result for machines: to a file, or to standard output for `-`. Numbers that JSON cannot
/// say (NaN, infinity) must be made null or strings by the caller.
final class JsonOut {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonOut() {}

    static void write(Object value, String target, PrintWriter out) throws LatheException {
        String text = text(value);
        if (target.equals("-")) {
            out.println(text);
            out.flush();
        } else {
            OutputFile.write("--json", Path.of(target), text + "\n");
        }
    }

    /// The same when a command has written `done` by then: that stays, and a failure says so.
    static void write(Object value, String target, PrintWriter out, String done) throws LatheException {
        try {
            write(value, target, out);
        } catch (LatheException e) {
            throw OutputFile.after(done, e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String line(Object value) {
        try {
            return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
