package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a whole model as ModelProto.
final class ModelWriter {
    private final TensorWriter tensors;
    private final JobContext context;

    ModelWriter(TensorWriter tensors, JobContext context) {
        this.tensors = tensors;
        this.context = context;
    }

    WireWriter write(Model model) throws LatheException {
        WireWriter w = new WireWriter();
        if (model.irVersion() != 0) {
            w.varint(Proto.ModelField.IR_VERSION, model.irVersion());
        }
        w.text(Proto.ModelField.PRODUCER_NAME, model.producerName())
                .text(Proto.ModelField.PRODUCER_VERSION, model.producerVersion())
                .text(Proto.ModelField.DOMAIN, model.domain());
        if (model.modelVersion() != 0) {
            w.varint(Proto.ModelField.MODEL_VERSION, model.modelVersion());
        }
        w.text(Proto.ModelField.DOC, model.doc());
        opsets(w, Proto.ModelField.OPSET_IMPORT, model.opsets(), model.extra());
        KeptEntries.write(
                w,
                Proto.ModelField.METADATA,
                model.metadata(),
                model.extra(),
                ModelReader::metadata,
                (key, value) ->
                        new WireWriter().string(Proto.EntryField.KEY, key).string(Proto.EntryField.VALUE, value));
        w.message(
                Proto.ModelField.GRAPH,
                new GraphWriter(ValueNames.of(model.graph()), tensors, context).write(model.graph()));
        for (Function f : model.functions()) {
            w.message(Proto.ModelField.FUNCTIONS, function(f));
        }
        return w.extra(KeptEntries.without(model.extra()));
    }

    private static void opsets(WireWriter w, int field, Map<String, Long> opsets, Extra kept) {
        Map<String, String> versions = new LinkedHashMap<>();
        opsets.forEach((domain, version) -> versions.put(domain, Long.toString(version)));
        KeptEntries.write(
                w,
                field,
                versions,
                kept,
                ModelReader::opset,
                (domain, version) -> new WireWriter()
                        .text(Proto.OpsetField.DOMAIN, domain)
                        .varint(Proto.OpsetField.VERSION, Long.parseLong(version)));
    }

    private WireWriter function(Function f) throws LatheException {
        Graph body = f.body();
        if (!body.initializers().isEmpty()) {
            throw new LatheException(Diagnostic.error(
                    "function-constant",
                    "the function " + f.name() + " has constants of its own, which a file cannot hold",
                    new Place.AtValue(
                            body.nameOf(body.initializers().keySet().iterator().next()))));
        }
        ValueNames names = ValueNames.of(body);
        GraphWriter graphs = new GraphWriter(names, tensors, context);
        WireWriter w = new WireWriter().text(Proto.FunctionField.NAME, f.name());
        for (ValueId in : body.inputs()) {
            w.string(Proto.FunctionField.INPUT, names.of(in));
        }
        for (ValueId out : body.outputs()) {
            w.string(Proto.FunctionField.OUTPUT, names.of(out));
        }
        f.attributes().forEach(a -> w.string(Proto.FunctionField.ATTRIBUTE, a));
        AttributeWriter attributes = new AttributeWriter(graphs, tensors);
        for (Attrs.Entry e : f.defaults().entries()) {
            w.message(Proto.FunctionField.ATTRIBUTE_DEFAULT, attributes.write(e));
        }
        graphs.nodes(w, Proto.FunctionField.NODE, body);
        w.text(Proto.FunctionField.DOC, body.doc());
        opsets(w, Proto.FunctionField.OPSET_IMPORT, f.opsets(), f.extra());
        w.text(Proto.FunctionField.DOMAIN, f.domain()).text(Proto.FunctionField.OVERLOAD, f.overload());
        graphs.functionDeclarations(w, Proto.FunctionField.VALUE_INFO, body);
        return w.extra(ExtraScan.only(f.extra(), Proto.FunctionField.OPSET_IMPORT, false));
    }
}
