"""Writes the node tests of the installed onnx package as Debian's libonnx-testdata lays them out.

usage: standard_models.py FOLDER

For the conformance tests on a newer release of the standard than Debian's: LATHE_ONNX_TESTDATA names the folder.
"""
import os
import sys
import warnings

import onnx
from onnx.backend.test.case.node import collect_testcases


def tensor(value):
    if isinstance(value, onnx.TensorProto):
        return value
    return onnx.numpy_helper.from_array(value) if hasattr(value, "dtype") else None


def main():
    warnings.simplefilter("ignore")
    for case in collect_testcases(None):
        if case.model is None:
            continue
        folder = os.path.join(sys.argv[1], "node", case.name)
        data = os.path.join(folder, "test_data_set_0")
        os.makedirs(data, exist_ok=True)
        onnx.save(case.model, os.path.join(folder, "model.onnx"))
        for kind, values in zip(("input", "output"), case.data_sets[0] if case.data_sets else ()):
            for i, value in enumerate(values):
                stored = tensor(value)
                if stored is not None:
                    with open(os.path.join(data, "%s_%d.pb" % (kind, i)), "wb") as out:
                        out.write(stored.SerializeToString())


main()
