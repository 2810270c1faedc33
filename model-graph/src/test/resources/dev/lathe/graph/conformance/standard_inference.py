"""What the ONNX standard's own shape inference finds out about models.

usage: standard_inference.py FOLDER < list of model files, one a line

Of every model two copies are written to FOLDER: N.as-is.onnx (with the types that the file declares) and N.bare.onnx
(declared types of everything but inputs taken away). Both are inferred with values propagated, and what is known then is
printed, one value a line: N, copy, place, type. A place is the name of a value, after the node outputs and attributes
that lead into the graph that holds it. A model that fails prints: N, copy, "!", message.
"""
import os
import shutil
import sys

import onnx
from onnx import TensorProto, shape_inference

DTYPES = {
    "float": "float32", "double": "float64", "bfloat16": "bfloat16", "float16": "float16",
    "float8e4m3fn": "float8e4m3fn",
}


def dtype(code):
    name = TensorProto.DataType.Name(code).lower() if code else "?"
    return DTYPES.get(name, name)


def dims(tensor):
    if not tensor.HasField("shape"):
        return "..."
    return ",".join(
        str(d.dim_value) if d.HasField("dim_value") else "?" for d in tensor.shape.dim)


def text(t):
    kind = t.WhichOneof("value")
    if kind == "tensor_type":
        return dtype(t.tensor_type.elem_type) + "[" + dims(t.tensor_type) + "]"
    if kind == "sparse_tensor_type":
        return "sparse"
    if kind == "sequence_type":
        return "seq(" + text(t.sequence_type.elem_type) + ")"
    if kind == "optional_type":
        return "optional(" + text(t.optional_type.elem_type) + ")"
    if kind == "map_type":
        return "map"
    return "?"


def bodies(node):
    for a in node.attribute:
        if a.type == onnx.AttributeProto.GRAPH:
            yield a.name, a.g
        for i, g in enumerate(a.graphs):
            yield a.name + str(i), g


def strip(graph, inputs):
    del graph.value_info[:]
    for out in graph.output:
        if out.name not in inputs:
            out.ClearField("type")
    for node in graph.node:
        for _, body in bodies(node):
            strip(body, set(i.name for i in body.input))


def tell(graph, prefix, line):
    told = set()
    for value in list(graph.value_info) + list(graph.output) + list(graph.input):
        kind = text(value.type)
        if value.name not in told and kind != "?":
            told.add(value.name)
            line(prefix + value.name, kind)
    for node in graph.node:
        first = next((o for o in node.output if o), "")
        for name, body in bodies(node):
            tell(body, prefix + first + "/" + name + "/", line)


def infer(number, copy, model, folder):
    def line(place, kind):
        print("\t".join([str(number), copy, place, kind]))

    onnx.save(model, os.path.join(folder, "%d.%s.onnx" % (number, copy)))
    # Some models bring the whole process down, so every one has its own.
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            found = shape_inference.infer_shapes(model, strict_mode=False, data_prop=True)
            tell(found.graph, "", line)
        except Exception as e:
            line("!", " ".join(str(e).split()))
        sys.stdout.flush()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status != 0:
        line("!", "ended with status %d" % status)


def external(model, source, folder):
    for tensor in model.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                target = os.path.join(folder, entry.value)
                if not os.path.exists(target):
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    shutil.copy(os.path.join(os.path.dirname(source), entry.value), target)


def main():
    folder = sys.argv[1]
    print("\t".join(["onnx", onnx.__version__]))
    for number, source in enumerate(sys.stdin.read().splitlines()):
        model = onnx.load(source, load_external_data=False)
        external(model, source, folder)
        infer(number, "as-is", model, folder)
        strip(model.graph, set(i.name for i in model.graph.input))
        infer(number, "bare", model, folder)


main()
