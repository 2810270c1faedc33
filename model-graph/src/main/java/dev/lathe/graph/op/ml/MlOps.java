package dev.lathe.graph.op.ml;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Classical machine learning (domain ai.onnx.ml): one line per operator.
public final class MlOps implements OpFamily {
    @Override
    public String title() {
        return "Classical machine learning";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new ArrayFeatureExtractor(),
                new Binarizer(),
                new CastMap(),
                new CategoryMapper(),
                new DictVectorizer(),
                new FeatureVectorizer(),
                new Imputer(),
                new LabelEncoder(),
                new LinearClassifier(),
                new LinearRegressor(),
                new Normalizer(),
                new OneHotEncoder(),
                new SVMClassifier(),
                new SVMRegressor(),
                new Scaler(),
                new TreeEnsemble(),
                new TreeEnsembleClassifier(),
                new TreeEnsembleRegressor(),
                new ZipMap());
    }
}
