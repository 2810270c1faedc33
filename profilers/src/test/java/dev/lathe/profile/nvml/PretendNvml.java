package dev.lathe.profile.nvml;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// NVIDIA's management library, played by Java methods: signatures and answers are those of its reference.
public final class PretendNvml implements AutoCloseable {
    public static final long DOES_NOT_COUNT = -1;
    private static final int DRIVER_NOT_LOADED = 9;
    private static final int NOT_SUPPORTED = 3;

    private final Arena arena = Arena.ofShared();
    private final Map<String, MemorySegment> functions = new HashMap<>();
    private final List<Card> cards = new ArrayList<>();
    private boolean refuses;
    private boolean down;

    private static final class Card {
        private final String name;
        private long millijoules;
        private long used = 4L << 30;
        private final Map<Integer, Long> held = new HashMap<>();

        Card(String name, long millijoules) {
            this.name = name;
            this.millijoules = millijoules;
        }
    }

    public PretendNvml() {
        function("nvmlInit_v2", "init", int.class);
        function("nvmlShutdown", "shutdown", int.class);
        function("nvmlErrorString", "words", MemorySegment.class, int.class);
        function("nvmlDeviceGetCount_v2", "count", int.class, MemorySegment.class);
        function("nvmlDeviceGetHandleByIndex_v2", "handle", int.class, int.class, MemorySegment.class);
        function("nvmlDeviceGetName", "name", int.class, MemorySegment.class, MemorySegment.class, int.class);
        function("nvmlDeviceGetTotalEnergyConsumption", "energy", int.class, MemorySegment.class, MemorySegment.class);
        function("nvmlSystemGetDriverVersion", "driver", int.class, MemorySegment.class, int.class);
        function("nvmlDeviceGetMemoryInfo", "memory", int.class, MemorySegment.class, MemorySegment.class);
        function(
                "nvmlDeviceGetCudaComputeCapability",
                "capability",
                int.class,
                MemorySegment.class,
                MemorySegment.class,
                MemorySegment.class);
        function("nvmlDeviceGetEnforcedPowerLimit", "power", int.class, MemorySegment.class, MemorySegment.class);
        function("nvmlDeviceGetMaxClockInfo", "clock", int.class, MemorySegment.class, int.class, MemorySegment.class);
        processes("nvmlDeviceGetComputeRunningProcesses_v3", "computing");
        processes("nvmlDeviceGetGraphicsRunningProcesses_v3", "drawing");
        function("nvmlDeviceGetMemoryBusWidth", "bus", int.class, MemorySegment.class, MemorySegment.class);
    }

    /// A driver from before the functions that only tell more of a card.
    public void tellLess() {
        functions.keySet().removeIf(f -> f.endsWith("Limit") || f.endsWith("Info") || f.endsWith("Capability"));
    }

    private void processes(String symbol, String method) {
        function(symbol, method, int.class, MemorySegment.class, MemorySegment.class, MemorySegment.class);
    }

    private void function(String symbol, String method, Class<?> answer, Class<?>... arguments) {
        try {
            MethodType type = MethodType.methodType(answer, arguments);
            FunctionDescriptor descriptor = FunctionDescriptor.of(layout(answer));
            for (Class<?> a : arguments) {
                descriptor = descriptor.appendArgumentLayouts(layout(a));
            }
            functions.put(
                    symbol,
                    Linker.nativeLinker()
                            .upcallStub(MethodHandles.lookup().bind(this, method, type), descriptor, arena));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static java.lang.foreign.MemoryLayout layout(Class<?> type) {
        return type == int.class ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS;
    }

    public SymbolLookup symbols() {
        return name -> Optional.ofNullable(functions.get(name));
    }

    public void card(String name, long millijoules) {
        cards.add(new Card(name, millijoules));
    }

    public void take(int card, long millijoules) {
        cards.get(card).millijoules += millijoules;
    }

    /// This process holds so much on the card, and so all programs together hold more.
    public void hold(int card, int process, long bytes) {
        cards.get(card).held.merge(process, bytes, Long::sum);
        cards.get(card).used += bytes;
    }

    /// Programs that the driver does not tell of hold more.
    public void use(int card, long bytes) {
        cards.get(card).used += bytes;
    }

    public void refuse() {
        refuses = true;
    }

    public boolean isShutDown() {
        return down;
    }

    int init() {
        return refuses ? DRIVER_NOT_LOADED : 0;
    }

    int shutdown() {
        down = true;
        return 0;
    }

    MemorySegment words(int answer) {
        return arena.allocateFrom(answer == DRIVER_NOT_LOADED ? "Driver Not Loaded" : "Error " + answer);
    }

    int count(MemorySegment out) {
        out.reinterpret(4).set(ValueLayout.JAVA_INT, 0, cards.size());
        return 0;
    }

    int handle(int index, MemorySegment out) {
        out.reinterpret(8).set(ValueLayout.ADDRESS, 0, MemorySegment.ofAddress(1000 + index));
        return 0;
    }

    private Card card(MemorySegment handle) {
        return cards.get((int) handle.address() - 1000);
    }

    int name(MemorySegment card, MemorySegment out, int bytes) {
        out.reinterpret(bytes).setString(0, card(card).name);
        return 0;
    }

    int energy(MemorySegment card, MemorySegment out) {
        if (card(card).millijoules == DOES_NOT_COUNT) {
            return NOT_SUPPORTED;
        }
        out.reinterpret(8).set(ValueLayout.JAVA_LONG, 0, card(card).millijoules);
        return 0;
    }

    int driver(MemorySegment out, int bytes) {
        out.reinterpret(bytes).setString(0, "575.57.08");
        return 0;
    }

    int memory(MemorySegment card, MemorySegment out) {
        MemorySegment all = out.reinterpret(24);
        all.set(ValueLayout.JAVA_LONG, 0, 24L << 30);
        all.set(ValueLayout.JAVA_LONG, 8, (24L << 30) - card(card).used);
        all.set(ValueLayout.JAVA_LONG, 16, card(card).used);
        return 0;
    }

    int computing(MemorySegment card, MemorySegment count, MemorySegment infos) {
        Map<Integer, Long> held = card(card).held;
        int most = count.reinterpret(4).get(ValueLayout.JAVA_INT, 0);
        MemorySegment out = infos.reinterpret(24L * most);
        int i = 0;
        for (var e : held.entrySet()) {
            out.set(ValueLayout.JAVA_INT, 24L * i, e.getKey());
            out.set(ValueLayout.JAVA_LONG, 24L * i + 8, e.getValue());
            out.set(ValueLayout.JAVA_INT, 24L * i + 16, -1);
            out.set(ValueLayout.JAVA_INT, 24L * i++ + 20, -1);
        }
        count.reinterpret(4).set(ValueLayout.JAVA_INT, 0, held.size());
        return 0;
    }

    int drawing(MemorySegment card, MemorySegment count, MemorySegment infos) {
        count.reinterpret(4).set(ValueLayout.JAVA_INT, 0, 0);
        return 0;
    }

    int capability(MemorySegment card, MemorySegment major, MemorySegment minor) {
        major.reinterpret(4).set(ValueLayout.JAVA_INT, 0, 8);
        minor.reinterpret(4).set(ValueLayout.JAVA_INT, 0, 9);
        return 0;
    }

    int power(MemorySegment card, MemorySegment out) {
        out.reinterpret(4).set(ValueLayout.JAVA_INT, 0, 450_000);
        return 0;
    }

    int clock(MemorySegment card, int type, MemorySegment out) {
        out.reinterpret(4).set(ValueLayout.JAVA_INT, 0, type == 2 ? 10_501 : 3_105);
        return 0;
    }

    int bus(MemorySegment card, MemorySegment out) {
        out.reinterpret(4).set(ValueLayout.JAVA_INT, 0, 384);
        return 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
