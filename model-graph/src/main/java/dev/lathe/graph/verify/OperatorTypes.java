package dev.lathe.graph.verify;

import dev.lathe.graph.DType;
import dev.lathe.graph.ValueType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What each version of each operator of the standard takes and gives, as the standard's schemas say: types, numbers of
/// inputs and outputs, attributes.
///
/// The facts are in `operator-types.tsv`, which a script writes; types are named as in the text form, without shapes.
final class OperatorTypes {
    private static final String RESOURCE = "operator-types.tsv";

    /// How often a parameter may occur, and whether all of it is of one type.
    enum Many {
        ONE,
        ALIKE,
        ANY
    }

    /// @param type a variable of the signature, or one type
    record Formal(String name, String type, Many many) {}

    /// How many there may be, both ends included.
    record Count(int least, int most) {}

    /// @param variables what each stands for
    /// @param attributes with whether each must be given; empty for an operator that was taken out
    record Signature(
            int since,
            List<Formal> inputs,
            List<Formal> outputs,
            Map<String, Set<String>> variables,
            Count inputCount,
            Count outputCount,
            Map<String, Boolean> attributes) {
        /// Whether models must not use the operator in this version: of such ones the standard states nothing else.
        boolean isDeprecated() {
            return outputs.isEmpty();
        }

        Optional<Formal> input(int index) {
            return at(inputs, index);
        }

        Optional<Formal> output(int index) {
            return at(outputs, index);
        }

        Set<String> allowed(Formal formal) {
            return Objects.requireNonNullElseGet(variables.get(formal.type()), () -> Set.of(formal.type()));
        }

        private static Optional<Formal> at(List<Formal> formals, int index) {
            if (index < formals.size()) {
                return Optional.of(formals.get(index));
            }
            return formals.isEmpty() || formals.getLast().many() == Many.ONE
                    ? Optional.empty()
                    : Optional.of(formals.getLast());
        }
    }

    private final Map<String, Map<String, TreeMap<Long, Signature>>> byDomain = new HashMap<>();

    private OperatorTypes(BufferedReader lines) throws IOException {
        Map<String, Set<String>> sets = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] f = line.split("\t", -1);
            if (f[0].equals("set")) {
                sets.put(f[1], Collections.unmodifiableSet(new LinkedHashSet<>(words(f[2]))));
            } else if (!f[0].startsWith("#")) {
                List<String> counts = words(f[6]);
                Signature s = new Signature(
                        Integer.parseInt(f[2]),
                        formals(f[3]),
                        formals(f[4]),
                        variables(f[5], sets),
                        count(counts.get(0)),
                        count(counts.get(1)),
                        attributes(f[7]));
                byDomain.computeIfAbsent(f[0], d -> new HashMap<>())
                        .computeIfAbsent(f[1], n -> new TreeMap<>())
                        .put((long) s.since(), s);
            }
        }
    }

    /// Read on first use and the same for everybody: it holds nothing that changes.
    static OperatorTypes standard() {
        return Standard.TYPES;
    }

    /// The operator as it is in `version` of its domain; nothing for what the standard does not have.
    Optional<Signature> find(String domain, String name, long version) {
        return Optional.ofNullable(byDomain.getOrDefault(domain, Map.of()).get(name))
                .map(versions -> versions.floorEntry(version))
                .map(Map.Entry::getValue);
    }

    /// The newest version in which an operator of the domain was new or changed; 0 for domains of others.
    int newest(String domain) {
        return byDomain.getOrDefault(domain, Map.of()).values().stream()
                .mapToInt(versions -> versions.lastKey().intValue())
                .max()
                .orElse(0);
    }

    Set<String> domains() {
        return Collections.unmodifiableSet(byDomain.keySet());
    }

    Set<String> operators(String domain) {
        return Collections.unmodifiableSet(
                byDomain.getOrDefault(domain, Map.of()).keySet());
    }

    Collection<Signature> versions(String domain, String name) {
        return Collections.unmodifiableCollection(byDomain.getOrDefault(domain, Map.of())
                .getOrDefault(name, new TreeMap<>())
                .values());
    }

    /// The type without its shape; nothing where a part of it is unknown. A sparse tensor may stand wherever a
    /// dense one may.
    static Optional<String> words(ValueType type) {
        return switch (type) {
            case ValueType.TensorType t -> t.dtype().map(DType::text);
            case ValueType.SparseTensorType t -> t.dtype().map(DType::text);
            case ValueType.SequenceType t -> words(t.element()).map(e -> "seq(" + e + ")");
            case ValueType.OptionalType t -> words(t.element()).map(e -> "optional(" + e + ")");
            case ValueType.MapType t ->
                words(t.value()).map(v -> "map(" + t.key().text() + ", " + v + ")");
            case ValueType.UnknownType t -> Optional.empty();
        };
    }

    private static List<Formal> formals(String column) {
        List<Formal> formals = new ArrayList<>();
        for (String word : words(column)) {
            int colon = word.indexOf(':');
            String type = word.substring(colon + 1);
            Many many = type.endsWith("**") ? Many.ANY : type.endsWith("*") ? Many.ALIKE : Many.ONE;
            formals.add(new Formal(word.substring(0, colon), type.replace("*", ""), many));
        }
        return List.copyOf(formals);
    }

    private static Count count(String word) {
        int dots = word.indexOf("..");
        String most = word.substring(dots + 2);
        return new Count(
                Integer.parseInt(word.substring(0, dots)), most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most));
    }

    private static Map<String, Boolean> attributes(String column) {
        Map<String, Boolean> attributes = new HashMap<>();
        for (String word : words(column)) {
            attributes.put(word.replace("!", ""), word.endsWith("!"));
        }
        return Map.copyOf(attributes);
    }

    private static Map<String, Set<String>> variables(String column, Map<String, Set<String>> sets) {
        Map<String, Set<String>> variables = new HashMap<>();
        for (String word : words(column)) {
            int equals = word.indexOf('=');
            variables.put(word.substring(0, equals), Objects.requireNonNull(sets.get(word.substring(equals + 1))));
        }
        return Map.copyOf(variables);
    }

    private static List<String> words(String column) {
        return column.isEmpty() ? List.of() : Arrays.asList(column.split(";"));
    }

    private static final class Standard {
        private static final OperatorTypes TYPES = read();

        private static OperatorTypes read() {
            try (InputStream in = Objects.requireNonNull(OperatorTypes.class.getResourceAsStream(RESOURCE), RESOURCE);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return new OperatorTypes(lines);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
