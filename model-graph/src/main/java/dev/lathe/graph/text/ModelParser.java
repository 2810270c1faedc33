package dev.lathe.graph.text;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parses what [ModelPrinter] prints. One use.
final class ModelParser {
    private final Lexer in;
    private final TypeParser types;
    private final IdSpace ids;

    ModelParser(String text) throws LatheException {
        this(new Lexer(text), new IdSpace(0, 0));
    }

    ModelParser(Lexer in, IdSpace ids) {
        this.in = in;
        this.ids = ids;
        types = new TypeParser(in);
    }

    GraphText.Fragment fragment(GraphText.Scope scope, Map<String, ValueId> give) throws LatheException {
        return new GraphParser(in, types, ids, Optional.empty(), this).fragment(scope, give);
    }

    Attr attrOnly(GraphText.Scope scope) throws LatheException {
        Attr value = attr(Optional.of(new GraphParser(in, types, ids, Optional.empty(), this).knowing(scope)));
        end();
        return value;
    }

    Graph graphOnly() throws LatheException {
        Graph g = graph(Optional.empty());
        end();
        return g;
    }

    private void end() throws LatheException {
        if (in.kind() != Lexer.Kind.END) {
            throw in.error("expected the end");
        }
    }

    Model model() throws LatheException {
        in.expect("model");
        String format = in.string();
        Map<String, String> texts = new LinkedHashMap<>();
        long ir = 0;
        long version = 0;
        while (!in.is("@") && !in.is("opset") && !in.is("metadata") && !in.is("graph")) {
            String key = in.word();
            in.expect("=");
            switch (key) {
                case "ir" -> ir = in.integer();
                case "version" -> version = in.integer();
                case "producer", "producer-version", "domain", "doc" -> texts.put(key, in.string());
                default -> throw in.error("unknown property '" + key + "'");
            }
        }
        Extra extra = types.extra("@");
        Map<String, Long> opsets = opsets();
        Map<String, String> metadata = new LinkedHashMap<>();
        while (in.accept("metadata")) {
            String key = in.string();
            metadata.put(key, in.string());
        }
        Graph graph = graph(Optional.empty());
        List<Function> functions = new ArrayList<>();
        while (in.accept("function")) {
            functions.add(function());
        }
        end();
        return new Model(
                format,
                Optional.empty(),
                ir,
                opsets,
                texts.getOrDefault("producer", ""),
                texts.getOrDefault("producer-version", ""),
                texts.getOrDefault("domain", ""),
                version,
                texts.getOrDefault("doc", ""),
                metadata,
                graph,
                functions,
                extra);
    }

    private Map<String, Long> opsets() throws LatheException {
        Map<String, Long> opsets = new LinkedHashMap<>();
        while (in.accept("opset")) {
            String domain = in.string();
            opsets.put(domain, in.integer());
        }
        return opsets;
    }

    private Function function() throws LatheException {
        String domain = in.string();
        String overload = in.string();
        List<String> attributes = new ArrayList<>();
        in.expect("[");
        while (!in.accept("]")) {
            attributes.add(in.name());
            if (!in.is("]")) {
                in.expect(",");
            }
        }
        Attrs defaults = attrs(Optional.empty());
        Map<String, Long> opsets = opsets();
        Extra extra = types.extra("@");
        Graph body = graph(Optional.empty());
        return new Function(domain, body.name(), overload, attributes, defaults, opsets, body, extra);
    }

    private Graph graph(Optional<GraphParser> outer) throws LatheException {
        return new GraphParser(in, types, ids, outer, this).graph();
    }

    Attrs attrs(Optional<GraphParser> scope) throws LatheException {
        List<Attrs.Entry> entries = new ArrayList<>();
        in.expect("{");
        while (!in.accept("}")) {
            String name = in.name();
            in.expect("=");
            Attr value = attr(scope);
            entries.add(new Attrs.Entry(name, value, types.extra("@")));
            if (!in.is("}")) {
                in.expect(",");
            }
        }
        return new Attrs(entries);
    }

    Attr attr(Optional<GraphParser> scope) throws LatheException {
        if (in.kind() == Lexer.Kind.STRING) {
            return Attr.of(in.string());
        }
        if (in.is("[")) {
            return list("");
        }
        if (in.is("graph")) {
            return new Attr.GraphAttr(graph(scope));
        }
        if (DType.ofText(in.token()).isPresent()) {
            return new Attr.TensorAttr(types.tensor());
        }
        String word = in.word();
        return switch (word) {
            case "hex" -> new Attr.StringAttr(new String(types.hex(), StandardCharsets.ISO_8859_1), true);
            case "type" -> new Attr.TypeAttr(types.type());
            case "ints", "floats", "strings" -> list(word);
            case "opaque" -> new Attr.OpaqueAttr(Extra.of(types.hex()));
            case "ref" -> {
                String name = in.name();
                yield new Attr.RefAttr(name, (int) in.integer());
            }
            case "tensors" -> {
                List<Tensor> all = new ArrayList<>();
                in.expect("[");
                while (!in.accept("]")) {
                    all.add(types.tensor());
                    if (!in.is("]")) {
                        in.expect(",");
                    }
                }
                yield new Attr.TensorsAttr(all);
            }
            case "graphs" -> {
                List<Graph> all = new ArrayList<>();
                in.expect("[");
                while (!in.accept("]")) {
                    all.add(graph(scope));
                    if (!in.is("]")) {
                        in.expect(",");
                    }
                }
                yield new Attr.GraphsAttr(all);
            }
            default -> number(word);
        };
    }

    private Attr number(String word) throws LatheException {
        try {
            return Words.isInteger(word) ? Attr.of(Long.parseLong(word)) : Attr.of(Words.parseFloat(word));
        } catch (NumberFormatException e) {
            throw in.error("'" + word + "' is no value of an attribute");
        }
    }

    /// A list of numbers or texts; `kind` says which when it is empty.
    private Attr list(String kind) throws LatheException {
        List<Attr> elements = new ArrayList<>();
        in.expect("[");
        while (!in.accept("]")) {
            elements.add(in.kind() == Lexer.Kind.STRING ? Attr.of(in.string()) : number(in.word()));
            if (!in.is("]")) {
                in.expect(",");
            }
        }
        List<Long> ints = new ArrayList<>();
        List<Float> floats = new ArrayList<>();
        List<String> strings = new ArrayList<>();
        for (Attr a : elements) {
            switch (a) {
                case Attr.IntAttr(long v) -> ints.add(v);
                case Attr.FloatAttr(float v) -> floats.add(v);
                case Attr.StringAttr(String v, boolean b) -> strings.add(v);
                default -> throw in.error("a list of numbers or texts holds neither");
            }
        }
        if (Math.max(ints.size(), Math.max(floats.size(), strings.size())) != elements.size()) {
            throw in.error("a list mixes kinds");
        }
        if (kind.equals("floats") || !floats.isEmpty()) {
            return new Attr.FloatsAttr(floats);
        }
        return kind.equals("strings") || !strings.isEmpty() ? new Attr.StringsAttr(strings) : Attr.ints(ints);
    }
}
