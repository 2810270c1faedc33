package dev.lathe.profile.torchscript;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a program is given, as people write it: `float32[batch,3,224,224]`, a name for a size that is left open.
public final class InputTypes {
    /// For messages.
    public static final String EXAMPLE = "float32[1,3,224,224]";

    private static final Pattern TYPE = Pattern.compile("\\w+\\[[^\\[\\](){}\"]*\\]");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]*");

    private InputTypes() {}

    /// Empty for what is no element type with sizes.
    public static Optional<ValueType> one(String text) {
        if (!TYPE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Graph graph = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph g (x: " + text + ") -> (y: " + text
                            + ") {\n y = Identity(x) as i\n}\n")
                    .graph();
            return graph.value(graph.inputs().getFirst()).map(Value::declared);
        } catch (LatheException e) {
            return Optional.empty();
        }
    }

    /// Several in a line, in their order, with spaces, commas or semicolons between them; empty for what is none.
    ///
    /// @throws IllegalArgumentException that quotes what is no type
    public static List<ValueType> several(String text) {
        List<ValueType> types = new ArrayList<>();
        Matcher m = TYPE.matcher(text);
        int at = 0;
        while (m.find()) {
            refuseUnless(BETWEEN.matcher(text.substring(at, m.start())).matches(), text.substring(at, m.start()));
            String one = m.group();
            types.add(one(one).orElseThrow(() -> wrong(one)));
            at = m.end();
        }
        refuseUnless(BETWEEN.matcher(text.substring(at)).matches(), text.substring(at));
        return List.copyOf(types);
    }

    private static void refuseUnless(boolean right, String text) {
        if (!right) {
            throw wrong(text.strip());
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no element type with sizes, such as " + EXAMPLE + " or int64[].");
    }
}
