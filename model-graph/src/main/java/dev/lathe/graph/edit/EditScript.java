package dev.lathe.graph.edit;

import dev.lathe.core.LatheException;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.text.StatementReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Edits as text: statements one after the other, names and values as in a graph text, `#` before a comment.
///
/// One of each kind:
///
///     rename tensor x to pixels
///     rename node Conv_3 to stem
///     set Conv_3 strides = [2, 2]
///     unset Conv_3 auto_pad
///     remove Dropout_7
///     replace Erf_2 with { y = Gelu(x) }
///     insert after x { y = Relu(x) }
///     rewire Add_4 input 1 to bias
///     type pixels: float32[1, 3, 224, 224]
///     output hidden
///     no output debug
///     opset "" 18
///     append "head.onnx" connect y to input
///     cut (x) -> (y, z)
public final class EditScript {
    /// Reads what follows the first word of a statement.
    @FunctionalInterface
    private interface Statement {
        Edit read(StatementReader in) throws LatheException;
    }

    private static final Map<String, Statement> STATEMENTS = statements();

    private EditScript() {}

    private static Map<String, Statement> statements() {
        Map<String, Statement> all = new LinkedHashMap<>();
        all.put("rename", EditScript::rename);
        all.put("set", in -> {
            String node = in.name();
            String attribute = in.name();
            in.expect("=");
            Optional<String> graphs = in.graphs();
            return graphs.isPresent()
                    ? new SetGraphs(node, attribute, graphs.get())
                    : new SetAttribute(node, attribute, in.attr());
        });
        all.put("unset", in -> new RemoveAttribute(in.name(), in.name()));
        all.put("remove", in -> new RemoveNode(in.name()));
        all.put("replace", in -> {
            String node = in.name();
            in.expect("with");
            return new ReplaceNode(node, in.block());
        });
        all.put("insert", in -> {
            in.expect("after");
            return new InsertAfter(in.name(), in.block());
        });
        all.put("rewire", in -> {
            String node = in.name();
            in.expect("input");
            int index = (int) Math.clamp(in.integer(), -1, Integer.MAX_VALUE);
            in.expect("to");
            return new Rewire(node, index, in.name());
        });
        all.put("type", in -> {
            String tensor = in.name();
            in.expect(":");
            return new DeclareType(tensor, in.type());
        });
        all.put("output", in -> new AddOutput(in.name()));
        all.put("no", in -> {
            in.expect("output");
            return new RemoveOutput(in.name());
        });
        all.put("opset", in -> new SetOpset(in.quoted(), in.integer()));
        all.put("append", EditScript::append);
        all.put("cut", in -> {
            List<String> from = list(in);
            in.expect("->");
            return new Cut(from, list(in));
        });
        return all;
    }

    /// @throws LatheException with code `graph-text`, naming line and column
    public static List<Edit> parse(String text) throws LatheException {
        StatementReader in = new StatementReader(text);
        List<Edit> edits = new ArrayList<>();
        while (!in.atEnd()) {
            Statement s = null;
            for (Map.Entry<String, Statement> e : STATEMENTS.entrySet()) {
                if (in.accept(e.getKey())) {
                    s = e.getValue();
                    break;
                }
            }
            if (s == null) {
                throw in.error("expected one of " + String.join(", ", STATEMENTS.keySet()));
            }
            edits.add(s.read(in));
        }
        return List.copyOf(edits);
    }

    /// The same script, the files that it names being where `where` says; as it is written, where that is the same.
    ///
    /// @throws LatheException as [#parse]
    public static String withFiles(String text, UnaryOperator<Path> where) throws LatheException {
        List<Edit> edits = parse(text);
        List<Edit> moved = edits.stream().map(e -> e.withFiles(where)).toList();
        return moved.equals(edits) ? text : print(moved);
    }

    /// One statement a line.
    public static String print(List<Edit> edits) {
        return edits.stream().map(Edit::text).collect(Collectors.joining("\n"));
    }

    private static Edit rename(StatementReader in) throws LatheException {
        boolean tensor = in.accept("tensor");
        if (!tensor) {
            in.expect("node");
        }
        String from = in.name();
        in.expect("to");
        return tensor ? new RenameTensor(from, in.name()) : new RenameNode(from, in.name());
    }

    private static Edit append(StatementReader in) throws LatheException {
        String told = in.quoted();
        Path file;
        try {
            file = Path.of(told);
        } catch (InvalidPathException e) {
            throw in.error(GraphText.quoted(told) + " is no name of a file");
        }
        Map<String, String> connect = new LinkedHashMap<>();
        if (in.accept("connect")) {
            do {
                String output = in.name();
                in.expect("to");
                if (connect.putIfAbsent(in.name(), output) != null) {
                    throw in.error("an input is connected twice");
                }
            } while (in.accept(","));
        }
        return new AppendModel(file, connect);
    }

    private static List<String> list(StatementReader in) throws LatheException {
        List<String> names = new ArrayList<>();
        in.expect("(");
        while (!in.accept(")")) {
            names.add(in.name());
            if (!in.accept(",")) {
                in.expect(")");
                break;
            }
        }
        return names;
    }
}
