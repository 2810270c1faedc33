package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Arithmetic of shapes whose sizes are open: the formula of the result has, for given sizes, their result.
class OpenSizesTest {
    private static Analysed filled(String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = "sh = Shape(x)";
        System.arraycopy(lines, 0, all, 1, lines.length);
        all[all.length - 1] = "y = ConstantOfShape(r)";
        return Analysed.graph("(x: float32[n, h]) -> (y)", all);
    }

    private static List<Dim> dims(Analysed a, String name) {
        return ((Shape.Ranked) a.analysis().type(a.id(name)).shape()).dims();
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, Long.MAX_VALUE, 1_100_000_000})
    void aSliceToTheEndHasTheSizeItself(long end) {
        Analysed a = Analysed.graph(
                "(x: float32[n, 4]) -> (y, z)",
                "const from = int64[1] {0}",
                "const second = int64[1] {1}",
                "const end = int64[1] {" + end + "}",
                "y = Slice(x, from, end, from)",
                "z = Slice(x, second, end, from)");
        assertThat(a.type("y")).isEqualTo("float32[n, 4]");
        assertThat(a.type("z")).doesNotContain("min");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r = Abs(d)",
                "m = Mod(sh, k) ; r = Abs(m)",
                "m = Mod(d, k) ; r = Abs(m)",
                "s = Neg(sh) ; m = Mod(s, k) ; r = Abs(m)",
                "s = Neg(sh) ; m = Mod(s, k) {fmod = 1} ; r = Abs(m)",
                "m = Mod(sh, k) {fmod = 1} ; r = Abs(m)",
                "p = Div(sh, k) ; r = Abs(p)",
                "p = Div(d, k) ; r = Abs(p)",
                "s = Neg(sh) ; p = Div(s, k) ; r = Abs(p)",
                "r = Pow(sh, two)",
                "g = Greater(sh, k) ; r = Where(g, sh, six)",
                "g = Greater(sh, six) ; r = Where(g, sh, six)",
                "g = GreaterOrEqual(sh, six) ; r = Where(g, six, sh)",
                "g = Less(sh, six) ; r = Where(g, six, sh)",
                "g = LessOrEqual(six, sh) ; r = Where(g, six, sh)",
                "g = Greater(sh, six) ; r = Cast(g) {to = 7}",
                "m = Mod(sh, big) ; s = Sub(big, m) ; r = Mod(s, big)",
            })
    void aFormulaHasTheValueOfItsSizes(String body) {
        String[] given = body.split(" ; ");
        String[] lines = new String[given.length + 6];
        lines[0] = "const k = int64[2] {-3, 3}";
        lines[1] = "const two = int64[2] {2, 3}";
        lines[2] = "const six = int64[2] {6, 7}";
        lines[3] = "const big = int64[1] {32}";
        lines[4] = "const five = int64[2] {5, 5}";
        lines[5] = "d = Sub(sh, five)";
        System.arraycopy(given, 0, lines, 6, given.length);
        Analysed open = filled(lines);
        boolean named = false;
        for (long n : new long[] {0, 1, 3, 5, 6, 7, 8, 33}) {
            for (long h : new long[] {1, 2, 6, 7, 9, 64}) {
                Map<String, Long> sizes = Map.of("n", n, "h", h);
                List<Dim> expected = dims(open.with(sizes), "y");
                for (int i = 0; i < 2; i++) {
                    Dim formula = dims(open, "y").get(i);
                    if (!(formula instanceof Dim.Unknown)) {
                        named = true;
                        assertThat(DimMath.substitute(formula, sizes))
                                .as(body + ": " + formula + " at " + sizes)
                                .isEqualTo(expected.get(i));
                    }
                }
            }
        }
        assertThat(named).as("formula of " + body).isTrue();
    }

    @Test
    void whicheverIsLargerIsTheMaximum() {
        Analysed a = filled("const six = int64[2] {6, 6}", "g = Greater(sh, six)", "r = Where(g, sh, six)");
        assertThat(dims(a, "y"))
                .containsExactly(DimMath.max(Dim.symbol("n"), Dim.of(6)), DimMath.max(Dim.symbol("h"), Dim.of(6)));
    }

    @Test
    void paddingToAMultipleIsAFormulaOfTheSize() {
        Analysed a = Analysed.graph(
                "(x: float32[h]) -> (y)",
                "sh = Shape(x)",
                "const by = int64[1] {32}",
                "const zero = int64[1] {0}",
                "m = Mod(sh, by)",
                "s = Sub(by, m)",
                "q = Mod(s, by)",
                "pads = Concat(zero, q) {axis = 0}",
                "y = Pad(x, pads)");
        Dim padded = dims(a, "y").getFirst();
        for (long h : new long[] {1, 31, 32, 33, 64, 100}) {
            assertThat(DimMath.substitute(padded, Map.of("h", h))).isEqualTo(Dim.of((h + 31) / 32 * 32));
        }
    }
}
