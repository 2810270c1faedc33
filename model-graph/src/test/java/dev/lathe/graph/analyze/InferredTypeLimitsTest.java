package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/// What inference finds keeps to the limits that types have in files, so that it can be written and read again.
class InferredTypeLimitsTest {
    private static String ones(int count) {
        return String.join(", ", Collections.nCopies(count, "1"));
    }

    @Test
    void aTensorHasAsManyAxesAsInAFile() {
        Analysed a = Analysed.graph(
                "(x: float32[" + ones(Shape.MOST_AXES - 1) + "]) -> (z)",
                "const nought = int64[1] {0}",
                "y = Unsqueeze(x, nought)",
                "z = Unsqueeze(y, nought)");
        assertThat(a.type("y")).isEqualTo("float32[" + ones(Shape.MOST_AXES) + "]");
        assertThat(a.type("z")).isEqualTo("float32[...]");
        assertThat(a.problems())
                .singleElement()
                .asString()
                .contains("1025 axes")
                .contains("at most 1024");
    }

    @Test
    void whatAnyOperatorAddsIsLimited() {
        Analysed a = Analysed.graph(
                "(x: float32[" + ones(Shape.MOST_AXES) + "], i: int64[1, 1]) -> (z)", "z = Gather(x, i)");
        assertThat(a.type("z")).isEqualTo("float32[...]");
        assertThat(a.problems())
                .singleElement()
                .asString()
                .contains("1025 axes")
                .contains("at most 1024");
    }

    @Test
    void typesNestAsDeepAsInAFile() {
        String deepest = "optional(".repeat(ValueType.DEEPEST - 1) + "float32[2]" + ")".repeat(ValueType.DEEPEST - 1);
        Analysed a = Analysed.graph("(x: " + deepest + ") -> (z)", "y = Optional(x)", "z = SequenceConstruct(y)");
        assertThat(a.type("y")).isEqualTo("optional(" + deepest + ")");
        assertThat(a.type("z")).isEqualTo("?");
        assertThat(a.problems()).singleElement().asString().contains("33 types").contains("at most 32");
    }
}
