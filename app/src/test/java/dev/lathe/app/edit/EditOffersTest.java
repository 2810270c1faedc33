package dev.lathe.app.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.Selection;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditOffersTest {
    private static final String MODEL = """
            model "ONNX" ir=8
            opset "" 17
            graph main (x: float32[n, 4]) -> (y: float32[n, 2], z: float32[n, 2]) {
              const w = float32[4, 2] {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}
              h = MatMul(x, w) as "stem/my dense"
              z = Relu(h) as "block/relu"
              s = Softmax(z) {axis = -1} as "block/softmax"
              y = Neg(s) as last
            }
            """;

    private static final String NESTED = """
            model "ONNX" ir=8
            opset "" 17
            graph main (x: float32[4], c: bool[]) -> (y: float32[4]) {
              t = Abs(x) as first
              y = If(c) {
                then_branch = graph yes () -> (a) {
                  a = Relu(t) as inner
                },
                else_branch = graph no () -> (b) {
                  b = LeakyRelu(t) {alpha = 0.5} as inner
                }
              } as choose
            }
            """;

    private static Analysis analysis(String text) throws Exception {
        return Analysis.of(GraphText.parse(text), DimBindings.NONE, JobContext.quiet());
    }

    private static Node node(Model model, String op) {
        List<Node> all = new ArrayList<>();
        model.graph().forEachGraph(g -> all.addAll(g.nodes()));
        return all.stream().filter(n -> n.op().equals(op)).findFirst().orElseThrow();
    }

    private static List<EditOffer> ofNode(Analysis a, String op) {
        return EditOffers.of(
                a, Optional.empty(), Selection.node(node(a.model(), op).id()));
    }

    private static List<EditOffer> ofTensor(Analysis a, String name) {
        return EditOffers.of(
                a,
                Optional.empty(),
                Selection.value(a.model().graph().valueNamed(name).orElseThrow().id()));
    }

    private static List<String> statements(List<EditOffer> offers) {
        return offers.stream().map(EditOffer::statement).toList();
    }

    private static String written(EditOffer offer) {
        return offer.statement().substring(offer.from(), offer.to());
    }

    @Test
    void aLayerIsOfferedWithItsNamesAndPresentValues() throws Exception {
        assertThat(statements(ofNode(analysis(MODEL), "Softmax")))
                .containsExactly(
                        "rename node block/softmax to block/softmax",
                        "set block/softmax axis = -1",
                        "set block/softmax name = 1",
                        "remove block/softmax",
                        "replace block/softmax with { s = Softmax(z) {axis = -1} as block/softmax }",
                        "insert after s { inserted = Identity(s) }",
                        "output s");
    }

    @Test
    void whatIsToBeWrittenOverIsSelected() throws Exception {
        assertThat(ofNode(analysis(MODEL), "Softmax").stream().map(EditOffersTest::written))
                .containsExactly("block/softmax", "-1", "name", "", "Softmax", "Identity", "");
    }

    @Test
    void everyStatementThatIsBegunCanBeAppliedAsItStandsAndLeavesTheModelValid() throws Exception {
        for (String text : List.of(MODEL, NESTED)) {
            Analysis a = analysis(text);
            List<Selection> all = new ArrayList<>();
            a.model().graph().forEachGraph(g -> addAll(g, all));
            for (Selection s : all) {
                for (EditOffer offer : EditOffers.of(a, Optional.empty(), s)) {
                    boolean asItStands = offer.kind() != EditOffer.Kind.REMOVE
                            && !offer.statement().endsWith(" name = 1");
                    if (asItStands) {
                        Model edited = Edits.apply(a.model(), EditScript.parse(offer.statement()), JobContext.quiet());
                        assertThat(edited).as(offer.statement()).isNotNull();
                    }
                }
            }
        }
    }

    private static void addAll(Graph graph, List<Selection> into) {
        graph.nodes().stream().forEach(n -> into.add(Selection.node(n.id())));
        graph.values().stream()
                .filter(v -> graph.initializer(v.id()).isEmpty())
                .forEach(v -> into.add(Selection.value(v.id())));
    }

    @Test
    void aNameWithASpaceStandsInQuotes() throws Exception {
        assertThat(statements(ofNode(analysis(MODEL), "MatMul"))).contains("remove \"stem/my dense\"");
    }

    @Test
    void aLayerInsideAnotherIsMeantByItsPath() throws Exception {
        assertThat(statements(ofNode(analysis(NESTED), "LeakyRelu")))
                .contains(
                        "rename node choose.else_branch/inner to inner",
                        "set choose.else_branch/inner alpha = 0.5",
                        "remove choose.else_branch/inner")
                .noneMatch(s -> s.startsWith("output"));
    }

    @Test
    void theBodiesOfANodeAreNotWrittenAsAttributes() throws Exception {
        assertThat(statements(ofNode(analysis(NESTED), "If"))).noneMatch(s -> s.contains("graph"));
    }

    @Test
    void anInputHasATypeToSetAndIsNoOutput() throws Exception {
        assertThat(statements(ofTensor(analysis(MODEL), "x")))
                .containsExactly(
                        "rename tensor x to x", "insert after x { inserted = Identity(x) }", "type x: float32[n, 4]");
    }

    @Test
    void anOutputThatIsNotTheOnlyOneCanBeTakenBack() throws Exception {
        assertThat(statements(ofTensor(analysis(MODEL), "z"))).contains("no output z");
        assertThat(statements(ofTensor(analysis(NESTED), "y"))).noneMatch(s -> s.contains("output"));
    }

    @Test
    void aBlockIsCutOutBetweenWhatGoesInAndWhatComesOut() throws Exception {
        Analysis a = analysis(MODEL);
        List<NodeId> block =
                List.of(node(a.model(), "Relu").id(), node(a.model(), "Softmax").id());
        assertThat(CutOffer.of(a.model().graph(), block).map(EditOffer::statement))
                .contains("cut (h) -> (z, s)");
    }

    @Test
    void nothingIsOfferedForNothing() throws Exception {
        assertThat(EditOffers.of(analysis(MODEL), Optional.empty(), Selection.NONE))
                .isEmpty();
    }
}
