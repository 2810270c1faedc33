package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Inference through the graphs that If, Loop and Scan hold.
public final class Bodies {
    /// A Loop of at most so many trips is followed trip by trip where what it carries changes.
    private static final long MOST_TRIPS = 8;

    private static final int MOST_NODES = 1000;

    /// States times rounds: a Loop of thousands of states that hand a change to each other would be gone through
    /// thousands of times, one of a hundred may be.
    private static final int MOST_STATES = 50_000;

    private static final int LEAST_ROUNDS = 8;

    private Bodies() {}

    /// What is true of a value that is one of two.
    public static Known either(Known a, Known b) {
        // An empty list says nothing about what would be in it.
        if (a.isEmptyList() || b.isEmptyList()) {
            Known other = a.isEmptyList() ? b : a;
            return a.isEmptyList() && b.isEmptyList() ? a : Known.of(other.type());
        }
        return new Known(
                Either.of(a.type(), b.type()),
                a.elements().filter(e -> b.elements().equals(a.elements())),
                a.fractions().filter(f -> b.fractions().equals(a.fractions())),
                a.items().flatMap(i -> b.items().map(j -> either(i, j))));
    }

    /// Ends what was said of a body that is sure to run so many times. Where that is none, what does not fit in it says
    /// nothing of the graph around it, which may run all the same.
    ///
    /// @param outside the contradictions that were met before
    public static void leave(InferContext c, int outside, long times) {
        if (times < 1) {
            c.contradictions(outside);
        }
    }

    private static Items either(Items a, Items b) {
        Dim length = DimMath.same(a.length(), b.length()) ? a.length() : Dim.unknown();
        Optional<List<ValueType>> each =
                a.each().filter(all -> b.each().filter(all::equals).isPresent());
        return new Items(length, each);
    }

    /// Loop: carried values first, then one more axis (the trips) for each scanned output. Carried extents that
    /// change from one trip to the next become unknown.
    public static void loop(InferContext c, Graph body) {
        int outside = c.contradictions();
        int carried = Math.max(0, c.inputs() - 2);
        if (c.has(1) && body.inputs().size() > 1) {
            taken(c, body, 1, c.type(1));
        }
        List<Known> state = new ArrayList<>();
        for (int i = 0; i < carried; i++) {
            state.add(c.input(i + 2).isEmptyList() ? c.input(i + 2) : Known.of(c.type(i + 2)));
        }
        List<Known> results = trip(c, body, state);
        // A change may take as many trips as there are states to reach the last of them, for the rank and for an
        // extent.
        int rounds = Math.min(3 + 2 * carried, Math.max(LEAST_ROUNDS, MOST_STATES / Math.max(1, carried)));
        for (List<Known> next = after(state, results); !next.equals(state); next = after(state, results)) {
            state = rounds > 0
                    ? next
                    : next.stream().map(k -> Known.of(Either.ofKind(k.type()))).toList();
            results = trip(c, body, state);
            if (rounds-- == 0) {
                break;
            }
        }
        int states = state.size();
        List<Known> always = state;
        Optional<Dim> told = Trips.of(
                        c.elements(0),
                        c.has(1) ? c.elements(1) : Trips.GOING_ON.elements(),
                        results.isEmpty()
                                ? Optional.empty()
                                : results.getFirst().elements())
                .or(() -> Trips.isBegun(c) ? CountedTrips.of(c, body, always) : Optional.empty());
        Dim trips = told.orElseGet(() -> counted(c, states));
        // A name for what the data decides is no count, a size that the user set for it is one.
        told.or(() -> Optional.of(trips).filter(t -> t instanceof Dim.Fixed)).ifPresent(c::trips);
        List<ValueType> last = lastState(c, body, state, trips);
        leave(c, outside, trips.fixed().orElse(Trips.isOneSure(c) ? 1 : 0));
        // It drops the sizes of what is carried.
        c.beyondLoading();
        for (int i = 0; i < c.outputs() && i + 1 < results.size(); i++) {
            if (i < state.size()) {
                // What goes in as an optional comes out as what the body makes of it.
                boolean opened = state.get(i).type() instanceof ValueType.OptionalType
                        && !(results.get(i + 1).type() instanceof ValueType.OptionalType);
                c.output(i, opened ? results.get(i + 1).type() : last.get(i));
            } else {
                c.output(i, stacked(results.get(i + 1).type(), trips, 0));
            }
        }
    }

    /// What is carried out of the last trip: where it changes from trip to trip and there are few of them, found by
    /// going through each; else what holds in all, `state`.
    private static List<ValueType> lastState(InferContext c, Graph body, List<Known> state, Dim trips) {
        List<ValueType> always = state.stream().map(Known::type).toList();
        List<Known> now = new ArrayList<>();
        for (int i = 0; i < state.size(); i++) {
            now.add(state.get(i).isEmptyList() ? state.get(i) : Known.of(c.type(i + 2)));
        }
        if (!(trips instanceof Dim.Fixed(long count))
                || count > MOST_TRIPS
                || body.allNodes() > MOST_NODES
                || now.stream().map(Known::type).toList().equals(always)) {
            return always;
        }
        List<Known> made = c.aside(body, count, () -> throughTrips(c, body, now, count));
        List<ValueType> last = new ArrayList<>(always);
        for (int i = 0; i < last.size() && i < made.size(); i++) {
            // Where nothing is known of the last, what holds in all is more.
            if (made.get(i).type() instanceof ValueType.TensorType t && t.shape() instanceof Shape.Ranked) {
                last.set(i, new ValueType.TensorType(t.dtype().or(always.get(i)::dtype), t.shape()));
            }
        }
        return last;
    }

    /// The states after the last trip; empty where a trip could not be followed.
    private static List<Known> throughTrips(InferContext c, Graph body, List<Known> before, long count) {
        Known number = Known.of(ValueType.tensor(DType.INT64, Shape.of()));
        List<Known> now = before;
        for (int t = 0; t < count; t++) {
            List<Known> results = trip(c, body, number.withElements(List.of(Dim.of(t))), now);
            if (results.size() <= now.size()) {
                return List.of();
            }
            now = results.subList(1, now.size() + 1).stream()
                    .map(k -> Known.of(k.type()))
                    .toList();
        }
        return now;
    }

    private static List<Known> trip(InferContext c, Graph body, List<Known> state) {
        return trip(c, body, Known.of(ValueType.tensor(DType.INT64, Shape.of())), state);
    }

    private static List<Known> trip(InferContext c, Graph body, Known number, List<Known> state) {
        List<Known> formals = new ArrayList<>();
        formals.add(number);
        formals.add(Trips.GOING_ON);
        formals.addAll(state);
        return c.body(body, formals);
    }

    /// What is true of the state before a trip and after it.
    private static List<Known> after(List<Known> state, List<Known> results) {
        List<Known> both = new ArrayList<>();
        for (int i = 0; i < state.size() && i + 1 < results.size(); i++) {
            both.add(Known.of(either(state.get(i), results.get(i + 1)).type()));
        }
        return both;
    }

    /// The length of all scanned outputs, called after the first of them.
    private static Dim counted(InferContext c, int states) {
        for (int i = states; i < c.outputs(); i++) {
            if (c.node().output(i).isPresent()) {
                return c.named(i, 0);
            }
        }
        return Dim.unknown();
    }

    /// Scan (opset 9 and later): states first, then scanned outputs with the slices as a new axis.
    public static void scan(InferContext c, Graph body) {
        int scanned = (int) c.attrs().intOr("num_scan_inputs", 1);
        int states = c.inputs() - scanned;
        List<Long> axes = c.attrs().ints("scan_input_axes").orElse(List.of());
        List<Long> outputAxes = c.attrs().ints("scan_output_axes").orElse(List.of());
        int outside = c.contradictions();
        Dim slices = Dim.unknown();
        List<Known> formals = new ArrayList<>();
        for (int i = 0; i < c.inputs(); i++) {
            ValueType type = c.type(i);
            if (i >= states && type.shape() instanceof Shape.Ranked(List<Dim> dims) && !dims.isEmpty()) {
                long given = i - states < axes.size() ? axes.get(i - states) : 0;
                int axis = (int) (given < 0 ? given + dims.size() : given);
                if (axis < 0 || axis >= dims.size()) {
                    // The verifier tells it.
                    type = new ValueType.TensorType(type.dtype(), Shape.unranked());
                } else {
                    slices = c.unify(slices, dims.get(axis));
                    List<Dim> rest = new ArrayList<>(dims);
                    rest.remove(axis);
                    type = new ValueType.TensorType(type.dtype(), Shape.of(rest));
                }
            }
            formals.add(Known.of(type));
            if (i < body.inputs().size()) {
                taken(c, body, i, type);
            }
        }
        List<Known> results = c.body(body, formals);
        leave(c, outside, slices.fixed().orElse(0));
        for (int i = 0; i < c.outputs() && i < results.size(); i++) {
            ValueType type = results.get(i).type();
            long axis = i - states >= 0 && i - states < outputAxes.size() ? outputAxes.get(i - states) : 0;
            c.output(i, i < states ? kept(c.type(i), type) : stacked(type, slices, axis));
        }
    }

    /// What a Scan carries, which has one shape all along: as it went in, where that is known.
    private static ValueType kept(ValueType before, ValueType after) {
        return before instanceof ValueType.TensorType t && t.shape() instanceof Shape.Ranked
                ? new ValueType.TensorType(t.dtype().or(after::dtype), t.shape())
                : Either.of(before, after);
    }

    /// Scan of opset 8: lengths first (or nothing), then states and scanned inputs, all with a batch axis in front, and
    /// the slices along the second.
    public static void batchedScan(InferContext c, Graph body) {
        int outside = c.contradictions();
        int states = c.inputs() - 1 - (int) c.attrs().intOr("num_scan_inputs", 1);
        Dim batch = Dim.unknown();
        Dim slices = Dim.unknown();
        List<Known> formals = new ArrayList<>();
        for (int i = 1; i < c.inputs(); i++) {
            int gone = i <= states ? 1 : 2;
            ValueType type = c.type(i);
            if (type.shape() instanceof Shape.Ranked(List<Dim> dims) && dims.size() >= gone) {
                batch = c.unify(batch, dims.getFirst());
                slices = gone == 2 ? c.unify(slices, dims.get(1)) : slices;
                type = new ValueType.TensorType(type.dtype(), Shape.of(dims.subList(gone, dims.size())));
            } else if (type.shape() instanceof Shape.Ranked(List<Dim> dims)) {
                c.contradiction("input " + i + " must have at least " + gone + " axes, and has " + dims.size());
                type = new ValueType.TensorType(type.dtype(), Shape.unranked());
            }
            formals.add(Known.of(type));
            if (i - 1 < body.inputs().size()) {
                taken(c, body, i - 1, type);
            }
        }
        if (c.dims(0).filter(d -> d.size() == 1).isPresent()) {
            batch = c.unify(batch, c.dims(0).orElseThrow().getFirst());
        }
        List<Known> results = c.body(body, formals);
        // Each may have a length of its own.
        leave(
                c,
                outside,
                c.has(0) ? 0 : Math.min(batch.fixed().orElse(0), slices.fixed().orElse(0)));
        for (int i = 0; i < c.outputs() && i < results.size(); i++) {
            ValueType type = results.get(i).type();
            c.output(i, stacked(i < states ? type : stacked(type, slices, 0), batch, 0));
        }
    }

    private static ValueType stacked(ValueType slice, Dim count, long axis) {
        if (!(slice.shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return new ValueType.TensorType(slice.dtype(), Shape.unranked());
        }
        List<Dim> out = new ArrayList<>(dims);
        long at = axis < 0 ? axis + dims.size() + 1 : axis;
        if (at < 0 || at > dims.size()) {
            return new ValueType.TensorType(slice.dtype(), Shape.unranked());
        }
        out.add((int) at, count);
        return new ValueType.TensorType(slice.dtype(), Shape.of(out));
    }

    /// What is true of every input.
    public static ValueType common(InferContext c) {
        ValueType all = c.type(0);
        for (int i = 1; i < c.inputs(); i++) {
            all = Either.of(all, c.type(i));
        }
        return all;
    }

    /// Reports that a body declares an input with another shape than what comes in each time.
    private static void taken(InferContext c, Graph body, int input, ValueType actual) {
        Shape declared = body.value(body.inputs().get(input))
                .map(v -> v.declared().shape())
                .orElse(Shape.unranked());
        if (!(actual.shape() instanceof Shape.Ranked(List<Dim> comes))
                || !(declared instanceof Shape.Ranked(List<Dim> told))) {
            return;
        }
        boolean fits = comes.size() == told.size();
        for (int i = 0; fits && i < told.size(); i++) {
            fits = !(comes.get(i) instanceof Dim.Fixed(long a) && told.get(i) instanceof Dim.Fixed(long b))
                    || b < 0
                    || a == b;
        }
        if (!fits) {
            c.contradiction(
                    "its body declares input " + input + " with shape " + declared + ", and gets " + actual.shape());
        }
    }
}
