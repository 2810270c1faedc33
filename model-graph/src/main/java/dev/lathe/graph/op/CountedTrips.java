package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How often the body of a Loop runs whose condition compares a counter with what stays the same: how converters from
/// other frameworks write `while`. The body is gone through once with a name for each number that it carries; what it
/// compares is then a formula of the counter's name, which falls by the counter's step from trip to trip.
final class CountedTrips {
    /// Operators that hand a condition on.
    private static final Set<String> SAME = Set.of("Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape");

    private static final int MOST_PARTS = 16;

    private final InferContext c;
    private final Graph body;
    /// The numbers that go in: the trip's, and those carried, where they are known.
    private final Map<String, Dim> starts = new HashMap<>();

    /// `left` must stay above `right` by at least `distance` for the loop to go on.
    private record Comparison(ValueId left, ValueId right, long distance) {}

    private CountedTrips(InferContext c, Graph body) {
        this.c = c;
        this.body = body;
    }

    /// The trips of a loop that is sure to begin; empty where its condition is of another kind.
    static Optional<Dim> of(InferContext c, Graph body) {
        Optional<List<Comparison>> all = comparisons(body);
        return all.isEmpty() ? Optional.empty() : new CountedTrips(c, body).trips(all.get());
    }

    /// What all must hold for the next trip; empty where something else decides, too.
    private static Optional<List<Comparison>> comparisons(Graph body) {
        List<Comparison> found = new ArrayList<>();
        if (body.outputs().isEmpty() || body.inputs().size() < 2) {
            return Optional.empty();
        }
        Deque<ValueId> open = new ArrayDeque<>(List.of(body.outputs().getFirst()));
        for (int parts = 0; !open.isEmpty(); parts++) {
            ValueId next = open.pop();
            if (next.equals(body.inputs().get(1))) {
                // It would not have come so far otherwise.
                continue;
            }
            Optional<Node> made = body.producer(next).filter(n -> n.domain().isEmpty());
            if (made.isEmpty() || parts > MOST_PARTS) {
                return Optional.empty();
            }
            Node n = made.get();
            if (n.op().equals("And")) {
                open.addAll(n.inputs());
            } else if (SAME.contains(n.op())) {
                open.add(n.input(0));
            } else if (n.op().startsWith("Less") || n.op().startsWith("Greater")) {
                boolean less = n.op().startsWith("Less");
                long distance = n.op().endsWith("OrEqual") ? 0 : 1;
                found.add(new Comparison(n.input(less ? 1 : 0), n.input(less ? 0 : 1), distance));
            } else {
                return Optional.empty();
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private Optional<Dim> trips(List<Comparison> all) {
        List<ValueId> asked = new ArrayList<>(body.outputs());
        all.forEach(p -> asked.addAll(List.of(p.left(), p.right())));
        Graph withSides = body.withOutputs(asked);
        List<Known> formals = formals();
        List<Known> results = c.aside(body, 1, () -> c.body(withSides, formals));
        if (results.size() != asked.size()) {
            return Optional.empty();
        }
        Map<String, Dim> steps = steps(results);
        Optional<Dim> least = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            int at = body.outputs().size() + 2 * i;
            Optional<Dim> left = number(results.get(at));
            Optional<Dim> right = number(results.get(at + 1));
            long distance = all.get(i).distance();
            Optional<Dim> trips =
                    left.flatMap(a -> right.flatMap(b -> falling(DimMath.sub(DimMath.sub(a, b), distance - 1), steps)));
            if (trips.isEmpty()) {
                return Optional.empty();
            }
            least = Optional.of(least.map(n -> DimMath.min(n, trips.get())).orElse(trips.get()));
        }
        return least.flatMap(this::limited);
    }

    /// As often as M allows.
    private Optional<Dim> limited(Dim trips) {
        Optional<Dim> most = c.has(0) ? number(c.input(0)) : Optional.of(Dim.of(Long.MAX_VALUE));
        return most.map(m -> m.fixed().orElse(0) >= Integer.MAX_VALUE ? trips : DimMath.min(trips, m));
    }

    /// What goes into the body: the trip's number, a condition that holds, and numbers by their names.
    private List<Known> formals() {
        List<Known> formals = new ArrayList<>();
        Known trip = Known.of(ValueType.tensor(DType.INT64, Shape.of()));
        formals.add(named(0, trip, Dim.of(0)));
        formals.add(Trips.GOING_ON);
        for (int i = 2; i < c.inputs(); i++) {
            Known given = Known.of(c.type(i));
            Optional<Dim> start = number(c.input(i));
            formals.add(start.isPresent() ? named(i, given, start.get()) : given);
        }
        return formals;
    }

    private Known named(int input, Known given, Dim start) {
        // No file can hold such a name.
        String name = "\0carried " + input;
        starts.put(name, start);
        return given.withElements(List.of(Dim.symbol(name)));
    }

    /// By how much each number grows in a trip; those that change otherwise are left out.
    private Map<String, Dim> steps(List<Known> results) {
        Map<String, Dim> steps = new HashMap<>();
        starts.keySet().forEach(name -> {
            int input = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
            if (input == 0) {
                steps.put(name, Dim.of(1));
            } else if (input - 1 < results.size()) {
                number(results.get(input - 1))
                        .map(after -> DimMath.sub(after, Dim.symbol(name)))
                        .filter(step -> step instanceof Dim.Fixed)
                        .ifPresent(step -> steps.put(name, step));
            }
        });
        return steps;
    }

    /// The trips of a loop that goes on after each in which `above` is greater than 0: one, and as many more as this
    /// takes to fall to 0.
    private Optional<Dim> falling(Dim above, Map<String, Dim> steps) {
        Dim rest = above;
        Dim fall = Dim.of(0);
        for (String name : starts.keySet()) {
            if (!has(rest, name)) {
                continue;
            }
            Dim carried = Dim.symbol(name);
            boolean falls = !has(DimMath.add(rest, carried), name);
            rest = falls ? DimMath.add(rest, carried) : DimMath.sub(rest, carried);
            if (has(rest, name) || !steps.containsKey(name)) {
                return Optional.empty();
            }
            Dim start = starts.get(name);
            rest = falls ? DimMath.sub(rest, start) : DimMath.add(rest, start);
            fall = falls ? DimMath.add(fall, steps.get(name)) : DimMath.sub(fall, steps.get(name));
        }
        return rest instanceof Dim.Unknown || !(fall instanceof Dim.Fixed(long each)) || each <= 0
                ? Optional.empty()
                : Optional.of(DimMath.max(DimMath.add(DimMath.ceilDiv(rest, each), 1), Dim.of(1)));
    }

    private static boolean has(Dim dim, String name) {
        boolean[] found = {false};
        DimTerms.names(dim, n -> found[0] |= n.equals(name));
        return found[0];
    }

    /// The one whole number that a value is.
    private static Optional<Dim> number(Known value) {
        return value.elements()
                .filter(e -> e.size() == 1 && !(e.getFirst() instanceof Dim.Unknown))
                .map(List::getFirst);
    }
}
