package dev.lathe.graph.io.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An ONNX file as comparable text, made without any of the reader's code: each message's fields by number, defaults
/// left out, tensors by the hash of their bytes wherever these are stored. Two files with the same dump say the same.
public final class WireDump {
    /// For each message the messages that its fields hold.
    private static final Map<String, Map<Integer, String>> NESTED = Map.ofEntries(
            Map.entry("Model", Map.of(7, "Graph", 8, "Opset", 14, "Entry", 20, "Other", 25, "Function")),
            Map.entry(
                    "Graph",
                    Map.of(
                            1, "Node", 5, "Tensor", 11, "Value", 12, "Value", 13, "Value", 14, "Other", 15, "Sparse",
                            16, "Entry")),
            Map.entry("Function", Map.of(7, "Node", 9, "Opset", 11, "Attribute", 12, "Value", 14, "Entry")),
            Map.entry("Node", Map.of(5, "Attribute", 9, "Entry")),
            Map.entry(
                    "Attribute",
                    Map.of(
                            5, "Tensor", 6, "Graph", 10, "Tensor", 11, "Graph", 14, "Type", 15, "Type", 22, "Sparse",
                            23, "Sparse")),
            Map.entry("Sparse", Map.of(1, "Tensor", 2, "Tensor")),
            Map.entry("Value", Map.of(2, "Type", 4, "Entry")),
            Map.entry("Type", Map.of(1, "TensorType", 4, "Element", 5, "MapType", 8, "TensorType", 9, "Element")),
            Map.entry("TensorType", Map.of(2, "Shape")),
            Map.entry("Shape", Map.of(1, "Dim")),
            Map.entry("Element", Map.of(1, "Type")),
            Map.entry("MapType", Map.of(2, "Type")));

    /// Fields whose order among each other says nothing.
    private static boolean unordered(String message, int field) {
        return message.equals("Graph") && (field == 5 || field == 13)
                || message.equals("Function") && field == 12
                || message.equals("Model") && (field == 8 || field == 14);
    }

    private final Path folder;

    private WireDump(Path folder) {
        this.folder = folder;
    }

    public static String of(Path file) throws IOException {
        return new WireDump(file.toAbsolutePath().getParent()).message("Model", Files.readAllBytes(file), "");
    }

    private record Field(int number, int type, long value, byte[] bytes) {}

    private static List<Field> fields(byte[] message) {
        ByteBuffer b = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> all = new ArrayList<>();
        while (b.hasRemaining()) {
            long tag = varint(b);
            int type = (int) (tag & 7);
            int number = (int) (tag >>> 3);
            byte[] bytes = {};
            long value = 0;
            switch (type) {
                case 0 -> value = varint(b);
                case 1 -> value = b.getLong();
                case 5 -> value = b.getInt();
                case 2 -> {
                    bytes = new byte[(int) varint(b)];
                    b.get(bytes);
                }
                default -> throw new IllegalArgumentException("wire type " + type);
            }
            all.add(new Field(number, type, value, bytes));
        }
        return all;
    }

    private static long varint(ByteBuffer b) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = b.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private String message(String kind, byte[] wire, String indent) throws IOException {
        if (kind.equals("Tensor")) {
            return tensor(wire);
        }
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (Field f : fields(wire)) {
            String nested = NESTED.getOrDefault(kind, Map.of()).get(f.number);
            String text;
            if (nested != null && !nested.equals("Other")) {
                text = nested + " {" + message(nested, f.bytes, indent + "  ") + "}";
            } else if (f.type == 2) {
                text = HexFormat.of().formatHex(f.bytes);
                boolean always = kind.equals("Node") || kind.equals("Attribute") && f.number != 13;
                if (f.bytes.length == 0 && !(always && f.number != 3 && f.number != 6 && f.number != 7)) {
                    continue;
                }
                if (packed(kind, f.number)) {
                    for (String element : unpacked(f)) {
                        lines.computeIfAbsent(f.number, k -> new ArrayList<>()).add(element);
                    }
                    continue;
                }
            } else {
                text = Long.toString(f.value);
                if (f.value == 0 && !kind.equals("Attribute") && !kind.equals("Dim")) {
                    continue;
                }
            }
            if (kind.equals("Node") && f.number == 7 && new String(f.bytes, StandardCharsets.UTF_8).equals("ai.onnx")) {
                continue;
            }
            lines.computeIfAbsent(f.number, k -> new ArrayList<>()).add(text);
        }
        StringBuilder out = new StringBuilder();
        for (Map.Entry<Integer, List<String>> e : lines.entrySet()) {
            List<String> values = e.getValue();
            if (unordered(kind, e.getKey())) {
                // The same declaration twice says no more than once.
                values = values.stream().distinct().sorted().toList();
            }
            for (String v : values) {
                out.append('\n').append(indent).append(e.getKey()).append(": ").append(v);
            }
        }
        return out.toString();
    }

    private static boolean packed(String kind, int field) {
        return kind.equals("Attribute") && (field == 7 || field == 8);
    }

    private static List<String> unpacked(Field f) {
        ByteBuffer b = ByteBuffer.wrap(f.bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<String> all = new ArrayList<>();
        while (b.hasRemaining()) {
            all.add(Long.toString(f.number == 7 ? b.getInt() : varint(b)));
        }
        return all;
    }

    private String tensor(byte[] wire) throws IOException {
        List<Field> fields = fields(wire);
        List<Long> dims = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        Map<String, String> external = new TreeMap<>();
        int dtype = 0;
        boolean isExternal = false;
        byte[] data = {};
        for (Field f : fields) {
            switch (f.number) {
                case 1 -> {
                    if (f.type == 0) {
                        dims.add(f.value);
                    } else {
                        ByteBuffer b = ByteBuffer.wrap(f.bytes);
                        while (b.hasRemaining()) {
                            dims.add(varint(b));
                        }
                    }
                }
                case 2 -> dtype = (int) f.value;
                case 9 -> data = f.bytes;
                case 13 -> {
                    List<Field> entry = fields(f.bytes);
                    external.put(text(entry.get(0)), text(entry.get(1)));
                }
                case 14 -> isExternal = f.value == 1;
                case 4, 5, 7, 10, 11 -> {
                    // read below, when the type is known
                }
                default -> {
                    if (f.type != 2 || f.bytes.length > 0 || f.number == 6) {
                        rest.append(" ")
                                .append(f.number)
                                .append(":")
                                .append(HexFormat.of().formatHex(f.bytes));
                    }
                }
            }
        }
        if (isExternal) {
            byte[] all = Files.readAllBytes(folder.resolve(external.get("location")));
            int offset = Integer.parseInt(external.getOrDefault("offset", "0"));
            int length = Integer.parseInt(external.getOrDefault("length", "" + (all.length - offset)));
            data = java.util.Arrays.copyOfRange(all, offset, offset + length);
        }
        ByteBuffer typed = ByteBuffer.allocate(wire.length * 8 + 8).order(ByteOrder.LITTLE_ENDIAN);
        for (Field f : fields) {
            if (f.number == 4 || f.number == 5 || f.number == 7 || f.number == 10 || f.number == 11) {
                typed(f, dtype, typed);
            }
        }
        if (typed.position() > 0) {
            data = java.util.Arrays.copyOf(typed.array(), typed.position());
        }
        return "dims " + dims + " type " + dtype + " external " + isExternal + rest + " data " + data.length + " "
                + sha(data);
    }

    private static void typed(Field f, int dtype, ByteBuffer into) {
        if (f.number == 4 || f.number == 10) {
            if (f.type == 2) {
                into.put(f.bytes);
            } else if (f.number == 4) {
                into.putInt((int) f.value);
            } else {
                into.putLong(f.value);
            }
            return;
        }
        int width = switch (dtype) {
            case 6, 12 -> 4;
            case 4, 5, 10, 16 -> 2;
            case 7, 13 -> 8;
            default -> 1;
        };
        ByteBuffer b = ByteBuffer.wrap(f.bytes);
        boolean single = f.type == 0;
        while (single || b.hasRemaining()) {
            long v = single ? f.value : varint(b);
            for (int i = 0; i < width; i++) {
                into.put((byte) (v >>> 8 * i));
            }
            single = false;
        }
    }

    private static String text(Field f) {
        return new String(f.bytes, StandardCharsets.UTF_8);
    }

    private static String sha(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
