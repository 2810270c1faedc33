package dev.lathe.graph.io.onnx;

import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads ModelProto and its functions.
final class ModelReader {
    private final Reading reading;
    private final ExtraFields extra = new ExtraFields();
    private final KeptEntries keptImports = new KeptEntries();
    private final KeptEntries keptMetadata = new KeptEntries();
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Function> functions = new ArrayList<>();
    private Optional<GraphReader> gathered = Optional.empty();
    private long irVersion;
    private long modelVersion;
    private String producer = "";
    private String producerVersion = "";
    private String domain = "";
    private String doc = "";

    ModelReader(Reading reading) {
        this.reading = reading;
    }

    Model read(WireReader r) throws WireFault, LatheException {
        List<WireReader.Span> functionSpans = new ArrayList<>();
        r.as(Wire.MODEL);
        while (r.next()) {
            switch (r.field()) {
                case Proto.ModelField.IR_VERSION -> irVersion = r.varint();
                case Proto.ModelField.PRODUCER_NAME -> producer = r.string();
                case Proto.ModelField.PRODUCER_VERSION -> producerVersion = r.string();
                case Proto.ModelField.DOMAIN -> domain = r.string();
                case Proto.ModelField.MODEL_VERSION -> modelVersion = r.varint();
                case Proto.ModelField.DOC -> doc = r.string();
                case Proto.ModelField.OPSET_IMPORT -> imported(keptImports.read(r, ModelReader::opset), opsets);
                case Proto.ModelField.METADATA -> {
                    KeptEntries.Entry entry = keptMetadata.read(r, ModelReader::metadata);
                    metadata.put(entry.key(), entry.value());
                }
                case Proto.ModelField.FUNCTIONS -> functionSpans.add(r.span());
                case Proto.ModelField.GRAPH -> graph(r.message());
                default -> extra.keep(r);
            }
        }
        if (gathered.isEmpty()) {
            throw reading.error("model-malformed", "the model holds no graph", Place.file(reading.file()));
        }
        Graph graph = gathered.get().build();
        for (WireReader.Span span : functionSpans) {
            functions.add(function(r.at(span)));
        }
        keptImports.keep(extra);
        keptMetadata.keep(extra);
        return new Model(
                OnnxImporter.FORMAT,
                Optional.of(reading.file()),
                irVersion,
                opsets,
                producer,
                producerVersion,
                domain,
                modelVersion,
                doc,
                metadata,
                graph,
                functions,
                extra.done());
    }

    private void graph(WireReader r) throws WireFault, LatheException {
        GraphReader reader = gathered.orElseGet(() -> new GraphReader(reading, Scope.outermost(), 0));
        gathered = Optional.of(reader);
        try {
            reader.gather(r);
        } catch (WireFault f) {
            if (f.isTruncated()) {
                throw new Truncation(reading.file(), f, r.claimedEnd()).toException();
            }
            throw f;
        }
    }

    private Function function(WireReader r) throws WireFault, LatheException {
        GraphReader body = new GraphReader(reading, Scope.outermost(), 0);
        List<String> attributes = new ArrayList<>();
        List<WireReader.Span> defaults = new ArrayList<>();
        Map<String, Long> imports = new LinkedHashMap<>();
        KeptEntries keptOfFunction = new KeptEntries();
        ExtraFields more = new ExtraFields();
        String functionDomain = "";
        String overload = "";
        r.as(Wire.FUNCTION);
        while (r.next()) {
            switch (r.field()) {
                case Proto.FunctionField.NAME -> body.name(r.string());
                case Proto.FunctionField.DOC -> body.doc(r.string());
                case Proto.FunctionField.INPUT -> body.untypedInput(r.string());
                case Proto.FunctionField.OUTPUT -> body.untypedOutput(r.string());
                case Proto.FunctionField.NODE -> body.node(r.message());
                case Proto.FunctionField.VALUE_INFO -> body.valueInfo(r);
                case Proto.FunctionField.ATTRIBUTE -> attributes.add(r.string());
                case Proto.FunctionField.ATTRIBUTE_DEFAULT -> defaults.add(r.span());
                case Proto.FunctionField.OPSET_IMPORT -> imported(keptOfFunction.read(r, ModelReader::opset), imports);
                case Proto.FunctionField.DOMAIN -> functionDomain = r.string();
                case Proto.FunctionField.OVERLOAD -> overload = r.string();
                default -> more.keep(r);
            }
        }
        keptOfFunction.keep(more);
        Graph graphOfBody = body.buildFunction();
        return new Function(
                functionDomain,
                graphOfBody.name(),
                overload,
                attributes,
                new AttributeReader(reading, Scope.outermost(), 0).read(defaults, r, "function " + graphOfBody.name()),
                imports,
                graphOfBody,
                more.done());
    }

    private static void imported(KeptEntries.Entry entry, Map<String, Long> into) {
        into.put(entry.key(), Long.parseLong(entry.value()));
    }

    /// An OperatorSetIdProto; its version is the value.
    static KeptEntries.Entry opset(WireReader r) throws WireFault {
        String ofDomain = "";
        long version = 0;
        boolean odd = false;
        r.as(Wire.OPSET);
        while (r.next()) {
            switch (r.field()) {
                case Proto.OpsetField.DOMAIN -> ofDomain = r.string();
                case Proto.OpsetField.VERSION -> version = r.varint();
                default -> {
                    odd = true;
                    r.skip();
                }
            }
        }
        return new KeptEntries.Entry(ofDomain, Long.toString(version), odd);
    }

    /// A StringStringEntryProto.
    static KeptEntries.Entry metadata(WireReader r) throws WireFault {
        String key = "";
        String value = "";
        boolean odd = false;
        r.as(Wire.ENTRY);
        while (r.next()) {
            switch (r.field()) {
                case Proto.EntryField.KEY -> key = r.string();
                case Proto.EntryField.VALUE -> value = r.string();
                default -> {
                    odd = true;
                    r.skip();
                }
            }
        }
        return new KeptEntries.Entry(key, value, odd);
    }
}
