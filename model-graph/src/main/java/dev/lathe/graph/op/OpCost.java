package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.Optional;

/// The arithmetic of one execution of a node. `flops` counts everything, a multiply-accumulate as 2.
/// `bytesRead` and `bytesWritten` are given where an operator does not touch exactly its whole inputs and
/// outputs once (Gather reads rows, a view nothing, a loop many times).
public record OpCost(Dim macs, Dim flops, Optional<Dim> bytesRead, Optional<Dim> bytesWritten) {
    public static final OpCost UNKNOWN = new OpCost(Dim.unknown(), Dim.unknown(), Optional.empty(), Optional.empty());

    /// No arithmetic: data is moved or nothing happens at all.
    public static final OpCost FREE = of(Dim.of(0), Dim.of(0));

    public static OpCost of(Dim macs, Dim flops) {
        return new OpCost(macs, flops, Optional.empty(), Optional.empty());
    }

    /// `macs` multiply-accumulates at 2 FLOPs each, and `others` single operations.
    public static OpCost ofMacs(Dim macs, Dim others) {
        return of(macs, DimMath.add(DimMath.mul(macs, 2), others));
    }

    public static OpCost ofFlops(Dim flops) {
        return of(flops instanceof Dim.Unknown ? flops : Dim.of(0), flops);
    }

    public OpCost reading(Dim bytes) {
        return new OpCost(macs, flops, Optional.of(bytes), bytesWritten);
    }

    public OpCost writing(Dim bytes) {
        return new OpCost(macs, flops, bytesRead, Optional.of(bytes));
    }

    /// Without amounts below 0, which only attributes that mean nothing make.
    public OpCost notBelowZero() {
        return new OpCost(
                notBelowZero(macs),
                notBelowZero(flops),
                bytesRead.map(OpCost::notBelowZero),
                bytesWritten.map(OpCost::notBelowZero));
    }

    private static Dim notBelowZero(Dim amount) {
        return amount instanceof Dim.Fixed(long n) && n < 0 ? Dim.unknown() : amount;
    }

    /// The arithmetic of both; bytes only where both tell them.
    public OpCost plus(OpCost other) {
        return new OpCost(
                DimMath.add(macs, other.macs),
                DimMath.add(flops, other.flops),
                both(bytesRead, other.bytesRead, DimMath::add),
                both(bytesWritten, other.bytesWritten, DimMath::add));
    }

    /// The larger of two, amount by amount.
    public OpCost max(OpCost other) {
        return new OpCost(
                DimMath.max(macs, other.macs),
                DimMath.max(flops, other.flops),
                both(bytesRead, other.bytesRead, DimMath::max),
                both(bytesWritten, other.bytesWritten, DimMath::max));
    }

    public OpCost times(Dim count) {
        return new OpCost(
                DimMath.mul(macs, count),
                DimMath.mul(flops, count),
                bytesRead.map(b -> DimMath.mul(b, count)),
                bytesWritten.map(b -> DimMath.mul(b, count)));
    }

    private interface Combine {
        Dim of(Dim a, Dim b);
    }

    private static Optional<Dim> both(Optional<Dim> a, Optional<Dim> b, Combine combine) {
        return a.flatMap(x -> b.map(y -> combine.of(x, y)));
    }
}
