package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Loops that go on while a counter has not come to its end.
class CountedLoopsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | i2 = Add(i, one) next = Less(i2, ten)                                        | 10",
                "0  | i2 = Add(i, one) next = Less(i, ten)                                         | 11",
                "0  | i2 = Add(i, one) next = LessOrEqual(i2, ten)                                 | 11",
                "3  | i2 = Add(i, two) next = Greater(ten, i2)                                     | 4",
                "4  | i2 = Add(i, two) next = GreaterOrEqual(ten, i2)                              | 4",
                "9  | i2 = Sub(i, two) next = Greater(i2, one)                                     | 4",
                "0  | i2 = Add(i, one) a = Less(i2, ten) b = Less(t, two) next = And(a, b)         | 3",
                "0  | i2 = Add(i, one) a = Less(i2, ten) next = And(c, a)                          | 10",
                "0  | i2 = Add(i, one) a = Less(i2, ten) b = Cast(a) {to = 9} next = Identity(b)   | 10",
                "-4 | i2 = Add(i, one) next = Less(i2, ten)                                        | 14",
                "-9 | i2 = Add(i, one) a = Abs(i2) next = Less(a, ten)                             | ?",
                "-9 | p = Max(i, one) i2 = Add(p, one) next = Less(i2, ten)                        | ?",
                "0  | i2 = Add(i, one) j = Mul(i2, two) next = Less(j, ten)                        | 5",
                "12 | i2 = Add(i, one) next = Less(i2, ten)                                        | 1",
                "0  | i2 = Mul(i, two) next = Less(i2, ten)                                        | ?",
                "0  | i2 = Sub(i, one) next = Less(i2, ten)                                        | ?",
                "0  | i2 = Add(i, one) n = ReduceMax(v) k = Cast(n) {to = 7} next = Less(i2, k)    | ?",
            })
    void theTripsFollowFromTheConditionsCounter(String start, String body, String trips) {
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[4]) -> (last, y, ys) {
                  const forever = int64[] {9223372036854775807}
                  const one = int64[] {1}
                  const two = int64[] {2}
                  const ten = int64[] {10}
                  const i0 = int64[] {%s}
                  go = Less(one, two)
                  last, y, ys = Loop(forever, go, i0, x) {body = graph b (t: int64[], c: bool[], i: int64[], v: float32[4]) -> (next, i2, w, s) {
                    w = Exp(v)
                    s = Identity(w)
                    %s
                  }}
                }
                """.formatted(start, body.replaceAll(" (?=\\w+ = \\w+\\()", "\n")));
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("ys").replaceAll("ys_d0", "?")).isEqualTo("float32[" + trips + ", 4]");
        Dim flops = a.cost("ys").flops();
        if (trips.equals("?")) {
            assertThat(flops).isEqualTo(Dim.unknown());
        } else {
            assertThat(flops.fixed().orElseThrow()).isPositive();
            assertThat(flops.fixed().orElseThrow() % Long.parseLong(trips)).isZero();
        }
    }

    /// Sizes of what is carried change from trip to trip, and M may be none at all.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forever | w = Slice(v, one1, most1)   | ?",
                "forever | w = Concat(v, v) {axis = 0} | ?",
                "forever | w = Exp(v)                  | 10",
                "below   | w = Exp(v)                  | 0",
            })
    void aConditionOnWhatIsCarriedGoesByAllTrips(String limit, String body, String trips) {
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[10], z: float32[2]) -> (last, y, ys) {
                  const forever = int64[] {9223372036854775807}
                  const below = int64[] {-1}
                  const one = int64[] {1}
                  const one1 = int64[1] {1}
                  const most1 = int64[1] {2147483647}
                  const yes = bool[] {true}
                  const i0 = int64[] {0}
                  last, y, ys = Loop(%s, yes, i0, x) {body = graph b (t: int64[], c: bool[], i: int64[], v) -> (next, i2, w, s) {
                    s = Identity(z)
                    %s
                    i2 = Add(i, one)
                    n = Size(w)
                    next = Less(i2, n)
                  }}
                }
                """.formatted(limit, body));
        assertThat(a.type("ys").replaceAll("ys_d0", "?")).isEqualTo("float32[" + trips + ", 2]");
    }

    /// As converters of recurrent networks write it: the length is that of the sequence.
    @Test
    void theEndMayBeANamedSize() {
        String text = """
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[n, 8]) -> (last, ys) {
                  const forever = int64[] {9223372036854775807}
                  const zero = int64[] {0}
                  const one = int64[] {1}
                  const yes = bool[] {true}
                  size = Shape(x)
                  length = Gather(size, zero)
                  last, same, ys = Loop(forever, yes, zero, length) {body = graph b (t: int64[], c: bool[], i: int64[], end: int64[]) -> (next, i2, end2, s) {
                    r = Gather(x, i)
                    s = Exp(r)
                    i2 = Add(i, one)
                    end2 = Identity(end)
                    next = Less(i2, end2)
                  }}
                }
                """;
        Analysed a = Analysed.model(Map.of(), text);
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("ys")).isEqualTo("float32[max(n, 1), 8]");
        Analysed set = Analysed.model(Map.of("n", 5L), text);
        assertThat(set.type("ys")).isEqualTo("float32[5, 8]");
        assertThat(set.cost("ys").flops().fixed().orElseThrow()).isPositive();
        assertThat(a.with(Map.of("n", 5L)).cost("ys").flops())
                .isEqualTo(set.cost("ys").flops());
    }
}
