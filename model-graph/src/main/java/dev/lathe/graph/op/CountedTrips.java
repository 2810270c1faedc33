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
/// other frameworks write `while`. The body is gone through twice. First each number that it carries has a name, which
/// tells by how much it grows in a trip; then all of them are formulas of the trip's number, and so is what is
/// compared.
final class CountedTrips {
    /// Operators that hand a condition on.
    private static final Set<String> SAME = Set.of("Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape");

    private static final int MOST_PARTS = 16;

    /// How many trips were before: at least 0, as all names of sizes. No file can hold such a name.
    private static final String TRIP = "\0trip";

    private final InferContext c;
    private final Graph body;
    /// What holds in all trips of what is carried.
    private final List<Known> state;
    /// `left` must stay above `right` by at least `distance` for the loop to go on.
    private record Comparison(ValueId left, ValueId right, long distance) {}

    private CountedTrips(InferContext c, Graph body, List<Known> state) {
        this.c = c;
        this.body = body;
        this.state = state;
    }

    /// The trips of a loop that is sure to begin; empty where its condition is of another kind.
    ///
    /// @param state what holds in all trips of what is carried: sizes that change are open
    static Optional<Dim> of(InferContext c, Graph body, List<Known> state) {
        Optional<List<Comparison>> all = comparisons(body);
        return all.isEmpty() ? Optional.empty() : new CountedTrips(c, body, state).trips(all.get());
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
        Map<Integer, Dim> formulas = formulas(c.aside(body, 1, () -> c.body(withSides, formals(names()))));
        List<Known> results = c.aside(body, 1, () -> c.body(withSides, formals(formulas)));
        if (results.size() != asked.size() || !growAsTold(formulas, results)) {
            return Optional.empty();
        }
        Optional<Dim> least = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            int at = body.outputs().size() + 2 * i;
            Optional<Dim> left = number(results.get(at));
            Optional<Dim> right = number(results.get(at + 1));
            long distance = all.get(i).distance();
            Optional<Dim> trips =
                    left.flatMap(a -> right.flatMap(b -> falling(DimMath.sub(DimMath.sub(a, b), distance - 1))));
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
        return most.map(
                m -> m.fixed().orElse(0) >= Integer.MAX_VALUE ? trips : DimMath.min(trips, DimMath.max(m, Dim.of(0))));
    }

    /// What goes into the body: the trip's number, a condition that holds, and what is carried.
    ///
    /// @param numbers by the input of the Loop
    private List<Known> formals(Map<Integer, Dim> numbers) {
        List<Known> formals = new ArrayList<>();
        formals.add(Known.of(ValueType.tensor(DType.INT64, Shape.of())).withElements(List.of(Dim.symbol(TRIP))));
        formals.add(Trips.GOING_ON);
        for (int i = 0; i < state.size(); i++) {
            Known given = Known.of(state.get(i).type());
            Dim number = numbers.get(i + 2);
            formals.add(number == null ? given : given.withElements(List.of(number)));
        }
        return formals;
    }

    /// A name for each number that is carried and known at the start.
    private Map<Integer, Dim> names() {
        Map<Integer, Dim> names = new HashMap<>();
        for (int i = 2; i < state.size() + 2; i++) {
            if (number(c.input(i)).isPresent()) {
                names.put(i, Dim.symbol("\0carried " + i));
            }
        }
        return names;
    }

    /// start + step · trip, for each number that grows by the same step in every trip.
    ///
    /// @param results of a trip that the names went into
    private Map<Integer, Dim> formulas(List<Known> results) {
        Map<Integer, Dim> formulas = new HashMap<>();
        names().forEach((input, name) -> {
            Dim start = number(c.input(input)).orElseThrow();
            if (input - 1 < Math.min(results.size(), body.outputs().size())) {
                number(results.get(input - 1))
                        .map(after -> DimMath.sub(after, name))
                        .filter(step -> step instanceof Dim.Fixed)
                        .ifPresent(step ->
                                formulas.put(input, DimMath.add(start, DimMath.mul(step, Dim.symbol(TRIP)))));
            }
        });
        return formulas;
    }

    /// Whether each number is after the trip what its formula tells for the next one. A step was found with a name,
    /// which counts as at least 0, and the number may be less.
    private static boolean growAsTold(Map<Integer, Dim> formulas, List<Known> results) {
        return formulas.entrySet().stream()
                .allMatch(e -> number(results.get(e.getKey() - 1)).equals(Optional.of(next(e.getValue()))));
    }

    private static Dim next(Dim ofTrip) {
        Optional<Dim> one = Optional.of(DimMath.add(Dim.symbol(TRIP), 1));
        return DimMath.substitute(ofTrip, name -> name.equals(TRIP) ? one : Optional.empty());
    }

    /// The trips of a loop that goes on after each in which `above` is greater than 0: one, and as many more as this
    /// takes to fall to 0 by the same amount in each.
    private static Optional<Dim> falling(Dim above) {
        Dim fall = DimMath.sub(above, next(above));
        Dim first = DimMath.add(above, DimMath.mul(fall, Dim.symbol(TRIP)));
        boolean[] byTrip = {false};
        DimTerms.names(first, n -> byTrip[0] |= n.equals(TRIP));
        return byTrip[0] || first instanceof Dim.Unknown || !(fall instanceof Dim.Fixed(long each)) || each <= 0
                ? Optional.empty()
                : Optional.of(DimMath.max(DimMath.add(DimMath.ceilDiv(first, each), 1), Dim.of(1)));
    }

    /// The one whole number that a value is.
    private static Optional<Dim> number(Known value) {
        return value.elements()
                .filter(e -> e.size() == 1 && !(e.getFirst() instanceof Dim.Unknown))
                .map(List::getFirst);
    }
}
