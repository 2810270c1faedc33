package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Known;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The equations between dimensions that operators impose, solved as they come: a named dimension that must
/// equal another amount stands for it from then on.
final class Unifier {
    private final Map<String, Dim> bound = new HashMap<>();

    /// How two dimensions that must be equal came out: the one that says more, or a clash.
    record Solved(Dim dim, boolean clash) {}

    /// @param bind whether a name may be bound for the whole model (not inside a branch that may never run)
    Solved solve(Dim a, Dim b, boolean bind) {
        Dim x = resolve(a);
        Dim y = resolve(b);
        if (x instanceof Dim.Unknown) {
            return new Solved(y, false);
        }
        if (y instanceof Dim.Unknown || x.equals(y)) {
            return new Solved(x, false);
        }
        if (x instanceof Dim.Fixed && y instanceof Dim.Fixed) {
            return new Solved(Dim.unknown(), true);
        }
        if (x instanceof Dim.Symbol s && !mentions(y, s.name())) {
            return bind(s, y, bind);
        }
        if (y instanceof Dim.Symbol s && !mentions(x, s.name())) {
            return bind(s, x, bind);
        }
        boolean clash = DimMath.sub(x, y) instanceof Dim.Fixed;
        return new Solved(x instanceof Dim.Fixed || !(y instanceof Dim.Fixed) ? x : y, clash);
    }

    private Solved bind(Dim.Symbol symbol, Dim to, boolean bind) {
        if (bind && !(to instanceof Dim.Fixed(long size) && size < 0)) {
            bound.put(symbol.name(), to);
        }
        return new Solved(to, false);
    }

    /// What every bound name stands for.
    Map<String, Dim> solutions() {
        Map<String, Dim> out = new HashMap<>();
        bound.keySet().forEach(name -> out.put(name, resolve(Dim.symbol(name))));
        return out;
    }

    boolean isEmpty() {
        return bound.isEmpty();
    }

    Dim resolve(Dim dim) {
        Dim now = dim;
        // A binding may mention names that were bound later: at most one round per name.
        for (int round = 0; round <= bound.size() && !(now instanceof Dim.Fixed); round++) {
            Dim next = DimMath.substitute(now, name -> Optional.ofNullable(bound.get(name)));
            if (next.equals(now)) {
                return now;
            }
            now = next;
        }
        return now;
    }

    Known resolve(Known known) {
        return known.withType(resolve(known.type())).mapContent(this::resolve, this::resolve);
    }

    ValueType resolve(ValueType type) {
        return Types.mapDims(type, d -> {
            Dim solved = resolve(d);
            return solved instanceof Dim.Fixed(long size) && size < 0 ? Dim.unknown() : solved;
        });
    }

    private static boolean mentions(Dim dim, String name) {
        return switch (dim) {
            case Dim.Fixed f -> false;
            case Dim.Unknown u -> false;
            case Dim.Symbol s -> s.name().equals(name);
            case Dim.Expr e -> mentions(e.left(), name) || mentions(e.right(), name);
        };
    }
}
