package dev.skyhedge.engine.simulate.workload;

/// What a workload file holds; its header decides.
public sealed interface WorkloadFile {
    /// `arrival_s,input_tokens,output_tokens`: requests as they came.
    record Requests(Workload.Recorded workload) implements WorkloadFile {}

    /// `window_start_s,rate_rps,…` or `minute,total,…`: a rate over time.
    record Rates(RateCurve curve) implements WorkloadFile {}

    /// `input_tokens,output_tokens` or `kind,tokens,probability`: how long requests are.
    record TokenLengths(Lengths lengths) implements WorkloadFile {}
}
