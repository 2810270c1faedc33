package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorWireTest {
    private static final int INLINE = 1 << 10;
    private static final int IN_SLOT = 200_000;
    private static final int OWN_FILE = 17 << 20;

    @TempDir
    Path folder;

    @Test
    void tensorsOfEverySizeArriveAsTheyWere() throws IOException {
        TensorWire ours = new TensorWire(folder, "in-");
        TensorWire theirs = new TensorWire(folder, "out-");
        for (int round = 0; round < 3; round++) {
            Map<String, HostTensor> sent =
                    Map.of("a", bytes(INLINE, round), "b", bytes(IN_SLOT << round, 7), "c", bytes(OWN_FILE, 9));
            Map<String, HostTensor> got = theirs.borrow(ours.pack(sent));
            assertThat(got.keySet()).isEqualTo(sent.keySet());
            sent.forEach((name, tensor) -> same(got.get(name), tensor));
            // And the answer, while the question is still at hand.
            Map<String, HostTensor> back = ours.take(theirs.pack(got));
            sent.forEach((name, tensor) -> same(back.get(name), tensor));
        }
    }

    @Test
    void aTakenTensorOutlivesTheNextMessage() throws IOException {
        TensorWire ours = new TensorWire(folder, "in-");
        TensorWire theirs = new TensorWire(folder, "out-");
        HostTensor first = bytes(IN_SLOT, 1);
        HostTensor second = bytes(IN_SLOT, 2);
        HostTensor kept = ours.take(theirs.pack(Map.of("y", first))).get("y");
        HostTensor next = ours.take(theirs.pack(Map.of("y", second))).get("y");
        same(kept, first);
        same(next, second);
    }

    @Test
    void lentTensorsOutliveAsManyMessagesAsWasSaidAndGoOnToOthersWithoutACopy() throws IOException {
        TensorWire ours = new TensorWire(folder, "in-");
        TensorWire theirs = new TensorWire(folder, "out-");
        Path elsewhere = Files.createDirectory(folder.resolve("other"));
        TensorWire toOther = new TensorWire(elsewhere, "in-");
        TensorWire other = new TensorWire(elsewhere, "out-");
        List<HostTensor> sent = new ArrayList<>();
        List<HostTensor> lent = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            sent.add(bytes(IN_SLOT, i));
            lent.add(ours.borrow(theirs.pack(Map.of("y", sent.get(i)), 3)).get("y"));
            for (int k = Math.max(0, i - 2); k <= i; k++) {
                same(lent.get(k), sent.get(k));
            }
            same(other.borrow(toOther.pack(Map.of("x", lent.get(i)))).get("x"), sent.get(i));
        }
        try (Stream<Path> copies = Files.list(elsewhere)) {
            assertThat(copies).isEmpty();
        }
        try (Stream<Path> slots = Files.list(folder)) {
            assertThat(slots.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void aSmallerTensorInASlotKeepsItsOwnLength() throws IOException {
        TensorWire ours = new TensorWire(folder, "in-");
        TensorWire theirs = new TensorWire(folder, "out-");
        ours.take(theirs.pack(Map.of("y", bytes(IN_SLOT, 1))));
        HostTensor small = bytes(IN_SLOT / 3, 5);
        same(ours.take(theirs.pack(Map.of("y", small))).get("y"), small);
    }

    @Test
    void noFileIsLeftInTheFolder() throws IOException {
        TensorWire ours = new TensorWire(folder, "in-");
        TensorWire theirs = new TensorWire(folder, "out-");
        for (int i = 1; i < 5; i++) {
            theirs.borrow(ours.pack(Map.of("x", bytes(IN_SLOT * i, i), "z", bytes(OWN_FILE, i))));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static HostTensor bytes(int count, long seed) {
        byte[] b = new byte[count];
        new Random(seed).nextBytes(b);
        return HostTensor.of(DType.UINT8, List.of((long) count), MemorySegment.ofArray(b));
    }

    private static void same(HostTensor a, HostTensor b) {
        assertThat(a.dims()).isEqualTo(b.dims());
        assertThat(a.dtype()).isEqualTo(b.dtype());
        assertThat(a.bytes().mismatch(b.bytes())).isEqualTo(-1);
    }
}
