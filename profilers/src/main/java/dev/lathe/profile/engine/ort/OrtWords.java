package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The runtime's error messages in one line of plain words: which operator or node, and what about it. Its own
/// source files, function signatures and conditions go.
final class OrtWords {
    private record Rule(Pattern pattern, String words) {
        Rule(String pattern, String words) {
            this(Pattern.compile(pattern), words);
        }
    }

    /// What the runtime says of common problems, and what people should read. The first that fits is used.
    private static final List<Rule> PHRASES = List.of(
            new Rule(
                    ".*In Node, \\(\"([^\"]*)\", .*Error No Op registered for (\\S+) with domain_version of (\\d+).*",
                    "it has no operator $2 (opset $3), which node '$1' needs."),
            new Rule(
                    ".*?(\\S+?)\\(-?\\d+\\) is not a registered function/op.*",
                    "it has no operator $1, and the model does not define it."),
            new Rule(
                    "Could not find an implementation for (\\S+?)\\((\\d+)\\) node with name '([^']*)'.*",
                    "it has no kernel for operator $1 (version $2) with the types of node '$3'."),
            new Rule(
                    "Non-zero status code returned while running (\\S+) node\\. Name:'([^']*)' Status Message: (.*)",
                    "node '$2' ($1): $3"),
            new Rule("Node \\(([^)]*)\\) Op \\((\\S+?)\\) \\[\\w+\\] (.*)", "node '$1' ($2): $3"),
            new Rule(
                    ".*nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly.*",
                    "the device has no kernel for one of its nodes."),
            new Rule("Protobuf parsing failed\\.?", "the file is broken, or no ONNX model."));

    private static final List<Pattern> NOISE = List.of(
            Pattern.compile("^Error code - ORT_[A-Z_]+ - message: "),
            Pattern.compile("^Load model from .*? failed:\\s*"),
            Pattern.compile("^Fatal error: "),
            Pattern.compile("^(This is an )?[Ii]nvalid model\\. "),
            Pattern.compile("^Exception during (initialization|loading): "));

    private static final Pattern SOURCE = Pattern.compile("\\S+\\.(cc|h|hpp|cpp|cu|cuh):\\d+ ");
    private static final Pattern CONDITION = Pattern.compile("^\\S.{0,200}? was false\\. ");

    private OrtWords() {}

    static String of(OrtException e) {
        return of(String.valueOf(e.getMessage()));
    }

    static String of(String message) {
        String text = message.replaceAll("\\s+", " ").strip();
        for (Pattern p : NOISE) {
            text = p.matcher(text).replaceFirst("");
        }
        Matcher source = SOURCE.matcher(text);
        while (source.find()) {
            String rest = withoutSignature(text.substring(source.end()));
            text = text.substring(0, source.start()) + CONDITION.matcher(rest).replaceFirst("");
            source = SOURCE.matcher(text);
        }
        for (Rule rule : PHRASES) {
            Matcher m = rule.pattern().matcher(text);
            if (m.matches()) {
                return m.replaceFirst(rule.words()).strip();
            }
        }
        return text.strip();
    }

    /// What follows `type namespace::function(arguments) const [with T = type]`, or a bare function name.
    private static String withoutSignature(String text) {
        int open = text.indexOf('(');
        if (open < 0 || !text.substring(0, open).contains("::")) {
            int space = text.indexOf(' ');
            return space < 0 ? text : text.substring(space + 1);
        }
        int depth = 0;
        int end = open;
        while (end < text.length()) {
            char c = text.charAt(end++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            // A lambda goes on after the function that it is in: f(int)::<lambda(int)>.
            if (depth == 0 && !text.startsWith("::", end) && !text.startsWith(">", end)) {
                break;
            }
        }
        return text.substring(end).replaceFirst("^[>)]*( const)?( \\[with [^]]*\\])? ?", "");
    }
}
