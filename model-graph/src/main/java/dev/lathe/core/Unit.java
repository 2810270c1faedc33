package dev.lathe.core;

/// The unit of a [Quantity]. Formatting (ms or µs, KiB or MiB) is the business of whoever shows it.
public enum Unit {
    NANOSECONDS("ns"),
    BYTES("B"),
    FLOP("FLOP"),
    MAC("MAC"),
    FLOP_PER_SECOND("FLOP/s"),
    /// Integer operations, an integer multiply-accumulate counting 2 as a floating-point one does.
    OP_PER_SECOND("OP/s"),
    BYTES_PER_SECOND("B/s"),
    FLOP_PER_BYTE("FLOP/B"),
    PER_SECOND("1/s"),
    PERCENT("%"),
    DECIBEL("dB"),
    COUNT(""),
    WATT("W"),
    HERTZ("Hz"),
    JOULE("J");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
