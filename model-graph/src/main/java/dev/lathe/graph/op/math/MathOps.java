package dev.lathe.graph.op.math;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Elementwise arithmetic and logic: one line per operator.
public final class MathOps implements OpFamily {
    @Override
    public String title() {
        return "Elementwise arithmetic and logic";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new Abs(),
                new Acos(),
                new Acosh(),
                new Add(),
                new And(),
                new Asin(),
                new Asinh(),
                new Atan(),
                new Atanh(),
                new BitShift(),
                new BitwiseAnd(),
                new BitwiseNot(),
                new BitwiseOr(),
                new BitwiseXor(),
                new Ceil(),
                new Clip(),
                new Cos(),
                new Cosh(),
                new CumProd(),
                new CumSum(),
                new Det(),
                new Div(),
                new Equal(),
                new Erf(),
                new Exp(),
                new Floor(),
                new Greater(),
                new GreaterOrEqual(),
                new IsInf(),
                new IsNaN(),
                new Less(),
                new LessOrEqual(),
                new Log(),
                new Max(),
                new Mean(),
                new Min(),
                new Mod(),
                new Mul(),
                new Neg(),
                new Not(),
                new Or(),
                new Pow(),
                new Reciprocal(),
                new Round(),
                new Sign(),
                new Sin(),
                new Sinh(),
                new Sqrt(),
                new Sub(),
                new Sum(),
                new Tan(),
                new Where(),
                new Xor());
    }
}
