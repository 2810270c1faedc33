package dev.lathe.profile.input;

import dev.lathe.graph.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an input is filled with.
public sealed interface Filling {
    /// Every element the same number.
    record Same(double value) implements Filling {}

    /// Whole numbers drawn from `from` … `to` inclusive.
    record Uniform(long from, long to) implements Filling {}

    /// 0, 1, 2, … along the last axis, starting again after `extent`.
    record Counting(long extent) implements Filling {}

    /// These, in this order, from the first on again where there are more elements.
    record Listed(List<Long> values) implements Filling {
        public Listed {
            values = List.copyOf(values);
        }
    }

    /// Numbers from 0 to 1.
    record UnitInterval() implements Filling {}

    /// Normally distributed around 0 with this standard deviation.
    record Normal(double deviation) implements Filling {}

    /// A fitting filling for `input` of these dimensions, by what the graph does with it first and by its name
    /// second.
    ///
    /// @param longest the longest sequence among the model's inputs, for inputs that say how long one is
    /// @param seed chooses where several values each make the graph do something else: the condition of an If is
    ///     true for odd seeds, so any two seeds in a row see both branches
    static Filling of(Value input, List<Long> dims, IntegerUse use, long longest, long seed) {
        String name = input.name().toLowerCase(Locale.ROOT);
        long elements = dims.stream().reduce(1L, (a, b) -> a * b);
        Optional<Filling> steering = steering(name, elements, use, seed);
        if (steering.isPresent()) {
            return steering.get();
        }
        return switch (input.declared().dtype().orElse(dev.lathe.graph.DType.FLOAT32)) {
            case BOOL -> bool(name);
            case INT64, INT32, INT16, UINT64, UINT32, UINT16 ->
                whole(name, dims, elements, use, longest).orElse(new Uniform(0, 1));
            case UINT8 -> whole(name, dims, elements, use, longest).orElse(new Uniform(0, 255));
            case INT8 -> whole(name, dims, elements, use, longest).orElse(new Uniform(-128, 127));
            case INT4, INT2 -> new Uniform(-1, 1);
            case UINT4, UINT2 -> new Uniform(0, 3);
            default -> real(name, dims, elements, use);
        };
    }

    private static Optional<Filling> steering(String name, long elements, IntegerUse use, long seed) {
        if (use.turns().isEmpty() || isCacheSwitch(name)) {
            return Optional.empty();
        }
        Filling turn = use.turns().get(Math.floorMod(seed, use.turns().size()));
        return turn instanceof Listed(List<Long> values) && values.size() != elements
                ? Optional.empty()
                : Optional.of(turn);
    }

    /// With a cache branch the past must fit; without it any past does.
    private static boolean isCacheSwitch(String name) {
        return name.contains("use_cache") || name.contains("use_past");
    }

    private static Filling bool(String name) {
        return isCacheSwitch(name) ? new Same(0) : name.contains("mask") ? new Same(1) : new Uniform(0, 1);
    }

    private static Optional<Filling> whole(String name, List<Long> dims, long elements, IntegerUse use, long longest) {
        if (name.contains("mask")) {
            return Optional.of(new Same(1));
        }
        if (elements == 1 && !use.compared().isEmpty()) {
            // A switch, such as a sample rate: the largest value that the graph knows.
            return Optional.of(new Same(use.compared().last()));
        }
        if (name.contains("position") || name.contains("pos_ids")) {
            return Optional.of(new Counting(use.extent().orElse(Math.max(1, longest))));
        }
        if (name.contains("token_type") || name.contains("segment") || name.contains("type_ids")) {
            return Optional.of(new Same(0));
        }
        if (use.extent().isPresent()) {
            return Optional.of(new Uniform(0, use.extent().getAsLong() - 1));
        }
        if (dims.size() <= 1 && (name.contains("len") || name.contains("total"))) {
            return Optional.of(new Same(longest));
        }
        if (use.begins() && !use.size()) {
            return Optional.of(new Same(0));
        }
        if (use.size()) {
            return Optional.of(new Same(1));
        }
        return use.mask() ? Optional.of(new Same(1)) : Optional.empty();
    }

    private static Filling real(String name, List<Long> dims, long elements, IntegerUse use) {
        if (name.contains("mask")) {
            return new Same(1);
        }
        if (elements == 1 && !use.compared().isEmpty()) {
            return new Same(use.compared().last());
        }
        boolean picture = dims.size() == 4 && (isChannels(dims.get(1)) || isChannels(dims.get(3)));
        return picture ? new UnitInterval() : new Normal(1);
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3 || size == 4;
    }
}
