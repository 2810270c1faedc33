package dev.lathe.app.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutlineViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final ScopeTree tree = ScopeTree.of(encoder.graph());
    private final List<Selection> picked = new ArrayList<>();
    private final OutlineViewModel outline = new OutlineViewModel(picked::add);

    @BeforeEach
    void show() {
        outline.show(encoder.analysis(), tree, LayerTimes.of(encoder.run(1)), ColourBy.TIME, "MiniLM");
    }

    private List<OutlineRow> rows() {
        return outline.state().get().rows();
    }

    private OutlineRow row(String label) {
        return rows().stream().filter(r -> r.label().equals(label)).findFirst().orElseThrow();
    }

    @Test
    void atFirstOnlyTheModelIsOpenAndEveryBlockHasAStrip() {
        assertThat(rows().getFirst().depth()).isZero();
        assertThat(rows()).extracting(OutlineRow::label).contains("encoder.layer.0", "encoder.layer.5");
        assertThat(rows()).noneMatch(r -> r.depth() > 1);
        assertThat(row("encoder.layer.2").strip()).isTrue();
    }

    @Test
    void theStripOfABlockIsAsLongAsItsPiecesTogether() {
        OutlineRow block = row("encoder.layer.2");
        double pieces = outline.pieces(block.path()).stream()
                .mapToDouble(CostStrip.Piece::part)
                .sum();
        assertThat(pieces).isCloseTo(block.part(), within(1e-9));
        assertThat(outline.pieces(block.path())).allMatch(p -> p.heat() >= 0 && p.heat() <= 1);
        assertThat(rows().stream().mapToDouble(OutlineRow::part).max()).hasValue(1);
    }

    @Test
    void aSelectionFromElsewhereOpensWhatIsAroundIt() {
        NodeId dense =
                encoder.node("/encoder/layer.2/intermediate/dense/MatMul").id();
        outline.showSelected(Selection.node(dense));
        String path = outline.selectedPath().get().orElseThrow();
        assertThat(rows()).extracting(OutlineRow::path).contains(path);
        assertThat(row("encoder.layer.2").expanded()).isTrue();
        assertThat(row("encoder.layer.3").expanded()).isFalse();
        assertThat(picked).isEmpty();
    }

    @Test
    void theFirstLineIsTheRunsMedianAndTheLinesBelowAddUpToIt() {
        double whole = Double.parseDouble(rows().getFirst().amount());
        assertThat(whole).isCloseTo(encoder.run(1).latency().p50().toNanos() / 1e6, within(0.05));
        assertThat(rows().getLast().label()).isEqualTo("outside layers");
        double below = rows().stream()
                .filter(r -> r.depth() == 1)
                .mapToDouble(r -> Double.parseDouble(r.amount()))
                .sum();
        assertThat(below).isCloseTo(whole, within(0.1));
    }

    @Test
    void theTimesOfAShortRunAreInMicroseconds() {
        outline.show(encoder.analysis(), tree, LayerTimes.of(encoder.run(0.01)), ColourBy.TIME, "MiniLM");
        assertThat(outline.state().get().quantity()).isEqualTo("time, µs");
        assertThat(Double.parseDouble(rows().getFirst().amount()))
                .isCloseTo(encoder.run(0.01).latency().p50().toNanos() / 1e3, within(0.6));
    }

    @Test
    void pickingALineSelectsItsBlock() {
        outline.pick(row("encoder.layer.4"));
        assertThat(picked)
                .containsExactly(Selection.scope(row("encoder.layer.4").path()));
    }

    @Test
    void theFilterKeepsMatchesAndTheBlocksAroundThem() {
        outline.filter().set("softmax");
        assertThat(rows())
                .filteredOn(r -> r.label().toLowerCase().contains("softmax"))
                .hasSize(6);
        assertThat(rows())
                .extracting(OutlineRow::label)
                .contains("encoder.layer.0")
                .doesNotContain("embeddings");
        outline.filter().set("");
        assertThat(rows()).extracting(OutlineRow::label).contains("embeddings");
    }

    @Test
    void theQuantityFollowsColourBy() {
        assertThat(outline.state().get().quantity()).isEqualTo("time, ms");
        outline.show(encoder.analysis(), tree, LayerTimes.of(encoder.run(1)), ColourBy.PARAMETERS, "MiniLM");
        assertThat(outline.state().get().quantity()).isEqualTo("parameters");
        assertThat(row("encoder.layer.1").amount()).isEqualTo("1.77 M");
    }

    @Test
    void beforeARunTheOutlineShowsTheWork() {
        outline.show(encoder.analysis(), tree, LayerTimes.NONE, ColourBy.TIME, "MiniLM");
        assertThat(outline.state().get().quantity()).isEqualTo("work");
        assertThat(row("encoder.layer.1").amount()).endsWith("FLOP");
    }

    @Test
    void aVariantIsCalledByItsNameAndKeepsWhatIsOpen() {
        outline.setOpen(row("encoder.layer.2").path(), true);
        int lines = rows().size();
        ScopeTree other = ScopeTree.of(new EncoderFixture().graph());
        outline.show(encoder.analysis(), other, LayerTimes.NONE, ColourBy.FLOPS, "MiniLM · int8");
        assertThat(rows().getFirst().label()).isEqualTo("MiniLM · int8");
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(lines - 1);
        assertThat(row("encoder.layer.2").expanded()).isTrue();
    }

    @Test
    void newNumbersKeepWhatIsOpen() {
        outline.setOpen(row("encoder.layer.2").path(), true);
        int lines = rows().size();
        outline.show(encoder.analysis(), tree, LayerTimes.of(encoder.run(2)), ColourBy.TIME, "MiniLM");
        assertThat(rows()).hasSize(lines);
        outline.toggle(row("encoder.layer.2").path());
        assertThat(rows().size()).isLessThan(lines);
    }
}
