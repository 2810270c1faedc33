package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.GpuMemory;
import dev.lathe.profile.worker.wire.CardUse;
import dev.lathe.profile.worker.wire.Cards;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CardFeedTest {
    private static final long MIB = 1L << 20;

    private static Device device(String id, DeviceKind kind) {
        return new Device(id, id, kind, List.of(), OptionalLong.empty(), List.of());
    }

    private static CardFeed on(String id) {
        return new CardFeed(device(id, DeviceKind.GPU));
    }

    private static CardUse card(String part, long before, long used, long own) {
        return CardUse.newBuilder()
                .setPart(part)
                .setUsedBefore(before * MIB)
                .setUsed(used * MIB)
                .setOwn(own * MIB)
                .build();
    }

    private static Cards cards(CardUse... cards) {
        return Cards.newBuilder().addAllCards(List.of(cards)).build();
    }

    @Test
    void aRunOnTheProcessorHoldsNothingOnACard() {
        CardFeed feed = new CardFeed(device("cpu", DeviceKind.CPU));
        feed.accept(cards(card("gpu 0", 100, 900, 800)));
        assertThat(feed.memory()).isEmpty();
    }

    @Test
    void whatTheDriverTellsOfTheRunsOwnProcessesCounts() {
        CardFeed feed = on("cuda:0");
        feed.accept(cards(card("gpu 0", 100, 5000, 0), card("gpu 1", 100, 900, 600)));
        feed.accept(cards(card("gpu 0", 100, 5000, 0), card("gpu 1", 100, 700, 400)));
        assertThat(feed.memory()).contains(new GpuMemory.Held(400 * MIB, 600 * MIB, true, List.of("gpu 1")));
        assertThat(feed.cards()).containsExactly("gpu 1");
    }

    @Test
    void inAContainerTheCardThatFilledWhileTheModelWasOpenedIsIt() {
        CardFeed feed = on("cuda:0");
        feed.accept(cards(card("gpu 0", 100, 101, 0), card("gpu 1", 100, 900, 0)));
        assertThat(feed.memory()).contains(new GpuMemory.Held(800 * MIB, 800 * MIB, false, List.of("gpu 1")));
    }

    @Test
    void aModelOnACardOfAnotherMakerIsSeenOnNone() {
        CardFeed feed = on("webgpu:0");
        feed.accept(cards(card("gpu 0", 100, 101, 0)));
        assertThat(feed.memory().orElseThrow()).isInstanceOf(GpuMemory.NotReadable.class);
        assertThat(feed.cards()).isEmpty();
    }

    @Test
    void withoutADriverItSaysWhy() {
        CardFeed feed = on("webgpu:0");
        feed.accept(Cards.newBuilder().setTrouble("there is no NVIDIA driver").build());
        assertThat(feed.memory()).contains(new GpuMemory.NotReadable("there is no NVIDIA driver"));
    }
}
