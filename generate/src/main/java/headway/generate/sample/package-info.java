/// How a token is chosen from its scores.
///
/// | technique | class | paper | used by |
/// |---|---|---|---|
/// | greedy | [headway.generate.sample.GreedySampler] | – | temperature 0 |
/// | categorical | [headway.generate.sample.CategoricalSampler] | – | sampling |
/// | counter-based random numbers | [headway.generate.sample.RandomStream] | Salmon et al. 2011 | categorical |
package headway.generate.sample;
