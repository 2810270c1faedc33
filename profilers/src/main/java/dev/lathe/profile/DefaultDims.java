package dev.lathe.profile;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.input.InputShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Sizes for the free dimensions that nobody set: assumptions from their names and places, each with its
/// reason, so that who shows them can say "assumed".
public final class DefaultDims {
    /// Sequence lengths are often compared at 128 tokens; it is also the length of this project's benchmarks.
    static final long SEQUENCE = 128;

    static final long PAST = 16;

    /// A multiple of 32, which is what detectors with five halvings ask for.
    static final long IMAGE = 320;

    /// One second of speech at the usual rate.
    static final long AUDIO = 16_000;

    /// The frame of streaming speech models at 16 kHz.
    static final long AUDIO_FRAME = 512;

    /// From 1 to four thousand, where nothing is left before.
    private static final int MOST_DOUBLINGS = 12;

    private static final Pattern BATCH = Pattern.compile("batch|^n$|^b$|^bs$");
    private static final Pattern PAST_NAME = Pattern.compile("past|cache|history|prev");
    private static final Pattern TOTAL = Pattern.compile("total|all_|full|kv_seq|with_past");
    private static final Pattern SEQUENCE_NAME = Pattern.compile("seq|len|token|^s$|^l$|^t$");
    private static final Pattern IMAGE_SIDE = Pattern.compile("height|width|^h$|^w$|image|size");
    private static final Pattern CHANNEL = Pattern.compile("chan|^c$");
    private static final Pattern SAMPLES = Pattern.compile("sample|wave|audio");
    private static final Pattern FRAMES = Pattern.compile("frame|time|step");
    private static final Pattern POSITIONS = Pattern.compile("position|wpe|pos_emb");
    private static final Pattern BYTES = Pattern.compile("bytes");

    private DefaultDims() {}

    /// A size for every free dimension of the inputs that a caller must give.
    public static DimBindings choose(Model model) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        choices(model).forEach(c -> sizes.put(c.name(), c.size()));
        return new DimBindings(sizes);
    }

    /// What `given` sets, and an assumed size for every other free dimension.
    public static DimBindings complete(Model model, DimBindings given) {
        Map<String, Long> sizes = new LinkedHashMap<>(choose(model).sizes());
        sizes.putAll(given.sizes());
        enlarge(model, sizes, given.sizes().keySet());
        // A total that the user did not set follows the parts, one of which he may have set.
        for (DimChoice c : choices(model)) {
            if (!given.sizes().containsKey(c.name())
                    && TOTAL.matcher(key(c.name())).find()) {
                sizes.put(c.name(), total(sizes));
            }
        }
        return new DimBindings(sizes);
    }

    /// Doubles sizes until each extent that is a formula of them is at least 1, one extent after the other: what is
    /// left of a signal after a window is nothing where the signal is short. Where no size makes it any, sizes
    /// stay.
    ///
    /// @param fixed names whose size stays
    private static void enlarge(Model model, Map<String, Long> sizes, Set<String> fixed) {
        for (Value input : InputShape.required(model.graph())) {
            for (Dim d : InputShape.named(input).orElse(List.of())) {
                List<String> free = names(d).stream()
                        .filter(n -> !fixed.contains(n))
                        .distinct()
                        .toList();
                Map<String, Long> tried = new LinkedHashMap<>(sizes);
                for (int i = 0; i < MOST_DOUBLINGS && isNothing(d, tried); i++) {
                    free.forEach(n -> tried.computeIfPresent(n, (name, size) -> 2 * size));
                }
                if (!isNothing(d, tried)) {
                    sizes.putAll(tried);
                }
            }
        }
    }

    private static boolean isNothing(Dim d, Map<String, Long> sizes) {
        return d instanceof Dim.Expr
                && InputShape.size(d, sizes).filter(n -> n < 1).isPresent();
    }

    /// The same with the reasons, in the order of the inputs.
    public static List<DimChoice> choices(Model model) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (Value input : InputShape.required(model.graph())) {
            List<Dim> dims = InputShape.named(input).orElse(List.of());
            for (int axis = 0; axis < dims.size(); axis++) {
                Place here = new Place(input, dims, axis, new ArrayList<>());
                names(dims.get(axis))
                        .forEach(n ->
                                places.computeIfAbsent(n, k -> here).inputs().add(input.name()));
            }
        }
        long most = positions(model.graph());
        List<DimChoice> chosen = new ArrayList<>();
        places.forEach((name, place) -> chosen.add(choice(name, place, places).atMost(most)));
        Map<String, Long> enlarged = new LinkedHashMap<>();
        chosen.forEach(c -> enlarged.put(c.name(), c.size()));
        enlarge(model, enlarged, Set.of());
        return chosen.stream()
                .map(c -> new DimChoice(
                        c.name(),
                        enlarged.getOrDefault(c.name(), c.size()),
                        enlarged.getOrDefault(c.name(), c.size()) == c.size()
                                ? c.reason()
                                : "large enough for what is left of it in an input",
                        c.inputs()))
                .toList();
    }

    /// How many positions the model has embeddings for, by the name of the table: a longer sequence cannot run.
    private static long positions(Graph graph) {
        long most = Long.MAX_VALUE;
        for (Map.Entry<ValueId, Tensor> e : graph.initializers().entrySet()) {
            List<Long> dims = e.getValue().dims();
            if (dims.size() == 2
                    && POSITIONS.matcher(key(graph.nameOf(e.getKey()))).find()) {
                boolean table = e.getValue().dtype().isFloat();
                most = Math.min(most, table ? dims.getFirst() : dims.getLast());
            }
        }
        return most < 2 ? Long.MAX_VALUE : most;
    }

    /// The first input and axis that has the dimension.
    private record Place(Value input, List<Dim> dims, int axis, List<String> inputs) {
        boolean isFloat() {
            return input.declared().dtype().map(DType::isFloat).orElse(true);
        }

        /// A picture: four axes, and one, three or four channels in the second (NCHW) or last (NHWC).
        Optional<Boolean> channelsFirst() {
            if (dims.size() != 4) {
                return Optional.empty();
            }
            return isChannels(dims.get(1))
                    ? Optional.of(true)
                    : isChannels(dims.get(3)) ? Optional.of(false) : Optional.empty();
        }

        private static boolean isChannels(Dim d) {
            return d instanceof Dim.Fixed(long size) && (size == 1 || size == 3 || size == 4);
        }
    }

    private static DimChoice choice(String name, Place at, Map<String, Place> all) {
        String key = key(name);
        boolean unnamed = name.equals(at.input().name() + "_d" + at.axis());
        if (!unnamed) {
            if (BATCH.matcher(key).find()) {
                return new DimChoice(name, 1, "one request at a time", at.inputs());
            }
            if (TOTAL.matcher(key).find() && SEQUENCE_NAME.matcher(key).find()) {
                Map<String, Long> parts = new LinkedHashMap<>();
                all.keySet().stream()
                        .filter(n -> !TOTAL.matcher(key(n)).find())
                        .forEach(n -> parts.put(
                                n, choice(n, all.getOrDefault(n, at), Map.of()).size()));
                return new DimChoice(name, total(parts), "the past and the new tokens together", at.inputs());
            }
            if (PAST_NAME.matcher(key).find()) {
                return new DimChoice(name, PAST, "a short past", at.inputs());
            }
            if (BYTES.matcher(key).find()) {
                return new DimChoice(name, 1024, "a kibibyte", at.inputs());
            }
            if (SAMPLES.matcher(key).find()) {
                return new DimChoice(name, AUDIO, "a second of sound at 16 kHz", at.inputs());
            }
        }
        Optional<Boolean> picture = at.channelsFirst();
        if (picture.isPresent() && at.axis() > 0) {
            return new DimChoice(name, IMAGE, "a side of a picture, a multiple of 32", at.inputs());
        }
        if (at.isFloat()
                && at.dims().size() == 2
                && at.axis() == 1
                && (unnamed || SEQUENCE_NAME.matcher(key).find())) {
            return new DimChoice(name, AUDIO_FRAME, "a frame of sound, 32 ms at 16 kHz", at.inputs());
        }
        if (!unnamed) {
            if (IMAGE_SIDE.matcher(key).find()) {
                return new DimChoice(name, IMAGE, "a side of a picture, a multiple of 32", at.inputs());
            }
            if (SEQUENCE_NAME.matcher(key).find()) {
                return new DimChoice(name, SEQUENCE, "a sequence of tokens", at.inputs());
            }
            if (CHANNEL.matcher(key).find()) {
                return new DimChoice(name, 3, "three colour channels", at.inputs());
            }
            if (FRAMES.matcher(key).find()) {
                return new DimChoice(name, 100, "a hundred steps in time", at.inputs());
            }
        }
        if (at.axis() == 0 || (at.axis() == 1 && at.dims().getFirst() instanceof Dim.Fixed(long two) && two == 2)) {
            return new DimChoice(name, 1, "the first axis, so probably the batch", at.inputs());
        }
        if (at.dims().size() == 4) {
            return at.axis() == 1
                    ? new DimChoice(name, 3, "the second of four axes, so probably colour channels", at.inputs())
                    : new DimChoice(name, IMAGE, "the last of four axes, so probably a picture", at.inputs());
        }
        return at.axis() == 1 || at.dims().size() == 2
                ? new DimChoice(name, SEQUENCE, "the axis after the batch, so probably a sequence", at.inputs())
                : new DimChoice(name, 1, "nothing says what it is", at.inputs());
    }

    private static long total(Map<String, Long> sizes) {
        long sum = 0;
        for (Map.Entry<String, Long> e : sizes.entrySet()) {
            String key = key(e.getKey());
            boolean part =
                    SEQUENCE_NAME.matcher(key).find() || PAST_NAME.matcher(key).find();
            sum += part && !TOTAL.matcher(key).find() && !BATCH.matcher(key).find() ? e.getValue() : 0;
        }
        // Where the model does not name the parts, nothing would be left of what it computes.
        return sum == 0 ? SEQUENCE : sum;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<String> names(Dim dim) {
        return switch (dim) {
            case Dim.Symbol s -> List.of(s.name());
            case Dim.Expr e -> {
                List<String> both = new ArrayList<>(names(e.left()));
                both.addAll(names(e.right()));
                yield both;
            }
            case Dim.Fixed f -> List.of();
            case Dim.Unknown u -> List.of();
        };
    }
}
