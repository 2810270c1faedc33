package dev.lathe.graph.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Attr;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our schemas of ONNX Runtime's own operators against the list that it prints itself (scripts/ort-schemas.py).
class OrtSchemasTest {
    private static final String PLUGIN = "a plugin of TensorRT; no other device has a kernel";
    private static final String LIST = "/ort-schemas.txt";

    /// Names that we do not know, each with the reason.
    private static final Map<String, String> UNKNOWN_TO_US = Map.of(
            "ai.onnx DisentangledAttention_TRT", PLUGIN,
            "ai.onnx EfficientNMS_TRT", PLUGIN,
            "ai.onnx MultilevelCropAndResize_TRT", PLUGIN,
            "ai.onnx PyramidROIAlign_TRT", PLUGIN);

    /// Written only by devices that compute with channels last, for themselves: on the CPU no such model loads.
    private static final String OF_DEVICES = "com.ms.internal.nhwc";

    static Stream<OpSpec> operators() {
        return OpCatalog.standard().all().stream()
                .filter(o -> o.schema().domain().equals("com.microsoft")
                        || o.schema().domain().equals("com.microsoft.nchwc"));
    }

    @Test
    void theListHoldsTheOperatorsThatWeKnow() throws IOException {
        assertThat(theirs()).containsKeys(operators().map(OrtSchemasTest::key).toArray(String[]::new));
    }

    @Test
    void weKnowAllOperatorsOfTheList() throws IOException {
        assertThat(operators().map(OrtSchemasTest::key)).containsAll(theirs().keySet());
    }

    /// With the version from which on it takes them no more.
    @Test
    void weKnowTheOperatorsOfItsOtherDomainsAsFarAsItTakesThem() throws IOException {
        Map<String, String> ours = new TreeMap<>();
        for (OpSpec op : OpCatalog.standard().all()) {
            ours.put(
                    key(op).replaceFirst("^ ", "ai.onnx "),
                    op.schema().deprecated().map(v -> " -" + v).orElse(""));
        }
        Map<String, String> theirs = new TreeMap<>();
        for (String line : lines()) {
            if (line.startsWith("name ") && !line.startsWith("name " + OF_DEVICES)) {
                String[] words = line.split(" ");
                theirs.put(words[1] + " " + words[2], words.length > 3 ? " " + words[3] : "");
            }
        }
        assertThat(theirs)
                .hasSizeGreaterThan(200)
                .containsKeys(UNKNOWN_TO_US.keySet().toArray(String[]::new));
        theirs.keySet().removeAll(UNKNOWN_TO_US.keySet());
        assertThat(ours)
                .containsAllEntriesOf(theirs)
                .doesNotContainKeys(UNKNOWN_TO_US.keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theInputsAndOutputsAreThoseOfOnnxRuntime(OpSpec op) throws IOException {
        List<String> lines = theirs().get(key(op));
        List<String> ours = params("in", op.schema().inputs());
        ours.addAll(params("out", op.schema().outputs()));
        List<String> stated = lines.stream().filter(l -> !l.startsWith("attr ")).toList();
        assertThat(ours.stream().map(OrtSchemasTest::withoutType))
                .as(key(op))
                .containsExactlyElementsOf(
                        stated.stream().map(OrtSchemasTest::withoutType).toList());
        // Our type variables may have other names; two parameters share one here as there.
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < ours.size(); i++) {
            String our = typeOf(ours.get(i));
            String their = typeOf(stated.get(i));
            boolean variable = !our.isEmpty() && Character.isUpperCase(our.charAt(0));
            if (variable) {
                assertThat(names.getOrDefault(our, their))
                        .as(key(op) + " " + ours.get(i))
                        .isEqualTo(their);
                names.put(our, their);
            } else if (!our.isEmpty()) {
                assertThat(our).as(key(op) + " " + ours.get(i)).isEqualTo(their);
            }
        }
        assertThat(names.values().stream().filter(t -> Character.isUpperCase(t.charAt(0))))
                .as(key(op))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theAttributesAreThoseOfOnnxRuntime(OpSpec op) throws IOException {
        List<String> stated = starting(theirs().get(key(op)), "attr ");
        // Where it states no default, ours is what its kernels take.
        List<String> ours = op.schema().attrs().stream()
                .map(a -> stated.contains(words(a, "none")) ? words(a, "none") : words(a, otherwise(a)))
                .sorted()
                .toList();
        assertThat(ours).as(key(op)).isEqualTo(stated.stream().sorted().toList());
    }

    private static String words(AttrSpec a, String otherwise) {
        return "attr " + a.name() + " " + a.kind() + " " + (a.required() ? "required" : otherwise);
    }

    private static String otherwise(AttrSpec a) {
        return switch (a.otherwise().orElse(null)) {
            case Attr.IntAttr(long v) -> Long.toString(v);
            case Attr.FloatAttr(float v) -> Float.toString(v);
            case Attr.StringAttr s -> '"' + s.value() + '"';
            case null, default -> "none";
        };
    }

    private static String withoutType(String line) {
        return line.substring(0, line.lastIndexOf(' '));
    }

    private static String typeOf(String line) {
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private static List<String> params(String side, Collection<Param> params) {
        List<String> lines = new ArrayList<>();
        for (Param p : params) {
            String often = switch (p.arity()) {
                case REQUIRED -> "one";
                case OPTIONAL -> "optional";
                case VARIADIC -> "many";
            };
            lines.add(side + " " + p.name() + " " + often + " " + p.type());
        }
        return lines;
    }

    private static List<String> starting(List<String> lines, String start) {
        return lines.stream().filter(l -> l.startsWith(start)).toList();
    }

    private static String key(OpSpec op) {
        return op.schema().domain() + " " + op.schema().name();
    }

    private static Map<String, List<String>> theirs() throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith("op ")) {
                String[] words = line.split(" ");
                current = new ArrayList<>();
                all.put(words[1] + " " + words[2], current);
            } else if (!line.startsWith("name ")) {
                current.add(line);
            }
        }
        return all;
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(OrtSchemasTest.class.getResourceAsStream(LIST))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
