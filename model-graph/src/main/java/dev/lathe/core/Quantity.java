package dev.lathe.core;

/// A number with its unit.
public record Quantity(double value, Unit unit) {
    public static Quantity of(double value, Unit unit) {
        return new Quantity(value, unit);
    }
}
