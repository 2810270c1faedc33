package dev.lathe.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows, stretches of time and what of them is drawn, against slices laid out by chance and counted one by one.
class TimelineTest {
    private static final TimelineBuilder.Lane LANE = new TimelineBuilder.Lane(1, 1);

    private static Slice slice(double start, double duration, String kind) {
        return new Slice(start, duration, kind + start, kind, List::of, List.of());
    }

    private static Timeline of(List<Slice> slices) {
        TimelineBuilder b = new TimelineBuilder();
        slices.forEach(s -> b.slice(LANE, s));
        return b.build("t", JobContext.quiet());
    }

    /// Slices one after the other, some with others inside, to a depth of three.
    private static List<Slice> random(int seed, int most) {
        Random r = new Random(seed);
        List<Slice> slices = new ArrayList<>();
        double now = r.nextInt(1000);
        while (slices.size() < most) {
            double length = Math.pow(10, r.nextDouble() * 4 - 1);
            nest(slices, r, now, length, 3);
            now += length + (r.nextBoolean() ? 0 : r.nextDouble() * 50);
        }
        return slices;
    }

    private static void nest(List<Slice> slices, Random r, double start, double length, int depth) {
        slices.add(slice(start, length, "k" + r.nextInt(12)));
        if (depth > 1 && r.nextInt(4) == 0) {
            double inner = length / (2 + r.nextInt(3));
            nest(slices, r, start, inner, depth - 1);
            nest(slices, r, start + inner, inner * r.nextDouble(), depth - 1);
        }
    }

    private static double namesOf(String thread) {
        TimelineBuilder b = new TimelineBuilder();
        b.slice(LANE, slice(0, 1, "k"));
        b.name(LANE, thread);
        return TimelineLayout.of(b.build("t", JobContext.quiet())).names();
    }

    @Test
    void theColumnOfNamesIsAsWideAsTheLongestNameWithinBounds() {
        String long1 = "stage 1 · CPU group 0 · onnxruntime thread 12";
        assertThat(namesOf("main")).isEqualTo(TimelineLayout.LEAST_NAMES);
        double wide = namesOf("stage 1 · onnxruntime thread 12");
        assertThat(wide).isGreaterThan(TimelineLayout.LEAST_NAMES);
        assertThat(namesOf(long1)).isGreaterThan(wide);
        assertThat(namesOf(long1.repeat(9))).isEqualTo(namesOf(long1.repeat(10)));
        assertThat(Shortened.end(long1, TimelineLayout.SIZE, namesOf(long1) - TimelineLayout.BESIDE))
                .as("nothing of it is cut")
                .isEqualTo(long1);
    }

    @Test
    void whatRunsInsideAnotherLiesBelowItAndNothingOverlapsInARow() {
        for (int seed = 0; seed < 30; seed++) {
            List<Slice> slices = random(seed, 300);
            Track track = of(slices).tracks().getFirst();
            assertThat(track.rows().stream().mapToInt(SliceRow::size).sum()).isEqualTo(slices.size());
            for (int r = 0; r < track.rows().size(); r++) {
                SliceRow row = track.rows().get(r);
                for (int i = 0; i < row.size(); i++) {
                    Slice s = row.get(i);
                    if (i > 0) {
                        assertThat(s.start())
                                .isGreaterThanOrEqualTo(row.get(i - 1).end() - SliceRow.ROUNDING);
                    }
                    if (r > 0) {
                        Slice around = track.rows()
                                .get(r - 1)
                                .at(s.start() + s.duration() / 2, 0)
                                .orElseThrow();
                        assertThat(around.end()).isGreaterThanOrEqualTo(s.end() - SliceRow.ROUNDING);
                    }
                }
            }
        }
    }

    @Test
    void theTimesOfKindsAddUpToTheTimeInWhichSomethingRan() {
        for (int seed = 0; seed < 30; seed++) {
            Timeline t = of(random(seed, 400));
            assertThat(t.kinds().values().stream().mapToDouble(d -> d).sum())
                    .isCloseTo(t.busy(), within(1e-6 * t.busy()));
            assertThat(new ArrayList<>(t.kinds().values())).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
    }

    @Test
    void whatLiesAtATimeIsFoundAsBySearchingAll() {
        List<Slice> slices = random(5, 500);
        SliceRow row = of(slices).tracks().getFirst().rows().getFirst();
        Random r = new Random(1);
        double end = row.get(row.size() - 1).end();
        for (int i = 0; i < 2000; i++) {
            double time = r.nextDouble() * end * 1.1;
            boolean any = false;
            for (int s = 0; s < row.size(); s++) {
                any |= row.get(s).start() <= time && time < row.get(s).end();
            }
            assertThat(row.at(time, 0).filter(s -> time < s.end()).isPresent()).isEqualTo(any);
        }
    }

    @Test
    void atAnyZoomTheBusyTimeThatIsDrawnIsThatOfTheSlices() {
        Random r = new Random(9);
        for (int seed = 0; seed < 40; seed++) {
            Timeline t = of(random(seed, 2000));
            SliceRow row = t.tracks().getFirst().rows().getFirst();
            double span = t.length() * Math.pow(10, -3 * r.nextDouble());
            double from = t.from() + r.nextDouble() * (t.length() - span);
            TimeView view = new TimeView(from, from + span, 100, 900);
            double[] drawn = {0};
            int[] calls = {0};
            RowPixels.each(row, view, new RowPixels.Painter() {
                @Override
                public void slice(Slice s, double x0, double x1) {
                    assertThat(x0).isLessThan(1001);
                    assertThat(x1).isGreaterThanOrEqualTo(100);
                    drawn[0] += Math.min(x1 - x0, s.duration() / view.perPixel());
                    if (s.duration() > 2 * view.perPixel() && s.start() > view.from() && s.end() < view.to()) {
                        assertThat(x1 - x0).isCloseTo(s.duration() / view.perPixel(), within(1e-6));
                    }
                    calls[0]++;
                }

                @Override
                public void dense(double x0, double x1, double busy, Slice first) {
                    assertThat(busy).isBetween(0.0, 1.0);
                    drawn[0] += busy * (x1 - x0);
                    calls[0]++;
                }
            });
            RangeSum sum = RangeSum.of(t, view.from(), view.to());
            // A pixel at either end may hold parts of slices beyond it.
            assertThat(drawn[0]).isCloseTo(sum.busy() / view.perPixel(), within(2 + 0.01 * drawn[0]));
            assertThat(calls[0]).isLessThanOrEqualTo(1802);
        }
    }

    @Test
    void howeverManySlicesThereAreAFrameDrawsNoMoreThanItsPixels() {
        List<Slice> many = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            many.add(slice(i * 2.0, 1.5, "k" + i % 9));
        }
        Timeline t = of(many);
        int[] calls = {0};
        RowPixels.each(t.tracks().getFirst().rows().getFirst(), TimeView.whole(t, 0, 1000), new RowPixels.Painter() {
            @Override
            public void slice(Slice s, double x0, double x1) {
                calls[0]++;
            }

            @Override
            public void dense(double x0, double x1, double busy, Slice first) {
                // The first pixel and the last are those in which the timeline begins and ends.
                assertThat(busy).isCloseTo(0.75, within(x0 > 10 && x1 < 990 ? 0.02 : 0.75));
                calls[0]++;
            }
        });
        assertThat(calls[0]).isBetween(900, 1001);
    }

    @Test
    void zoomingKeepsTheTimeBelowThePointerAndStaysInsideTheTimeline() {
        Timeline t = of(random(3, 400));
        TimeView v = TimeView.whole(t, 160, 1000);
        for (int i = 0; i < 12; i++) {
            double time = v.time(700);
            v = v.zoomed(1.7, 700, t);
            assertThat(v.time(700)).isCloseTo(time, within(1e-6 * t.to()));
        }
        TimeView deep = v;
        assertThat(deep.moved(1e9, t).from())
                .isCloseTo(TimeView.whole(t, 160, 1000).from(), within(1e-6));
        assertThat(deep.moved(-1e9, t).to())
                .isCloseTo(TimeView.whole(t, 160, 1000).to(), within(1e-6));
        for (int i = 0; i < 100; i++) {
            v = v.zoomed(1 / 1.7, 300, t);
        }
        assertThat(v).isEqualTo(TimeView.whole(t, 160, 1000));
        for (int i = 0; i < 200; i++) {
            v = v.zoomed(10, 300, t);
        }
        assertThat(v.to()).as("never nothing at all").isGreaterThan(v.from());
    }

    @Test
    void aStretchSumsUpTheKernelsWithTheirPartsInsideIt() {
        Timeline t = of(List.of(slice(0, 10, "MatMul"), slice(10, 5, "Add"), slice(20, 10, "MatMul")));
        RangeSum sum = RangeSum.of(t, 25, 5);
        assertThat(sum.slices()).isEqualTo(3);
        assertThat(sum.busy()).isEqualTo(15);
        assertThat(sum.words()).isEqualTo("20.0 µs · 3 kernels, 15.0 µs = 75.0 % · most: MatMul 50.0 %");
    }

    @Test
    void theRulerTellsRoundTimesInASuitableUnit() {
        assertThat(new TimeTicks(0, 2500).label(7500)).isEqualTo("7.5 ms");
        assertThat(new TimeTicks(0, 0.25).label(0.5)).isEqualTo("500 ns");
        assertThat(new TimeTicks(0, 20).label(40)).isEqualTo("40 µs");
        assertThat(new TimeTicks(0, 5e5).label(1.5e6)).isEqualTo("1\u2009500 ms");
        assertThat(new TimeTicks(0, 1e6).label(3e6)).isEqualTo("3 s");
        assertThat(new TimeTicks(0, 1).label(0)).isEqualTo("0");
    }
}
