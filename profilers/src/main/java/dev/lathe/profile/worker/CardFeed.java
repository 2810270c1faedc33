package dev.lathe.profile.worker;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.GpuMemory;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.worker.wire.CardUse;
import dev.lathe.profile.worker.wire.Cards;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a worker says of graphics cards, and which of them the model runs on: numbers of a provider's devices need not
/// be the driver's, so the cards are asked who holds memory on them. Confined to one thread.
final class CardFeed {
    /// An engine's own context takes more than that on a card; other programs come and go with less.
    private static final long SURELY = 32L << 20;

    private final Device device;
    private Cards latest = Cards.getDefaultInstance();
    private long peak;

    CardFeed(Device device) {
        this.device = device;
    }

    void accept(Cards cards) {
        if (cards.getCardsCount() > 0 || !cards.getTrouble().isEmpty()) {
            latest = cards;
            peak = Math.max(peak, held());
        }
    }

    private boolean told() {
        return latest.getCardsList().stream().anyMatch(c -> c.getOwn() > 0);
    }

    private List<CardUse> used() {
        if (told()) {
            return latest.getCardsList().stream().filter(c -> c.getOwn() > 0).toList();
        }
        List<CardUse> all = latest.getCardsList();
        if (all.size() == 1 && ofNvidia()) {
            return all;
        }
        return all.stream()
                .filter(c -> grown(c) >= SURELY)
                .max(Comparator.comparingLong(CardFeed::grown))
                .map(List::of)
                .orElse(List.of());
    }

    private boolean ofNvidia() {
        return Accelerator.of(device)
                .map(Accelerator::provider)
                .filter(p -> p == ExecutionProvider.CUDA || p == ExecutionProvider.TENSORRT)
                .isPresent();
    }

    private static long grown(CardUse c) {
        return Math.max(0, c.getUsed() - c.getUsedBefore());
    }

    private long held() {
        boolean own = told();
        return used().stream().mapToLong(c -> own ? c.getOwn() : grown(c)).sum();
    }

    /// The cards that the model was seen on, as counters call them.
    Set<String> cards() {
        return used().stream().map(CardUse::getPart).collect(Collectors.toSet());
    }

    /// Empty for a run that no card takes part in.
    Optional<GpuMemory> memory() {
        if (device.kind() != DeviceKind.GPU) {
            return Optional.empty();
        }
        if (used().isEmpty()) {
            return Optional.of(new GpuMemory.NotReadable(
                    latest.getTrouble().isEmpty()
                            ? "the run was seen on no card whose driver tells what is held on it"
                            : latest.getTrouble()));
        }
        return Optional.of(new GpuMemory.Held(
                held(), peak, told(), cards().stream().sorted().toList()));
    }
}
